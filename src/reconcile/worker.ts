/**
 * Runs what is due. A few lanes ask the store for work, one pass each at a time; that one subject never runs twice
 * at once is the store's promise. A lane without work sleeps until the next due time or until it is woken.
 */
import { after, type Instant, seconds, secondsBetween } from "../proposal/instant.ts";
import type { Log } from "./log.ts";
import { inPass, namingPasses } from "./pass-context.ts";
import { type Clock, GitHubFailure, isPaced, type StorePort, type Subject } from "./ports.ts";
import { createSignal } from "./signal.ts";
import { parseSubject } from "./subjects.ts";
import { type PassOutcome, UNWATCHED, type Watch } from "./watch.ts";

export type Worker = {
  /** Looks again at once: something became due, or a clock was turned. */
  wake(): void;
  /** Settled when nothing runs and nothing is due. */
  idle(): Promise<void>;
  /** Begins nothing more, and waits for what runs: at most 10 seconds. */
  stop(): Promise<void>;
};

export type WorkerOptions = {
  readonly store: StorePort;
  readonly clock: Clock;
  /** One pass over a subject; says when it is due again. */
  readonly pass: (subject: Subject) => Promise<Instant | null>;
  readonly log: Log;
  readonly lanes?: number;
  readonly watch?: Watch;
};

/** Milliseconds of real time. A store may be written to by others, and machines sleep: look now and then. */
const LONGEST_SLEEP = 60_000;
const SHORTEST_SLEEP = 20;
const AFTER_STORE_FAILURE = 5_000;
const GRACE = 10_000;

export function startWorker(options: WorkerOptions): Worker {
  const { store, clock, log, lanes = 4, watch = UNWATCHED } = options;
  const woken = createSignal();
  const rested = createSignal();
  const resting = new Set<number>();
  // Counts the wake-ups: a lane that found nothing before the last one has to look again.
  let wakes = 0;
  let stopping = false;
  const now = () => clock.now();
  const run = runnerOf(options.pass, now, namingPasses(log), watch);

  async function lane(id: number): Promise<void> {
    while (!stopping) {
      const seen = wakes;
      const pause = await work();
      if (seen !== wakes || stopping) continue;
      resting.add(id);
      rested.notify();
      await woken.wait(pause);
      resting.delete(id);
    }
  }

  /** Runs one subject, or says how many milliseconds to sleep. Never throws. */
  async function work(): Promise<number> {
    watch.beat();
    try {
      if ((await store.runOne(now, run)) === "idle") return sleepUntil(await store.nextDue(), now());
      // The pass may have touched other subjects.
      wake();
      return 0;
    } catch (error) {
      log.error({ err: error }, "The store failed; trying again in 5 seconds");
      return AFTER_STORE_FAILURE;
    }
  }

  function wake(): void {
    wakes += 1;
    resting.clear();
    woken.notify();
  }

  async function idle(): Promise<void> {
    wake();
    while (!stopping) {
      const change = rested.wait();
      if (resting.size === lanes) {
        const due = await store.nextDue();
        if (due === null || due > now()) return;
      }
      await change;
    }
  }

  const whole = Promise.all(Array.from({ length: lanes }, (_, id) => lane(id)));

  async function stop(): Promise<void> {
    stopping = true;
    woken.notify();
    rested.notify();
    const end = createSignal();
    const inTime = await Promise.race([whole.then(() => true), end.wait(GRACE).then(() => false)]);
    end.notify();
    if (!inTime) log.warn({}, "A pass still runs after 10 seconds; it will run again after the next start");
  }

  return { wake, idle, stop };
}

/** A pass by its key, with its failures told and its wishes bounded. */
function runnerOf(pass: WorkerOptions["pass"], now: () => Instant, log: Log, watch: Watch) {
  async function watched(key: string, subject: Subject): Promise<Instant | null> {
    const began = performance.now();
    const ended = (outcome: PassOutcome) => {
      const took = (performance.now() - began) / 1000;
      watch.passEnded(subject.kind, outcome, took);
      log.debug({ outcome, seconds: took }, `${key}: ${outcome}`);
    };
    try {
      const next = await pass(subject);
      ended("done");
      return next;
    } catch (error) {
      ended(isPaced(error) ? "waits" : "failed");
      tellFailure(key, error, log);
      throw error;
    }
  }

  return async (key: string, urgent: boolean): Promise<Instant | null> => {
    const subject = parseSubject(key);
    if (subject === null) {
      log.error({ subject: key }, "Not a subject of this version; it is left alone");
      return null;
    }
    const next = await inPass(key, urgent, () => watched(key, subject));
    // A pass that is due again at once would never let GitHub rest.
    const soonest = after(now(), seconds(1));
    return next !== null && next < soonest ? soonest : next;
  };
}

function sleepUntil(due: Instant | null, now: Instant): number {
  if (due === null) return LONGEST_SLEEP;
  return Math.min(LONGEST_SLEEP, Math.max(SHORTEST_SLEEP, secondsBetween(now, due) * 1000));
}

/** GitHub fails now and then; anything else is our own mistake, and its trace is wanted. */
function tellFailure(subject: string, error: unknown, log: Log): void {
  if (isPaced(error)) {
    log.info({ subject, retryAt: error.retryAt }, `${subject} waits for its turn: ${error.message}`);
    return;
  }
  if (error instanceof GitHubFailure) {
    const { message, status, retryAt } = error;
    log.warn({ subject, status, retryAt }, `${subject} waits for another try: ${message}`);
    return;
  }
  log.error({ subject, err: error }, `${subject} failed; it will be tried again`);
}
