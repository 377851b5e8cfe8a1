/**
 * Deliveries as jobs of pg-boss, keyed by the delivery's id. Storing them is a single statement that waits for no other
 * lock, and what comes in while one is under way shares the next; whichever replica looks next empties the inbox into
 * the subjects. A job that is done is kept for a week, and until then its delivery is known.
 */
import { createHash } from "node:crypto";
import { type Db, type Job, PgBoss } from "pg-boss";
import { z } from "zod";
import { instant } from "../../proposal/instant.ts";
import type { Log } from "../../reconcile/log.ts";
import type { Delivery } from "../../reconcile/ports.ts";
import { called } from "../queue.ts";
import { together } from "../together.ts";
import type { Database, Sql } from "./database.ts";
import { change } from "./items.ts";

export type Inbox = {
  put(delivery: Delivery): Promise<"stored" | "known">;
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Makes due whatever the deliveries name that were stored before it was called. */
  empty(): Promise<void>;
  close(): Promise<void>;
};

const SCHEMA = "secretariat_inbox";
const QUEUE = "inbox";
/** GitHub redelivers for 3 days; older ids need not be known. */
const KEPT_SECONDS = 7 * 86_400;
const BATCH = 500;

const contents = z.object({ receivedAt: z.string().transform(instant), subjects: z.array(z.string()) });

/** Makes its tables, or brings them up to date. */
export async function openInbox(database: Database, log: Log): Promise<Inbox> {
  const boss = new PgBoss({ db: forBoss(database.sql), schema: SCHEMA, schedule: false });
  boss.on("error", (error) => log.debug({ err: error }, "The inbox could not be looked after"));
  boss.on("warning", ({ message, data }) => log.warn({ data }, `The inbox: ${message}`));
  await boss.start();
  await boss.createQueue(QUEUE, { deleteAfterSeconds: KEPT_SECONDS });
  await boss.updateQueue(QUEUE, { deleteAfterSeconds: KEPT_SECONDS });

  async function known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await database.sql(
      `SELECT id::text FROM ${SCHEMA}.job WHERE name = $1 AND id = ANY($2::uuid[])`,
      [QUEUE, ids.map(jobId)],
    );
    const jobs = new Set(found.map(({ id }) => id));
    return new Set(ids.filter((id) => jobs.has(jobId(id))));
  }

  const inserting = forBoss(database.sql, "prepared");
  const put = together(
    (deliveries: readonly Delivery[]) => putAll(boss, inserting, known, deliveries),
    (error) => !isAboutData(error),
  );

  return {
    known,
    async put(delivery) {
      const answer = await put(delivery);
      if (answer === "lost") throw new Error(`The delivery ${delivery.id} could not be stored`);
      return answer;
    },
    async empty() {
      while ((await database.transaction((sql) => emptyBatch(boss, sql, log))) === BATCH);
    },
    close: () => boss.stop({ graceful: false, close: false }),
  };
}

/** One statement for all of them, committed before it is answered. */
async function putAll(
  boss: PgBoss,
  db: Db,
  known: Inbox["known"],
  deliveries: readonly Delivery[],
): Promise<readonly ("stored" | "known" | "lost")[]> {
  const jobs = deliveries.map(({ id, event, receivedAt, subjects }) => ({
    id: jobId(id),
    data: { id, event, receivedAt, subjects },
  }));
  const first = new Map(jobs.toReversed().map((job) => [job.id, job]));
  // Always in the same order, so that two replicas that are sent the same do not wait for each other.
  const sorted = [...first.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  const stored = new Set(await boss.insert(QUEUE, sorted, { returnId: true, db }));
  const others = sorted.filter(({ id }) => !stored.has(id)).map(({ data }) => data.id);
  // pg-boss says the same of what it has and of a queue that is not there: nothing is acknowledged that is not seen.
  const before = others.length === 0 ? new Set<string>() : await known(others);
  const fresh = new Set(stored);
  return jobs.map(({ id, data }) => {
    // Of two at the same moment, the second one is known.
    if (fresh.delete(id)) return "stored";
    return stored.has(id) || before.has(data.id) ? "known" : "lost";
  });
}

/** A value that PostgreSQL keeps nowhere (class 22 of its error codes): none of the others has it. */
function isAboutData(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^22/.test(String(error.code));
}

/** Moves a batch in one transaction: if it is cut off, the jobs are where they were. */
async function emptyBatch(boss: PgBoss, sql: Sql, log: Log): Promise<number> {
  const db = forBoss(sql);
  const jobs = await boss.fetch<unknown>(QUEUE, { batchSize: BATCH, db });
  if (jobs.length === 0) return 0;
  const calls = Map.groupBy(
    jobs.flatMap((job) => callsIn(job, log)),
    ({ subject }) => subject,
  );
  await change(sql, calls.keys(), (subject, item) =>
    (calls.get(subject) ?? []).reduce((changed, { receivedAt }) => called(changed, receivedAt), item),
  );
  const ids = jobs.map(({ id }) => id);
  await boss.complete(QUEUE, ids, null, { db });
  return jobs.length;
}

/** Whom a delivery names, and when. */
function callsIn({ id, data }: Job<unknown>, log: Log) {
  const delivery = contents.safeParse(data);
  // It must not hold up the others for ever; what it was about is found by the sweep.
  if (!delivery.success) {
    log.error({ job: id }, "A delivery in the inbox is none of this version's");
    return [];
  }
  const { receivedAt, subjects } = delivery.data;
  return subjects.map((subject) => ({ subject, receivedAt }));
}

/** GitHub's ids are UUIDs, and stay what they are; anything else is made one (version 8, of its digest). */
function jobId(id: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  const digest = createHash("sha256").update(id).digest("hex");
  const [a, b, c, d, e] = [
    [0, 8],
    [8, 12],
    [13, 16],
    [17, 20],
    [20, 32],
  ].map(([from, to]) => digest.slice(from, to));
  return `${a}-${b}-8${c}-8${d}-${e}`;
}

function forBoss(sql: Sql, how?: "prepared"): Db {
  return { executeSql: async (text, values) => ({ rows: [...(await sql(text, values, how))] }) };
}
