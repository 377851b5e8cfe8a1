import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Budget,
  type Cost,
  contentLeft,
  costOf,
  opensAt,
  promise,
  silenced,
  spend,
  told,
  UNUSED,
} from "../../src/github/budget.ts";
import { after, type Instant, instant, seconds, secondsBetween } from "../../src/proposal/instant.ts";

const NOW = instant("2026-11-20T09:30:00Z");
const at = (count: number): Instant => after(NOW, seconds(count));
const READ: Cost = { points: 1, content: 0 };
const WRITE: Cost = { points: 5, content: 1 };

/** So many requests at so many seconds from NOW. */
function spent(...requests: readonly (readonly [cost: Cost, count: number, second: number])[]): Budget {
  return requests.reduce<Budget>(
    (budget, [cost, count, second]) =>
      Array.from({ length: count }).reduce<Budget>((so) => spend(so, cost, at(second)), budget),
    UNUSED,
  );
}

test.each([
  ["GET /repos/{owner}/{repo}/issues", READ],
  ["POST /repos/{owner}/{repo}/issues/{issue_number}/comments", WRITE],
  ["PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", WRITE],
  ["PUT /repos/{owner}/{repo}/contents/0012/docket.json", WRITE],
  ["POST /repos/{owner}/{repo}/pulls", WRITE],
  ["POST /repos/{owner}/{repo}/issues/{issue_number}/labels", { points: 5, content: 0 }],
  ["DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", { points: 5, content: 0 }],
  ["PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", { points: 5, content: 0 }],
])("%s costs %j", (route, cost) => {
  expect(costOf(route)).toEqual(cost);
});

describe("a request may be made", () => {
  test.each<[string, Budget, Cost, boolean, number]>([
    ["at once where nothing was asked yet", UNUSED, WRITE, false, 0],
    ["at once up to 80 writes a minute, for people", spent([WRITE, 79, 0]), WRITE, true, 0],
    ["a minute after the first of 80 writes", spent([WRITE, 1, -20], [WRITE, 79, -10]), WRITE, true, 41],
    ["at once up to 64 writes a minute, for housekeeping", spent([WRITE, 63, 0]), WRITE, false, 0],
    ["a minute after the 64th, for housekeeping", spent([WRITE, 64, 0]), WRITE, false, 61],
    ["at once after those 64, for people", spent([WRITE, 64, 0]), WRITE, true, 0],
    ["at once for a read after 80 writes", spent([WRITE, 80, 0]), READ, true, 0],
    ["a minute after 900 reads", spent([READ, 900, -1]), READ, true, 60],
    ["at once up to 900 points", spent([READ, 899, -1]), READ, true, 0],
    ["at once up to 720 points, for housekeeping", spent([READ, 719, 0]), READ, false, 0],
    ["a minute after 720 points, for housekeeping", spent([READ, 720, 0]), READ, false, 61],
    ["an hour after the first of 500 writes", hourOf(500), WRITE, true, 3_601 - 3_000],
    ["at once up to 500 writes an hour", hourOf(499), WRITE, true, 0],
    ["an hour after the first of 450, for housekeeping", hourOf(450), WRITE, false, 3_601 - 3_000],
  ])("%s", (_, budget, cost, urgent, expected) => {
    expect(secondsBetween(NOW, opensAt(budget, cost, urgent, NOW))).toBe(expected);
  });

  /** So many writes, fifty at a time, the first of them 50 minutes ago. */
  function hourOf(count: number): Budget {
    const bursts = Array.from({ length: Math.ceil(count / 50) }, (_, burst) => burst);
    return spent(
      ...bursts.map((burst) => [WRITE, Math.min(50, count - 50 * burst), -3_000 + 70 * burst] as const),
    );
  }
});

describe("what GitHub says comes before what is counted", () => {
  const headers = (remaining: number, resource = "core") => ({
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(Date.parse(at(600)) / 1000),
    "x-ratelimit-resource": resource,
  });

  test.each<[string, Budget, boolean, number]>([
    ["a hundredth of the hour is left for people", told(UNUSED, headers(50)), true, 0],
    ["but not for housekeeping", told(UNUSED, headers(500)), false, 601],
    ["which goes on a little earlier", told(UNUSED, headers(501)), false, 0],
    ["nothing is left", told(UNUSED, headers(0)), true, 601],
    ["nothing is left of another resource", told(UNUSED, headers(0, "search")), true, 0],
    ["headers that say nothing", told(told(UNUSED, headers(0)), {}), true, 601],
    ["headers that are no numbers", told(UNUSED, { ...headers(0), "x-ratelimit-limit": "many" }), true, 0],
    ["what is asked meanwhile counts", spend(told(UNUSED, headers(1)), READ, NOW), true, 601],
    ["silence", silenced(UNUSED, at(90)), true, 90],
    ["the longer silence", silenced(silenced(UNUSED, at(90)), at(30)), true, 90],
    ["silence without an end", silenced(UNUSED, null), true, 0],
  ])("%s", (_, budget, urgent, expected) => {
    expect(secondsBetween(NOW, opensAt(budget, READ, urgent, NOW))).toBe(expected);
  });

  test("once the hour is over, it begins anew", () => {
    expect(opensAt(told(UNUSED, headers(0)), READ, true, at(601))).toBe(at(601));
  });
});

test("what is left of the hour's content is told", () => {
  const budget = spent([WRITE, 3, -3_500], [READ, 9, -3], [WRITE, 2, 0]);
  expect(contentLeft(budget, NOW)).toBe(495);
  expect(contentLeft(budget, at(200))).toBe(498);
});

describe("passes that have to wait", () => {
  function promises(count: number, budget: Budget, urgent = false): readonly number[] {
    const moments: number[] = [];
    let after_ = budget;
    for (let each = 0; each < count; each++) {
      const promised = promise(after_, WRITE, urgent, NOW);
      moments.push(secondsBetween(NOW, promised.at));
      after_ = promised.budget;
    }
    return moments;
  }

  test("are told moments at which there will be room for each", () => {
    // 64 writes a minute are 7 passes of 9 writes.
    const full = spent([WRITE, 64, 0]);
    const first = Array.from({ length: 7 }, () => 61);
    const second = Array.from({ length: 7 }, () => 122);
    expect(promises(15, full)).toEqual([...first, ...second, 183]);
  });

  test("are no more than an hour's limit allows", () => {
    const moments = promises(500, spent([WRITE, 64, 0]));
    for (const from of moments) {
      const within = moments.filter((each) => each >= from && each <= from + 3_600);
      expect(within.length * 9).toBeLessThanOrEqual(450);
    }
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    // 500 passes of 9 writes, 450 writes an hour.
    expect(moments.at(-1)).toBeLessThan(10.2 * 3_600);
  });

  test("of people do not stand in that line", () => {
    let line = spent([WRITE, 80, 0]);
    for (let each = 0; each < 20; each++) line = promise(line, WRITE, false, NOW).budget;
    expect(promises(3, line, true)).toEqual([61, 61, 61]);
  });

  test("are forgotten once their moment has come", () => {
    const { budget } = promise(spent([WRITE, 64, 0]), WRITE, false, NOW);
    expect(budget.promised).toHaveLength(1);
    expect(spend(budget, WRITE, at(62)).promised).toEqual([]);
  });
});

test("whatever is asked when it may be, no window is ever overdrawn", () => {
  const asking = fc.record({ write: fc.boolean(), urgent: fc.boolean(), pause: fc.nat({ max: 20 }) });
  fc.assert(
    fc.property(fc.array(asking, { minLength: 100, maxLength: 300 }), (wishes) => {
      let [now, budget] = [NOW, UNUSED];
      const made: { readonly at: number; readonly cost: Cost }[] = [];
      for (const { write, urgent, pause } of wishes) {
        // Few and dear requests reach the limits as well as many cheap ones.
        const cost = write ? { points: 25, content: 5 } : { points: 60, content: 0 };
        now = opensAt(budget, cost, urgent, after(now, seconds(pause === 20 ? 20 : 0)));
        budget = spend(budget, cost, now);
        made.push({ at: Date.parse(now) / 1000, cost });
      }
      for (const { at: from } of made) {
        const total = (span: number, of: keyof Cost) =>
          made.reduce((sum, one) => (one.at >= from && one.at <= from + span ? sum + one.cost[of] : sum), 0);
        expect(total(60, "points")).toBeLessThanOrEqual(900);
        expect(total(60, "content")).toBeLessThanOrEqual(80);
        expect(total(3_600, "content")).toBeLessThanOrEqual(500);
      }
    }),
    { numRuns: 30 },
  );
});
