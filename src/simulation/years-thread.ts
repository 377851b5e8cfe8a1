/** A thread that simulates one year for each seed it is sent. */
import { parentPort } from "node:worker_threads";
import { simulateYear } from "./year.ts";
import type { YearResult } from "./years.ts";

parentPort?.on("message", async ({ seed, proposals }: { seed: number; proposals: number }) => {
  const year = await simulateYear(seed, proposals);
  const befallen = year.violations.find(({ proposal }) => proposal !== null)?.proposal ?? null;
  const result: YearResult = {
    seed,
    proposals,
    passes: year.passes,
    faults: [...year.faults],
    violations: year.violations,
    story: befallen === null ? [] : year.tell(befallen),
  };
  parentPort?.postMessage(result);
});
