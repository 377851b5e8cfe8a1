/**
 * What comes in. An event names subjects, nothing more: what to do about them is worked out from what is on GitHub when
 * their turn comes. An event is answered once it is stored, so none is lost that was acknowledged.
 */
import { named } from "./events.ts";
import type { Clock, StorePort } from "./reconcile/ports.ts";
import { subjectKey } from "./reconcile/subjects.ts";

export type AppPorts = {
  readonly store: Pick<StorePort, "receive">;
  readonly clock: Clock;
  /** The login that the App itself acts with, `<slug>[bot]`; null: not known (yet). */
  readonly ownLogin: () => string | null;
  /** Something is due. */
  readonly wake: () => void;
  /** Repositories came, went or changed their names. */
  readonly sweepSoon: () => void;
};

/** A delivery, as it was signed by GitHub or fetched from it. */
type Incoming = { readonly id: string; readonly event: string; readonly payload: unknown };

/** Stores deliveries. `odd`: the payload is not what GitHub documents, and was not stored. Throws where the store fails. */
export type Inbox = (delivery: Incoming) => Promise<"stored" | "known" | "odd">;

export function createInbox(ports: AppPorts): Inbox {
  async function keep(id: string, event: string, { subjects, concernsEverybody }: Wanted) {
    const answer = await ports.store.receive({ id, event, receivedAt: ports.clock.now(), subjects });
    if (answer === "stored" && subjects.length > 0) ports.wake();
    if (answer === "stored" && concernsEverybody) ports.sweepSoon();
    return answer;
  }

  // Not async itself: while it is being stored, nothing holds the payload any more.
  return ({ id, event, payload }) => {
    const wanted = wantedOf(event, payload, ports.ownLogin());
    return wanted === null ? Promise.resolve("odd") : keep(id, event, wanted);
  };
}

type Wanted = { readonly subjects: readonly string[]; readonly concernsEverybody: boolean };

/** What an event asks to be looked at; null: it is not what GitHub documents. */
function wantedOf(event: string, payload: unknown, own: string | null): Wanted | null {
  const found = named(event, payload);
  if (found === null) return null;
  // What the App itself caused asks for nothing. That loses nothing: a pass ends only when nothing is left to do, what
  // people do meanwhile has events of its own, and the sweep finds whatever was touched after it was last looked at.
  const isOwn = own !== null && found.sender?.toLowerCase() === own.toLowerCase();
  // The drafts in the App's own pull requests are to be checked like those that others push to them.
  const subjects = isOwn ? found.subjects.filter(({ kind }) => kind === "draft check") : found.subjects;
  return { subjects: subjects.map(subjectKey), concernsEverybody: !isOwn && found.concernsEverybody };
}
