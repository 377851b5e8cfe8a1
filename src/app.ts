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
  return async ({ id, event, payload }) => {
    const found = named(event, payload);
    if (found === null) return "odd";
    // What the App itself caused asks for nothing. That loses nothing: a pass ends only when nothing is left to do, what
    // people do meanwhile has events of its own, and the sweep finds whatever was touched after it was last looked at.
    const own = ports.ownLogin();
    const isOwn = own !== null && found.sender?.toLowerCase() === own.toLowerCase();
    // The drafts in the App's own pull requests are to be checked like those that others push to them.
    const wanted = isOwn ? found.subjects.filter(({ kind }) => kind === "draft check") : found.subjects;
    const subjects = wanted.map(subjectKey);
    const answer = await ports.store.receive({ id, event, receivedAt: ports.clock.now(), subjects });
    if (answer === "stored" && subjects.length > 0) ports.wake();
    if (answer === "stored" && !isOwn && found.concernsEverybody) ports.sweepSoon();
    return answer;
  };
}
