/** Looks into the store of running replicas from outside, without having a part in their work. */
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { Instant } from "../../src/proposal/instant.ts";
import type { StorePort } from "../../src/reconcile/ports.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { recordingLog } from "./log.ts";

export type StoreLook = {
  /** Nothing runs, and nothing is due. Throws while the store is down. */
  rests(now: Instant): Promise<boolean>;
  /** What is set aside since its last pass failed. */
  failing(): Promise<readonly string[]>;
  /** The work of processes that are no more is due again, as if their leases had run out. */
  buries(processes: readonly number[]): Promise<void>;
  /** Of these deliveries, those that it does not know. Only when no replica runs. */
  missing(deliveries: ReadonlySet<string>): Promise<readonly string[]>;
  close(): Promise<void>;
};

export function lookIntoSqlite(path: string): StoreLook {
  async function read(text: string, ...values: string[]) {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return db.prepare(text).all(...values);
    } finally {
      db.close();
    }
  }
  return {
    rests: async (now) =>
      (await read("SELECT 1 FROM subjects WHERE holder IS NOT NULL OR runnable_at <= ?", now)).length === 0,
    failing: async () =>
      (await read("SELECT subject, error FROM subjects WHERE failures > 0")).map(
        ({ subject, error }) => `${subject}: ${error}`,
      ),
    // The next process sees that it is gone.
    buries: async () => undefined,
    missing: (deliveries) => missingIn(openSqliteStore(path), deliveries),
    close: async () => undefined,
  };
}

export function lookIntoPostgres(url: string): StoreLook {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // The database is killed, too.
  pool.on("error", () => undefined);
  const ask = async (text: string, ...values: unknown[]) =>
    (await pool.query<Record<string, unknown>>(text, values)).rows;
  return {
    async rests(now) {
      const [row] = await ask(
        `SELECT (SELECT count(*) FROM secretariat.subjects WHERE holder IS NOT NULL OR runnable_at <= $1)
              + (SELECT count(*) FROM secretariat_inbox.job WHERE name = 'inbox' AND state < 'completed') AS open`,
        now,
      );
      return Number(row?.open) === 0;
    },
    failing: async () =>
      (await ask("SELECT subject, error FROM secretariat.subjects WHERE failures > 0")).map(
        ({ subject, error }) => `${subject}: ${error}`,
      ),
    async buries(processes) {
      await ask(
        `UPDATE secretariat.subjects
            SET due_at = least(due_at, leased_at), holder = NULL, leased_at = NULL, alive_until = NULL
          WHERE split_part(holder, ' ', 2) = ANY($1::text[])`,
        processes.map(String),
      );
    },
    missing: async (deliveries) =>
      missingIn(await openPostgresStore(url, { log: recordingLog() }), deliveries),
    close: () => pool.end(),
  };
}

async function missingIn(store: StorePort, deliveries: ReadonlySet<string>): Promise<readonly string[]> {
  try {
    const known = await store.known([...deliveries]);
    return [...deliveries].filter((id) => !known.has(id));
  } finally {
    await store.close();
  }
}
