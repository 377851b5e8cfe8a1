import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Instant, instant } from "../../src/proposal/instant.ts";
import type { StorePort, Subject } from "../../src/reconcile/ports.ts";
import { subjectKey } from "../../src/reconcile/subjects.ts";
import { startWorker, type Worker } from "../../src/reconcile/worker.ts";
import { lookOut } from "../../src/store/look-out.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { recordingLog } from "../support/log.ts";
import { ask, type PostgresServer, startPostgres } from "../support/postgres.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

if (server === null) test("PostgreSQL cannot be tried here", () => expect(server).toBeNull());
else describe("replicas on one database", { timeout: 30_000 }, () => replicasOn(server));

function replicasOn(postgres: PostgresServer): void {
  const clock = { now: () => instant(Date.now()) };
  const nobody = async () => expect.fail("nobody else may run it");
  let url = "";
  let stops: (() => Promise<unknown>)[] = [];
  beforeEach(async () => {
    url = await postgres.newDatabase();
    stops = [];
  });
  afterEach(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  async function open(leaseSeconds?: number): Promise<StorePort> {
    const options = leaseSeconds === undefined ? {} : { leaseSeconds };
    const store = await openPostgresStore(url, { log: recordingLog(), ...options });
    stops.push(store.close);
    return store;
  }

  /** A replica's loop, as production has it. */
  function work(store: StorePort, pass: (subject: Subject) => Promise<Instant | null>): Worker {
    const log = recordingLog();
    const worker = startWorker({ store, clock, log, pass });
    const others = lookOut(store, clock, worker.wake, log);
    stops.push(async () => Promise.all([worker.stop(), others.stop()]));
    return worker;
  }

  /** Another process that begins a pass. */
  async function startReplica(leaseSeconds: number) {
    const script = fileURLToPath(new URL("../support/replica.ts", import.meta.url));
    const args = [script, url, String(leaseSeconds)];
    const child: ChildProcess = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args]);
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (line) => said.push(String(line)));
    stops.push(async () => child.kill("SIGKILL"));
    await vi.waitFor(() => expect(said.join("")).toBe("begun\n"), 8_000);
    return { child, said };
  }

  async function takenOverAfter(store: StorePort, pass = async (): Promise<Instant | null> => null) {
    const since = performance.now();
    await vi.waitFor(async () => expect(await store.runOne(clock.now, pass)).toBe("ran"), {
      timeout: 15_000,
      interval: 50,
    });
    return (performance.now() - since) / 1000;
  }

  const proposal = (number: number): Subject => ({
    kind: "proposal",
    ref: { owner: "misp", name: "misp-rfc", number },
  });
  const key = (number: number) => subjectKey(proposal(number));
  const delivery = (id: string, ...numbers: number[]) => ({
    id,
    event: "issues",
    receivedAt: clock.now(),
    subjects: numbers.map(key),
  });

  test("that start at once on an empty database make its tables once", async () => {
    const stores = await Promise.all([open(), open(), open(), open()]);
    const answers = await Promise.all(stores.map((store) => store.receive(delivery("d1", 1))));
    expect(answers.toSorted()).toEqual(["known", "known", "known", "stored"]);
    expect(await ask(url, "SELECT version FROM secretariat.version")).toEqual([{ version: 2 }]);
  });

  test("share the work, one pass a subject at a time, and miss nothing", async () => {
    const stores = await Promise.all([open(), open(), open()]);
    const running = new Set<number>();
    const together: number[] = [];
    const workers = new Set<number>();
    const stored = new Map<number, number>();
    const seen = new Map<number, number>();
    let moment = 0;
    const pass = (replica: number) => async (subject: Subject) => {
      const number = subject.kind === "proposal" ? subject.ref.number : 0;
      if (running.has(number)) together.push(number);
      running.add(number);
      workers.add(replica);
      seen.set(number, ++moment);
      await sleep(Math.random() * 6);
      running.delete(number);
      return null;
    };
    const loops = stores.map((store, replica) => work(store, pass(replica)));
    const deliver = async (index: number) => {
      const number = index % 7;
      await stores[index % 3]?.receive(delivery(`d${index}`, number + 1));
      stored.set(number + 1, ++moment);
      loops[index % 3]?.wake();
    };
    for (let index = 0; index < 300; index += 6)
      await Promise.all([0, 1, 2, 3, 4, 5].map((more) => deliver(index + more)));
    await vi.waitFor(
      async () => expect(await stores[0]?.depth(clock.now())).toEqual({ due: 0, planned: 0 }),
      10_000,
    );
    for (const loop of loops) await loop.idle();
    await vi.waitFor(() => expect(running.size).toBe(0));
    expect(together).toEqual([]);
    expect(workers).toEqual(new Set([0, 1, 2]));
    for (const [number, at] of stored) expect(seen.get(number)).toBeGreaterThan(at - 7);
    expect(await stores[0]?.failures()).toEqual([]);
  });

  test("notice within a second or two what another one stored", async () => {
    const [one, other] = [await open(), await open()];
    const ran: Subject[] = [];
    await work(other, async (subject) => {
      ran.push(subject);
      return null;
    }).idle();
    await one.receive(delivery("d1", 5));
    await vi.waitFor(() => expect(ran).toEqual([proposal(5)]), 4_000);
  });

  test("leave a pass of any length to the one that lives", async () => {
    const [one, other] = [await open(2), await open(2)];
    await one.touch(key(1), clock.now());
    await one.runOne(clock.now, async () => {
      for (const end = performance.now() + 3_500; performance.now() < end; await sleep(100))
        expect(await other.runOne(clock.now, nobody)).toBe("idle");
      return null;
    });
    expect(await other.depth(clock.now())).toEqual({ due: 0, planned: 0 });
  });

  test("do not run beside themselves what they lost while it runs", async () => {
    const [one, other] = [await open(), await open()];
    await one.touch(key(1), clock.now());
    await one.runOne(clock.now, async () => {
      await ask(
        url,
        "UPDATE secretariat.subjects SET due_at = leased_at, holder = NULL, leased_at = NULL, alive_until = NULL",
      );
      expect(await one.runOne(clock.now, nobody)).toBe("idle");
      expect(await one.nextDue()).toBeNull();
      expect(await other.runOne(clock.now, async () => instant("2029-01-01T00:00:00Z"))).toBe("ran");
      return instant("2030-01-01T00:00:00Z");
    });
    expect(await one.nextDue()).toBe("2029-01-01T00:00:00Z");
  });

  test("take over from one that was killed", async () => {
    const store = await open(2);
    await store.touch(key(1), clock.now());
    const { child } = await startReplica(2);
    expect(await store.runOne(clock.now, nobody)).toBe("idle");
    child.kill("SIGKILL");
    const after = await takenOverAfter(store);
    expect(after).toBeGreaterThan(0.5);
    // A lease, and a quarter of one until somebody looks: of 40 seconds, that is well within a minute.
    expect(after).toBeLessThan(2 * 1.25 + 3);
  });

  test("take over from one that was paused, which then has nothing to say any more", async () => {
    const store = await open(1);
    await store.touch(key(1), clock.now());
    const { child, said } = await startReplica(1);
    child.kill("SIGSTOP");
    await takenOverAfter(store, async () => {
      child.kill("SIGCONT");
      child.stdin?.write("end\n");
      await vi.waitFor(() => expect(said.join("")).toContain("ended"), 8_000);
      // What the other one had to say would be due in 2030; ours still runs.
      expect(await store.depth(clock.now())).toEqual({ due: 0, planned: 0 });
      return instant("2029-01-01T00:00:00Z");
    });
    expect(await store.nextDue()).toBe("2029-01-01T00:00:00Z");
  });

  test("hand back, when they stop, what still runs", async () => {
    const store = await open();
    await store.touch(key(1), clock.now());
    const end = Promise.withResolvers<null>();
    const begun = Promise.withResolvers<void>();
    const pass = store.runOne(clock.now, async () => {
      begun.resolve();
      return end.promise;
    });
    await begun.promise;
    await store.close();
    const left =
      "SELECT extract(epoch FROM alive_until - clock_timestamp()) < 5 AS soon FROM secretariat.subjects";
    expect(await ask(url, left)).toEqual([{ soon: true }]);
    end.resolve(null);
    expect(await pass).toBe("ran");
    expect(await ask(url, "SELECT subject FROM secretariat.subjects")).toEqual([{ subject: key(1) }]);
  });

  test("go on where their connections were cut", async () => {
    const store = await open();
    await store.touch(key(1), clock.now());
    await store.runOne(clock.now, async () => {
      await ask(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'secretariat' AND datname = current_database()",
      );
      return instant("2029-01-01T00:00:00Z");
    });
    expect(await store.nextDue()).toBe("2029-01-01T00:00:00Z");
  });

  test("lose nothing that was acknowledged when the database crashes, and go on by themselves", async () => {
    const stores = await Promise.all([open(), open()]);
    const passes = new Map<number, number>();
    for (const store of stores)
      work(store, async (subject) => {
        const number = subject.kind === "proposal" ? subject.ref.number : 0;
        passes.set(number, (passes.get(number) ?? 0) + 1);
        await sleep(100);
        return null;
      });
    const acknowledged: number[] = [];
    let refused = 0;
    let number = 0;
    const deliver = async () => {
      const mine = ++number;
      await (stores[mine % 2]?.receive(delivery(`d${mine}`, mine)) ?? Promise.reject()).then(
        () => acknowledged.push(mine),
        () => (refused += 1),
      );
    };
    for (let index = 0; index < 40; index += 1) await deliver();
    const storm = (async () => {
      while (refused === 0) await Promise.all([deliver(), deliver(), deliver()]);
    })();
    await sleep(50);
    await postgres.crash();
    await storm;
    await postgres.start();
    await vi.waitFor(() => deliver().then(() => expect(acknowledged.at(-1)).toBe(number)), 5_000);
    await vi.waitFor(
      () => expect(acknowledged.filter((expected) => !passes.has(expected))).toEqual([]),
      15_000,
    );
    expect(refused).toBeGreaterThan(0);
    expect([...passes].filter(([, times]) => times > 2)).toEqual([]);
  });

  test("do not take each other for dead because the database was down for long", async () => {
    const one = await open();
    await one.touch(key(1), clock.now());
    await one.runOne(clock.now, async () => {
      await ask(url, "UPDATE secretariat.subjects SET alive_until = 'epoch'");
      await postgres.crash();
      await postgres.start();
      const other = await open();
      expect(await other.runOne(clock.now, nobody)).toBe("idle");
      return null;
    });
    expect(await one.depth(clock.now())).toEqual({ due: 0, planned: 0 });
  });
}
