/** The tables of the SQLite store, and how an older file is brought up to date. */
import type { DatabaseSync } from "node:sqlite";

/** One step a version, applied in order; a step that has been released is never changed. */
const MIGRATIONS = [
  `CREATE TABLE deliveries (
     id TEXT PRIMARY KEY,
     event TEXT NOT NULL,
     received_at TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX deliveries_by_age ON deliveries (received_at);

   CREATE TABLE subjects (
     subject TEXT PRIMARY KEY,
     runnable_at TEXT,
     due_at TEXT,
     not_before TEXT,
     holder TEXT,
     leased_at TEXT,
     leased_until TEXT,
     failures INTEGER NOT NULL,
     error TEXT
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX subjects_by_time ON subjects (runnable_at, subject);

   CREATE TABLE notes (
     key TEXT PRIMARY KEY,
     value TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE subjects ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX subjects_urgent ON subjects (runnable_at, subject) WHERE urgent = 1;`,
  `ALTER TABLE subjects ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
   DROP INDEX subjects_by_time;
   DROP INDEX subjects_urgent;
   CREATE INDEX subjects_by_time ON subjects (runnable_at, place);
   CREATE INDEX subjects_urgent ON subjects (runnable_at, place) WHERE urgent = 1;`,
];

/** Brings the file to this version's schema. Throws if a newer version wrote it. */
export function migrate(db: DatabaseSync): void {
  const version = Number(db.prepare("PRAGMA user_version").get()?.user_version);
  if (version > MIGRATIONS.length) throw new Error(`a newer version wrote it (schema ${version})`);
  for (const [index, step] of MIGRATIONS.entries()) {
    if (index < version) continue;
    transaction(db, () => {
      db.exec(step);
      db.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
}

/** All or nothing. `IMMEDIATE` takes the write lock first, so that a reading is never overtaken. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    // SQLite may have rolled back by itself (a full disk); the first error is the one to tell.
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
