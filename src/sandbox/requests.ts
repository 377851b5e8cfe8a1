/** Counts what the App asks of GitHub. People's requests and the sandbox's own are not the App's. */
import type { Instant } from "../proposal/instant.ts";

type LoggedRequest = {
  readonly at: Instant;
  /** `app`, `installation`, or a login. */
  readonly by: string;
  readonly method: string;
  readonly path: string;
  /** null: the connection was cut. */
  readonly status: number | null;
  /** The fault that was played, if there was one. */
  readonly fault: string | null;
};

export type RequestCounts = {
  /** Without tokens. */
  readonly total: number;
  readonly reads: number;
  readonly writes: number;
  readonly notModified: number;
  /** How often a token was asked for, with the App's own key: that counts against no installation's limit. */
  readonly tokens: number;
};

export type Requests = RequestCounts & {
  /** The latest requests since the last reset, people's included. */
  readonly log: readonly LoggedRequest[];
  reset(): void;
};

export type RequestCounter = Requests & { note(request: LoggedRequest, byApp: boolean): void };

const MOST_LOGGED = 20_000;

export function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

export function createRequests(): RequestCounter {
  let log: LoggedRequest[] = [];
  let counts = NONE;
  return {
    get total() {
      return counts.total;
    },
    get reads() {
      return counts.reads;
    },
    get writes() {
      return counts.writes;
    },
    get notModified() {
      return counts.notModified;
    },
    get tokens() {
      return counts.tokens;
    },
    get log() {
      return log;
    },
    reset: () => {
      log = [];
      counts = NONE;
    },
    note: (request, byApp) => {
      log.push(request);
      if (log.length > MOST_LOGGED) log.shift();
      if (byApp) counts = withOne(counts, request);
    },
  };
}

const NONE: RequestCounts = { total: 0, reads: 0, writes: 0, notModified: 0, tokens: 0 };

function withOne(
  { total, reads, writes, notModified, tokens }: RequestCounts,
  { method, path, status }: LoggedRequest,
): RequestCounts {
  if (path.endsWith("/access_tokens")) return { total, reads, writes, notModified, tokens: tokens + 1 };
  return {
    total: total + 1,
    reads: reads + (isRead(method) ? 1 : 0),
    writes: writes + (isRead(method) ? 0 : 1),
    notModified: notModified + (status === 304 ? 1 : 0),
    tokens,
  };
}
