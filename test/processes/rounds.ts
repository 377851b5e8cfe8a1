/**
 * How much is tried: a little in `npm test`, and with `KILLS=100 npm run torture` as many rounds as have so many kills.
 * `SEED` begins with another series of chances. What is killed when also depends on how fast the machine is at that moment.
 */
import type { World } from "./world.ts";

const { KILLS, SEED = "1" } = process.env;

/** What one round has. */
export const ROUND =
  KILLS === undefined
    ? { proposals: 6, kills: 3, databaseRestarts: 1 }
    : { proposals: 20, kills: 10, databaseRestarts: 3 };

/** How long one round may take; a machine that has other things to do is slow, and that is no failure. */
export const ROUND_MS = KILLS === undefined ? 120_000 : 600_000;

/** The seeds of all rounds. */
export function rounds(): readonly number[] {
  const count = Math.ceil(Number(KILLS ?? ROUND.kills) / ROUND.kills);
  return Array.from({ length: count }, (_, index) => Number(SEED) + index);
}

/** Says in figures what was tried, where more than a little was asked for. */
export function tell(name: string, seed: number, world: World, proposals: number, began: number): void {
  if (KILLS === undefined) return;
  const { taken, lost } = world.forwarder;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${name}, seed ${seed}: ${world.kills()} kills, ${proposals} proposals, ${taken.size} deliveries taken, ${lost.size} lost on their way, ${seconds} s`,
  );
}
