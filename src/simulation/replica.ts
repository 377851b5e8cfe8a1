/** One process of the App, as production wires it: passes, worker, sweep and receiver, on the simulation's ports. */
import { createInbox, type Inbox } from "../app.ts";
import { watchCharter } from "../reconcile/charter-watch.ts";
import { noteBeginning } from "../reconcile/intents.ts";
import type { Log } from "../reconcile/log.ts";
import { makePass } from "../reconcile/pass.ts";
import { type Clock, GitHubFailure, NeedsPeople, type Subject } from "../reconcile/ports.ts";
import { recoverDeliveries } from "../reconcile/recover-deliveries.ts";
import { sweep } from "../reconcile/sweep.ts";
import { startWorker, type Worker } from "../reconcile/worker.ts";
import type { Agenda } from "./agenda.ts";
import { createDeliveriesPort, type Post } from "./deliveries.ts";
import { createDirectory } from "./directory.ts";
import type { Faults } from "./faults.ts";
import { Crashed, createLine } from "./line.ts";
import { createPort } from "./port.ts";
import { datatracker, press } from "./press.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import type { SharedStore } from "./store.ts";
import { instantAt } from "./time.ts";
import { APP, type World } from "./world.ts";

export type Replica = {
  readonly holder: string;
  readonly isDead: () => boolean;
  readonly inbox: Inbox;
  readonly worker: Worker;
  /** Lists what changed; never throws. */
  sweep(): Promise<void>;
  /** Looks for deliveries that never came; never throws. */
  recover(): Promise<void>;
  /** Ends it at once, in the middle of whatever it does. */
  crash(): void;
};

export type Surroundings = {
  readonly world: World;
  readonly faults: Faults;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly scheduler: Scheduler;
  readonly shared: SharedStore;
  readonly post: () => Post;
  /** The seconds by which this machine's clock is wrong. */
  readonly skew: () => number;
  /** Something that can only be our own mistake. */
  readonly complain: (problem: string) => void;
  /** Told before each write to the store. */
  readonly onStoreWrite: (crash: () => void) => void;
  /** It has ended; who runs it starts it again. */
  readonly crashed: () => void;
};

export function startReplica(holder: string, lanes: number, around: Surroundings): Replica {
  const { world, faults, random, agenda, scheduler, shared } = around;
  let dead = false;
  const crash = () => {
    if (dead) return;
    dead = true;
    void worker.stop();
    around.crashed();
  };
  const mayWrite = () => {
    if (!dead) around.onStoreWrite(crash);
    if (dead) throw new Crashed();
    if (faults.isOn("disk full")) throw new DiskFull();
  };
  const clock: Clock = { now: () => instantAt(world.now + around.skew()) };
  const log = logTo((problem) => {
    if (!dead) around.complain(problem);
  });
  const isDead = () => dead;
  const line = createLine({ world, faults, random, agenda, scheduler, isDead, crash });
  const store = shared.open(holder, mayWrite, random.next);
  noteBeginning(store, clock.now()).catch(() => undefined);
  const github = createPort(world, line);
  const directory = createDirectory(world, line);
  const pass = subjectPass(makePass({ github, press, datatracker, store, clock, log }), {
    directory,
    store,
    clock,
  });
  const worker = startWorker({ store, clock, log, pass, lanes });
  const housekeeping = (what: string, work: () => Promise<unknown>) => async () => {
    try {
      await work();
    } catch (error) {
      if (isUnexpected(error)) around.complain(`${what} failed: ${error}`);
    }
    worker.wake();
  };
  const sweepNow = housekeeping("a sweep", () => sweep({ directory, store, clock, log }));
  const sweepSoon = () => void sweepNow();
  const inbox = createInbox({ store, clock, ownLogin: () => APP.login, wake: worker.wake, sweepSoon });
  const recover = housekeeping("the look for deliveries", () => {
    const deliveries = createDeliveriesPort(around.post(), line);
    return recoverDeliveries({ deliveries, store, inbox, clock, log });
  });
  return { holder, isDead, inbox, worker, sweep: sweepNow, recover, crash };
}

/** What is published stays as it is in the simulation: drafts are neither checked, submitted nor renewed. */
function subjectPass(
  proposalPass: ReturnType<typeof makePass>,
  charterPorts: Parameters<typeof watchCharter>[0],
): (subject: Subject) => ReturnType<typeof proposalPass> {
  return async (subject) => {
    switch (subject.kind) {
      case "proposal":
        return proposalPass(subject.ref);
      case "charter":
        return watchCharter(charterPorts, subject.repository, subject.commit);
      case "maintenance":
      case "draft check":
        return null;
    }
  };
}

class DiskFull extends Error {
  override readonly message = "database or disk is full";
}

/** A store that takes nothing any more; which store it was matters to nobody else. */
export function isStoreFailure(error: unknown): boolean {
  return error instanceof DiskFull || error instanceof Crashed;
}

function isUnexpected(error: unknown): boolean {
  return !(error instanceof GitHubFailure || error instanceof NeedsPeople) && !isStoreFailure(error);
}

/** The App logs GitHub's failures as warnings; an error that is none of the world's doing is the App's own. */
function logTo(complain: (problem: string) => void): Log {
  const nothing = () => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error(details, message) {
      const error = "err" in details ? details.err : null;
      if (error === null || isUnexpected(error))
        complain(`${message}: ${error instanceof Error ? error.stack : error}`);
    },
  };
}
