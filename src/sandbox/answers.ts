/** What goes in and out of the front, and GitHub's ways of saying no. */
import type http from "node:http";
import type { Caller } from "./callers.ts";

export type Asked = {
  readonly method: string;
  /** Without the query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  /** The JSON that came with it; undefined: none. */
  readonly body: unknown;
  readonly caller: Caller;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON to be, or bytes as they are; undefined: nothing. */
  readonly body: unknown;
};

/** One thing that GitHub found wrong with a request. */
export type FieldError = {
  readonly resource: string;
  readonly code: string;
  readonly field?: string;
  readonly message?: string;
};

const DOCUMENTATION = "https://docs.github.com/rest";

export function answer(status: number, body: unknown, headers: Answer["headers"] = {}): Answer {
  return { status, headers, body };
}

export const NOTHING: Answer = answer(204, undefined);

export function refusal(status: number, message: string, headers: Answer["headers"] = {}): Answer {
  return answer(status, { message, documentation_url: DOCUMENTATION, status: String(status) }, headers);
}

/** 422 with GitHub's list of what is wrong. */
export function invalid(...errors: FieldError[]): Answer {
  return answer(422, {
    message: "Validation Failed",
    errors,
    documentation_url: DOCUMENTATION,
    status: "422",
  });
}

export const NOT_FOUND: Answer = refusal(404, "Not Found");
export const NOT_ACCESSIBLE: Answer = refusal(403, "Resource not accessible by integration");
export const ADMIN_ONLY: Answer = refusal(403, "Must have admin rights to Repository.");

/** One page of a list that the front keeps itself, with GitHub's `Link` header. */
export function page(items: readonly unknown[], asked: Asked, origin: string): Answer {
  const size = boundedNumber(asked.query.get("per_page"), 30, 100);
  const current = boundedNumber(asked.query.get("page"), 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (target: number, rel: string) => {
    const query = new URLSearchParams(asked.query);
    query.set("page", String(target));
    query.set("per_page", String(size));
    return `<${origin}${asked.path}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(current < last ? [link(current + 1, "next"), link(last, "last")] : []),
    ...(current > 1 ? [link(1, "first"), link(current - 1, "prev")] : []),
  ];
  const headers: Record<string, string> = links.length > 0 ? { link: links.join(", ") } : {};
  return answer(200, items.slice((current - 1) * size, current * size), headers);
}

function boundedNumber(given: string | null, fallback: number, most: number): number {
  const asNumber = Number.parseInt(given ?? "", 10);
  return Number.isFinite(asNumber) ? Math.min(Math.max(1, asNumber), most) : fallback;
}
