/** Queue items in the table `subjects`. */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { type Instant, instant } from "../proposal/instant.ts";
import { type Item, isDone, runnableAt, UNTOUCHED } from "./queue.ts";

type Row = Record<string, SQLOutputValue>;

type Next = { readonly subject: string; readonly runnableAt: Instant };

export type Items = {
  load(subject: string): Item;
  save(subject: string, item: Item): void;
  /** The one that may run first; those of `except` are passed over. */
  first(except: ReadonlySet<string>): Next | null;
  /** The one that may run first of those that somebody waits for. */
  firstUrgent(except: ReadonlySet<string>): Next | null;
  /** How many may run by now, and how many later. */
  count(now: Instant): { readonly due: number; readonly planned: number };
  leased(): readonly (readonly [subject: string, item: Item])[];
  failing(): readonly (readonly [subject: string, item: Item])[];
};

export function openItems(db: DatabaseSync): Items {
  const select = db.prepare("SELECT * FROM subjects WHERE subject = ?");
  const remove = db.prepare("DELETE FROM subjects WHERE subject = ?");
  // Of those that are due in the same second, the one that has waited longest comes first: by name, the first would be looked
  // at again and again while it is called, and the others would wait.
  const upsert = db.prepare(`INSERT INTO subjects
    (subject, runnable_at, due_at, not_before, holder, leased_at, leased_until, urgent, failures, error, place)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (subject) DO UPDATE SET
      (runnable_at, not_before, holder, leased_at, leased_until, urgent, failures, error) =
      (excluded.runnable_at, excluded.not_before, excluded.holder, excluded.leased_at, excluded.leased_until,
        excluded.urgent, excluded.failures, excluded.error),
      place = CASE WHEN due_at IS NULL THEN excluded.place ELSE place END,
      due_at = excluded.due_at`);
  const earliest = db.prepare(
    "SELECT subject, runnable_at FROM subjects WHERE runnable_at IS NOT NULL ORDER BY runnable_at, place LIMIT ?",
  );
  const urgent = db.prepare(
    "SELECT subject, runnable_at FROM subjects WHERE urgent = 1 AND runnable_at IS NOT NULL ORDER BY runnable_at, place LIMIT ?",
  );
  let place = Number(db.prepare("SELECT max(place) AS last FROM subjects").get()?.last ?? 0);
  const counted = db.prepare(
    "SELECT count(*) FILTER (WHERE runnable_at <= ?) AS due, count(*) AS all_of_them FROM subjects WHERE holder IS NULL",
  );
  const leased = db.prepare("SELECT * FROM subjects WHERE holder IS NOT NULL ORDER BY subject");
  const failing = db.prepare("SELECT * FROM subjects WHERE failures > 0 ORDER BY subject");

  return {
    load(subject) {
      const row = select.get(subject);
      return row === undefined ? UNTOUCHED : itemOf(row);
    },
    save(subject, item) {
      if (isDone(item)) {
        remove.run(subject);
        return;
      }
      const { dueAt, notBefore, lease, failures, error } = item;
      const flag = item.urgent ? 1 : 0;
      const held = [lease?.holder ?? null, lease?.since ?? null, lease?.until ?? null];
      place += 1;
      upsert.run(subject, runnableAt(item), dueAt, notBefore, ...held, flag, failures, error, place);
    },
    first: (except) => nextOf(earliest.all(except.size + 1), except),
    firstUrgent: (except) => nextOf(urgent.all(except.size + 1), except),
    count(now) {
      const row = counted.get(now);
      const due = Number(row?.due);
      return { due, planned: Number(row?.all_of_them) - due };
    },
    leased: () => leased.all().map((row) => [text(row.subject), itemOf(row)] as const),
    failing: () => failing.all().map((row) => [text(row.subject), itemOf(row)] as const),
  };
}

function nextOf(rows: readonly Row[], except: ReadonlySet<string>): Next | null {
  const row = rows.find((candidate) => !except.has(text(candidate.subject)));
  return row === undefined
    ? null
    : { subject: text(row.subject), runnableAt: instant(text(row.runnable_at)) };
}

function itemOf(row: Row): Item {
  const since = moment(row.leased_at);
  const until = moment(row.leased_until);
  return {
    dueAt: moment(row.due_at),
    notBefore: moment(row.not_before),
    lease: since === null || until === null ? null : { holder: text(row.holder), since, until },
    urgent: row.urgent === 1,
    failures: Number(row.failures),
    error: row.error === null ? null : text(row.error),
  };
}

function moment(value: SQLOutputValue | undefined): Instant | null {
  return value === null ? null : instant(text(value));
}

function text(value: SQLOutputValue | undefined): string {
  if (typeof value !== "string") throw new TypeError(`Not a text: ${value}`);
  return value;
}
