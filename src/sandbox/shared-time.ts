/** The time that the front and the worker thread share. Apart from `clock.ts`, so that the worker stays light. */

/** Cells of the shared memory: milliseconds ahead of real time, and the moment at which a standing clock stands. */
export const AHEAD = 0;
export const STANDS_AT = 1;
export const SHARED_BYTES = 2 * BigInt64Array.BYTES_PER_ELEMENT;

/** The sandbox's time in Unix milliseconds. */
export function sharedTime(shared: SharedArrayBuffer, realTime: number): number {
  const cells = new BigInt64Array(shared);
  const standsAt = Number(Atomics.load(cells, STANDS_AT));
  return standsAt === 0 ? realTime + Number(Atomics.load(cells, AHEAD)) : standsAt;
}
