/** The most memory that the App's process holds while, by itself, it finds and passes over that many proposals. */
import { join } from "node:path";
import { createAppIdentity } from "../../src/sandbox/seed.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { inFolder, startApp } from "../app.ts";
import { figureOf, type Result } from "../figures.ts";
import { startOldGitHub } from "../old-github.ts";
import type { Sizes } from "../sizes.ts";

export async function memory({ seen }: Sizes): Promise<readonly Result[]> {
  const github = await startOldGitHub(seen);
  try {
    return await inFolder(async (folder) => {
      const storePath = join(folder, "store.sqlite");
      const app = await startApp(await createAppIdentity(), {
        apiUrl: github.url,
        storePath,
        databaseUrl: null,
      });
      try {
        await app.idle();
        const most = await app.memory();
        await app.end();
        await assertSeen(storePath, seen);
        const what = `memory of the App's process at its most, after ${seen} proposals seen`;
        return [figureOf({ what, unit: "MB", runs: [most], target: { atMost: 200 } })];
      } finally {
        await app.end();
      }
    });
  } finally {
    await github.close();
  }
}

/** A process that did nothing needs little memory. */
async function assertSeen(storePath: string, seen: number): Promise<void> {
  const store = openSqliteStore(storePath);
  try {
    for (let number = 1; number <= seen; number++)
      if ((await store.recall(`seen proposal misp/misp-rfc#${number}`)) === null)
        throw new Error(`Proposal ${number} was not seen`);
  } finally {
    await store.close();
  }
}
