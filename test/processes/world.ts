/** A committee on a GitHub in a box, the App as processes of its own, and somebody who kills them. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { series } from "../../src/sandbox/faults.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { type Fleet, startFleet } from "../support/fleet.ts";
import { type Forwarder, startForwarder } from "../support/forwarder.ts";
import { lookIntoPostgres, lookIntoSqlite, type StoreLook } from "../support/store-look.ts";
import { CHARTER } from "../support/story.ts";

export type WorldOptions = {
  readonly seed: number;
  /** null: SQLite. */
  readonly databaseUrl: string | null;
  readonly replicas: number;
  /** `turned`: the App with the sandbox's clock. `deployed`: what `npm start` runs, in real time. */
  readonly app: "turned" | "deployed";
};

export type World = {
  readonly sandbox: Sandbox;
  readonly fleet: Fleet;
  readonly forwarder: Forwarder;
  readonly look: StoreLook;
  /** The next number from 0 to 1 of this world's chance. */
  readonly draw: () => number;
  /** How many processes were killed. */
  kills(): number;
  /** Kills a replica, whatever it does, and buries it. */
  kill(replica: number): Promise<void>;
  /** Settled when everything was delivered and everything that is due is done. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

const PROLONGING = `${CHARTER}ballot:\n  quorum: at least 1/2 of members\n  prolong_once: 7 days\n`;

const TURNED_APP = fileURLToPath(new URL("../support/turned-app.ts", import.meta.url));
const DEPLOYED_APP = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** What a process does besides its queue when it has just started asks GitHub for something at least so often. */
const QUIET_MS = 60;
const LONGEST_SETTLING = 100_000;

export async function startWorld(options: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "secretariat-processes-"));
  const sandbox = await startSandbox({ committee: PROLONGING });
  const clockFile = keepClock(sandbox, folder);
  const fleet = startFleet({
    replicas: options.replicas,
    program: options.app === "turned" ? [TURNED_APP, clockFile] : [DEPLOYED_APP],
    env: environmentOf(sandbox, folder, options.databaseUrl),
    folder,
  });
  const forwarder = await startForwarder(fleet);
  const look =
    options.databaseUrl === null
      ? lookIntoSqlite(join(folder, "secretariat.sqlite"))
      : lookIntoPostgres(options.databaseUrl);
  sandbox.setWebhookUrl(forwarder.url);
  const dead: number[] = [];
  const world: World = {
    sandbox,
    fleet,
    forwarder,
    look,
    draw: series(options.seed),
    kills: () => dead.length,
    async kill(replica) {
      const process = fleet.kill(replica);
      if (process === null) return;
      dead.push(process);
      // The database may be down at this moment.
      await look.buries(dead).catch(() => undefined);
    },
    settled: () => settle(world, dead),
    async close() {
      await fleet.stop();
      await look.close();
      await forwarder.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

/** Keeps by how much the sandbox's clock is ahead in a file, which is never seen half written. */
function keepClock(sandbox: Sandbox, folder: string): string {
  const file = join(folder, "clock");
  const write = () => {
    writeFileSync(`${file}.new`, String(sandbox.clock.milliseconds() - Date.now()));
    renameSync(`${file}.new`, file);
  };
  write();
  sandbox.clock.onTurn(write);
  return file;
}

function environmentOf(sandbox: Sandbox, folder: string, databaseUrl: string | null): NodeJS.ProcessEnv {
  const { appId, privateKey, webhookSecret, sealing } = sandbox.app;
  return {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    NODE_COMPILE_CACHE: join(folder, "compiled"),
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    SIGNING_KEY: sealing.key.export({ type: "pkcs8", format: "pem" }).toString(),
    GITHUB_API_URL: sandbox.url,
    BIBLIOGRAPHY_URL: sandbox.bibliographyUrl,
    DATATRACKER_URL: sandbox.datatrackerUrl,
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "info",
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  };
}

async function settle({ sandbox, fleet, look }: World, dead: readonly number[]): Promise<void> {
  for (const end = performance.now() + LONGEST_SETTLING; ; await sleep(QUIET_MS / 3)) {
    if (performance.now() > end) throw new Error(`It does not come to rest: ${fleet.words()}`);
    await fleet.ready();
    await sandbox.settled();
    const before = sandbox.requests.total;
    if (!(await look.rests(sandbox.clock.now()).catch(() => false))) {
      await look.buries(dead).catch(() => undefined);
      continue;
    }
    await sleep(QUIET_MS);
    if (sandbox.requests.total === before) return;
  }
}

/** Kills processes at moments of chance: most of them in the middle of a request, before or after GitHub has done it. */
export async function killing(world: World, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await killOnce(world);
}

const METHODS = [undefined, "POST", "PUT", "PATCH"] as const;

async function killOnce(world: World): Promise<void> {
  const { sandbox, fleet, draw } = world;
  // Now and then one is killed while it starts.
  if (draw() < 0.85) await fleet.ready();
  const done = Promise.withResolvers<void>();
  const replica = Math.floor(draw() * fleet.size);
  const method = METHODS[Math.floor(draw() * METHODS.length)];
  const kill = () => done.resolve(world.kill(replica));
  const plan = sandbox.faults.next({
    fault: { kind: "run", when: draw() < 0.5 ? "before" : "after", run: kill },
    match: method === undefined ? {} : { method },
    after: Math.floor(draw() * 12),
  });
  const timer = setTimeout(kill, 100 + draw() * 900);
  await done.promise;
  clearTimeout(timer);
  plan.cancel();
}
