/**
 * `npm run simulate -- --years 100 --seed 1 --json`: committees by chance, on a model GitHub where everything goes wrong.
 * Ends with 1 where something came of it that must never be; the seed of that year, with `--years 1`, replays it.
 */
import { parseArgs } from "node:util";
import { simulateYears, type YearResult } from "../simulation/years.ts";

const USAGE = "npm run simulate -- [--years N] [--seed S] [--proposals P] [--threads T] [--json]";

type Wishes = {
  readonly years: number;
  readonly seed: number;
  readonly proposals: number;
  readonly threads: number;
  readonly json: boolean;
};

/** What the command line asks for. Throws, in a sentence, on what it does not understand. */
function wishesFrom(args: readonly string[]): Wishes {
  const { values } = parseArgs({
    args: [...args],
    options: {
      years: { type: "string", default: "10" },
      seed: { type: "string", default: "1" },
      proposals: { type: "string", default: "100" },
      threads: { type: "string", default: "2" },
      json: { type: "boolean", default: false },
    },
  });
  const { years, seed, proposals, threads, json } = values;
  return {
    years: wholeNumber("years", years, 1),
    seed: wholeNumber("seed", seed, 0),
    proposals: wholeNumber("proposals", proposals, 1),
    threads: wholeNumber("threads", threads, 1),
    json,
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number >= least) return number;
  throw new RangeError(`--${name} takes a whole number from ${least}, not ${JSON.stringify(text)}`);
}

/** Tells of a year in which something went wrong, so that it can be had again. */
function tellYear({ seed, proposals, violations, story }: YearResult): void {
  if (violations.length === 0) return;
  console.error(`\nSeed ${seed}: ${violations.length} violations`);
  for (const { proposal, rule, detail } of violations)
    console.error(`  proposal ${proposal ?? "any"}: ${rule}: ${detail}`);
  for (const line of story) console.error(`    ${line}`);
  console.error(`Again: npm run simulate -- --years 1 --seed ${seed} --proposals ${proposals}`);
}

async function main(): Promise<void> {
  const wishes = wishesFrom(process.argv.slice(2));
  const { violations, passes, ...result } = await simulateYears({ ...wishes, onYear: tellYear });
  const kinds = Object.keys(result.faults).length;
  if (wishes.json) console.log(JSON.stringify({ ...result, violations: violations.length }));
  else
    console.log(
      `${result.years} committee-years, ${result.proposals} proposals, ${passes} passes, ${kinds} kinds of fault: ${violations.length} violations, in ${result.seconds} s`,
    );
  process.exitCode = violations.length === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 2;
}
