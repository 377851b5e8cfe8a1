/** Entity tags: GitHub answers a read that would repeat itself with 304, free of charge. */
import { createHash } from "node:crypto";

/** The weak tag of an answer's bytes. */
export function entityTag(bytes: Buffer): string {
  return `W/"${createHash("sha256").update(bytes).digest("hex")}"`;
}

/** Does the `If-None-Match` header name this tag? Weak and strong forms count as the same (RFC 9110, 13.1.2). */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const bare = (one: string) => one.trim().replace(/^W\//, "");
  return ifNoneMatch.split(",").some((one) => one.trim() === "*" || bare(one) === bare(tag));
}
