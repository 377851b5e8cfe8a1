/** The bench, with as little as shows that each row measures what it says. Figures of so little mean nothing. */
import { describe, expect, test } from "vitest";
import { isRowName, measure, ROW_NAMES } from "../../bench/rows.ts";
import type { Sizes } from "../../bench/sizes.ts";

const TINY: Sizes = {
  rounds: 1,
  floodMs: 50,
  steadyMs: 100,
  burstProposals: 3,
  burstReplays: 20,
  looks: 4,
  sweepProposals: 3,
  sweeps: 2,
  lives: 2,
  lifeRounds: 1,
  seen: 120,
  drafts: 1,
  decisions: 3,
};

const kept = new Map<string, ReturnType<typeof measure>>();

/** Measures a row, once for all tests. */
async function measured(name: string) {
  if (!isRowName(name)) return expect.fail(`there is no row ${name}`);
  const figures = kept.get(name) ?? measure(name, TINY);
  kept.set(name, figures);
  expect((await figures).every(({ row }) => row === name)).toBe(true);
  return figures;
}

describe("the bench", { timeout: 60_000 }, () => {
  test.each(ROW_NAMES)("measures %s", async (name) => {
    const figures = await measured(name);
    expect(figures.length).toBeGreaterThan(0);
    for (const { figure, what, note } of figures) {
      expect(what).not.toBe("");
      // What cannot be measured here says why.
      if (figure === null) expect(note).not.toBeNull();
      else expect(Number.isFinite(figure)).toBe(true);
    }
  });

  test("counts what GitHub counts: as much for one ballot, however little is looked at", async () => {
    const [counted, free] = await measured("ballot");
    expect(counted).toMatchObject({ figure: 25, target: { atMost: 25 } });
    expect(free).toMatchObject({ figure: 2, target: { atLeast: 2 } });
  });

  test("finds no delivery lost, and no more passes than were asked for", async () => {
    const [lost, most] = await measured("burst");
    expect(lost?.figure).toBe(0);
    // How many passes there are depends on how quick the machine is; each delivery asks for one at most, and the sweep for one.
    expect(most?.figure).toBeGreaterThanOrEqual(1);
    expect(most?.figure).toBeLessThanOrEqual(TINY.burstReplays + 1);
  });
});
