/** The App as it is deployed is killed while deliveries come in: what it answered 200 is stored, and its proposal is looked at. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import { startPostgres } from "../support/postgres.ts";
import { deliver, lookedAt } from "./deliveries.ts";
import { ROUND, ROUND_MS, rounds, tell } from "./rounds.ts";
import { startWorld, type World } from "./world.ts";

const server = await startPostgres();
let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});
afterAll(() => server?.stop());

/** Numbers that no issue has: all that a pass finds there is that there is nothing, and no sweep makes it due. */
const FIRST = 1_001;
const AT_ONCE = 6;
/** Deliveries that are taken before the next process is killed, at most. */
const BETWEEN_KILLS = 20;
const PAUSE_MS = 2;

async function killWhileReceiving(name: string, seed: number, databaseUrl: string | null, replicas: number) {
  const began = performance.now();
  world = await startWorld({ seed, databaseUrl, replicas, app: "deployed" });
  const { fleet, forwarder, sandbox, look } = world;
  await world.settled();
  sandbox.requests.reset();
  const wish: Wish = { taken: 0 };
  const delivered = await deliverUntil(world, wish, killAll(world, wish));
  await world.settled();
  const looked = lookedAt(world);
  const taken = [...delivered].filter(([guid]) => forwarder.taken.has(guid));
  expect(taken.length).toBeGreaterThanOrEqual(ROUND.kills);
  expect(
    taken.filter(([, number]) => !looked.has(number)),
    "each proposal was looked at",
  ).toEqual([]);
  await fleet.stop();
  expect(await look.missing(new Set(taken.map(([guid]) => guid))), "each delivery is stored").toEqual([]);
  tell(name, seed, world, taken.length, began);
}

/** How many deliveries are to be taken before somebody is killed: more of them, the App would let wait for GitHub's limits. */
type Wish = { taken: number };

/** Kills one process after the other, each when some deliveries were taken and others are on their way. */
async function killAll({ fleet, forwarder, draw, kill }: World, wish: Wish): Promise<void> {
  for (let time = 0; time < ROUND.kills; time += 1) {
    await fleet.ready();
    wish.taken = forwarder.taken.size + 1 + Math.floor(draw() * BETWEEN_KILLS);
    while (forwarder.taken.size < wish.taken) await sleep(1);
    await kill(Math.floor(draw() * fleet.size));
  }
}

/** A stream of deliveries, each of which names another proposal: its number by its id. */
async function deliverUntil(
  given: World,
  wish: Wish,
  over: Promise<void>,
): Promise<ReadonlyMap<string, number>> {
  const delivered = new Map<string, number>();
  let isOver = false;
  const stream = async () => {
    for (; !isOver; await sleep(PAUSE_MS)) {
      if (given.forwarder.taken.size >= wish.taken) continue;
      const guid = randomUUID();
      const number = FIRST + delivered.size;
      delivered.set(guid, number);
      await deliver(given, number, guid);
    }
  };
  const streams = Promise.all(Array.from({ length: AT_ONCE }, stream));
  await over.finally(() => {
    isOver = true;
  });
  await streams;
  return delivered;
}

test.each(rounds())(
  "SQLite: no delivery that was answered is lost (seed %i)",
  (seed) => killWhileReceiving("Receiving on SQLite", seed, null, 1),
  ROUND_MS,
);

if (server === null) test("PostgreSQL cannot be tried here", () => expect(server).toBeNull());
else
  test.each(rounds())(
    "PostgreSQL: no delivery that was answered is lost (seed %i)",
    async (seed) => killWhileReceiving("Receiving on PostgreSQL", seed, await server.newDatabase(), 2),
    ROUND_MS,
  );
