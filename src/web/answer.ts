/** What is answered over HTTP, and the headers that every answer has. */
import type { IncomingMessage, ServerResponse } from "node:http";

export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** `text/plain` unless the headers say another type. */
  readonly body: string;
};

/** Nothing that is answered here is a page to be run, framed, guessed at or kept. */
const SAFE_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/** A sentence as an answer. */
export function sentence(status: number, words: string, headers: Answer["headers"] = {}): Answer {
  return { status, headers, body: `${words}\n` };
}

export function json(status: number, value: unknown): Answer {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { status, headers, body: `${JSON.stringify(value, null, 2)}\n` };
}

/** Sends an answer. Where it closes the connection, the rest of the request is not waited for. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body);
  const headers: Record<string, string> = {
    ...SAFE_HEADERS,
    "content-type": "text/plain; charset=utf-8",
    "content-length": String(body.length),
    ...answer.headers,
  };
  response.writeHead(answer.status, headers);
  const hangUp = headers.connection === "close" ? () => request.destroy() : undefined;
  response.end(request.method === "HEAD" ? undefined : body, hangUp);
}
