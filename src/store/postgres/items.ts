/** Queue items in the table `secretariat.subjects`. What changes one holds its row locked until it is committed. */
import { type Instant, instant } from "../../proposal/instant.ts";
import { type Item, isDone } from "../queue.ts";
import type { Row, Sql } from "./database.ts";

export type Found = { readonly subject: string; readonly item: Item };

/** Changes subjects, those too of which nothing is kept so far. */
export async function change(
  sql: Sql,
  subjects: Iterable<string>,
  how: (subject: string, item: Item) => Item,
): Promise<void> {
  const wanted = [...new Set(subjects)];
  if (wanted.length === 0) return;
  // An update that changes nothing locks what is there, and waits for who is about to remove it. Always in the same
  // order, so that two who change the same do not wait for each other.
  const rows = await sql(
    `INSERT INTO secretariat.subjects AS known (subject)
     SELECT subject FROM unnest($1::text[]) AS wanted (subject) ORDER BY subject COLLATE "C"
     ON CONFLICT (subject) DO UPDATE SET subject = known.subject
     RETURNING *`,
    [wanted],
  );
  await save(
    sql,
    rows.map(foundIn).map(({ subject, item }) => ({ subject, item: how(subject, item) })),
  );
}

/**
 * The subject that is to run next, locked; null: none is due, or all that are have been locked by others. Of those that are due
 * in the same second, the one that has waited longest.
 */
export async function lockNext(sql: Sql, now: Instant, except: readonly string[]): Promise<Found | null> {
  for (const condition of ["urgent", "true"]) {
    const [row] = await sql(
      `SELECT * FROM secretariat.subjects
        WHERE ${condition} AND runnable_at <= $1 AND subject <> ALL($2::text[])
        ORDER BY runnable_at, place LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [now, except],
    );
    if (row !== undefined) return foundIn(row);
  }
  return null;
}

/** A subject, locked; null: nothing is kept of it. */
export async function lock(sql: Sql, subject: string): Promise<Item | null> {
  const [row] = await sql("SELECT * FROM secretariat.subjects WHERE subject = $1 FOR UPDATE", [subject]);
  return row === undefined ? null : itemOf(row);
}

/** Saves items whose rows are locked. Leases that they carry hold for so many seconds from now. */
export async function save(sql: Sql, changed: readonly Found[], leaseSeconds = 0): Promise<void> {
  const done = changed.filter(({ item }) => isDone(item)).map(({ subject }) => subject);
  const kept = changed.filter(({ item }) => !isDone(item));
  if (done.length > 0) await sql("DELETE FROM secretariat.subjects WHERE subject = ANY($1::text[])", [done]);
  if (kept.length === 0) return;
  await sql(
    `UPDATE secretariat.subjects AS known SET
       due_at = new.due_at, not_before = new.not_before, holder = new.holder, leased_at = new.leased_at,
       alive_until = CASE
         WHEN new.holder = known.holder THEN known.alive_until
         WHEN new.holder IS NOT NULL THEN clock_timestamp() + $9 * interval '1 second' END,
       urgent = new.urgent, failures = new.failures, error = new.error,
       place = CASE WHEN known.due_at IS NULL THEN nextval('secretariat.places') ELSE known.place END
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::int[], $8::text[])
        AS new (subject, due_at, not_before, holder, leased_at, urgent, failures, error)
     WHERE known.subject = new.subject`,
    [...columnsOf(kept), leaseSeconds],
  );
}

function columnsOf(kept: readonly Found[]): readonly (readonly unknown[])[] {
  return [
    kept.map(({ subject }) => subject),
    kept.map(({ item }) => item.dueAt),
    kept.map(({ item }) => item.notBefore),
    kept.map(({ item }) => item.lease?.holder ?? null),
    kept.map(({ item }) => item.lease?.since ?? null),
    kept.map(({ item }) => item.urgent),
    kept.map(({ item }) => item.failures),
    kept.map(({ item }) => item.error),
  ];
}

/** When the next one is due of those that nobody runs. */
export async function firstDue(sql: Sql, except: readonly string[]): Promise<Instant | null> {
  const [row] = await sql(
    `SELECT runnable_at FROM secretariat.subjects
      WHERE runnable_at IS NOT NULL AND subject <> ALL($1::text[])
      ORDER BY runnable_at LIMIT 1`,
    [except],
  );
  return row === undefined ? null : moment(row.runnable_at);
}

/** How many are due by now, and how many later, of those that nobody runs. */
export async function count(sql: Sql, now: Instant): Promise<{ due: number; planned: number }> {
  const [row] = await sql(
    `SELECT count(*) FILTER (WHERE runnable_at <= $1) AS due, count(*) AS waiting
       FROM secretariat.subjects WHERE runnable_at IS NOT NULL`,
    [now],
  );
  const due = Number(row?.due);
  return { due, planned: Number(row?.waiting) - due };
}

export async function failing(sql: Sql): Promise<readonly Found[]> {
  return (await sql("SELECT * FROM secretariat.subjects WHERE failures > 0 ORDER BY subject")).map(foundIn);
}

export function foundIn(row: Row): Found {
  return { subject: text(row.subject), item: itemOf(row) };
}

function itemOf(row: Row): Item {
  const since = moment(row.leased_at);
  return {
    dueAt: moment(row.due_at),
    notBefore: moment(row.not_before),
    // Until when it holds is judged by the database's clock, where it is asked for.
    lease: since === null ? null : { holder: text(row.holder), since, until: null },
    urgent: row.urgent === true,
    failures: Number(row.failures),
    error: row.error === null ? null : text(row.error),
  };
}

function moment(value: unknown): Instant | null {
  return value === null ? null : instant(text(value));
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`Not a text: ${value}`);
  return value;
}
