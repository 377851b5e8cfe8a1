/**
 * One burst: every proposal is named again and again, in turns, by deliveries of their own ids, as fast as they are
 * answered. Then the App is killed, and its store says what it kept.
 */
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { inFolder, startApp } from "../app.ts";
import { CHARTER, HOME, openProposals } from "../committee.ts";
import { figureOf, type Result } from "../figures.ts";
import { bodiesFor, runLoad } from "../load.ts";
import { startHelper } from "../processes.ts";
import type { Sizes } from "../sizes.ts";

const RUN = "burst";

export async function burst({ burstProposals, burstReplays }: Sizes): Promise<readonly Result[]> {
  const sandbox = await startSandbox({ committee: CHARTER });
  const load = startHelper("load.ts");
  try {
    return await inFolder(async (folder) => {
      const storePath = join(folder, "store.sqlite");
      await openProposals(sandbox, burstProposals);
      const app = await startApp(sandbox.app, { apiUrl: sandbox.url, storePath, databaseUrl: null });
      try {
        await app.sweep();
        await app.idle();
        sandbox.requests.reset();
        const bodies = bodiesFor(
          `${sandbox.world.organization}/${HOME}`,
          burstProposals,
          sandbox.app.webhookSecret,
        );
        const count = burstProposals * burstReplays;
        const taken = await runLoad(load, { url: app.url, bodies, run: RUN, plan: { count } });
        await app.idle();
        await app.end();
        const lost = count - (await kept(storePath, count));
        return results(count, taken.seconds, lost, passesIn(sandbox, burstProposals));
      } finally {
        await app.end();
      }
    });
  } finally {
    await load.end();
    await sandbox.close();
  }
}

async function kept(storePath: string, count: number): Promise<number> {
  const store = openSqliteStore(storePath);
  try {
    return (await store.known(Array.from({ length: count }, (_, index) => `${RUN}-${index}`))).size;
  } finally {
    await store.close();
  }
}

/** How many passes each proposal had: each begins with a look at its issue. */
function passesIn({ requests, world }: Sandbox, proposals: number): readonly number[] {
  if (requests.log.length < requests.total)
    throw new Error("There were more requests than the sandbox lists");
  const looks = new Map<string, number>();
  for (const { method, path } of requests.log)
    if (method === "GET") looks.set(path.toLowerCase(), (looks.get(path.toLowerCase()) ?? 0) + 1);
  return Array.from(
    { length: proposals },
    (_, index) => looks.get(`/repos/${world.organization}/${HOME}/issues/${index + 1}`.toLowerCase()) ?? 0,
  );
}

function results(count: number, took: number, lost: number, passes: readonly number[]): readonly Result[] {
  const about = `${count} deliveries of ${passes.length} proposals in one burst`;
  const unseen = passes.filter((number) => number === 0).length;
  return [
    figureOf({ what: `${about}: lost`, unit: "", runs: [lost + unseen], target: { atMost: 0 } }),
    figureOf({
      what: `${about}: most passes over one proposal`,
      unit: "",
      runs: [Math.max(...passes)],
      target: { atMost: 3 },
    }),
    figureOf({ what: `${about}: all answered after`, unit: "s", runs: [took] }),
  ];
}
