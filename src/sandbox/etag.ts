/** Entity tags: GitHub answers a read that would repeat itself with 304, free of charge. */
import { createHash } from "node:crypto";

/**
 * The weak tag of an answer: of the headers that GitHub's answers vary with, and of its bytes, as seen on github.com. So
 * another token makes another tag, and that there is a next page makes none.
 */
export function entityTag(varying: readonly (string | undefined)[], bytes: Buffer): string {
  const hash = createHash("sha256");
  for (const value of varying) if (value !== undefined) hash.update(`${value}:`);
  return `W/"${hash.update(bytes).digest("hex")}"`;
}

/** Does the `If-None-Match` header name this tag? Weak and strong forms count as the same (RFC 9110, 13.1.2). */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const bare = (one: string) => one.trim().replace(/^W\//, "");
  return ifNoneMatch.split(",").some((one) => one.trim() === "*" || bare(one) === bare(tag));
}
