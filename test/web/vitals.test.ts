import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { instant } from "../../src/proposal/instant.ts";
import type { StorePort } from "../../src/reconcile/ports.ts";
import { createMetrics } from "../../src/web/metrics.ts";
import { createVitals } from "../../src/web/vitals.ts";

type Store = Pick<StorePort, "failures" | "depth" | "nextDue" | "recall">;
const NOW = instant("2026-11-20T09:30:00Z");
const clock = { now: () => NOW };
const HERE = { owner: "MISP", name: "misp-rfc" };
const ROUTE = "GET /app";
let store: Store;

beforeEach(() => {
  vi.useFakeTimers();
  store = {
    failures: async () => [],
    recall: async () => null,
    depth: async () => ({ due: 3, planned: 4 }),
    nextDue: async () => instant("2026-11-20T09:29:00Z"),
  };
});
afterEach(() => void vi.useRealTimers());

const start = () => createVitals({ store: () => store, clock });
const never = () => new Promise<never>(() => {});

describe("alive", () => {
  test("until the loop has not turned for three minutes, though the port still answers", () => {
    const { alive, watch } = start();
    vi.advanceTimersByTime(179_000);
    expect(alive().status).toBe(200);
    vi.advanceTimersByTime(1_000);
    expect(alive()).toMatchObject({ status: 503, body: expect.stringContaining('"alive": false') });
    watch.beat();
    expect(alive().status).toBe(200);
  });

  test("while GitHub is slow: each answer is a sign of life", () => {
    const { alive, watch } = start();
    vi.advanceTimersByTime(170_000);
    watch.asked(ROUTE, 200);
    vi.advanceTimersByTime(170_000);
    expect(alive().status).toBe(200);
  });
});

describe("ready", () => {
  async function checksAfter(happenings: (vitals: ReturnType<typeof start>) => void) {
    const vitals = start();
    vitals.watch.charterRead(HERE, "valid");
    vitals.watch.asked(ROUTE, 200);
    happenings(vitals);
    const answering = vitals.ready();
    await vi.advanceTimersByTimeAsync(2_000);
    const { status, body } = await answering;
    const { ready, checks } = JSON.parse(body);
    expect(ready).toBe(status === 200);
    const failed = Object.entries(checks).filter(([, check]) => !Object(check).ok);
    return { status, failed: failed.map(([name, check]) => `${name}: ${Object(check).why}`) };
  }

  test("with a charter, GitHub and the store", async () => {
    expect(await checksAfter(() => {})).toEqual({ status: 200, failed: [] });
  });

  test("not before anything was read", async () => {
    const answer = await start().ready();
    expect(answer.status).toBe(503);
    expect(answer.body).toContain("GitHub has not been asked anything yet.");
    expect(answer.body).toContain("Charters: 0 valid, 0 invalid and 0 unreadable, of 0 repositories.");
  });

  test.each<[string, (vitals: ReturnType<typeof start>) => void, string]>([
    ["fails", ({ watch }) => watch.asked(ROUTE, 500), "github: GitHub answered 500 at 2026-11-20T09:30:00Z."],
    [
      "does not answer",
      ({ watch }) => watch.asked(ROUTE, null),
      "github: GitHub did not answer at 2026-11-20T09:30:00Z.",
    ],
    [
      "was not asked for 20 minutes",
      () => vi.advanceTimersByTime(1_200_001),
      "github: GitHub was last reached at 2026-11-20T09:30:00Z.",
    ],
  ])("not where GitHub %s", async (_, happening, why) => {
    expect(await checksAfter(happening)).toEqual({ status: 503, failed: [why] });
  });

  test("where GitHub refuses: it was reached", async () => {
    expect((await checksAfter(({ watch }) => watch.asked(ROUTE, 403))).status).toBe(200);
  });

  test.each(["absent", "unreadable"] as const)("not where the only charter is %s", async (status) => {
    const { failed } = await checksAfter(({ watch }) =>
      watch.charterRead({ ...HERE, owner: "misp" }, status),
    );
    expect(failed).toEqual([expect.stringMatching(/^charter: Charters: 0 valid/)]);
  });

  test("where another replica read the charter, and not where this one cannot", async () => {
    const vitals = start();
    vitals.watch.asked(ROUTE, 200);
    store = { ...store, recall: async (key) => (key === "charter read" ? NOW : null) };
    expect((await vitals.ready()).status).toBe(200);
    vitals.watch.charterRead(HERE, "unreadable");
    expect((await vitals.ready()).status).toBe(503);
  });

  test("not where a charter was last read more than a day ago", async () => {
    const vitals = start();
    vitals.watch.asked(ROUTE, 200);
    store = { ...store, recall: async () => "2026-11-19T09:29:59Z" };
    expect((await vitals.ready()).status).toBe(503);
  });

  test("where a charter is broken: it was read, and its committee is told", async () => {
    expect((await checksAfter(({ watch }) => watch.charterRead(HERE, "invalid"))).status).toBe(200);
  });

  test.each<[string, () => Promise<never>]>([
    ["fails", () => Promise.reject(new Error("postgres://user:password@db"))],
    ["hangs", never],
  ])("not where the store %s", async (_, failures) => {
    store = { ...store, failures };
    expect(await checksAfter(() => {})).toEqual({
      status: 503,
      failed: ["database: The store does not answer; the log says why."],
    });
  });
});

test.each([
  ["GitHubFailure: GET /repos/secret/plans: 502", "GitHub failed or refused."],
  ["NeedsPeople: The team secret/plans", "People have to mend something; the proposal says what."],
  ['SyntaxError: "secret plans" is not JSON', "A mistake in the App; the log says more."],
])("of the error %j only the kind is shown", async (error, because) => {
  store = { ...store, failures: async () => [{ subject: "proposal a/b#1", failures: 2, error, dueAt: NOW }] };
  const { body } = await start().ready();
  expect(JSON.parse(body).setAside).toEqual([
    { subject: "proposal a/b#1", failures: 2, nextTry: NOW, because },
  ]);
  expect(body).not.toContain("secret");
});

describe("metrics", () => {
  const page = async () => {
    const metrics = createMetrics({ store: () => store, budgets: () => new Map(), clock });
    const answering = metrics.page();
    await vi.advanceTimersByTimeAsync(2_000);
    return (await answering).body.split("\n");
  };

  test("tell how long the oldest has waited", async () => {
    expect(await page()).toEqual(
      expect.arrayContaining([
        "secretariat_store_up 1",
        'secretariat_queue_subjects{state="due"} 3',
        'secretariat_queue_subjects{state="planned"} 4',
        "secretariat_queue_oldest_due_seconds 60",
      ]),
    );
  });

  test("come also where the store hangs, and say so", async () => {
    store = { ...store, depth: never };
    expect(await page()).toContain("secretariat_store_up 0");
  });

  test("name no more than 50 failing subjects, and count them all", async () => {
    const failing = Array.from({ length: 60 }, (_, each) => ({
      subject: `proposal a/b#${each}`,
      failures: 1,
      error: "",
      dueAt: NOW,
    }));
    store = { ...store, failures: async () => failing };
    const lines = await page();
    expect(lines).toContain("secretariat_failing_subjects 60");
    expect(lines.filter((line) => line.startsWith("secretariat_subject_failures{"))).toHaveLength(50);
  });
});
