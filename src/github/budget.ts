/**
 * What GitHub lets one installation ask, as plain arithmetic: when may the next request be made? Its documented limits are
 * counted here; what it says itself, in headers and refusals, comes before them. Pure: a budget is a value, and time is
 * handed in. See https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api.
 */
import { after, type Instant, instant, latest, seconds } from "../proposal/instant.ts";

/** What a request uses up: points of the secondary limit, and one of the requests that make content. */
export type Cost = { readonly points: number; readonly content: number };

/** At a moment, in whole seconds since 1970. */
type Spending = Cost & { readonly at: number };

export type Budget = {
  /** The last hour's requests, oldest first, those of one second together. */
  readonly spent: readonly Spending[];
  /** When passes that had to wait will come again, earliest first, and what they will then need. */
  readonly promised: readonly Spending[];
  /** The hour's requests, as the last answer told. */
  readonly primary: Primary | null;
  /** GitHub wants to hear nothing until then. */
  readonly silentUntil: Instant | null;
};

type Primary = { readonly limit: number; readonly remaining: number; readonly resetsAt: Instant };

export const UNUSED: Budget = { spent: [], promised: [], primary: null, silentUntil: null };

type Window = {
  readonly of: keyof Cost;
  readonly seconds: number;
  readonly most: number;
  /** So much of it housekeeping leaves to people who wait for an answer. */
  readonly forPeople: number;
};

const HOURS_CONTENT = 500;
const LONGEST_WINDOW = 3_600;
const WINDOWS: readonly Window[] = [
  { of: "points", seconds: 60, most: 900, forPeople: 180 },
  { of: "content", seconds: 60, most: 80, forPeople: 16 },
  { of: "content", seconds: LONGEST_WINDOW, most: HOURS_CONTENT, forPeople: 50 },
];

/** And of the hour's requests a tenth. */
const PEOPLES_REQUESTS = 0.1;

/** What a pass that closes a ballot and announces it needs: entries, comments, a pull request, and the reads before them. */
const PASS: Cost = { points: 60, content: 9 };

/**
 * What a request costs, by its route. GitHub does not list what "content-generating" is: taken as such is whatever writes
 * text that people read or git keeps; labels, check runs and deletions are not.
 */
export function costOf(route: string): Cost {
  const [method = "", path = ""] = route.split(" ");
  if (method === "GET" || method === "HEAD") return { points: 1, content: 0 };
  const makesText = method !== "DELETE" && !/\/(?:labels|check-runs|attempts)\b/.test(path);
  return { points: 5, content: makesText ? 1 : 0 };
}

/** When a request may be made: now, or the first moment later at which every limit has room for it. */
export function opensAt(budget: Budget, cost: Cost, urgent: boolean, now: Instant): Instant {
  const open = roomInAll(budget.spent, cost, urgent, epoch(now));
  const hour = hourOpensAt(budget.primary, urgent, now);
  return [hour, budget.silentUntil].reduce<Instant>((best, next) => latest(best, next) ?? best, moment(open));
}

/** The budget once a request has been made. */
export function spend(budget: Budget, cost: Cost, now: Instant): Budget {
  const at = epoch(now);
  const recent = budget.spent.filter((each) => each.at > at - LONGEST_WINDOW - 1);
  const last = recent.at(-1);
  const spent =
    last?.at === at ? [...recent.slice(0, -1), { at, ...sum(last, cost) }] : [...recent, { at, ...cost }];
  const { primary } = budget;
  return {
    ...budget,
    spent,
    promised: budget.promised.filter((each) => each.at > at),
    primary: primary === null ? null : { ...primary, remaining: primary.remaining - 1 },
  };
}

/**
 * When a pass that had no room may come again, and the budget with that promise: the next one is told a later moment, so
 * that they come as the limits let them, and not all at once.
 */
export function promise(
  budget: Budget,
  cost: Cost,
  urgent: boolean,
  now: Instant,
): { readonly at: Instant; readonly budget: Budget } {
  const open = opensAt(budget, cost, urgent, now);
  // People do not stand in the line of housekeeping.
  if (urgent) return { at: open, budget };
  const line = [...budget.spent, ...budget.promised.filter(({ at }) => at > epoch(now))];
  const at = roomInAll(line, PASS, urgent, Math.max(epoch(open), line.at(-1)?.at ?? 0));
  return { at: moment(at), budget: { ...budget, promised: [...budget.promised, { at, ...PASS }] } };
}

/** The budget after GitHub has told, in the headers of any answer, what is left of the hour's requests. */
export function told(budget: Budget, headers: Readonly<Record<string, unknown>>): Budget {
  const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) =>
    wholeNumber(headers[`x-ratelimit-${name}`]),
  );
  const resource = headers["x-ratelimit-resource"] ?? "core";
  if (limit == null || remaining == null || reset == null || resource !== "core") return budget;
  return { ...budget, primary: { limit, remaining, resetsAt: instant(reset * 1000) } };
}

/** The budget after GitHub has asked for silence; the longest silence counts. */
export function silenced(budget: Budget, until: Instant | null): Budget {
  return { ...budget, silentUntil: latest(budget.silentUntil, until) };
}

/** What is left of the hour's content, by the App's own count. */
export function contentLeft({ spent }: Budget, now: Instant): number {
  const since = epoch(now) - LONGEST_WINDOW;
  return HOURS_CONTENT - spent.reduce((total, { at, content }) => (at > since ? total + content : total), 0);
}

/**
 * The first second, from `now` on, in which every window has room. `line` is in the order of time and ends by `now`: so a
 * window that has room keeps it, and the last to have it decides.
 */
function roomInAll(line: readonly Spending[], cost: Cost, urgent: boolean, now: number): number {
  return Math.max(...WINDOWS.map((window) => roomAt(line, window, cost, urgent, now)));
}

function roomAt(line: readonly Spending[], window: Window, cost: Cost, urgent: boolean, now: number): number {
  const most = window.most - (urgent ? 0 : window.forPeople);
  // What was spent in a second may have been spent at its end: it counts a second longer.
  const span = window.seconds + 1;
  const within = line.filter(({ at }) => at + span > now);
  let used = within.reduce((total, each) => total + each[window.of], 0);
  let at = now;
  for (const oldest of within) {
    if (used + cost[window.of] <= most) break;
    used -= oldest[window.of];
    at = oldest.at + span;
  }
  return at;
}

function hourOpensAt(primary: Primary | null, urgent: boolean, now: Instant): Instant | null {
  if (primary === null || now > primary.resetsAt) return null;
  const kept = urgent ? 0 : Math.ceil(primary.limit * PEOPLES_REQUESTS);
  return primary.remaining > kept ? null : after(primary.resetsAt, seconds(1));
}

function sum(one: Cost, other: Cost): Cost {
  return { points: one.points + other.points, content: one.content + other.content };
}

function epoch(at: Instant): number {
  return Date.parse(at) / 1000;
}

function moment(at: number): Instant {
  return instant(at * 1000);
}

function wholeNumber(header: unknown): number | null {
  const text = String(header ?? "");
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}
