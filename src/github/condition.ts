/** Conditional requests: asking GitHub whether an answer that it gave before still stands. A 304 costs nothing of the limit. */
import { createHash } from "node:crypto";
import type { Bytes } from "./bodies.ts";

/** An answer with its tag, and what it was asked with. */
export type Tagged = {
  readonly etag: string | null;
  /** `askedWith` of the request that it answered. */
  readonly askedWith: string;
  /** As GitHub sent it, before any compression. */
  readonly body: Bytes;
};

/** What GitHub's tags depend on besides the answer. The token itself is kept nowhere. */
export function askedWith(headers: Headers): string {
  return varying(headers).digest("hex");
}

/**
 * The tag with which to ask whether an answer still stands; null: it has none for these headers.
 *
 * GitHub's tags are good for the token that was asked with (so its support says:
 * https://github.com/eclipse-csi/otterdog/issues/201), and an installation's token lives for an hour: what is looked at once
 * an hour would never be 304. But a tag is the SHA-256 of the varying headers and of the answer, as was found out
 * (https://github.com/bored-engineer/github-conditional-http-transport), so it can be had for another token too. GitHub does not
 * promise that. Where it is no longer so, the whole answer comes: a 304 still says that it would be, byte for byte, the one we have.
 */
export function conditionOf(before: Tagged, headers: Headers): string | null {
  if (before.etag === null || before.askedWith === askedWith(headers)) return before.etag;
  if (typeof before.body === "string") return null;
  return `"${varying(headers).update(before.body).digest("hex")}"`;
}

function varying(headers: Headers) {
  const hash = createHash("sha256");
  for (const name of ["accept", "authorization", "cookie"]) {
    const value = headers.get(name);
    if (value !== null) hash.update(`${value}:`);
  }
  return hash;
}
