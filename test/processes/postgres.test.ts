/** Three replicas on PostgreSQL lead many proposals through their lives; they are killed, and so is the database. */
import { afterAll, afterEach, expect, test } from "vitest";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { checkTheEnd } from "./end.ts";
import { playLives } from "./lives.ts";
import { ROUND, ROUND_MS, rounds, tell } from "./rounds.ts";
import { startWorld, type World } from "./world.ts";

const server = await startPostgres();
let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});
afterAll(() => server?.stop());

/** Stopped as an operator would stop it, as a power cut would, or by killing its first process alone. */
const ENDS = ["SIGKILL", "SIGQUIT", "SIGINT"] as const;

const restarting = (postgres: PostgresServer) =>
  ENDS.slice(0, ROUND.databaseRestarts).map((signal) => async () => {
    await postgres.crash(signal);
    await postgres.start();
  });

if (server === null) test("PostgreSQL cannot be tried here", () => expect(server).toBeNull());
else
  test.each(rounds())(
    "killed again and again, with their database, they lead every proposal to its end, and do nothing twice (seed %i)",
    async (seed) => {
      const began = performance.now();
      const databaseUrl = await server.newDatabase();
      world = await startWorld({ seed, databaseUrl, replicas: 3, app: "turned" });
      const lives = await playLives(world, { ...ROUND, mishaps: restarting(server) });
      await checkTheEnd(world, lives);
      expect(world.kills()).toBeGreaterThanOrEqual(ROUND.kills);
      tell("PostgreSQL", seed, world, lives.length, began);
    },
    ROUND_MS,
  );
