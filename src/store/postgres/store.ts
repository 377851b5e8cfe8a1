/**
 * The store on PostgreSQL, for any number of replicas: deliveries in pg-boss, subjects in tables of our own, and the
 * same life of a subject as in the SQLite store. Why so is in docs/decisions/0023-postgresql-for-replicas.md.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Instant } from "../../proposal/instant.ts";
import type { Log } from "../../reconcile/log.ts";
import type { StorePort } from "../../reconcile/ports.ts";
import { claimed, failed, type Item, runnableAt, succeeded, touched } from "../queue.ts";
import { databaseName } from "./address.ts";
import { type Database, openDatabase } from "./database.ts";
import { type Inbox, openInbox } from "./inbox.ts";
import { change, count, failing, firstDue, lock, lockNext, save } from "./items.ts";
import { keepLeases, LEASE_SECONDS, type Leases } from "./leases.ts";
import { migrate, takeTurn } from "./schema.ts";

export type PostgresStoreOptions = {
  readonly log: Log;
  /** From 0 to 1; spreads the second tries of subjects that failed together. */
  readonly jitter?: () => number;
  /** How long a process may be silent before its work is given to another. The same for all replicas. */
  readonly leaseSeconds?: number;
};

type Parts = {
  readonly database: Database;
  readonly inbox: Inbox;
  readonly leases: Leases;
  readonly jitter: () => number;
  readonly leaseSeconds: number;
};

/** How often what a pass said is written once more: for about half a minute in all. */
const TRIES = 18;
const LONGEST_PAUSE_MS = 2_000;

/** Opens the store in the database of an address (`postgres://…`). Throws, in words for an operator, if it cannot. */
export async function openPostgresStore(url: string, options: PostgresStoreOptions): Promise<StorePort> {
  const { log, jitter = Math.random, leaseSeconds = LEASE_SECONDS } = options;
  const database = openDatabase(url, log);
  try {
    const inbox = await database.transaction(async (sql) => {
      await takeTurn(sql);
      await migrate(sql);
      return openInbox(database, log);
    });
    const leases = await keepLeases(database, leaseSeconds, log);
    return storeOn({ database, inbox, leases, jitter, leaseSeconds });
  } catch (cause) {
    await database.close();
    throw new Error(
      `The store in ${databaseName(url)} cannot be opened: ${wordsOf(cause)}. DATABASE_URL says where it is.`,
      { cause },
    );
  }
}

function storeOn(parts: Parts): StorePort {
  const { database, inbox, leases } = parts;
  const { sql } = database;
  let closing: Promise<void> | null = null;

  async function close(): Promise<void> {
    // What cannot be told to the database now, it finds out when the leases run out.
    await leases.handBack().catch(() => undefined);
    await inbox.close();
    await database.close();
  }

  return {
    receive: inbox.put,
    known: inbox.known,
    touch: (subject, dueAt) =>
      database.transaction((tx) => change(tx, [subject], (_, item) => touched(item, dueAt))),
    runOne: runnerOn(parts, () => closing !== null),
    async nextDue() {
      await inbox.empty();
      return firstDue(sql, leases.subjects());
    },
    async depth(now) {
      await inbox.empty();
      return count(sql, now);
    },
    ...notesIn(database),
    async failures() {
      return (await failing(sql)).flatMap(({ subject, item }) => {
        // One that runs at this moment has been due since its lease began.
        const dueAt = item.lease?.since ?? runnableAt(item);
        return dueAt === null ? [] : [{ subject, failures: item.failures, error: item.error ?? "", dueAt }];
      });
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function runnerOn(parts: Parts, isClosed: () => boolean): StorePort["runOne"] {
  const { database, inbox, leases, jitter, leaseSeconds } = parts;

  async function claim(now: Instant, holder: string) {
    const next = await database.transaction(async (sql) => {
      // A lease can be lost while its pass still runs: the process itself knows better.
      const found = await lockNext(sql, now, leases.subjects());
      if (found === null) return null;
      const { subject, item } = found;
      await save(sql, [{ subject, item: claimed(item, holder, now, null) }], leaseSeconds);
      return { subject, urgent: item.urgent };
    });
    if (next !== null) leases.hold(holder, next.subject);
    return next;
  }

  /** Whoever has lost the lease has nothing to say any more. */
  async function settle(subject: string, holder: string, end: (item: Item) => Item): Promise<void> {
    await database.transaction(async (sql) => {
      const item = await lock(sql, subject);
      if (item?.lease?.holder === holder) await save(sql, [{ subject, item: end(item) }]);
    });
  }

  return async (now, pass) => {
    await inbox.empty();
    const holder = leases.begin();
    try {
      const next = await claim(now(), holder);
      if (next === null) return "idle";
      const { subject, urgent } = next;
      const end = await endOf(pass(subject, urgent), now, jitter);
      await patiently(() => settle(subject, holder, end), isClosed);
      leases.end(holder);
      return "ran";
    } catch (error) {
      leases.lose(holder);
      throw error;
    }
  };
}

/** What the end of a pass makes of its subject. */
async function endOf(pass: Promise<Instant | null>, now: () => Instant, jitter: () => number) {
  try {
    const next = await pass;
    return (item: Item) => succeeded(item, next);
  } catch (error) {
    const [at, spread] = [now(), jitter()];
    return (item: Item) => failed(item, error, at, spread);
  }
}

/** A database that restarts is back soon, and the lease is kept meanwhile. */
async function patiently(work: () => Promise<void>, isClosed: () => boolean): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    // Closed in the meantime: the lease runs out, and the subject runs again.
    if (isClosed()) return;
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES) throw error;
      await sleep(Math.min(LONGEST_PAUSE_MS, 50 * 2 ** tries));
    }
  }
}

function notesIn({ sql, transaction }: Database): Required<Pick<StorePort, "recall" | "remember" | "amend">> {
  return {
    amend: (key, change) =>
      transaction(async (tx) => {
        // So that there is something to lock.
        await tx("INSERT INTO secretariat.notes (key, value) VALUES ($1, '') ON CONFLICT DO NOTHING", [key]);
        const [row] = await tx("SELECT value FROM secretariat.notes WHERE key = $1 FOR UPDATE", [key]);
        const before = typeof row?.value === "string" && row.value !== "" ? row.value : null;
        const [value, answer] = change(before);
        await tx("UPDATE secretariat.notes SET value = $2 WHERE key = $1", [key, value]);
        return answer;
      }),
    async recall(key) {
      const [row] = await sql("SELECT value FROM secretariat.notes WHERE key = $1", [key]);
      return typeof row?.value === "string" ? row.value : null;
    },
    async remember(key, value) {
      await sql(
        `INSERT INTO secretariat.notes (key, value) VALUES ($1, $2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
        [key, value],
      );
    },
  };
}

/** Node wraps what went wrong with each address of a host into an error without words. */
function wordsOf(cause: unknown): string {
  const causes = cause instanceof AggregateError ? cause.errors : [cause];
  return causes.map((error) => (error instanceof Error ? error.message : String(error))).join("; ");
}
