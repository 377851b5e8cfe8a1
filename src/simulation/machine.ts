/** The replicas of the App, started, crashed and started again, and what they do until nothing is left to do. */
import type { Inbox } from "../app.ts";
import type { Agenda } from "./agenda.ts";
import type { Post } from "./deliveries.ts";
import type { Faults } from "./faults.ts";
import type { Random } from "./random.ts";
import { isStoreFailure, type Replica, type Surroundings, startReplica } from "./replica.ts";
import { createScheduler, quiet } from "./scheduler.ts";
import { createSharedStore, type SharedStore } from "./store.ts";
import { HOURS, instantAt, MINUTES, secondsOf } from "./time.ts";
import type { World } from "./world.ts";

export type Machine = {
  readonly shared: SharedStore;
  /** Answers whether the App has taken it. */
  deliver(incoming: Parameters<Inbox>[0]): Promise<boolean>;
  /** Lets the App do what is due by now. What only time has made due it may also leave for later, as a busy machine does. */
  settle(): Promise<void>;
  /** The next time nothing is left for later. */
  hurry(): void;
  /** When the App itself goes on next; infinity: not by itself. */
  next(): number;
  sweep(): void;
  recover(): void;
  /** Everything stops at once, until `start`. */
  stop(): void;
  start(): void;
};

export type MachineOptions = {
  readonly world: World;
  readonly faults: Faults;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly replicas: number;
  readonly post: () => Post;
  readonly complain: (problem: string) => void;
  /** Told before each write to the store; may end the process that makes it. */
  readonly onStoreWrite?: (crash: () => void) => void;
};

/** In seconds: what the App allows GitHub's reads, ten minutes, leaves this much for clocks that are wrong. */
const SKEW = 2 * MINUTES;
const LANES = 2;
/** How often what nobody waits for is left for later. */
const LEAVES = 0.85;
/** More turns than this at one moment mean that it never comes to rest. */
const MOST_TURNS = 50_000;

export function createMachine(options: MachineOptions): Machine {
  const { world, faults, random, agenda, complain } = options;
  const scheduler = createScheduler(random);
  const shared = createSharedStore();
  const running: (Replica | null)[] = Array.from({ length: options.replicas }, () => null);
  let starts = 0;
  let isStopped = true;
  let isHurried = false;

  const skew = () => (faults.isOn("clock ahead") ? SKEW : 0) - (faults.isOn("clock behind") ? SKEW : 0);

  function startOne(index: number): void {
    if (isStopped || running[index]) return;
    const before = `replica ${index} ${starts}`;
    starts += 1;
    const around: Surroundings = {
      world,
      faults,
      random,
      agenda,
      scheduler,
      shared,
      post: options.post,
      skew,
      complain,
      onStoreWrite: options.onStoreWrite ?? (() => undefined),
      crashed: () => restart(index, replica.holder),
    };
    const replica = startReplica(`${before} start ${starts}`, LANES, around);
    running[index] = replica;
    void replica.sweep();
    void replica.recover();
  }

  /** A crashed process is started again; its leases end at once where it is known to be gone, else when they run out. */
  function restart(index: number, holder: string): void {
    running[index] = null;
    const isKnownToBeGone = random.chance(0.5);
    agenda.plan(world.now + random.pick([5, 30, 10 * MINUTES, HOURS]), () => {
      if (isKnownToBeGone) shared.forget(holder);
      startOne(index);
    });
  }

  const alive = () => running.filter((replica) => replica !== null);
  const isDue = () => {
    const due = shared.nextDue();
    return due !== null && due <= instantAt(world.now + Math.max(0, skew()));
  };

  function passTime(): void {
    const pace = random.next();
    world.now += pace < 0.7 ? 0 : pace < 0.96 ? random.between(1, 2) : random.between(3, 40);
    agenda.runUpTo(world.now);
  }

  return {
    shared,
    async deliver(incoming) {
      const replicas = alive();
      if (replicas.length === 0) return false;
      try {
        const answer = await random.pick(replicas).inbox(incoming);
        if (answer === "odd") complain("a delivery was not understood");
        return true;
      } catch (error) {
        if (!isStoreFailure(error)) complain(`a delivery was refused: ${error}`);
        return false;
      }
    },
    hurry() {
      isHurried = true;
    },
    async settle() {
      const mayWait = !isHurried && random.chance(LEAVES);
      isHurried = false;
      for (let turns = 0; turns < MOST_TURNS; turns++) {
        await quiet();
        if (scheduler.next(world.now)) {
          passTime();
          continue;
        }
        if (!isDue() || (turns === 0 && mayWait && !shared.isUrgent())) return;
        const before = shared.claims();
        for (const { worker } of alive()) worker.wake();
        await quiet();
        if (shared.claims() === before && scheduler.earliest() > world.now) return;
      }
      complain("the App does not come to rest");
    },
    next() {
      const due = shared.nextDue();
      return Math.min(scheduler.earliest(), due === null ? Number.POSITIVE_INFINITY : secondsOf(due));
    },
    sweep() {
      const replicas = alive();
      if (replicas.length > 0) void random.pick(replicas).sweep();
    },
    recover() {
      const replicas = alive();
      if (replicas.length > 0) void random.pick(replicas).recover();
    },
    stop() {
      isStopped = true;
      for (const replica of alive()) replica.crash();
    },
    start() {
      isStopped = false;
      for (const index of running.keys()) startOne(index);
    },
  };
}
