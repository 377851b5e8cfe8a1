/**
 * `npm run bench [-- --json] [--only ROW] [--check]`: one table of what the App costs and how fast it is. What each row
 * is, and what it was when it was last measured, is in docs/performance.md.
 */
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { type Figure, verdictOf } from "./figures.ts";
import { isRowName, measure, ROW_NAMES, type RowName } from "./rows.ts";
import { IN_EARNEST } from "./sizes.ts";
import { jsonOf, type Machine, tableOf } from "./table.ts";

type Wishes = { readonly rows: readonly RowName[]; readonly json: boolean; readonly check: boolean };

async function main(): Promise<void> {
  const { rows, json, check } = wishesOf(process.argv.slice(2));
  const [before = 0] = loadavg();
  const figures: Figure[] = [];
  for (const row of rows) {
    console.error(`Measuring ${row} …`);
    figures.push(...(await measure(row, IN_EARNEST)));
  }
  const machine = machineOf(before);
  console.log(tableOf(figures));
  console.log(
    `\nNode ${machine.node}, ${machine.cores} cores (${machine.processor}), load ${machine.load.join(" before, ")} after.`,
  );
  if (json) console.log(jsonOf(figures, machine));
  // A machine that is busy misses targets that the code meets: that is only an error where it is asked for.
  if (check && figures.some((figure) => verdictOf(figure) === "missed")) process.exitCode = 1;
}

function wishesOf(args: readonly string[]): Wishes {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  const wanted = values.only.length === 0 ? ROW_NAMES : values.only;
  const rows = wanted.map((name) => {
    if (!isRowName(name)) throw new Error(`There is no row ${name}. There are ${ROW_NAMES.join(", ")}.`);
    return name;
  });
  return { rows, json: values.json, check: values.check };
}

function machineOf(before: number): Machine {
  const [after = 0] = loadavg();
  const load = [Math.round(before * 10) / 10, Math.round(after * 10) / 10] as const;
  return {
    node: process.versions.node,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? "unknown",
    load,
  };
}

main().then(
  // The model of a GitHub that some rows run on leaves nothing behind, but an emulator may.
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
