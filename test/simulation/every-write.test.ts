/** A life of two proposals, once for each write in it, with what can go wrong there: nothing is lost, nothing doubled. */
import { beforeAll, expect, test } from "vitest";
import { type Lived, live, type Point } from "./small-life.ts";

const MINUTES = 3 * 60_000;

let whole: Lived;

beforeAll(async () => {
  whole = await live(null);
});

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** What is not as it is where nothing goes wrong, point by point. */
async function differences(points: readonly Point[]): Promise<readonly object[]> {
  const found: object[] = [];
  for (const point of points) {
    const { left, violations } = await live(point);
    if (violations.length > 0) found.push({ point, violations });
    else if (JSON.stringify(left) !== JSON.stringify(whole.left)) found.push({ point, left });
  }
  return found;
}

test("where nothing goes wrong, both are published, the second after it was prolonged", () => {
  expect(whole.violations).toEqual([]);
  expect(whole.left).toMatchObject([
    {
      tallies: [[101, 102, 103]],
      state: "closed",
      pulls: [/^standards .* merged$/, /^website .* merged$/].map((each) => expect.stringMatching(each)),
    },
    { tallies: [[101], [101, 102, 103]], state: "closed" },
  ]);
  expect(whole.writes.GitHub).toBeGreaterThan(50);
  expect(whole.writes.store).toBeGreaterThan(50);
});

test.each(["crash before a write", "crash after a write", "write done, answered 502"] as const)(
  "at every single write to GitHub: %s",
  { timeout: MINUTES },
  async (what) => {
    const points = numbers(whole.writes.GitHub).map((write) => ({ at: "GitHub", write, what }) as const);
    expect(await differences(points)).toEqual([]);
  },
);

// After one write to the store is before the next write, to whatever: nothing else has an effect.
test("at every single write to the store: crash before", { timeout: MINUTES }, async () => {
  const points = numbers(whole.writes.store).map((write) => ({ at: "store", write }) as const);
  expect(await differences(points)).toEqual([]);
});
