/** Many years, each from a seed of its own, on as many threads as are given. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Fault } from "./faults.ts";
import type { Violation } from "./oracle/violation.ts";

export type YearsOptions = {
  readonly years: number;
  /** Of the first year; each further one has the next number, and each can be had again alone. */
  readonly seed: number;
  readonly proposals: number;
  readonly threads?: number;
  /** Told after each year. */
  readonly onYear?: (year: YearResult) => void;
};

/** What a thread reports of a year. */
export type YearResult = {
  readonly seed: number;
  readonly proposals: number;
  readonly passes: number;
  readonly faults: readonly (readonly [Fault, number])[];
  readonly violations: readonly Violation[];
  /** What happened to the first proposal that something befell. */
  readonly story: readonly string[];
};

export type YearsResult = {
  readonly years: number;
  readonly proposals: number;
  readonly passes: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: readonly (Violation & { readonly seed: number })[];
  readonly seconds: number;
};

/** Two cores are what the project is measured on; more threads than cores make nothing faster. */
const MOST_THREADS = 2;

export async function simulateYears(options: YearsOptions): Promise<YearsResult> {
  const began = performance.now();
  const results: YearResult[] = [];
  const left = Array.from({ length: options.years }, (_, index) => options.seed + index).reverse();
  const threads = Math.min(
    options.threads ?? MOST_THREADS,
    availableParallelism(),
    Math.max(1, options.years),
  );
  const keep = (result: YearResult) => {
    results.push(result);
    options.onYear?.(result);
  };
  await Promise.all(Array.from({ length: threads }, () => runThread(left, options.proposals, keep)));
  return summed(results, (performance.now() - began) / 1000);
}

/** One thread, given one seed after another until none is left. Rejects if it breaks. */
function runThread(left: number[], proposals: number, keep: (result: YearResult) => void): Promise<void> {
  const thread = new Worker(new URL("./years-thread.ts", import.meta.url), {
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  return new Promise<void>((resolve, reject) => {
    const next = () => {
      const seed = left.pop();
      if (seed === undefined) resolve(thread.terminate().then(() => undefined));
      else thread.postMessage({ seed, proposals });
    };
    thread.on("message", (result: YearResult) => {
      keep(result);
      next();
    });
    thread.on("error", reject);
    next();
  });
}

function summed(results: readonly YearResult[], seconds: number): YearsResult {
  const faults: Record<string, number> = {};
  for (const [fault, count] of results.flatMap((result) => result.faults))
    faults[fault] = (faults[fault] ?? 0) + count;
  const inOrder = Object.entries(faults).sort(([one], [other]) => (one < other ? -1 : 1));
  const violations = results.flatMap(({ seed, violations }) => violations.map((each) => ({ ...each, seed })));
  return {
    years: results.length,
    proposals: results.reduce((sum, each) => sum + each.proposals, 0),
    passes: results.reduce((sum, each) => sum + each.passes, 0),
    faults: Object.fromEntries(inOrder),
    violations: violations.sort((one, other) => one.seed - other.seed),
    seconds: Math.round(seconds * 10) / 10,
  };
}
