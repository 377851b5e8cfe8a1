/** The way to GitHub and back: calls wait for their turn, and meet what can go wrong on the way. */
import type { Sealing } from "../proposal/seal.ts";
import { GitHubFailure } from "../reconcile/ports.ts";
import type { Agenda } from "./agenda.ts";
import type { Faults } from "./faults.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import { instantAt, MINUTES } from "./time.ts";
import type { World } from "./world.ts";

/** A process that has ended does nothing more; whatever it still seems to try ends here. */
export class Crashed extends Error {}

export type Line = {
  readonly faults: Faults;
  /** What this process seals dockets with. */
  readonly sealing: Sealing;
  /** Settled when GitHub answers: the moment as of which it answers. */
  read(): Promise<number>;
  /** Does something on GitHub, unless something goes wrong before, and answers, unless something goes wrong after. */
  write<T>(what: string, isCreation: boolean, effect: () => T): Promise<T>;
};

export type LineOptions = {
  readonly world: World;
  readonly faults: Faults;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly scheduler: Scheduler;
  readonly isDead: () => boolean;
  readonly crash: () => void;
};

/** In seconds: GitHub's reads can be this old. */
const STALEST = 5 * MINUTES;

export function createLine(options: LineOptions): Line {
  const { world, faults, random, scheduler, isDead, crash } = options;

  async function turn(mayPause: boolean): Promise<void> {
    if (isDead()) throw new Crashed();
    await scheduler.turn(mayPause && faults.strikes("replica paused beyond its lease") ? pause() : world.now);
    if (isDead()) throw new Crashed();
  }

  /** It stands still for so long that others believe it dead, and then goes on as if nothing had been. */
  function pause(): number {
    const end = world.now + random.between(11, 40) * MINUTES;
    options.agenda.plan(end, () => undefined);
    return end;
  }

  function die(): never {
    crash();
    throw new Crashed();
  }

  return {
    faults,
    sealing: world.dockets.sealing,
    async read() {
      await turn(true);
      if (faults.strikes("crash between reads")) die();
      assertReachable(options);
      if (faults.strikes("read timed out")) throw failure("GitHub could not be reached: timeout");
      if (faults.strikes("page truncated"))
        throw failure("GitHub's answer is not what its documentation says");
      return faults.strikes("stale read") ? world.now - random.between(1, STALEST) : world.now;
    },
    async write(what, isCreation, effect) {
      // A machine that stands still between its note of an intent and the request would be believed dead by then.
      await turn(!isCreation);
      assertReachable(options);
      assertWritable(options, what);
      if (faults.strikes("crash before a write")) die();
      if (faults.strikes("write refused with 500")) throw failure("GitHub answered 500", 500);
      if (isCreation && faults.strikes("write done a minute after its time-out")) {
        options.agenda.plan(world.now + random.between(1, MINUTES), () => attempt(effect));
        throw failure("GitHub could not be reached: timeout");
      }
      const answer = effect();
      if (faults.strikes("crash after a write")) die();
      if (faults.strikes("write done, answered 502")) throw failure("GitHub answered 502", 502);
      return answer;
    },
  };
}

/** What arrives late may be refused by then; nobody is there to hear of it. */
function attempt(effect: () => unknown): void {
  try {
    effect();
  } catch (error) {
    if (!(error instanceof GitHubFailure)) throw error;
  }
}

function failure(
  message: string,
  status: number | null = null,
  wait: number | null = null,
  now = 0,
): GitHubFailure {
  return new GitHubFailure(message, { status, retryAt: wait === null ? null : instantAt(now + wait) });
}

function assertReachable({ faults, world, random }: LineOptions): void {
  if (faults.isOn("GitHub down")) throw failure("GitHub could not be reached: timeout");
  if (faults.isOn("App uninstalled")) {
    const message = "The App is not installed on committee/standards";
    throw new GitHubFailure(message, { status: 404, retryAt: null, isForPeople: true });
  }
  if (faults.isOn("installation suspended")) throw failure("The App's installation gives no access");
  if (faults.strikes("rate limit with retry-after"))
    throw failure("GitHub answered 403: rate limit", 403, random.between(1, 60) * MINUTES, world.now);
  // As the adapter reads an answer that says nothing of time: a minute.
  if (faults.strikes("rate limit without retry-after"))
    throw failure("GitHub answered 429: rate limit", 429, MINUTES, world.now);
}

function assertWritable({ faults, world }: LineOptions, what: string): void {
  if (faults.isOn("repository archived"))
    throw failure("GitHub answered 403: Repository was archived so is read-only.", 403);
  if (what === "docket" && faults.isOn("branch of dockets protected")) {
    const message = "The App is not allowed to write the branch dockets: it needs write access to contents.";
    throw new GitHubFailure(message, { status: 403, retryAt: null, isForPeople: true });
  }
  if (faults.strikes("secondary limit"))
    throw failure("GitHub answered 403: secondary rate limit", 403, MINUTES, world.now);
}
