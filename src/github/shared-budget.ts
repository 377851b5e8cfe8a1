/** What all replicas write in one installation's name, counted together: GitHub's limits do not care which of them asks. */
import { z } from "zod";
import { type Instant, instant } from "../proposal/instant.ts";
import type { StorePort } from "../reconcile/ports.ts";
import { type Budget, type Cost, opensAt, promise, silenced, spend, UNUSED } from "./budget.ts";

export type SharedBudget = {
  /** Takes a turn; where there is no room for it, says when there will be. */
  take(cost: Cost, urgent: boolean, now: Instant): Promise<Instant | null>;
  /** When a pass that had no room may come again; the next one is told a later moment. */
  promise(cost: Cost, urgent: boolean, now: Instant): Promise<Instant>;
  /** GitHub wants to hear nothing until then, from nobody. */
  silence(until: Instant): Promise<void>;
};

/** The budget of `identity`, in a store that the replicas share. */
export function shareBudget(amend: NonNullable<StorePort["amend"]>, identity: string): SharedBudget {
  const change = <T>(how: (budget: Budget) => readonly [Budget, T]): Promise<T> =>
    amend(`budget ${identity}`, (value) => {
      const [budget, answer] = how(read(value));
      const { spent, promised, silentUntil } = budget;
      return [JSON.stringify({ spent, promised, silentUntil }), answer];
    });
  return {
    take: (cost, urgent, now) =>
      change((budget) => {
        const open = opensAt(budget, cost, urgent, now);
        return open > now ? [budget, open] : [spend(budget, cost, now), null];
      }),
    promise: (cost, urgent, now) =>
      change((budget) => {
        const promised = promise(budget, cost, urgent, now);
        return [promised.budget, promised.at];
      }),
    silence: (until) => change((budget) => [silenced(budget, until), undefined]),
  };
}

const spending = z.array(z.object({ at: z.number(), points: z.number(), content: z.number() }));
const silentUntil = z.iso
  .datetime()
  .transform((text) => instant(text))
  .nullable();
const kept = z.object({ spent: spending, promised: spending, silentUntil });

/** What cannot be read was written by another version: GitHub's own limits remain. */
function read(value: string | null): Budget {
  try {
    return value === null ? UNUSED : { ...UNUSED, ...kept.parse(JSON.parse(value)) };
  } catch {
    return UNUSED;
  }
}
