/**
 * The items of a docket: what officially happened to one proposal, in the order it was recorded.
 * An entry carries all that is needed to check it later without asking GitHub again.
 */
import type { BallotTerms, Charter, Choice, ProposalKind, ReactionContent } from "../charter/charter.ts";
import type { CharterPin, FilePin, Person, Repository, Seated } from "./facts.ts";
import type { Instant, Seconds } from "./instant.ts";
import type { SubmissionEntryBody, SubmissionTerms } from "./submission-entries.ts";

/** What exactly was looked at: digests of the whole issue and of the specification's text. */
export type TextPin = {
  readonly title: string;
  readonly proposal: ProposalKind;
  /** The folder of the standard, and the name of its publication's branch. */
  readonly slug: string;
  /** SHA-256 (hex) of title and body. */
  readonly issue: string;
  /** SHA-256 (hex) of the specification's UTF-8 bytes; the bytes themselves lie beside the docket. */
  readonly text: string;
  readonly bytes: number;
  /** Where the specification was read: a linked file at its commit, or the issue itself. */
  readonly source: FilePin | "issue";
  readonly details: ProposalDetails;
};

/** What a proposal says beside its text, as it was when the text was pinned: publication makes its front matter of it. */
export type ProposalDetails = {
  /** In the order given. Nobody's e-mail address is known but by their own word. */
  readonly authors: readonly ProposedAuthor[];
  /** The title in a few words. */
  readonly abbreviation: string | null;
  readonly keywords: readonly string[];
  readonly implementations: readonly { readonly name: string; readonly url: string | null }[];
  /** The first and the second required section beside the specification, as Markdown, cut to a bounded length. */
  readonly description: string | null;
  readonly objectives: string | null;
  /** Security considerations, as Markdown. */
  readonly security: string | null;
};

export type ProposedAuthor = {
  readonly name: string;
  readonly organization: string | null;
  readonly email: string | null;
  readonly country: string | null;
};

export type Vote = { readonly voter: Person; readonly choice: Choice; readonly at: Instant };

/** The count of one ballot, every elector in exactly one place. Ids, not logins, are what was counted. */
export type Tally = {
  readonly for: readonly Vote[];
  readonly against: readonly Vote[];
  readonly abstain: readonly Vote[];
  /** Electors with more than one choice: they have voted, and chosen nothing. */
  readonly conflicting: readonly Person[];
  readonly silent: readonly Person[];
  /** Reactions that count for nothing: people outside the electorate, and deleted accounts. */
  readonly outside: {
    readonly people: readonly Person[];
    readonly deletedAccounts: number;
    readonly late: number;
  };
};

export type BallotResult = "approved" | "rejected" | "no quorum";

export type FeedbackItem = {
  readonly comment: number;
  readonly by: Person | null;
  readonly at: Instant;
  readonly url: string;
  readonly reactions: Readonly<Partial<Record<ReactionContent, number>>>;
};

/**
 * A publication pull request, and those of its files whose digests go on the record. `voted` is the digest of the file as it
 * follows from the text that was voted on: `null` for files that are not the text's.
 */
export type PullRequestPin = {
  readonly repository: Repository;
  readonly number: number;
  readonly url: string;
  readonly branch: string;
  readonly files: readonly { readonly path: string; readonly voted: string | null }[];
};

export type CommandName =
  | "accept"
  | "return"
  | "decline"
  | "extend"
  | "withdraw"
  | "publish"
  | "restore"
  | "submit"
  | "status"
  | "help";

/** Why a command was refused; messages turn it into a sentence. */
export type Refusal =
  | { readonly why: "not allowed"; readonly who: "reviewers" | "chairs" | "author or chairs" }
  | { readonly why: "own proposal" }
  | { readonly why: "wrong stage"; readonly needed: readonly Stage[] }
  | { readonly why: "reason missing" }
  | { readonly why: "span missing" }
  | { readonly why: "not later" }
  | { readonly why: "documentation incomplete" }
  | { readonly why: "pull request open" }
  | { readonly why: "docket whole" }
  /** The charter names nobody who submits to the IETF, or named nobody when the pull requests were opened. */
  | { readonly why: "no submitter" }
  | { readonly why: "submission in progress" }
  | { readonly why: "submission posted" }
  /** GitHub does not say who edited a comment. */
  | { readonly why: "edited" };

export type Stage =
  | "intake"
  | "assessment"
  | "comment"
  | "vote"
  | "approved"
  | "publication"
  | "published"
  | "declined"
  | "rejected"
  | "withdrawn";

/** What an entry says, by kind. */
export type EntryBody =
  | {
      readonly kind: "received";
      /** GitHub's id of the issue, which no other has: a docket is no other proposal's. */
      readonly issue: number;
      readonly author: Person | null;
      readonly title: string;
    }
  | { readonly kind: "documented"; readonly text: TextPin }
  | { readonly kind: "accepted"; readonly by: Person; readonly comment: number }
  | {
      readonly kind: "returned";
      readonly by: Person;
      readonly comment: number;
      readonly reason: string;
      /** Digests of what was returned: it is looked at again once one of them has changed. */
      readonly issue: string;
      readonly text: string;
    }
  | { readonly kind: "declined"; readonly by: Person; readonly comment: number; readonly reason: string }
  | {
      readonly kind: "comment-period-opened";
      readonly closesAt: Instant;
      /** How long before the end people are reminded, in seconds. */
      readonly reminders: readonly Seconds[];
      readonly onEdit: "note" | "restart";
      readonly lasts: Seconds;
      /** What the charter required of a proposal when the period opened. */
      readonly documentation: Charter["documentation"];
      readonly text: TextPin;
      readonly charter: CharterPin;
    }
  | {
      readonly kind: "extended";
      readonly by: Person;
      readonly comment: number;
      readonly reason: string;
      readonly closesAt: Instant;
    }
  /** The text was edited while it was open; `closesAt` is set where that restarts the comment period. */
  | { readonly kind: "text-changed"; readonly text: TextPin; readonly closesAt: Instant | null }
  | { readonly kind: "comment-period-closed"; readonly feedback: readonly FeedbackItem[] }
  | {
      readonly kind: "ballot-opened";
      readonly closesAt: Instant;
      readonly terms: BallotTerms;
      readonly electorate: readonly Seated[];
      readonly text: TextPin;
      readonly charter: CharterPin;
    }
  /** The comment that is the ballot: whose reactions count, whatever its text says later. */
  | { readonly kind: "ballot-posted"; readonly comment: number }
  /** What electors had cast when it was looked at; nobody's who had cast nothing. */
  | { readonly kind: "votes-recorded"; readonly comment: number; readonly votes: readonly Vote[] }
  | { readonly kind: "text-flagged"; readonly issue: string }
  | { readonly kind: "ballot-prolonged"; readonly closesAt: Instant; readonly tally: Tally | null }
  | {
      readonly kind: "ballot-closed";
      readonly comment: number;
      readonly tally: Tally;
      readonly result: BallotResult;
    }
  | {
      readonly kind: "publication-opened";
      readonly pullRequests: readonly PullRequestPin[];
      /** How the draft goes to the IETF after the merge; left out where it does not. */
      readonly ietf?: SubmissionTerms;
    }
  /** These were closed without being merged. */
  | { readonly kind: "publication-stopped"; readonly pullRequests: readonly PullRequestPin[] }
  | { readonly kind: "publication-reopened"; readonly pullRequests: readonly PullRequestPin[] }
  | {
      readonly kind: "publication-requested";
      readonly by: Person;
      readonly comment: number;
      /** Those that were not closed unmerged: they stand, and are not made again. */
      readonly standing: readonly PullRequestPin[];
    }
  | {
      readonly kind: "published";
      readonly pullRequests: readonly (PullRequestPin & { readonly mergeCommit: string | null })[];
      readonly files: readonly (Repository & {
        readonly path: string;
        readonly sha256: string | null;
        readonly asVoted: boolean | null;
      })[];
    }
  | {
      readonly kind: "withdrawn";
      readonly by: Person;
      readonly comment: number | null;
      readonly reason: string | null;
    }
  /** From here on the docket is sealed with another key of the App's; `vouched` is the old key's word for it. */
  | {
      readonly kind: "key-changed";
      readonly from: string;
      readonly to: { readonly id: string; readonly key: string };
      readonly vouched: string | null;
    }
  /** Another hand had been on the docket, and a chair had its last sealed version brought back. */
  | {
      readonly kind: "restored";
      readonly by: Person;
      readonly comment: number;
      /** What was found, in a sentence. */
      readonly found: string;
    }
  | {
      readonly kind: "command-refused";
      readonly by: Person | null;
      readonly comment: number;
      readonly command: CommandName;
      readonly refusal: Refusal;
    }
  | SubmissionEntryBody;

export type EntryKind = EntryBody["kind"];

/** What `decide` makes: an entry not yet recorded. `at` is when the thing happened, not when it was noticed. */
export type NewEntry = EntryBody & { readonly at: Instant };

/** A recorded entry: numbered from 1, chained to the one before it. */
export type Entry = NewEntry & {
  readonly number: number;
  readonly recordedAt: Instant;
  /** Hash of the entry before; the first one's is 64 zeros. */
  readonly previous: string;
  /** SHA-256 (hex) over the canonical JSON (RFC 8785) of this entry without `hash`. */
  readonly hash: string;
};

export type EntryOf<K extends EntryKind> = Extract<NewEntry, { kind: K }>;
