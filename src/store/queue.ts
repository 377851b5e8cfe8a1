/**
 * The life of one subject in the queue, as a pure state machine: a store loads an item, applies one of these
 * in a transaction, and saves it.
 */
import { after, earliest, type Instant, seconds } from "../proposal/instant.ts";
import { GitHubFailure, isPaced } from "../reconcile/ports.ts";

/**
 * Who runs a pass, since when, and until when nobody else may. `until` is null where the store itself sees whether the
 * holder is still there.
 */
type Lease = { readonly holder: string; readonly since: Instant; readonly until: Instant | null };

export type Item = {
  /** When it is wanted next, touches during a running pass included. */
  readonly dueAt: Instant | null;
  /** GitHub asked to be left alone until then; a touch cannot make it earlier. */
  readonly notBefore: Instant | null;
  readonly lease: Lease | null;
  /** Somebody waits for an answer: it comes before what only time has made due. */
  readonly urgent: boolean;
  /** Failures in a row. */
  readonly failures: number;
  readonly error: string | null;
};

export const UNTOUCHED: Item = {
  dueAt: null,
  notBefore: null,
  lease: null,
  urgent: false,
  failures: 0,
  error: null,
};

/** How long a pass may run before another process may take its subject over, where only the clock tells. */
const LEASE_LASTS = seconds(600);

const FIRST_BACKOFF = 5;
const LONGEST_BACKOFF = 3_600;
/** GitHub's windows are an hour; a date far beyond that is a mistake, and must not park a proposal. */
const LONGEST_WAIT = seconds(86_400);
const LONGEST_ERROR = 1_000;

/** When it may be taken up: null, never by itself. A leased item may be when its lease is over, if that is known. */
export function runnableAt(item: Item): Instant | null {
  if (item.lease !== null) return item.lease.until;
  if (item.dueAt === null) return null;
  return item.notBefore !== null && item.notBefore > item.dueAt ? item.notBefore : item.dueAt;
}

export function touched(item: Item, dueAt: Instant): Item {
  return { ...item, dueAt: earliest([item.dueAt, dueAt]) };
}

/**
 * Touched by somebody who waits for an answer. A wait that is no failure is the App's own courtesy to GitHub: it gives way
 * to people, whose turn comes before housekeeping.
 */
export function called(item: Item, dueAt: Instant): Item {
  const notBefore = item.failures === 0 ? null : item.notBefore;
  return { ...touched(item, dueAt), notBefore, urgent: true };
}

/** A pass begins: it answers everything that was due; what is touched from now on asks for another. */
export function claimed(
  item: Item,
  holder: string,
  now: Instant,
  until: Instant | null = after(now, LEASE_LASTS),
): Item {
  return {
    ...item,
    dueAt: item.dueAt !== null && item.dueAt > now ? item.dueAt : null,
    lease: { holder, since: now, until },
  };
}

export function succeeded(item: Item, nextDue: Instant | null): Item {
  // Who was waited for has the answer, unless something was said meanwhile.
  return { ...UNTOUCHED, dueAt: earliest([item.dueAt, nextDue]), urgent: item.urgent && item.dueAt !== null };
}

/** `jitter` from 0 to 1 spreads those that failed together. */
export function failed(item: Item, error: unknown, now: Instant, jitter: number): Item {
  const notBefore = askedToWait(error, now);
  // Not its turn, or the App stops: nothing has failed.
  if (isPaced(error))
    return { ...item, dueAt: earliest([item.dueAt, notBefore ?? now]), notBefore, lease: null };
  const failures = item.failures + 1;
  return {
    dueAt: earliest([item.dueAt, after(now, backoff(failures, jitter))]),
    notBefore,
    lease: null,
    urgent: item.urgent,
    failures,
    // PostgreSQL keeps no text with a NUL.
    error: String(error).replaceAll("\0", "\uFFFD").slice(0, LONGEST_ERROR),
  };
}

/**
 * The process that ran it is gone: it is due as if the pass had not begun. If it was not the first time in a row, the pass
 * itself may be what ends processes: then it waits like one that has failed.
 */
export function abandoned(item: Item): Item {
  if (item.lease === null) return item;
  const failures = item.failures + 1;
  const { since } = item.lease;
  const dueAt = failures === 1 ? since : after(since, backoff(failures, 1));
  return {
    ...item,
    dueAt: earliest([item.dueAt, dueAt]),
    lease: null,
    failures,
    error: item.error ?? CUT_OFF,
  };
}

const CUT_OFF = "The process ended in the middle of it";

/** Nothing is left to remember: the item need not be kept. (One that has failed is always due again.) */
export function isDone(item: Item): boolean {
  return item.dueAt === null && item.lease === null;
}

/** Seconds to wait after so many failures in a row: 5 s doubling to 1 h, half of it at random. */
function backoff(failures: number, jitter: number) {
  const whole = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** Math.min(failures - 1, 20));
  return seconds(Math.max(FIRST_BACKOFF, Math.round(whole * (0.5 + jitter / 2))));
}

function askedToWait(error: unknown, now: Instant): Instant | null {
  if (!(error instanceof GitHubFailure) || error.retryAt === null) return null;
  return earliest([error.retryAt, after(now, LONGEST_WAIT)]);
}
