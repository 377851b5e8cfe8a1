/** Whatever goes wrong in a call becomes a `GitHubFailure` that says what was asked, and when to ask again. */
import { after, type Instant, instant, MINUTE, seconds } from "../proposal/instant.ts";
import { GitHubFailure } from "../reconcile/ports.ts";

/** Error pages can be long; a log line or a status comment need not be. */
const LONGEST_MESSAGE = 300;

/** What `error` means for the call named `what`, for example `GET /repos/MISP/misp-rfc/issues/12`. */
export function failureOf(error: unknown, what: string, now: Instant): GitHubFailure {
  if (error instanceof GitHubFailure) return error;
  const said = answered(error);
  if (said === null) {
    const message = `${what}: GitHub could not be reached: ${wordsOf(error)}`;
    return new GitHubFailure(message, { status: null, retryAt: null, cause: error });
  }
  return new GitHubFailure(`${what}: GitHub answered ${said.status}: ${wordsOf(error)}`, {
    status: said.status,
    retryAt: retryAt(said.status, said.headers, wordsOf(error), now),
    cause: error,
  });
}

type Said = { readonly status: number; readonly headers: Headers };
type Headers = Readonly<Record<string, unknown>>;

/**
 * What GitHub said, if it said anything: Octokit gives a broken connection the status 500 too, but then there is no
 * response. Told by its shape, since an Octokit may come with its own copy of `RequestError`.
 */
export function answered(error: unknown): Said | null {
  if (!isRecord(error) || !isRecord(error.response)) return null;
  const { status, headers } = error.response;
  if (typeof status !== "number") return null;
  return { status, headers: isRecord(headers) ? headers : {} };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/**
 * When GitHub wants to be asked again; null: it did not say, or waiting will not help.
 * As "Best practices for using the REST API" orders it: `retry-after`, then the reset of a limit that is
 * used up, else a minute.
 */
function retryAt(status: number, headers: Headers, message: string, now: Instant): Instant | null {
  const wait = wholeNumber(headers["retry-after"]);
  if (wait !== null) return after(now, seconds(Math.min(wait, 86_400)));
  if (status !== 403 && status !== 429) return null;
  const reset = wholeNumber(headers["x-ratelimit-reset"]);
  if (String(headers["x-ratelimit-remaining"]) === "0" && reset !== null) return instant(reset * 1000);
  return status === 429 || message.toLowerCase().includes("rate limit") ? after(now, MINUTE) : null;
}

/** Did GitHub say one of these about the thing itself? A rate limit (also a 403) is not about the thing. */
export function hasStatus(error: unknown, ...statuses: readonly number[]): error is GitHubFailure {
  if (!(error instanceof GitHubFailure) || error.status === null) return false;
  return statuses.includes(error.status) && error.retryAt === null;
}

/** `promise`, or null where GitHub says that there is no such thing (404), or no longer (410). */
export async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (hasStatus(error, 404, 410)) return null;
    throw error;
  }
}

/** The same failure in words that help the person who reads them; status and time are kept. */
export function inWords(error: GitHubFailure, message: string): GitHubFailure {
  return new GitHubFailure(message, {
    status: error.status,
    retryAt: error.retryAt,
    isForPeople: true,
    cause: error,
  });
}

function wholeNumber(header: unknown): number | null {
  const text = String(header ?? "");
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

function wordsOf(error: unknown): string {
  return short(error instanceof Error ? error.message : String(error));
}

function short(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;
}
