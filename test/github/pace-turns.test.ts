import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createPace, type Pace } from "../../src/github/pace.ts";
import { instant, after as later, seconds } from "../../src/proposal/instant.ts";
import { inPass } from "../../src/reconcile/pass-context.ts";

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

const pace = (paced = true): Pace => createPace({ clock, paced, stopped: stopping.signal });
const urgently = <T>(run: () => Promise<T>) => inPass("proposal a/b#1", true, run);

async function write(ours: Pace, times: number): Promise<void> {
  for (let each = 0; each < times; each++) (await ours.turn("POST /comments", WRITE))();
}

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
