/**
 * Who may run what, across processes. A lease is short, and renewed for as long as its pass runs: a process that died
 * holds nothing for longer than a minute, and one that lives keeps a pass of any length to itself.
 */
import type { Log } from "../../reconcile/log.ts";
import { newHolder } from "../holder.ts";
import { abandoned } from "../queue.ts";
import { repeat } from "../repeat.ts";
import type { Database, Sql } from "./database.ts";
import { type Found, foundIn, save } from "./items.ts";

export type Leases = {
  /** A name for a lease that is about to be asked for. */
  begin(): string;
  /** It was given. From now on it is renewed, until it is ended. */
  hold(holder: string, subject: string): void;
  end(holder: string): void;
  /** Nobody knows whether it was given or ended, for the database did not answer: nothing will be done under it. */
  lose(holder: string): void;
  /** The subjects that this process runs. */
  subjects(): readonly string[];
  /** Renews nothing more. What still runs is free a few seconds later, by when this process is gone. */
  handBack(): Promise<void>;
};

/** Seconds without a sign of life after which a holder counts as dead. With the looks below, well under a minute. */
export const LEASE_SECONDS = 40;
const RENEWALS_IN_A_LEASE = 4;
const AFTER_FAILURE_MS = 1_000;
const HANDED_BACK_SECONDS = 5;

/**
 * A lease is over when it was not renewed in time. After a restart of the database its holders first get some time to
 * find their way back, for while it was down nobody could renew anything.
 */
const IS_OVER = `greatest(alive_until, pg_postmaster_start_time() + $1 * interval '0.5 second') < clock_timestamp()`;

/** Frees at once what the dead hold, and from then on a few times in a lease. */
export async function keepLeases(database: Database, leaseSeconds: number, log: Log): Promise<Leases> {
  const replica = newHolder();
  const held = new Map<string, string>();
  const lost = new Set<string>();
  const every = (leaseSeconds * 1_000) / RENEWALS_IN_A_LEASE;
  let begun = 0;

  async function look(): Promise<number> {
    try {
      await renew(database, held, leaseSeconds, log);
      await free(database, lost, leaseSeconds, log);
      return every;
    } catch (error) {
      log.debug({ err: error }, "Leases could not be renewed; trying again in a second");
      return Math.min(every, AFTER_FAILURE_MS);
    }
  }

  await free(database, lost, leaseSeconds, log);
  const looking = repeat(look, every);
  return {
    begin: () => `${replica} ${++begun}`,
    hold: (holder, subject) => void held.set(holder, subject),
    end: (holder) => void held.delete(holder),
    lose(holder) {
      held.delete(holder);
      lost.add(holder);
    },
    subjects: () => [...held.values()],
    async handBack() {
      await looking.stop();
      await database.sql(
        `UPDATE secretariat.subjects
            SET alive_until = least(alive_until, clock_timestamp() + $2 * interval '1 second')
          WHERE holder = ANY($1::text[])`,
        [[...held.keys()], HANDED_BACK_SECONDS],
      );
    },
  };
}

async function renew(
  { sql }: Database,
  held: ReadonlyMap<string, string>,
  leaseSeconds: number,
  log: Log,
): Promise<void> {
  const asked = [...held];
  if (asked.length === 0) return;
  const renewed = await sql(
    `UPDATE secretariat.subjects SET alive_until = clock_timestamp() + $2 * interval '1 second'
      WHERE holder = ANY($1::text[]) RETURNING holder`,
    [asked.map(([holder]) => holder), leaseSeconds],
  );
  const ours = new Set(renewed.map(({ holder }) => holder));
  // One that ended while we asked need not be renewed.
  for (const [holder, subject] of asked)
    if (held.has(holder) && !ours.has(holder))
      log.warn({ subject }, `${subject} may be given to another replica: this one was silent for too long`);
}

/** Makes due again what nobody runs any more: where a lease is over, or was lost by this process itself. */
async function free(database: Database, lost: Set<string>, leaseSeconds: number, log: Log): Promise<void> {
  const forgotten = [...lost];
  const over = `SELECT * FROM secretariat.subjects
    WHERE holder IS NOT NULL AND (${IS_OVER} OR holder = ANY($2::text[]))`;
  const [any] = await database.sql(`${over} LIMIT 1`, [leaseSeconds, forgotten]);
  const freed = any === undefined ? [] : await database.transaction(freeAll);
  for (const holder of forgotten) lost.delete(holder);
  for (const { subject, item } of freed)
    log.warn({ subject, holder: item.lease?.holder }, `${subject} is due again: its pass was cut off`);

  async function freeAll(sql: Sql): Promise<readonly Found[]> {
    const rows = await sql(`${over} ORDER BY subject FOR UPDATE SKIP LOCKED`, [leaseSeconds, forgotten]);
    const found = rows.map(foundIn);
    await save(
      sql,
      found.map(({ subject, item }) => ({ subject, item: abandoned(item) })),
    );
    return found;
  }
}
