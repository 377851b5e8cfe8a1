import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HOUR, type Instant, instant, after as later, seconds } from "../../src/proposal/instant.ts";
import { namingPasses } from "../../src/reconcile/pass-context.ts";
import { GitHubFailure, type StorePort, type Subject } from "../../src/reconcile/ports.ts";
import { UNWATCHED } from "../../src/reconcile/watch.ts";
import { startWorker, type Worker, type WorkerOptions } from "../../src/reconcile/worker.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { recordingLog } from "../support/log.ts";

const START = instant("2026-11-01T00:00:00Z");
const proposal = (number: number): string => `proposal MISP/misp-rfc#${number}`;
const numberOf = (subject: Subject): number => (subject.kind === "proposal" ? subject.ref.number : 0);

describe("the worker", () => {
  let store: StorePort;
  let now: Instant;
  let started: Worker[];
  let log: ReturnType<typeof recordingLog>;
  beforeEach(() => {
    store = openSqliteStore(":memory:");
    now = START;
    started = [];
    log = recordingLog();
  });
  afterEach(async () => {
    await Promise.all(started.map((worker) => worker.stop()));
    await store.close();
  });

  function start(pass: WorkerOptions["pass"], options: Partial<WorkerOptions> = {}): Worker {
    const worker = startWorker({ store, clock: { now: () => now }, pass, log, ...options });
    started.push(worker);
    return worker;
  }

  test("runs what is due, and then is idle", async () => {
    await store.touch(proposal(1), now);
    await store.touch(proposal(2), later(now, HOUR));
    const ran: number[] = [];
    const worker = start(async (subject) => {
      ran.push(numberOf(subject));
      return null;
    });
    await worker.idle();
    expect(ran).toEqual([1]);
  });

  test("a turned clock and a wake-up make it look again", async () => {
    const ran: number[] = [];
    const worker = start(async (subject) => {
      ran.push(numberOf(subject));
      return null;
    });
    await worker.idle();
    await store.touch(proposal(1), later(now, HOUR));
    now = later(now, HOUR);
    worker.wake();
    await vi.waitFor(() => expect(ran).toEqual([1]));
  });

  test("wakes by itself when something falls due", async () => {
    const clock = { now: () => instant(Date.now()) };
    await store.touch(proposal(1), later(clock.now(), seconds(1)));
    const ran: number[] = [];
    start(
      async (subject) => {
        ran.push(numberOf(subject));
        return null;
      },
      { clock },
    );
    await vi.waitFor(() => expect(ran).toEqual([1]), { timeout: 3_000 });
  });

  test("a pass that throws is logged by its name, and the others run", async () => {
    for (const number of [1, 2, 3]) await store.touch(proposal(number), now);
    const ran: number[] = [];
    const worker = start(async (subject) => {
      if (numberOf(subject) === 2) throw new Error("our own mistake");
      if (numberOf(subject) === 3) throw new GitHubFailure("Bad gateway", { status: 502, retryAt: null });
      ran.push(numberOf(subject));
      return null;
    });
    await worker.idle();
    expect(ran).toEqual([1]);
    expect(log.lines).toEqual(
      expect.arrayContaining([
        "error: proposal MISP/misp-rfc#2 failed; it will be tried again",
        "warn: proposal MISP/misp-rfc#3 waits for another try: Bad gateway",
      ]),
    );
    expect((await store.failures()).map(({ subject }) => subject)).toEqual([proposal(2), proposal(3)]);
  });

  test("a few run at the same time, and not more", async () => {
    for (let number = 1; number <= 9; number += 1) await store.touch(proposal(number), now);
    let running = 0;
    let most = 0;
    const worker = start(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        return null;
      },
      { lanes: 3 },
    );
    await worker.idle();
    expect(most).toBe(3);
  });

  test("what a pass touches runs in the other lanes at once", async () => {
    await store.touch(proposal(1), now);
    const begun: number[] = [];
    const all = Promise.withResolvers<void>();
    const worker = start(async (subject) => {
      begun.push(numberOf(subject));
      if (numberOf(subject) === 1) {
        // By now the other lanes have found nothing, and sleep.
        await new Promise((resolve) => setTimeout(resolve, 30));
        await store.touch(proposal(2), now);
        await store.touch(proposal(3), now);
        return null;
      }
      // Each of the two waits for the other to have begun.
      if (begun.length === 3) all.resolve();
      await all.promise;
      return null;
    });
    await worker.idle();
    expect(begun.toSorted()).toEqual([1, 2, 3]);
  });

  test("idle waits for what runs, and for what was touched while it ran", async () => {
    await store.touch(proposal(1), now);
    let runs = 0;
    const worker = start(async () => {
      runs += 1;
      if (runs === 1) await store.touch(proposal(1), now);
      await new Promise((resolve) => setTimeout(resolve, 10));
      return null;
    });
    await worker.idle();
    expect(runs).toBe(2);
  });

  test("a pass that wants to run again at once is made to wait a second", async () => {
    await store.touch(proposal(1), now);
    const worker = start(async () => now);
    await worker.idle();
    expect(await store.nextDue()).toBe(later(START, seconds(1)));
  });

  test("a pass that is not its turn is told, not counted, and comes when it is", async () => {
    await store.touch(proposal(1), now);
    const retryAt = later(now, HOUR);
    const outcomes: string[] = [];
    const watch = { ...UNWATCHED, passEnded: (_: string, outcome: string) => void outcomes.push(outcome) };
    const worker = start(
      async () => {
        throw new GitHubFailure("not asked", { status: 429, retryAt, paced: true });
      },
      { watch },
    );
    await worker.idle();
    expect(await store.nextDue()).toBe(retryAt);
    expect(await store.failures()).toEqual([]);
    expect(outcomes).toEqual(["waits"]);
    expect(log.lines.at(-1)).toBe(`info: ${proposal(1)} waits for its turn: not asked`);
  });

  test("each turn of a lane is a heartbeat, whether the store works or not", async () => {
    let beats = 0;
    const watch = { ...UNWATCHED, beat: () => void beats++ };
    const runOne = () => Promise.reject(new Error("disk full"));
    start(async () => null, { watch, lanes: 1, store: { ...store, runOne } });
    await vi.waitFor(() => expect(beats).toBe(1));
  });

  test("what a pass logs names its subject and itself", async () => {
    const lines: object[] = [];
    const say = (details: object) => void lines.push(details);
    const plain = { debug: say, info: say, warn: say, error: say };
    await store.touch(proposal(1), now);
    const named = namingPasses(plain);
    const worker = start(
      async () => {
        named.info({ round: 1 }, "deep inside");
        return null;
      },
      { log: plain },
    );
    await worker.idle();
    named.info({ round: 2 }, "outside");
    const { pass } = Object(lines[0]);
    expect(pass).toMatch(/^[0-9a-f]{8}$/);
    expect(lines).toEqual([
      { subject: proposal(1), pass, round: 1 },
      { subject: proposal(1), pass, outcome: "done", seconds: expect.any(Number) },
      { round: 2 },
    ]);
  });

  test("a key that is none of ours is logged and dropped", async () => {
    await store.touch("ballot 12", now);
    const worker = start(async () => expect.fail("there is no such subject"));
    await worker.idle();
    expect(await store.nextDue()).toBeNull();
    expect(log.lines).toEqual(["error: Not a subject of this version; it is left alone"]);
  });

  test("outlives a store that fails", async () => {
    await store.touch(proposal(1), now);
    const ran: number[] = [];
    let broken = true;
    const flaky: StorePort = {
      ...store,
      runOne: (clock, pass) => (broken ? Promise.reject(new Error("disk full")) : store.runOne(clock, pass)),
    };
    const worker = start(
      async (subject) => {
        ran.push(numberOf(subject));
        return null;
      },
      { store: flaky },
    );
    await vi.waitFor(() => expect(log.lines).toContain("error: The store failed; trying again in 5 seconds"));
    broken = false;
    worker.wake();
    await vi.waitFor(() => expect(ran).toEqual([1]));
  });

  test("is not idle while the store fails and something is due", async () => {
    await store.touch(proposal(1), now);
    let broken = true;
    const flaky: StorePort = {
      ...store,
      runOne: (clock, pass) => (broken ? Promise.reject(new Error("disk full")) : store.runOne(clock, pass)),
    };
    const events: string[] = [];
    const worker = start(
      async () => {
        events.push("ran");
        return null;
      },
      { store: flaky },
    );
    const idle = worker.idle().then(() => events.push("idle"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events).toEqual([]);
    broken = false;
    worker.wake();
    await idle;
    expect(events).toEqual(["ran", "idle"]);
  });

  test("a wake-up is not lost on a lane that is about to sleep", async () => {
    const ran: number[] = [];
    let late = true;
    const watched: StorePort = {
      ...store,
      async nextDue() {
        const due = await store.nextDue();
        // Just after the lane has asked for the last time, something becomes due.
        if (late) {
          late = false;
          await store.touch(proposal(1), now);
          worker.wake();
        }
        return due;
      },
    };
    const worker = start(
      async (subject) => {
        ran.push(numberOf(subject));
        return null;
      },
      { store: watched, lanes: 1 },
    );
    await vi.waitFor(() => expect(ran).toEqual([1]));
  });

  test("stop begins nothing more and waits for what runs", async () => {
    await store.touch(proposal(1), now);
    await store.touch(proposal(2), now);
    const events: string[] = [];
    const begun = Promise.withResolvers<void>();
    const worker = start(
      async (subject) => {
        begun.resolve();
        await new Promise((resolve) => setTimeout(resolve, 20));
        events.push(`ran ${numberOf(subject)}`);
        return null;
      },
      { lanes: 1 },
    );
    await begun.promise;
    await worker.stop();
    events.push("stopped");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events).toEqual(["ran 1", "stopped"]);
  });

  test("stop does not wait longer than 10 seconds for a pass that hangs", async () => {
    vi.useFakeTimers();
    try {
      await store.touch(proposal(1), now);
      const worker = start(() => new Promise(() => {}));
      const stopped = worker.stop();
      await vi.advanceTimersByTimeAsync(10_000);
      await stopped;
      expect(log.lines).toContain(
        "warn: A pass still runs after 10 seconds; it will run again after the next start",
      );
      started = [];
    } finally {
      vi.useRealTimers();
    }
  });
});
