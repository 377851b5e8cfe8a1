/**
 * `node bug-process.ts TASK`: runs the simulation on the App's source with one bug in it, until its rule is seen broken or the
 * seeds are used up, and prints what came of it. A process, since many threads that end one after another have ended Node itself.
 */
import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import type { simulateYear } from "../../src/simulation/year.ts";
import type { Bug } from "./bugs.ts";

export type BugTask = {
  readonly bug: Bug | null;
  readonly seeds: readonly number[];
  readonly proposals: number;
};

export type BugReport = {
  readonly seed: number | null;
  readonly rules: readonly string[];
  readonly loaded: boolean;
  readonly seconds: number;
};

const { bug, seeds, proposals } = JSON.parse(process.argv[2] ?? "null") as BugTask;
const changed = bug === null ? null : new URL(`../../src/${bug.file}`, import.meta.url);
let loaded = false;

registerHooks({
  load(url, context, nextLoad) {
    if (bug === null || url !== changed?.href) return nextLoad(url, context);
    loaded = true;
    return {
      format: "module",
      source: stripTypeScriptTypes(withBug(readFileSync(changed, "utf8"), bug)),
      shortCircuit: true,
    };
  },
});

/** Throws where the source no longer says what the bug changes: the list has to follow the source. */
function withBug(source: string, { name, changes }: Bug): string {
  return changes.reduce((text, [find, replace]) => {
    const parts = text.split(find);
    if (parts.length !== 2)
      throw new Error(`"${name}": ${parts.length - 1} places to change, instead of one: ${find}`);
    return parts.join(replace);
  }, source);
}

const year: { simulateYear: typeof simulateYear } = await import("../../src/simulation/year.ts");
const began = performance.now();
let report: Pick<BugReport, "seed" | "rules"> = { seed: null, rules: [] };
const broken = new Set<string>();
for (const seed of seeds) {
  const { violations } = await year.simulateYear(seed, proposals);
  for (const { rule } of violations) broken.add(rule);
  if (violations.length > 0) report = { seed, rules: [...broken] };
  if (bug !== null && broken.has(bug.rule)) break;
}
const done: BugReport = { ...report, loaded, seconds: (performance.now() - began) / 1000 };
console.log(JSON.stringify(done));
