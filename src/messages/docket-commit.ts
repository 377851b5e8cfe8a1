/** The commit message of a write to a docket: what happened, in one line. */
import type { NewEntry } from "../proposal/entries.ts";
import type { Person, ProposalRef } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import { oneLine, shortened } from "./one-line.ts";

/** What git's tools show of a subject without cutting it. */
const SUBJECT_LIMIT = 72;

/** What happened, with its detail, and in the fewest words. */
type Phrase = { readonly full: string; readonly short: string };

/** `#12: ballot opened, closes 2026-12-20`: at most 72 characters. Where several entries do not fit, the last one is named. */
export function docketCommitSubject(ref: Pick<ProposalRef, "number">, entries: readonly NewEntry[]): string {
  const phrases = entries.map(phrase);
  const last = phrases.at(-1);
  if (last === undefined) throw new Error("A docket is never written without an entry");
  const earlier = phrases.slice(0, -1);
  const candidates = [
    phrases.map(({ full }) => full).join("; "),
    [...earlier.map(({ short }) => short), last.full].join("; "),
    phrases.map(({ short }) => short).join("; "),
    earlier.length === 0 ? last.short : `${earlier.length} more, then ${last.full}`,
  ].map((what) => `#${ref.number}: ${what}`);
  const fitting = candidates.find((subject) => subject.length <= SUBJECT_LIMIT);
  return fitting ?? shortened(candidates.at(-1) ?? "", SUBJECT_LIMIT);
}

function phrase(entry: NewEntry): Phrase {
  switch (entry.kind) {
    case "received":
      return plain("proposal received");
    case "documented":
      return plain("documentation complete");
    case "accepted":
    case "returned":
    case "declined":
    case "withdrawn":
      return by(entry.kind, entry.by);
    case "comment-period-opened":
      return until("comment period opened", "closes", entry.closesAt);
    case "extended":
      return until("comment period extended", "closes", entry.closesAt);
    case "text-changed":
      return entry.closesAt === null
        ? plain("text edited")
        : until("text edited, comment period restarted", "closes", entry.closesAt);
    case "comment-period-closed":
      return plain("comment period closed");
    case "ballot-opened":
      return until("ballot opened", "closes", entry.closesAt);
    case "ballot-posted":
      return plain("ballot posted");
    case "votes-recorded":
      return plain("votes recorded");
    case "text-flagged":
      return plain("issue edited during the ballot");
    case "ballot-prolonged":
      return until("ballot prolonged", "closes", entry.closesAt);
    case "ballot-closed":
      return plain(`ballot closed, ${entry.result}`);
    case "publication-opened":
      return plain("publication opened");
    case "publication-stopped":
      return plain("publication stopped");
    case "publication-reopened":
      return plain("publication goes on");
    case "publication-requested":
      return by("publication requested", entry.by);
    case "published":
      return plain("published");
    case "key-changed":
      return plain("sealed with another key");
    case "restored":
      return by("docket restored", entry.by);
    case "submission-begun":
      return plain("submission to the IETF begun");
    case "submitted":
      return { full: `submitted to the IETF as ${oneLine(entry.draft, 60)}`, short: "submitted to the IETF" };
    case "submission-refused":
      return plain("refused by the IETF");
    case "submission-withheld":
      return plain("not submitted to the IETF");
    case "submission-moved":
      return plain(SUBMISSION[entry.state]);
    case "submission-given-up":
      return plain("submission to the IETF given up");
    case "submission-requested":
      return by("submission to the IETF requested", entry.by);
    case "command-refused":
      return plain(`/${entry.command} refused`);
  }
}

const SUBMISSION = {
  auth: "waiting for the authors at the IETF",
  approval: "waiting for an approval at the IETF",
  posted: "posted by the IETF",
  cancel: "submission canceled at the IETF",
} as const;

function plain(what: string): Phrase {
  return { full: what, short: what };
}

function by(what: string, person: Person): Phrase {
  return { full: `${what} by ${oneLine(person.login, 39)}`, short: what };
}

function until(what: string, closes: string, at: Instant): Phrase {
  return { full: `${what}, ${closes} ${at.slice(0, 10)}`, short: what };
}
