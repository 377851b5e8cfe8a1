/** The tables of the PostgreSQL store, in a schema of their own, and how an older one is brought up to date. */
import type { Sql } from "./database.ts";

/**
 * One step a version, applied in order; a step that has been released is never changed, and one that is added leaves
 * replicas of the version before it at work. Texts are compared by their bytes, as JavaScript does. Moments of the
 * App's own clock are texts; those that leases are judged by are the database's, the one clock that all replicas share.
 */
const MIGRATIONS = [
  `CREATE TABLE secretariat.subjects (
     subject text COLLATE "C" PRIMARY KEY,
     due_at text COLLATE "C",
     not_before text COLLATE "C",
     holder text,
     leased_at text COLLATE "C",
     alive_until timestamptz,
     urgent boolean NOT NULL DEFAULT false,
     failures integer NOT NULL DEFAULT 0,
     error text,
     runnable_at text COLLATE "C" GENERATED ALWAYS AS (
       CASE WHEN holder IS NULL AND due_at IS NOT NULL THEN greatest(due_at, not_before) END
     ) STORED
   );
   CREATE INDEX subjects_by_time ON secretariat.subjects (runnable_at, subject) WHERE runnable_at IS NOT NULL;
   CREATE INDEX subjects_urgent ON secretariat.subjects (runnable_at, subject) WHERE urgent AND runnable_at IS NOT NULL;
   CREATE INDEX subjects_leased ON secretariat.subjects (alive_until) WHERE holder IS NOT NULL;

   CREATE TABLE secretariat.notes (
     key text COLLATE "C" PRIMARY KEY,
     value text NOT NULL
   );`,
  `CREATE SEQUENCE secretariat.places;
   ALTER TABLE secretariat.subjects ADD COLUMN place bigint NOT NULL DEFAULT 0;
   DROP INDEX secretariat.subjects_by_time;
   DROP INDEX secretariat.subjects_urgent;
   CREATE INDEX subjects_by_time ON secretariat.subjects (runnable_at, place) WHERE runnable_at IS NOT NULL;
   CREATE INDEX subjects_urgent ON secretariat.subjects (runnable_at, place) WHERE urgent AND runnable_at IS NOT NULL;`,
];

/** Any number that nobody else in the database locks. */
const TURN = 7_411_230_164;

/**
 * Makes those that come later wait until this transaction ends: replicas that start together take turns. Not even
 * pg-boss can make its tables twice at once.
 */
export async function takeTurn(sql: Sql): Promise<void> {
  await sql("SELECT pg_advisory_xact_lock($1)", [TURN]);
}

/** Brings the database to this version's schema. Throws if a newer version wrote it. */
export async function migrate(sql: Sql): Promise<void> {
  await sql(`CREATE SCHEMA IF NOT EXISTS secretariat;
    CREATE TABLE IF NOT EXISTS secretariat.version (version integer NOT NULL)`);
  const [row] = await sql("SELECT version FROM secretariat.version");
  const version = Number(row?.version ?? 0);
  if (version > MIGRATIONS.length) throw new Error(`a newer version wrote it (schema ${version})`);
  for (const step of MIGRATIONS.slice(version)) await sql(step);
  await sql("DELETE FROM secretariat.version");
  await sql("INSERT INTO secretariat.version VALUES ($1)", [MIGRATIONS.length]);
}
