/**
 * Who goes next. Every call that a pass makes to GitHub waits here for its turn, and chance, from the seed, says whose
 * turn it is: so passes of several lanes and replicas are interleaved in every way, and in the same way again.
 */
import type { Random } from "./random.ts";

export type Scheduler = {
  /** Settled when it is the caller's turn, not before the moment given. */
  turn(notBefore: number): Promise<void>;
  /** Lets one of those go who wait and may; false: there is none. */
  next(now: number): boolean;
  /** When the first of those may go who wait; infinity: nobody waits. */
  earliest(): number;
};

export function createScheduler(random: Random): Scheduler {
  const waiting: { readonly notBefore: number; readonly go: () => void }[] = [];
  return {
    turn(notBefore) {
      return new Promise((go) => waiting.push({ notBefore, go }));
    },
    next(now) {
      const may = waiting.flatMap(({ notBefore }, index) => (notBefore <= now ? [index] : []));
      if (may.length === 0) return false;
      const [taken] = waiting.splice(may.length === 1 ? (may[0] ?? 0) : random.pick(may), 1);
      taken?.go();
      return true;
    },
    earliest: () =>
      waiting.reduce((first, { notBefore }) => Math.min(first, notBefore), Number.POSITIVE_INFINITY),
  };
}

/**
 * Settled when everything that could go on has gone on, up to a turn, a timer or the end. Node.js calls back when no
 * promise has anything left to do, and before any timer, as long as it is asked from within a promise: asked from
 * elsewhere (a message, a timer) it may call back first. So nothing depends on how fast the machine is, or which thread it is.
 */
export async function quiet(): Promise<void> {
  await null;
  await new Promise<void>((resolve) => process.nextTick(resolve));
}
