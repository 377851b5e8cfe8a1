/**
 * Moments and spans of time. Everything the committee's rules compare is a UTC instant to the second
 * (GitHub's own precision), so that "30 days" is 30 × 24 hours in every time zone.
 */
import { UTCDate } from "@date-fns/utc";
// By their own paths: the package's index loads some 300 files.
import { addSeconds } from "date-fns/addSeconds";
import { isValid } from "date-fns/isValid";

/** A UTC moment, `2026-12-20T09:30:00Z`: fixed width, so that text order is time order. */
export type Instant = string & { readonly __brand: "Instant" };

/** A span of time in whole seconds. */
export type Seconds = number & { readonly __brand: "Seconds" };

/** The instant a timestamp names; fractions of a second are cut off. Throws on what is not a date. */
export function instant(timestamp: string | number): Instant {
  const date = new UTCDate(typeof timestamp === "number" ? timestamp : asIsoText(timestamp));
  if (!isValid(date)) throw new RangeError(`Not a moment in time: ${timestamp}`);
  return `${date.toISOString().slice(0, "2026-12-20T09:30:00".length)}Z` as Instant;
}

export function seconds(count: number): Seconds {
  if (!Number.isSafeInteger(count)) throw new RangeError(`Not a whole number of seconds: ${count}`);
  return count as Seconds;
}

export const MINUTE = seconds(60);
export const HOUR = seconds(3_600);
export const DAY = seconds(86_400);

/** GitHub's reads can be this old: what it does not show yet may still have happened. */
export const SETTLING = seconds(10 * MINUTE);

export function after(start: Instant, span: Seconds): Instant {
  return instant(addSeconds(new UTCDate(start), span).getTime());
}

export function before(end: Instant, span: Seconds): Instant {
  return after(end, seconds(-span));
}

/** Seconds from one instant to a later one; negative if it is earlier. */
export function secondsBetween(from: Instant, to: Instant): Seconds {
  return seconds((new UTCDate(to).getTime() - new UTCDate(from).getTime()) / 1000);
}

/** What happened in the deadline's own second was still in time. */
export function inTime(moment: Instant, deadline: Instant): boolean {
  return moment <= deadline;
}

/** A deadline has passed once its last second is over: GitHub's timestamps know nothing finer. */
export function hasPassed(deadline: Instant, now: Instant): boolean {
  return now > deadline;
}

/** Whether GitHub shows by now all that happened before a deadline, which is judged by timestamps all the same. */
export function isSettled(deadline: Instant, now: Instant): boolean {
  return now > after(deadline, SETTLING);
}

/** The first instant at which `isSettled(deadline, …)` holds. */
export function settlesAt(deadline: Instant): Instant {
  return after(deadline, seconds(SETTLING + 1));
}

export function earliest(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter((candidate): candidate is Instant => candidate !== null);
  return known.reduce<Instant | null>((best, next) => (best === null || next < best ? next : best), null);
}

export function latest(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

/** The next moment at which people are to be reminded of a deadline; null: none is left. */
export function nextReminder(deadline: Instant, spans: readonly Seconds[], now: Instant): Instant | null {
  return earliest(spans.map((span) => before(deadline, span)).filter((reminder) => reminder > now));
}

/** The span of the last reminder that has come, for a deadline that has not passed; null: none. */
export function dueReminder(deadline: Instant, spans: readonly Seconds[], now: Instant): Seconds | null {
  if (hasPassed(deadline, now)) return null;
  const come = spans.filter((span) => before(deadline, span) <= now);
  return come.length === 0 ? null : seconds(Math.min(...come));
}

/** `2026-12-20 09:30 UTC`, as messages write it. */
export function inWords(moment: Instant): string {
  return `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
}

/** A timestamp without a zone would be read as local time; GitHub always gives one. */
function asIsoText(timestamp: string): string {
  if (!/(?:Z|[+-]\d{2}:?\d{2})$/.test(timestamp))
    throw new RangeError(`A timestamp without a zone: ${timestamp}`);
  return timestamp;
}
