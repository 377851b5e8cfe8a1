import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createInbox } from "../../src/app.ts";
import {
  DAY,
  HOUR,
  type Instant,
  instant,
  after as later,
  MINUTE,
  seconds,
} from "../../src/proposal/instant.ts";
import {
  type DeliveriesPort,
  GitHubFailure,
  type ListedDelivery,
  type StorePort,
} from "../../src/reconcile/ports.ts";
import { recoverDeliveries } from "../../src/reconcile/recover-deliveries.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { recordingLog } from "../support/log.ts";

const START = instant("2026-11-01T12:00:00Z");

/** GitHub's list, as a test writes it: the newest last. */
let listed: (ListedDelivery & { readonly number: number })[];
let gone: Set<number>;
let odd: Set<number>;
let asked: { pages: (string | null)[]; contents: number[]; redelivered: number[] };
let failing: (() => void) | null;
let now: Instant;
let pageSize: number;
let store: StorePort;
let log: ReturnType<typeof recordingLog>;

beforeEach(() => {
  [listed, gone, odd, failing, now] = [[], new Set(), new Set(), null, START];
  pageSize = 10;
  asked = { pages: [], contents: [], redelivered: [] };
  store = openSqliteStore(":memory:");
  log = recordingLog();
});
afterEach(() => store.close());

const clock = { now: () => now };
const deliveries: DeliveriesPort = {
  async page(cursor) {
    failing?.();
    asked.pages.push(cursor);
    const newestFirst = listed.toReversed();
    const from = cursor === null ? 0 : newestFirst.findIndex(({ id }) => String(id) === cursor);
    const next = newestFirst[from + pageSize]?.id;
    return {
      deliveries: newestFirst.slice(from, from + pageSize),
      next: next === undefined ? null : String(next),
    };
  },
  async content(id) {
    asked.contents.push(id);
    if (gone.has(id)) return null;
    const { number } = listed.find((delivery) => delivery.id === id) ?? expect.fail("not in the list");
    const repository = { name: "misp-rfc", owner: { login: "MISP" } };
    return { event: "issues", payload: odd.has(id) ? {} : { repository, issue: { number } } };
  },
  async redeliver(id) {
    asked.redelivered.push(id);
    return id % 2 === 0 ? "gone" : "asked";
  },
};

/** GitHub delivers something about proposal `number`, or tries to. */
async function delivered(
  number: number,
  how: "arrived" | "failed" | "swallowed",
  changes: Partial<ListedDelivery> = {},
): Promise<number> {
  const id = listed.length + 1;
  const guid = changes.guid ?? `guid-${id}`;
  const delivery = { id, guid, deliveredAt: now, isRedelivery: false, arrived: how !== "failed", number };
  listed.push({ ...delivery, ...changes });
  if (how === "arrived") await store.receive({ id: guid, event: "issues", receivedAt: now, subjects: [] });
  return id;
}

function look() {
  const unused = () => {};
  const inbox = createInbox({ store, clock, ownLogin: () => null, wake: unused, sweepSoon: unused });
  return recoverDeliveries({ deliveries, store, inbox, clock, log });
}

/** Looks as often as there is more to look at; how much was fetched. */
async function lookToTheEnd(): Promise<number> {
  let fetched = 0;
  for (let looks = 0; looks < 10; looks++) {
    const once = await look();
    fetched += once.fetched;
    if (!once.more) return fetched;
  }
  return expect.fail("there is no end to it");
}

/** The proposals that are due, which are then done. */
async function due(): Promise<readonly number[]> {
  const numbers: number[] = [];
  const pass = async (subject: string) => {
    numbers.push(Number(subject.split("#")[1]));
    return null;
  };
  while ((await store.runOne(clock.now, pass)) === "ran");
  return numbers.toSorted((a, b) => a - b);
}

function passes(span: number): void {
  now = later(now, seconds(span));
}

describe("a look for missed deliveries", () => {
  test("makes the proposals due that a failed delivery named, and one that arrived elsewhere", async () => {
    await look();
    passes(MINUTE);
    await delivered(1, "arrived");
    await delivered(2, "failed");
    await delivered(3, "swallowed");
    expect(await look()).toEqual({ fetched: 2, redelivered: 0, more: false });
    expect(await due()).toEqual([2, 3]);
    expect(asked.contents).toEqual([3, 2]);
  });

  test("fetches nothing twice", async () => {
    await look();
    await delivered(1, "failed");
    await look();
    await look();
    expect(asked.contents).toEqual([1]);
    expect(await due()).toEqual([1]);
  });

  test("for the first time leaves what arrived to the sweep, which begins with everything", async () => {
    await delivered(1, "swallowed");
    await delivered(2, "failed");
    await look();
    expect(await due()).toEqual([2]);
  });

  test("goes back to where the last one began, and a little further", async () => {
    for (let each = 0; each < 40; each++) {
      await delivered(each, "arrived");
      passes(MINUTE);
    }
    await look();
    expect(asked.pages).toHaveLength(4);
    asked.pages = [];
    passes(MINUTE);
    await look();
    // Of the last ten minutes there are eleven deliveries.
    expect(asked.pages).toHaveLength(2);
  });

  test("finds what GitHub lists late", async () => {
    await delivered(1, "arrived");
    await look();
    passes(5 * MINUTE);
    await delivered(2, "arrived");
    await look();
    await delivered(3, "failed", { deliveredAt: later(now, seconds(-4 * MINUTE)) });
    await look();
    expect(await due()).toEqual([3]);
  });

  test("asks for no more than the three days that GitHub remembers", async () => {
    await look();
    for (let each = 0; each < 25; each++) await delivered(each, "failed");
    passes(3 * DAY + HOUR);
    await delivered(99, "failed");
    expect(await look()).toMatchObject({ fetched: 1, more: false });
    expect(await due()).toEqual([99]);
  });

  test("does a bounded piece of work, and the next one goes on where it ended", async () => {
    pageSize = 100;
    await look();
    for (let each = 1; each <= 120; each++) {
      passes(MINUTE);
      await delivered(each, "failed");
    }
    const looks = [await look(), await look(), await look()];
    expect(looks).toEqual([
      { fetched: 50, redelivered: 0, more: true },
      { fetched: 50, redelivered: 0, more: true },
      { fetched: 20, redelivered: 0, more: false },
    ]);
    expect(asked.contents).toHaveLength(120);
    expect(await due()).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    [pageSize, asked.pages] = [10, []];
    await look();
    expect(asked.pages).toHaveLength(2);
  });

  test("and what came meanwhile is not passed over", async () => {
    await look();
    passes(MINUTE);
    for (let each = 1; each <= 60; each++) await delivered(each, "failed");
    await look();
    passes(HOUR);
    await delivered(61, "failed");
    expect(await lookToTheEnd()).toBe(10);
    expect(await lookToTheEnd()).toBe(1);
    expect(await due()).toHaveLength(61);
  });

  test("turns no more than five pages", async () => {
    await look();
    passes(MINUTE);
    for (let each = 1; each <= 70; each++) await delivered(each, "arrived");
    await delivered(1, "arrived");
    expect(await look()).toMatchObject({ more: true });
    expect(asked.pages).toHaveLength(6);
    expect(await look()).toMatchObject({ more: false });
  });

  test("begins anew where its place is not known any more", async () => {
    await look();
    passes(MINUTE);
    for (let each = 1; each <= 60; each++) await delivered(each, "failed");
    await look();
    failing = () => {
      throw new GitHubFailure("no such cursor", { status: 422, retryAt: null });
    };
    await look();
    failing = null;
    expect(await lookToTheEnd()).toBe(10);
  });

  test("forgets nothing over a failure of GitHub's", async () => {
    await look();
    passes(MINUTE);
    await delivered(1, "failed");
    failing = () => {
      throw new GitHubFailure("down", { status: 502, retryAt: null });
    };
    await expect(look()).rejects.toThrow("down");
    failing = null;
    await look();
    expect(await due()).toEqual([1]);
  });
});

describe("a delivery whose content GitHub does not have any more", () => {
  test("is delivered again, and asked for once", async () => {
    await look();
    passes(MINUTE);
    const id = await delivered(1, "failed");
    gone.add(id);
    expect(await look()).toEqual({ fetched: 0, redelivered: 1, more: false });
    expect(asked.redelivered).toEqual([id]);
    gone.add(await delivered(1, "failed", { guid: `guid-${id}`, isRedelivery: true }));
    await look();
    await look();
    expect(asked.redelivered).toEqual([id]);
  });

  test("that cannot be delivered again is left to the sweep", async () => {
    await look();
    await delivered(1, "arrived");
    gone.add(await delivered(2, "failed"));
    await look();
    expect(log.lines).toContain("warn: A missed delivery is gone; it is left to the sweep");
  });
});

test("a delivery that is not what GitHub documents is told of once", async () => {
  await look();
  odd.add(await delivered(1, "failed"));
  await look();
  await look();
  expect(asked.contents).toEqual([1]);
  expect(log.lines.filter((line) => line.startsWith("warn"))).toEqual([
    "warn: A missed delivery is not what GitHub documents",
  ]);
});
