import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Instant, instant } from "../../src/proposal/instant.ts";
import type { StorePort } from "../../src/reconcile/ports.ts";
import { rememberSeen } from "../../src/reconcile/seen.ts";
import { startSweeping, sweep } from "../../src/reconcile/sweep.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { memoryDirectory } from "../support/directory.ts";
import { recordingLog } from "../support/log.ts";

const NOW = instant("2026-11-01T00:00:00Z");
const EARLIER = instant("2026-10-01T00:00:00Z");
const LATER = instant("2026-11-02T00:00:00Z");
const clock = { now: () => NOW };
const rfc = (number: number) => ({ owner: "MISP", name: "misp-rfc", number });
const issue = (number: number, updatedAt: Instant) => ({ ref: rfc(number), updatedAt });

async function dueIn(store: StorePort): Promise<readonly string[]> {
  const due: string[] = [];
  const note = async (subject: string) => {
    due.push(subject);
    return null;
  };
  while ((await store.runOne(() => NOW, note)) === "ran");
  return due.toSorted();
}

describe("a sweep", () => {
  let directory: ReturnType<typeof memoryDirectory>;
  let log: ReturnType<typeof recordingLog>;
  let store: StorePort;
  beforeEach(() => {
    directory = memoryDirectory();
    log = recordingLog();
    store = openSqliteStore(":memory:");
  });
  const run = () => sweep({ directory, store, clock, log });

  test("with an empty store makes every charter and every proposal due", async () => {
    directory.add("MISP/misp-rfc", { proposals: [issue(1, EARLIER), issue(7, NOW)] });
    directory.add("MISP/misp-standard.org");
    expect(await run()).toEqual({ repositories: 2, touched: 4, failed: 0 });
    expect(await dueIn(store)).toEqual([
      "charter misp/misp-rfc",
      "charter misp/misp-standard.org",
      "proposal misp/misp-rfc#1",
      "proposal misp/misp-rfc#7",
    ]);
  });

  test("makes each of the App's open pull requests due whose newest commit was not looked at", async () => {
    const pulls = [1, 2].map((number) => ({ ref: rfc(number), head: "b".repeat(40) }));
    directory.add("MISP/misp-rfc", { pulls });
    await store.remember("checked draft check misp/misp-rfc#1", "b".repeat(40));
    await store.remember("checked draft check misp/misp-rfc#2", "a".repeat(40));
    await run();
    expect(await dueIn(store)).toEqual(["charter misp/misp-rfc", "draft check misp/misp-rfc#2"]);
  });

  test("looks again at what was touched within the minutes before its pass: GitHub may not have shown all of it", async () => {
    const justBefore = instant("2026-10-31T23:50:01Z");
    const before = instant("2026-10-31T23:50:00Z");
    directory.add("MISP/misp-rfc", { proposals: [issue(1, NOW), issue(2, justBefore), issue(3, before)] });
    await rememberSeen(store, rfc(1), NOW, NOW);
    await rememberSeen(store, rfc(2), justBefore, NOW);
    await rememberSeen(store, rfc(3), before, NOW);
    await run();
    expect(await dueIn(store)).toEqual([
      "charter misp/misp-rfc",
      "proposal misp/misp-rfc#1",
      "proposal misp/misp-rfc#2",
    ]);
  });

  test("passes over a proposal that has not been touched since its last pass, and only that", async () => {
    directory.add("MISP/misp-rfc", { proposals: [issue(1, EARLIER), issue(2, NOW), issue(3, EARLIER)] });
    await rememberSeen(store, rfc(1), EARLIER, NOW);
    await rememberSeen(store, rfc(2), EARLIER, NOW);
    // An older copy of the store was restored: what it saw then is later than what is there now.
    await rememberSeen(store, rfc(3), NOW, LATER);
    await run();
    expect(await dueIn(store)).toEqual([
      "charter misp/misp-rfc",
      "proposal misp/misp-rfc#2",
      "proposal misp/misp-rfc#3",
    ]);
  });

  test("costs two lists a repository and one of repositories when nothing happened", async () => {
    directory.add("MISP/misp-rfc", { proposals: [issue(1, EARLIER)] });
    await rememberSeen(store, rfc(1), EARLIER, NOW);
    await run();
    expect(directory.calls).toEqual(["repositories", "proposals MISP/misp-rfc", "pulls MISP/misp-rfc"]);
  });

  test("is not stopped by one repository that fails", async () => {
    directory.add("MISP/broken", { broken: true });
    directory.add("MISP/misp-rfc", { proposals: [issue(1, NOW)] });
    expect(await run()).toEqual({ repositories: 2, touched: 2, failed: 1 });
    expect(await dueIn(store)).toContain("proposal misp/misp-rfc#1");
    expect(log.lines).toContain("warn: MISP/broken could not be swept; the next sweep tries again");
  });
});

describe("sweeping", () => {
  async function sweeping(work: (tools: ReturnType<typeof setUp>) => Promise<void>) {
    vi.useFakeTimers();
    const tools = setUp();
    try {
      await work(tools);
    } finally {
      await tools.sweeping.stop();
      vi.useRealTimers();
    }
  }
  function setUp() {
    const directory = memoryDirectory();
    directory.add("MISP/misp-rfc");
    const log = recordingLog();
    const swept = vi.fn();
    const started = startSweeping({ directory, store: openSqliteStore(":memory:"), clock, log }, 15, swept);
    const sweeps = () => directory.calls.filter((call) => call === "repositories").length;
    return { directory, log, swept, sweeping: started, sweeps };
  }

  test("begins at once and goes on every quarter of an hour", () =>
    sweeping(async ({ sweeps, swept }) => {
      await vi.advanceTimersByTimeAsync(0);
      expect(sweeps()).toBe(1);
      expect(swept).toHaveBeenCalledTimes(1);
      await vi.advanceTimersByTimeAsync(14 * 60_000);
      expect(sweeps()).toBe(1);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(sweeps()).toBe(2);
    }));

  test("comes back in a minute after a failure", () =>
    sweeping(async ({ sweeps, directory }) => {
      directory.add("MISP/misp-rfc", { broken: true });
      await vi.advanceTimersByTimeAsync(0);
      directory.add("MISP/misp-rfc");
      await vi.advanceTimersByTimeAsync(60_000);
      expect(sweeps()).toBe(2);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(sweeps()).toBe(2);
    }));

  test("asked for in the middle of a sweep, another follows it; asked often, only one", () =>
    sweeping(async ({ sweeps, sweeping: running }) => {
      await Promise.all([running.now(), running.now(), running.now()]);
      expect(sweeps()).toBe(2);
      await running.now();
      expect(sweeps()).toBe(3);
    }));

  test("says that it failed, and goes on", () =>
    sweeping(async ({ log, directory, sweeping: running }) => {
      await running.now();
      const { repositories } = directory;
      directory.repositories = () => Promise.reject(new Error("GitHub is away"));
      await running.now();
      expect(log.lines).toContain("warn: The sweep failed; it is tried again in a minute");
      directory.repositories = repositories;
      await running.now();
      expect(log.lines.at(-1)).toBe("info: Swept");
    }));

  test("stopped, it sweeps no more", () =>
    sweeping(async ({ sweeps, sweeping: running }) => {
      await running.now();
      await running.stop();
      const before = sweeps();
      await vi.advanceTimersByTimeAsync(60 * 60_000);
      expect(sweeps()).toBe(before);
    }));
});
