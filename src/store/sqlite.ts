/**
 * The store on one SQLite file (`node:sqlite`), for one process at a time. Every change is one transaction,
 * on disk before it is answered (`synchronous=FULL`): a delivery that was acknowledged survives a crash.
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { before, type Instant, seconds } from "../proposal/instant.ts";
import type { Delivery, StorePort } from "../reconcile/ports.ts";
import { isGone, newHolder } from "./holder.ts";
import { type Items, openItems } from "./items.ts";
import { abandoned, called, claimed, failed, type Item, runnableAt, succeeded, touched } from "./queue.ts";
import { migrate, transaction } from "./schema.ts";
import { together } from "./together.ts";

export type SqliteStoreOptions = {
  /** From 0 to 1; spreads the second tries of subjects that failed together. */
  readonly jitter?: () => number;
};

/** GitHub redelivers for 3 days; older ids need not be known. */
const DELIVERIES_KEPT = seconds(7 * 86_400);

/** Opens the store at a path (folders are made), or `":memory:"`. Throws, in words for an operator, if it cannot. */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): StorePort {
  const db = openDatabase(path);
  const items = openItems(db);
  transaction(db, () => voidLeasesOfTheDead(items));
  return storeOn(db, items, options.jitter ?? Math.random);
}

function openDatabase(path: string): DatabaseSync {
  try {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const db = new DatabaseSync(path);
    db.exec("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    migrate(db);
    return db;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The store ${path} cannot be opened: ${why}. The record is on GitHub: move it away and start again.`,
      { cause },
    );
  }
}

function voidLeasesOfTheDead(items: Items): void {
  for (const [subject, item] of items.leased())
    if (item.lease !== null && isGone(item.lease.holder)) items.save(subject, abandoned(item));
}

function storeOn(db: DatabaseSync, items: Items, jitter: () => number): StorePort {
  const { runOne, running } = runnerOn(db, items, jitter);
  const { recall, remember } = notesOn(db);
  const { receive, known } = receiverOn(db, items);

  return {
    runOne,
    recall,
    remember,
    receive,
    known,
    async touch(subject, dueAt) {
      transaction(db, () => items.save(subject, touched(items.load(subject), dueAt)));
    },
    async nextDue() {
      return items.first(running)?.runnableAt ?? null;
    },
    async depth(now) {
      return items.count(now);
    },
    async failures() {
      return items.failing().flatMap(([subject, { failures, error, ...item }]) => {
        // One that runs at this moment has been due since its lease began.
        const dueAt = item.lease?.since ?? runnableAt({ ...item, failures, error });
        return dueAt === null ? [] : [{ subject, failures, error: error ?? "", dueAt }];
      });
    },
    async close() {
      if (db.isOpen) db.close();
    },
  };
}

function receiverOn(db: DatabaseSync, items: Items): Pick<StorePort, "receive" | "known"> {
  const insert = db.prepare("INSERT OR IGNORE INTO deliveries (id, event, received_at) VALUES (?, ?, ?)");
  const find = db.prepare("SELECT 1 FROM deliveries WHERE id = ?");
  const prune = db.prepare("DELETE FROM deliveries WHERE received_at < ?");

  function receiveNow({ id, event, receivedAt, subjects }: Delivery): "stored" | "known" {
    if (insert.run(id, event, receivedAt).changes === 0) return "known";
    for (const subject of subjects) items.save(subject, called(items.load(subject), receivedAt));
    return "stored";
  }
  function receiveAll(deliveries: readonly Delivery[]): readonly ("stored" | "known")[] {
    const answers = deliveries.map(receiveNow);
    const last = deliveries.at(-1);
    if (last !== undefined) prune.run(before(last.receivedAt, DELIVERIES_KEPT));
    return answers;
  }
  return {
    receive: together(
      (deliveries: readonly Delivery[]) => transaction(db, () => receiveAll(deliveries)),
      (error) => !isAboutData(error),
    ),
    known: async (ids) => new Set(ids.filter((id) => find.get(id) !== undefined)),
  };
}

/** What SQLite has against one row (https://www.sqlite.org/rescode.html): TOOBIG, CONSTRAINT, MISMATCH. Its file is everybody's. */
function isAboutData(error: unknown): boolean {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : null;
  return code === null || [18, 19, 20].includes(code);
}

function runnerOn(db: DatabaseSync, items: Items, jitter: () => number) {
  const holder = newHolder();
  // A lease can run out while its pass still runs (a clock was turned): the process itself knows better.
  const running = new Set<string>();

  function claim(now: Instant): { readonly subject: string; readonly urgent: boolean } | null {
    const next = [items.firstUrgent(running), items.first(running)].find(
      (candidate) => candidate !== null && candidate.runnableAt <= now,
    );
    if (!next) return null;
    const item = items.load(next.subject);
    items.save(next.subject, claimed(item, holder, now));
    return { subject: next.subject, urgent: item.urgent };
  }

  function settle(subject: string, change: (item: Item) => Item) {
    // Closed in the meantime: the lease is void at the next start, and the subject runs again.
    if (!db.isOpen) return;
    transaction(db, () => {
      const item = items.load(subject);
      if (item.lease?.holder === holder) items.save(subject, change(item));
    });
  }

  const runOne: StorePort["runOne"] = async (now, pass) => {
    const next = transaction(db, () => claim(now()));
    if (next === null) return "idle";
    const { subject, urgent } = next;
    running.add(subject);
    try {
      const dueAt = await pass(subject, urgent);
      settle(subject, (item) => succeeded(item, dueAt));
    } catch (error) {
      settle(subject, (item) => failed(item, error, now(), jitter()));
    } finally {
      running.delete(subject);
    }
    return "ran";
  };
  return { runOne, running };
}

function notesOn(db: DatabaseSync): Pick<StorePort, "recall" | "remember"> {
  const select = db.prepare("SELECT value FROM notes WHERE key = ?");
  const upsert = db.prepare("INSERT OR REPLACE INTO notes (key, value) VALUES (?, ?)");
  return {
    async recall(key) {
      const value = select.get(key)?.value;
      return typeof value === "string" ? value : null;
    },
    async remember(key, value) {
      upsert.run(key, value);
    },
  };
}
