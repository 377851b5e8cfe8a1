/** Notices what other replicas put into the store, and when a database that was away is back. */
import type { Instant } from "../proposal/instant.ts";
import type { Log } from "../reconcile/log.ts";
import type { Clock, StorePort } from "../reconcile/ports.ts";
import { repeat } from "./repeat.ts";

const EVERY_MS = 1_000;

/** Calls `wake` within a second or so whenever something is due. */
export function lookOut(
  store: Pick<StorePort, "nextDue">,
  clock: Clock,
  wake: () => void,
  log: Log,
): { stop(): Promise<void> } {
  let away = false;

  async function nextDue(): Promise<Instant | null> {
    const due = await store.nextDue();
    if (away) log.info({}, "The database answers again");
    away = false;
    return due;
  }

  async function look(): Promise<number> {
    try {
      const due = await nextDue();
      if (due !== null && due <= clock.now()) wake();
    } catch (error) {
      if (!away) log.error({ err: error }, "The database does not answer; it is asked again every second");
      away = true;
    }
    return EVERY_MS;
  }
  return repeat(look, EVERY_MS);
}
