/** The rows by their names, in the order of the table. */
import type { Figure, Result } from "./figures.ts";
import { ballot } from "./rows/ballot.ts";
import { burst } from "./rows/burst.ts";
import { deciding } from "./rows/decide.ts";
import { deliveries } from "./rows/deliveries.ts";
import { drafts } from "./rows/drafts.ts";
import { memory } from "./rows/memory.ts";
import { passes } from "./rows/passes.ts";
import { sweep } from "./rows/sweep.ts";
import type { Sizes } from "./sizes.ts";

type Row = (sizes: Sizes) => Promise<readonly Result[]>;

const ROWS = { deliveries, burst, ballot, sweep, passes, memory, drafts, decide: deciding } satisfies Record<
  string,
  Row
>;
export type RowName = keyof typeof ROWS;
export const ROW_NAMES: readonly string[] = Object.keys(ROWS);

export function isRowName(name: string): name is RowName {
  return Object.hasOwn(ROWS, name);
}

/** Throws, naming the row, where it cannot be measured. */
export async function measure(row: RowName, sizes: Sizes): Promise<readonly Figure[]> {
  try {
    return (await ROWS[row](sizes)).map((result) => ({ row, ...result }));
  } catch (cause) {
    throw new Error(`The row ${row}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
