import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createPace, type Pace } from "../../src/github/pace.ts";
import { type SharedBudget, shareBudget } from "../../src/github/shared-budget.ts";
import { instant, after as later, seconds } from "../../src/proposal/instant.ts";
import { inPass } from "../../src/reconcile/pass-context.ts";
import { GitHubFailure } from "../../src/reconcile/ports.ts";

const NOW = instant("2026-11-20T09:30:00Z");
const WRITE = { points: 5, content: 1 };
const READ = { points: 1, content: 0 };
const clock = { now: () => instant(Date.now()) };
let stopping: AbortController;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(NOW) });
  stopping = new AbortController();
});
afterEach(() => {
  vi.useRealTimers();
});

const pace = (paced = true, shared: SharedBudget | null = null): Pace =>
  createPace({ clock, paced, shared, stopped: stopping.signal });
const urgently = <T>(run: () => Promise<T>) => inPass("proposal a/b#1", true, run);

async function write(ours: Pace, times: number): Promise<void> {
  for (let each = 0; each < times; each++) (await ours.turn("POST /comments", WRITE))();
}

describe("the pace of replicas together", () => {
  /** A store that takes its time, one after the other. */
  function sharedStore(before: string | null = null) {
    let value = before;
    let last: Promise<unknown> = Promise.resolve();
    const amend = <T>(_: string, change: (value: string | null) => readonly [string, T]): Promise<T> => {
      const next = last.then(() => {
        const [after, answer] = change(value);
        value = after;
        return answer;
      });
      last = next;
      return next;
    };
    return () => shareBudget(amend, "installation 7");
  }

  test("is that of one", async () => {
    const share = sharedStore();
    const [one, other] = [pace(true, share()), pace(true, share())];
    await Promise.all([write(one, 32), write(other, 32)]);
    const failures = await Promise.allSettled([write(one, 1), write(other, 1)]);
    expect(failures).toMatchObject([
      { reason: { paced: true, retryAt: later(NOW, seconds(61)) } },
      // Whoever comes second is told a later moment: the first one needs what is left then.
      { reason: { paced: true, retryAt: expect.any(String) } },
    ]);
    await urgently(() => write(other, 16));
    await expect(urgently(() => write(one, 1))).rejects.toMatchObject({ paced: true });
    await vi.advanceTimersByTimeAsync(61_000);
    await write(one, 1);
  });

  test("reads are each one's own; where nobody can be counted with, nothing is written for a while", async () => {
    const lost = () => Promise.reject(new Error("the database is away"));
    const ours = pace(true, { take: lost, promise: lost, silence: lost });
    (await ours.turn("GET /issues", READ))();
    await expect(write(ours, 1)).rejects.toMatchObject({ paced: true, retryAt: later(NOW, seconds(10)) });
    ours.failed(new GitHubFailure("no", { status: 403, retryAt: later(NOW, seconds(60)) }));
  });

  test("GitHub's demand for silence is for all", async () => {
    const share = sharedStore();
    const [one, other] = [pace(true, share()), pace(true, share())];
    one.failed(new GitHubFailure("too much", { status: 403, retryAt: later(NOW, seconds(90)) }));
    await expect(write(other, 1)).rejects.toMatchObject({ paced: true, retryAt: later(NOW, seconds(90)) });
    await vi.advanceTimersByTimeAsync(91_000);
    await write(other, 1);
  });

  test("what another version wrote is no budget", async () => {
    await write(pace(true, sharedStore('{"spent": "much"}')()), 64);
  });
});

describe("the pace of one installation", () => {
  test("lets housekeeping write 64 times, and tells the 65th when to come", async () => {
    const ours = pace();
    await write(ours, 64);
    await expect(write(ours, 1)).rejects.toMatchObject({
      message: "POST /comments: not asked before 2026-11-20T09:31:01Z, to keep within GitHub's limits",
      paced: true,
      retryAt: later(NOW, seconds(61)),
    });
    expect(ours.left()).toEqual({ requests: null, content: 436 });
  });

  test("leaves the rest to people who wait for an answer", async () => {
    const ours = pace();
    await write(ours, 64);
    await urgently(() => write(ours, 16));
    await expect(urgently(() => write(ours, 1))).rejects.toMatchObject({ paced: true });
  });

  test("waits itself where that takes only seconds", async () => {
    const ours = pace();
    await write(ours, 64);
    await vi.advanceTimersByTimeAsync(57_000);
    const written = vi.fn();
    const writing = write(ours, 1).then(written);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(written).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    await writing;
    expect(clock.now()).toBe(later(NOW, seconds(61)));
  });

  test("ends its waiting when the App stops", async () => {
    const ours = pace();
    await write(ours, 64);
    await vi.advanceTimersByTimeAsync(57_000);
    const writing = expect(write(ours, 1)).rejects.toThrow("the App stops");
    stopping.abort();
    await writing;
    expect(vi.getTimerCount()).toBe(0);
  });

  test("keeps no more than 100 requests open at once", async () => {
    const ours = pace();
    const open: (() => void)[] = [];
    for (let each = 0; each < 100; each++) open.push(await ours.turn("GET /issues", READ));
    const last = vi.fn();
    const waiting = ours.turn("GET /issues", READ).then(last);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(last).not.toHaveBeenCalled();
    open[0]?.();
    await vi.advanceTimersByTimeAsync(1_000);
    await waiting;
    expect(last).toHaveBeenCalledOnce();
  });

  test("counts nothing where that was not asked for", async () => {
    await write(pace(false), 1_000);
  });

  test("waits for the next hour where GitHub says that nothing is left", async () => {
    const ours = pace();
    const reset = Date.parse(later(NOW, seconds(900))) / 1000;
    const headers = {
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(reset),
    };
    ours.heard(headers);
    await expect(urgently(() => ours.turn("GET /issues", READ))).rejects.toMatchObject({
      paced: true,
      retryAt: later(NOW, seconds(901)),
    });
    expect(ours.left().requests).toBe(0);
    await vi.advanceTimersByTimeAsync(901_000);
    await ours.turn("GET /issues", READ);
  });
});
