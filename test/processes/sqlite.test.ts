/** One process on SQLite leads many proposals through their lives, and is killed at moments of chance. */
import { afterEach, expect, test } from "vitest";
import { checkTheEnd } from "./end.ts";
import { playLives } from "./lives.ts";
import { ROUND, ROUND_MS, rounds, tell } from "./rounds.ts";
import { startWorld, type World } from "./world.ts";

let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

test.each(rounds())(
  "killed again and again, it leads every proposal to its end, and does nothing twice (seed %i)",
  async (seed) => {
    const began = performance.now();
    world = await startWorld({ seed, databaseUrl: null, replicas: 1, app: "turned" });
    const lives = await playLives(world, ROUND);
    await checkTheEnd(world, lives);
    expect(world.kills()).toBeGreaterThanOrEqual(ROUND.kills);
    tell("SQLite", seed, world, lives.length, began);
  },
  ROUND_MS,
);
