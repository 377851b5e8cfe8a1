/**
 * Fetches what GitHub delivered and the App did not store. GitHub delivers once, and does not try again; but it lists for
 * three days what it sent, and each delivery names its subjects as well there as when it arrives.
 */
import { z } from "zod";
import { before, DAY, type Instant, instant, latest, SETTLING, seconds } from "../proposal/instant.ts";
import type { Log } from "./log.ts";
import {
  type Clock,
  type DeliveriesPort,
  GitHubFailure,
  type ListedDelivery,
  type StorePort,
} from "./ports.ts";
import { type Repeating, startRepeating } from "./repeat.ts";

export type RecoveryPorts = {
  readonly deliveries: DeliveriesPort;
  readonly store: Pick<StorePort, "known" | "receive" | "recall" | "remember">;
  /** Where deliveries are stored; `odd`: it is not what GitHub documents. */
  readonly inbox: (delivery: {
    readonly id: string;
    readonly event: string;
    readonly payload: unknown;
  }) => Promise<"stored" | "known" | "odd">;
  readonly clock: Clock;
  readonly log: Log;
};

export type Recovered = {
  readonly fetched: number;
  /** Deliveries whose content GitHub does not have any more: asked to be delivered once more. */
  readonly redelivered: number;
  /** There was too much for one look: the next one goes on where this one ended. */
  readonly more: boolean;
};

/** One look asks for no more than this: at most 300 requests of the App's own 5,000 an hour, looking each minute. */
const MOST_PAGES = 5;
const MOST_FETCHED = 50;

const REACHES_BACK = seconds(3 * DAY);

/** Looks through GitHub's list, back to where the last look began. Throws where GitHub or the store fails. */
export async function recoverDeliveries(ports: RecoveryPorts): Promise<Recovered> {
  const note = await recallNote(ports.store);
  const look = newLook(note, ports.clock.now());
  try {
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await ports.deliveries.page(look.cursor);
      look.newest ??= page.deliveries[0]?.deliveredAt ?? ports.clock.now();
      const wanted = page.deliveries.filter(({ deliveredAt }) => deliveredAt >= look.floor);
      if (!(await takeMissing(ports, look, wanted))) break;
      if (page.next === null || wanted.length < page.deliveries.length)
        return await end(ports, look, { until: look.newest, left: null });
      look.cursor = page.next;
    }
  } catch (error) {
    // A cursor of an earlier look may have become too old: the next look begins anew.
    if (note.left !== null && isRefusal(error)) return end(ports, look, { ...note, left: null });
    throw error;
  }
  return end(ports, look, { until: note.until, left: { newest: look.newest, cursor: look.cursor } });
}

type Look = {
  /** Nothing older is looked at. */
  readonly floor: Instant;
  /** In the first look of all, what arrived is left to the sweep, which begins with everything. */
  readonly isFirst: boolean;
  cursor: string | null;
  newest: Instant | null;
  fetched: number;
  redelivered: number;
  readonly deliveredAgain: Set<string>;
};

/** A list can be minutes old, and its entries come late: each look begins some minutes before the last one's end. */
function newLook({ until, left }: Note, now: Instant): Look {
  const end = until === null ? null : before(until, SETTLING);
  return {
    floor: latest(end, before(now, REACHES_BACK)) ?? now,
    isFirst: until === null,
    cursor: left?.cursor ?? null,
    newest: left?.newest ?? null,
    fetched: 0,
    redelivered: 0,
    deliveredAgain: new Set(),
  };
}

/** Stores what is missing of a page; false: there was too much for one look. */
async function takeMissing(
  ports: RecoveryPorts,
  look: Look,
  listed: readonly ListedDelivery[],
): Promise<boolean> {
  for (const { guid, isRedelivery } of listed) if (isRedelivery) look.deliveredAgain.add(guid);
  const known = new Set(await ports.store.known(listed.map(({ guid }) => guid)));
  for (const delivery of listed) {
    if (known.has(delivery.guid) || (look.isFirst && delivery.arrived)) continue;
    if (look.fetched + look.redelivered === MOST_FETCHED) return false;
    known.add(delivery.guid);
    await take(ports, look, delivery);
  }
  return true;
}

async function take(ports: RecoveryPorts, look: Look, { id, guid }: ListedDelivery): Promise<void> {
  const { deliveries, inbox, store, clock, log } = ports;
  const content = await deliveries.content(id);
  if (content !== null) {
    look.fetched += 1;
    if ((await inbox({ id: guid, ...content })) !== "odd") return;
    log.warn({ delivery: guid, event: content.event }, "A missed delivery is not what GitHub documents");
    await store.receive({ id: guid, event: content.event, receivedAt: clock.now(), subjects: [] });
    return;
  }
  // Once is enough: what it brings is stored when it arrives, or else the sweep finds it.
  if (look.deliveredAgain.has(guid)) return;
  look.redelivered += 1;
  const answer = await deliveries.redeliver(id);
  if (answer === "gone") log.warn({ delivery: guid }, "A missed delivery is gone; it is left to the sweep");
}

async function end({ store, log }: RecoveryPorts, look: Look, note: Note): Promise<Recovered> {
  await store.remember(NOTE, JSON.stringify(note));
  const { fetched, redelivered } = look;
  const recovered = { fetched, redelivered, more: note.left !== null };
  if (fetched + redelivered > 0) log.info(recovered, "Missed deliveries were fetched");
  return recovered;
}

function isRefusal(error: unknown): boolean {
  return error instanceof GitHubFailure && [400, 404, 422].includes(error.status ?? 0);
}

const NOTE = "deliveries looked through";
const moment = z.string().transform(instant);

/** How far the looks got. */
const noteShape = z.object({
  /** Everything up to then has been looked at; null: nothing yet. */
  until: moment.nullable(),
  /** Where the last look had to end, and when the newest delivery was made that it saw. */
  left: z.object({ newest: moment.nullable(), cursor: z.string().nullable() }).nullable(),
});
type Note = z.infer<typeof noteShape>;

async function recallNote(store: RecoveryPorts["store"]): Promise<Note> {
  const noted = await store.recall(NOTE);
  return noted === null ? { until: null, left: null } : noteShape.parse(JSON.parse(noted));
}

const EVERY_MINUTES = 5;
const SOON_MINUTES = 1;

/** Looks at once, and then every few minutes. */
export function startRecovering(ports: RecoveryPorts): Repeating {
  return startRepeating(async () => {
    try {
      const { more } = await recoverDeliveries(ports);
      return more ? SOON_MINUTES : EVERY_MINUTES;
    } catch (error) {
      ports.log.warn({ err: error }, "Missed deliveries could not be looked for; the next look tries again");
      return EVERY_MINUTES;
    }
  });
}
