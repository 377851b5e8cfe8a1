/**
 * Keeps the requests of one installation within GitHub's limits, and keeps silence when GitHub asks for it: whoever goes on
 * asking may be banned. A short wait is waited for; a long one is told, so that it holds up nobody else.
 */
import { after, type Instant, latest, seconds, secondsBetween } from "../proposal/instant.ts";
import { isUrgent } from "../reconcile/pass-context.ts";
import { type Clock, GitHubFailure } from "../reconcile/ports.ts";
import { createSignal } from "../reconcile/signal.ts";
import {
  type Budget,
  type Cost,
  contentLeft,
  opensAt,
  promise,
  silenced,
  spend,
  told,
  UNUSED,
} from "./budget.ts";
import type { SharedBudget } from "./shared-budget.ts";

export type Pace = {
  /**
   * Settled when a request may be made, with what to call when it is over; `what` is its name. Throws a paced
   * `GitHubFailure` where it would have to wait for more than a few seconds.
   */
  turn(what: string, cost: Cost): Promise<() => void>;
  /** Takes note of the headers of an answer, refusals included. */
  heard(headers: Readonly<Record<string, unknown>>): void;
  /** Takes note of a failure that says that a rate limit is used up, the primary one or a secondary one. */
  failed(failure: GitHubFailure): void;
  left(): BudgetLeft;
};

export type BudgetLeft = {
  /** Of the hour's requests, as GitHub told; null: it has not told yet. */
  readonly requests: number | null;
  /** Of the hour's requests that make content, by the App's own count. */
  readonly content: number;
};

export type PaceOptions = {
  readonly clock: Clock;
  /** Keep to the documented limits too, not only to what GitHub says. */
  readonly paced: boolean;
  /** What other replicas write counts too; null: there are none. */
  readonly shared: SharedBudget | null;
  /** Ends all waiting. */
  readonly stopped: AbortSignal;
};

/** In seconds. A lane that waits longer is better used for another proposal. */
const PATIENCE = 5;

/** When it is tried again to count with the other replicas. */
const UNCOUNTED = seconds(10);

/** GitHub allows 100 requests at once. */
const MOST_AT_ONCE = 100;

const HANDED_BACK = { status: null, retryAt: null, paced: true } as const;

export function createPace({ clock, paced, shared, stopped }: PaceOptions): Pace {
  let budget = UNUSED;
  let atOnce = 0;
  const ended = createSignal();
  stopped.addEventListener("abort", () => ended.notify());

  function begin(cost: Cost, now: Instant): () => void {
    budget = spend(budget, cost, now);
    atOnce += 1;
    return () => {
      atOnce -= 1;
    };
  }

  /** Seconds to wait; 0: none. */
  function wait(cost: Cost, urgent: boolean, now: Instant): number {
    const open = secondsBetween(now, opensAt(budget, cost, urgent, now));
    return open > 0 || atOnce < MOST_AT_ONCE ? open : 1;
  }

  /** Seconds to wait for the other replicas; 0: the turn is taken. Throws a paced failure where they cannot be counted with. */
  async function waitForOthers(cost: Cost, urgent: boolean, now: Instant): Promise<number> {
    if (shared === null || cost.content === 0) return 0;
    const open = await shared.take(cost, urgent, now).catch((cause: unknown) => {
      const message = "Not asked: what other replicas write could not be counted";
      throw new GitHubFailure(message, { status: null, retryAt: after(now, UNCOUNTED), paced: true, cause });
    });
    return open === null ? 0 : secondsBetween(now, open);
  }

  async function promised(cost: Cost, urgent: boolean, now: Instant): Promise<Instant> {
    const made = promise(budget, cost, urgent, now);
    budget = made.budget;
    if (shared === null || cost.content === 0) return made.at;
    const others = await shared.promise(cost, urgent, now).catch(() => null);
    return latest(made.at, others) ?? made.at;
  }

  async function notNow(what: string, cost: Cost, urgent: boolean, now: Instant): Promise<GitHubFailure> {
    const retryAt = await promised(cost, urgent, now);
    const message = `${what}: not asked before ${retryAt}, to keep within GitHub's limits`;
    return new GitHubFailure(message, { status: 429, retryAt, paced: true });
  }

  return {
    async turn(what, cost) {
      keepSilence(budget, what, clock.now());
      if (!paced) return begin(cost, clock.now());
      const urgent = isUrgent();
      for (let waited = 0; ; ) {
        const now = clock.now();
        const next = wait(cost, urgent, now) || (await waitForOthers(cost, urgent, now));
        if (next === 0) return begin(cost, now);
        waited += next;
        if (waited > PATIENCE) throw await notNow(what, cost, urgent, now);
        await ended.wait(next * 1000);
        if (stopped.aborted) throw new GitHubFailure(`${what}: the App stops`, HANDED_BACK);
        keepSilence(budget, what, clock.now());
      }
    },
    heard(headers) {
      budget = told(budget, headers);
    },
    failed({ status, retryAt }) {
      if (status !== 403 && status !== 429) return;
      budget = silenced(budget, retryAt);
      // Where the others cannot be told, GitHub tells them itself.
      if (retryAt !== null) shared?.silence(retryAt).catch(() => undefined);
    },
    left: () => ({ requests: budget.primary?.remaining ?? null, content: contentLeft(budget, clock.now()) }),
  };
}

/** See https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit. */
function keepSilence({ silentUntil }: Budget, what: string, now: Instant): void {
  if (silentUntil === null || now >= silentUntil) return;
  const message = `${what}: not asked, since GitHub's rate limit is used up until ${silentUntil}`;
  throw new GitHubFailure(message, { status: 429, retryAt: silentUntil, paced: true });
}
