/** The App as it is deployed is told to stop while it works: it ends soon, and the next process does what was left. */
import { afterAll, afterEach, expect, test } from "vitest";
import { SAMPLE_PROPOSAL } from "../../src/cli/welcome.ts";
import { startPostgres } from "../support/postgres.ts";
import { HOME } from "../support/story.ts";
import { ours } from "../support/story-proposal.ts";
import { startWorld, type World } from "./world.ts";

const server = await startPostgres();
let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});
afterAll(() => server?.stop());

const PROPOSALS = 6;

async function stopWhileItWorks(databaseUrl: string | null): Promise<void> {
  world = await startWorld({ seed: 1, databaseUrl, replicas: 1, app: "deployed" });
  const { sandbox, fleet, look } = world;
  await world.settled();
  // A pass takes a second or so, as it does on GitHub.
  sandbox.faults.next({ fault: { kind: "slow", milliseconds: 40 }, times: Number.POSITIVE_INFINITY });
  const issues: number[] = [];
  for (let count = 0; count < PROPOSALS; count += 1)
    issues.push(await sandbox.as("rafiot").openIssue(HOME, SAMPLE_PROPOSAL));
  const begun = Promise.withResolvers<void>();
  sandbox.faults.next({
    fault: { kind: "run", when: "before", run: begun.resolve },
    match: { method: "PUT" },
  });
  await begun.promise;
  expect(await look.rests(sandbox.clock.now()), "it works").toBe(false);
  const { exit, seconds } = await fleet.restart(0);
  expect(exit).toBe(0);
  expect(seconds).toBeLessThan(10);
  sandbox.faults.clear();
  await world.settled();
  expect(await look.failing()).toEqual([]);
  for (const issue of issues) {
    expect((await ours(world, issue)).map(({ key }) => key)).toEqual(["status"]);
    expect(await sandbox.see.labels(HOME, issue)).toContain("stage: assessment");
  }
}

test("on SQLite", () => stopWhileItWorks(null), 60_000);

if (server === null) test("PostgreSQL cannot be tried here", () => expect(server).toBeNull());
else test("on PostgreSQL", async () => stopWhileItWorks(await server.newDatabase()), 60_000);
