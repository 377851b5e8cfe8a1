/** The simulation is tested itself: each of these mistakes in the App's source is found, and the source as it is passes. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { BugReport, BugTask } from "./bug-process.ts";
import { BUGS, type Bug } from "./bugs.ts";

const SECONDS = 120;
/** The first year that is tried is one in which the bug shows, until the App or the simulation change its course. */
const MOST_YEARS = 60;
const PROPOSALS = 15;

function simulateWith(bug: Bug | null, seeds: readonly number[]): Promise<BugReport> {
  const task: BugTask = { bug, seeds, proposals: bug?.proposals ?? PROPOSALS };
  const path = fileURLToPath(new URL("./bug-process.ts", import.meta.url));
  const args = ["--disable-warning=ExperimentalWarning", path, JSON.stringify(task)];
  return new Promise<BugReport>((resolve, reject) =>
    execFile(process.execPath, args, (error, printed, complaint) =>
      error === null ? resolve(JSON.parse(printed)) : reject(new Error(complaint)),
    ),
  );
}

function seedsFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

test("without a bug nothing is found", { timeout: SECONDS * 1000 }, async () => {
  const report = await simulateWith(null, seedsFrom(1, 3));
  expect(report).toMatchObject({ seed: null, rules: [], loaded: false });
});

test("there are at least twenty-five bugs, each with a name of its own", () => {
  expect(new Set(BUGS.map(({ name }) => name)).size).toBe(BUGS.length);
  expect(BUGS.length).toBeGreaterThanOrEqual(25);
});

test.each(BUGS)("found: $name", { timeout: SECONDS * 1000 }, async (bug) => {
  const report = await simulateWith(bug, seedsFrom(bug.seed ?? 1, MOST_YEARS));
  expect(report.loaded).toBe(true);
  expect(report.rules, `not found in ${MOST_YEARS} years`).toContain(bug.rule);
});

test("a bug whose place is gone from the source is no bug that was missed", async () => {
  const bug: Bug = {
    name: "nowhere",
    file: "proposal/tally.ts",
    rule: "",
    changes: [["not in this file", ""]],
  };
  await expect(simulateWith(bug, [1])).rejects.toThrow('"nowhere": 0 places to change');
});
