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

export type Requests = {
  readonly total: number;
  readonly reads: number;
  readonly writes: number;
  readonly notModified: number;
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
  let counts = { total: 0, reads: 0, writes: 0, notModified: 0 };
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
    get log() {
      return log;
    },
    reset: () => {
      log = [];
      counts = { total: 0, reads: 0, writes: 0, notModified: 0 };
    },
    note: (request, byApp) => {
      log.push(request);
      if (log.length > MOST_LOGGED) log.shift();
      if (!byApp) return;
      counts.total += 1;
      if (isRead(request.method)) counts.reads += 1;
      else counts.writes += 1;
      if (request.status === 304) counts.notModified += 1;
    },
  };
}
