import { expect, test } from "vitest";
import { BLOWS, MISHAPS, SPELLS, TAMPERING } from "../../src/simulation/faults.ts";
import { simulateYear } from "../../src/simulation/year.ts";
import { simulateYears } from "../../src/simulation/years.ts";

const MINUTES = 60_000;

test("100 committee-years of 100 proposals, and everything that can go wrong: nothing is lost, nothing doubled", {
  timeout: 10 * MINUTES,
}, async () => {
  const seed = 1;
  const { violations, proposals, faults } = await simulateYears({ years: 100, seed, proposals: 100 });
  expect(violations, "npm run simulate -- --years 1 --seed (the one below)").toEqual([]);
  expect(proposals).toBe(10_000);
  const kinds = [...Object.keys(MISHAPS), ...Object.keys(SPELLS), ...BLOWS, ...TAMPERING];
  expect(Object.keys(faults)).toEqual(kinds.sort());
  expect(kinds.length).toBeGreaterThanOrEqual(24);
});

test("the same seed gives the same year, to the last word, on any thread", { timeout: MINUTES }, async () => {
  const [one, other] = [await simulateYear(7, 20), await simulateYear(7, 20)];
  const elsewhere = await simulateYears({ years: 1, seed: 7, proposals: 20 });
  expect({ ...elsewhere, faults: new Map(Object.entries(elsewhere.faults)) }).toMatchObject({
    passes: one.passes,
    faults: new Map([...one.faults].sort()),
  });
  const all = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(all.map(other.tell)).toEqual(all.map(one.tell));
  expect({ passes: other.passes, faults: other.faults }).toEqual({ passes: one.passes, faults: one.faults });
  const another = await simulateYear(8, 20);
  expect(all.map(another.tell)).not.toEqual(all.map(one.tell));
});

test("there is life in it: proposals reach every end, ballots every result", {
  timeout: MINUTES,
}, async () => {
  const words = new Set<string>();
  for (let seed = 1; seed <= 4; seed++) {
    const year = await simulateYear(seed, 50);
    for (let proposal = 1; proposal <= 50; proposal++)
      for (const line of year.tell(proposal)) {
        const [, kind, result] = / recorded \d+ ([a-z-]+)(?: \(([a-z ]+)\))? at /.exec(line) ?? [];
        if (kind !== undefined) words.add(kind);
        if (result !== undefined) words.add(result);
      }
  }
  const ends = ["published", "declined", "withdrawn", "returned", "extended", "text-changed", "text-flagged"];
  const more = [
    "ballot-prolonged",
    "publication-stopped",
    "publication-requested",
    "command-refused",
    "restored",
    "key-changed",
  ];
  expect([...words]).toEqual(expect.arrayContaining([...ends, ...more, "approved", "rejected", "no quorum"]));
});
