/**
 * Hidden keys: how the App finds its own comments again. A key is the first line of a comment, as an HTML comment that
 * GitHub does not show. A key proves nothing by itself: anybody can write one, so a comment is ours only if GitHub
 * also says that our App wrote it.
 */
import type { CommentFact } from "./facts.ts";

export const STATUS_KEY = "status";
export const NO_CHARTER_KEY = "no-charter";
export const FEEDBACK_KEY = "feedback";
export const BALLOT_KEY = "ballot";
export const DECISION_KEY = "decision";
export const PUBLISHED_KEY = "published";
export const TROUBLE_KEY = "trouble";
/** The issue that tells which drafts expire. */
export const MAINTENANCE_KEY = "maintenance";

/** Comments that are written only after something was recorded. */
const AFTER_A_RECORD: ReadonlySet<string> = new Set([
  "comment-period-open",
  FEEDBACK_KEY,
  BALLOT_KEY,
  DECISION_KEY,
  PUBLISHED_KEY,
]);

/** Whether the App has written on an issue what it writes only of a proposal with a record. */
export function speaksOfRecord(comments: readonly CommentFact[]): boolean {
  return [...oursByKey(comments).keys()].some((key) => AFTER_A_RECORD.has(key));
}

const KEY_LINE = /^<!-- secretariat:([a-z0-9-]{1,80}) -->(?:\r?\n|$)/;

export function replyKey(comment: number): string {
  return `reply-${comment}`;
}

export function putBackKey(what: string): string {
  return `put-back-${what.toLowerCase().replaceAll(/[^a-z0-9]/g, "-")}`;
}

export function withKey(key: string, body: string): string {
  return `<!-- secretariat:${key} -->\n${body}`;
}

/** The key that a comment's first line carries; null: none. */
export function keyOf(body: string): string | null {
  return KEY_LINE.exec(body)?.[1] ?? null;
}

/** The App's comments by key; of two with the same key the older one counts. */
export function oursByKey(comments: readonly CommentFact[]): ReadonlyMap<string, CommentFact> {
  const ours = new Map<string, CommentFact>();
  for (const comment of comments) {
    const key = comment.byApp ? keyOf(comment.body) : null;
    const known = key === null ? undefined : ours.get(key);
    if (key !== null && (known === undefined || comment.id < known.id)) ours.set(key, comment);
  }
  return ours;
}
