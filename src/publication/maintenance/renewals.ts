/** What people ask for on the maintenance issue, and what becomes of it. Pure. */
import type { CommentFact, Person } from "../../proposal/facts.ts";
import type { Instant, Seconds } from "../../proposal/instant.ts";
import { oursByKey, replyKey } from "../../proposal/keys.ts";
import { slashLine } from "../../proposal/slash.ts";
import type { Register, Standard } from "../register/model.ts";
import { type Expiring, expiryOf, type Maintenance, noticeAt } from "./expiry.ts";

/** A `/renew` as somebody wrote it. */
export type RenewRequest = {
  readonly comment: number;
  readonly by: Person;
  readonly at: Instant;
  /** As they were written; none: whatever is due, if that is one. */
  readonly names: readonly string[];
  /** GitHub does not say who edited a comment. */
  readonly isEdited: boolean;
  /** Somebody, most likely the App, has answered it with the reaction for what was carried out. */
  readonly isAcknowledged: boolean;
};

/** The answers to a request that is carried out, and to one that is refused. */
export const RENEWING = "rocket";
export const NOT_RENEWING = "confused";

export type RenewRefusal =
  | { readonly why: "no seat" }
  | { readonly why: "edited" }
  | { readonly why: "unknown name"; readonly name: string; readonly known: readonly string[] }
  | { readonly why: "name missing"; readonly known: readonly string[] }
  | { readonly why: "nothing due" }
  | { readonly why: "not due"; readonly slug: string; readonly from: Instant }
  | { readonly why: "closed unmerged"; readonly slug: string; readonly number: number; readonly url: string };

/** More than a committee has drafts. */
const MOST_NAMES = 50;
const LONGEST_NAME = 150;

/** Every `/renew` that was not refused yet, in the order in which they were given. Bots and deleted accounts give none. */
export function renewRequests(comments: readonly CommentFact[]): readonly RenewRequest[] {
  const answered = oursByKey(comments);
  return comments
    .flatMap((comment) => (answered.has(replyKey(comment.id)) ? [] : (requestIn(comment) ?? [])))
    .sort((one, other) => (one.at === other.at ? one.comment - other.comment : one.at < other.at ? -1 : 1));
}

function requestIn(comment: CommentFact): RenewRequest | null {
  const { id, author, body, createdAt, updatedAt } = comment;
  if (comment.byApp || comment.authorIsBot || author === null) return null;
  const command = slashLine(body, "renew");
  if (command === null) return null;
  const names = namesIn(command.rest);
  const isAcknowledged = (comment.reactions[RENEWING] ?? 0) > 0;
  return { comment: id, by: author, at: updatedAt, names, isEdited: createdAt !== updatedAt, isAcknowledged };
}

/** `core-format`, `core-format, taxonomy-format and galaxy-format`. */
function namesIn(rest: string): readonly string[] {
  const words = rest
    .slice(0, MOST_NAMES * LONGEST_NAME)
    .toLowerCase()
    .split(/[\s,;`]+/)
    .map((word) => word.replace(/[.:!?]{1,3}$/, ""))
    .filter((word) => word !== "" && word !== "and");
  return [...new Set(words.map((word) => word.slice(0, LONGEST_NAME)))].slice(0, MOST_NAMES);
}

/** Neither a refusal nor anything to do: all that was asked for was renewed since. */
const DONE = { wanted: [] } as const;

type Requested = { readonly wanted: readonly Expiring[] } | { readonly refusal: RenewRefusal };

/** The drafts that a request is about, or why it is refused. What was renewed since it was written is left out. */
export function requested(
  request: RenewRequest,
  register: Register,
  maintenance: Maintenance,
  terms: Terms,
): Requested {
  const { names, at } = request;
  const isSpent = ({ dates }: Standard) => dates.published !== null && at <= dates.published;
  const { due, marked } = maintenance;
  if (names.length === 0) {
    // What fell due after the request was written is not what it spoke of.
    const then = due.filter(({ standard, expires }) => !isSpent(standard) && noticeAt(expires, terms) <= at);
    if (then.length === 0 && register.standards.some(isSpent)) return DONE;
    return onlyOne(then);
  }
  const wanted: Expiring[] = [];
  for (const name of names) {
    const standard = register.standards.find((each) => isNamed(each, name));
    if (standard === undefined) return { refusal: { why: "unknown name", name, known: slugsOf(due) } };
    if (isSpent(standard)) continue;
    const found = [...due, ...marked].find((each) => each.standard === standard);
    if (found === undefined) return { refusal: notDue(standard, terms, due) };
    wanted.push(found);
  }
  return { wanted };
}

type Terms = { readonly before: Seconds };

function onlyOne(due: readonly Expiring[]): Requested {
  if (due.length === 0) return { refusal: { why: "nothing due" } };
  return due.length === 1 ? { wanted: due } : { refusal: { why: "name missing", known: slugsOf(due) } };
}

function notDue(standard: Standard, terms: Terms, due: readonly Expiring[]): RenewRefusal {
  const expires = standard.status === "published" && standard.draft !== null ? expiryOf(standard) : null;
  if (expires === null) return { why: "unknown name", name: standard.slug, known: slugsOf(due) };
  return { why: "not due", slug: standard.slug, from: noticeAt(expires, terms) };
}

/** By its short name, or by its draft's, with or without a revision. */
function isNamed({ slug, draft }: Standard, name: string): boolean {
  return name === slug || (draft !== null && (name === draft || name.replace(/-[0-9]{2,3}$/, "") === draft));
}

function slugsOf(due: readonly Expiring[]): readonly string[] {
  return due.map(({ standard }) => standard.slug);
}
