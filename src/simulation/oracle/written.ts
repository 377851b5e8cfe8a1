/** Entries beside the true moment at which they were written, which the App need not know. */
import type { Entry } from "../../proposal/entries.ts";
import { HOURS, secondsOf } from "../time.ts";
import type { Town } from "../town.ts";
import type { Seating, Thread } from "../world.ts";

export type Written = { readonly entry: Entry; readonly at: number; readonly text: string | null };

export function writtenIn(thread: Thread): readonly Written[] {
  const all: Written[] = [];
  for (const deed of thread.deeds) {
    if (deed.kind !== "recorded") continue;
    const added = deed.entries.slice(all.length);
    const broughtBack = added.findIndex(({ kind }) => kind === "restored");
    for (const [index, entry] of added.entries()) {
      // What comes back with a docket was made before the loss: the App may never have been told that it was written.
      const at = index < broughtBack ? Math.min(deed.at, secondsOf(entry.recordedAt)) : deed.at;
      all.push({ entry, at, text: deed.text });
    }
  }
  return all;
}

/** What an entry says was read within this time before it was written: a pass, its pauses and old reads included. */
export const READING = 2 * HOURS;

/** The values of a log that stood at any moment from `from` to `to`. */
export function standing<T extends { readonly at: number }>(
  log: readonly T[],
  from: number,
  to: number,
): readonly T[] {
  return log.filter(({ at }, index) => at <= to && (log[index + 1]?.at ?? Number.POSITIVE_INFINITY) >= from);
}

export function seatingsBetween({ world }: Town, from: number, to: number): readonly Seating[] {
  return standing(world.seatings, from, to);
}
