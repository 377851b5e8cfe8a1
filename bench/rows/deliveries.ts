/**
 * How fast deliveries are answered that are checked and stored, with each store, and by bare Probot, which stores
 * nothing. GitHub is one that never answers here: what is measured is the receiving, not the passes.
 */
import { createServer } from "node:http";
import { join } from "node:path";
import { z } from "zod";
import { createAppIdentity } from "../../src/sandbox/seed.ts";
import { startPostgres } from "../../test/support/postgres.ts";
import { inFolder, startApp } from "../app.ts";
import type { ProbotSettings } from "../children/probot.ts";
import { figureOf, median, percentile, type Result, unmeasured } from "../figures.ts";
import { bodiesFor, runLoad } from "../load.ts";
import { type Helper, startHelper } from "../processes.ts";
import type { Sizes } from "../sizes.ts";

const STEADY = 300;
const PEER = "bare Probot";

/** What is measured: by its name, with the address that it answers at. */
type Receivers = ReadonlyMap<string, string>;

export async function deliveries(sizes: Sizes): Promise<readonly Result[]> {
  const ends: (() => Promise<unknown>)[] = [];
  try {
    return await inFolder(async (folder) => {
      const { receivers, secret } = await startReceivers(folder, ends);
      const load = startHelper("load.ts");
      ends.push(load.end);
      return await measureAll(sizes, receivers, load, secret);
    });
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}

async function startReceivers(folder: string, ends: (() => Promise<unknown>)[]) {
  const identity = await createAppIdentity();
  const still = await startStillGitHub();
  ends.push(still.close);
  const postgres = await startPostgres({ onDisk: true });
  if (postgres !== null) ends.push(postgres.stop);
  const receivers = new Map<string, string>();
  const stores = [
    { name: "SQLite", databaseUrl: null },
    ...(postgres === null ? [] : [{ name: "PostgreSQL", databaseUrl: await postgres.newDatabase() }]),
  ];
  for (const { name, databaseUrl } of stores) {
    const storePath = join(folder, "store.sqlite");
    const app = await startApp(identity, { apiUrl: still.url, storePath, databaseUrl });
    ends.push(app.end);
    receivers.set(name, app.url);
  }
  const { appId, privateKey, webhookSecret: secret } = identity;
  const settings: ProbotSettings = { appId, privateKey, secret };
  const probot = startHelper("probot.ts", [JSON.stringify(settings)]);
  ends.push(probot.end);
  receivers.set(PEER, await probot.ask({}, z.string()));
  return { receivers, secret };
}

async function measureAll(sizes: Sizes, receivers: Receivers, load: Helper, secret: string) {
  const bodies = bodiesFor("MISP/misp-rfc", 200, secret);
  const rates = new Map([...receivers.keys()].map((name) => [name, [] as number[]]));
  // In turns, so that whatever else the machine does meets them all; the first turn only warms them up.
  for (let round = 0; round <= sizes.rounds; round++)
    for (const [name, url] of receivers) {
      const plan = { lasts: sizes.floodMs };
      const { latencies, seconds } = await runLoad(load, {
        url,
        bodies,
        run: `flood-${name}-${round}`,
        plan,
      });
      if (round > 0) rates.get(name)?.push(latencies.length / seconds);
    }
  const results = [...rates].flatMap(([name, runs]) => ratesOf(name, runs, rates.get(PEER) ?? []));
  for (const [name, url] of receivers) {
    const plan = { perSecond: STEADY, lasts: sizes.steadyMs };
    const { latencies } = await runLoad(load, { url, bodies, run: `steady-${name}`, plan });
    const target = name === PEER ? {} : { target: { atMost: 20 } };
    const what = `${name}: 99 of 100 deliveries answered within, at ${STEADY}/s`;
    results.push(figureOf({ what, unit: "ms", runs: [percentile(latencies, 0.99)], ...target }));
  }
  if (!receivers.has("PostgreSQL"))
    results.push(unmeasured("PostgreSQL", "/s", "PostgreSQL cannot run here"));
  return results;
}

function ratesOf(name: string, runs: readonly number[], peers: readonly number[]): readonly Result[] {
  const rate = figureOf({ what: `${name}: deliveries answered`, unit: "/s", runs });
  if (name === PEER) return [rate];
  const ratios = runs.map((run, round) => run / (peers[round] ?? median(peers)));
  const target = { atLeast: 0.7 };
  return [rate, figureOf({ what: `${name}: share of what ${PEER} answers`, unit: "", runs: ratios, target })];
}

/** Listens, and never answers. */
async function startStillGitHub(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(() => undefined);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
