/**
 * What was observed on GitHub, as plain data. A fact is known in full, or it is missing and says why:
 * nothing formal is ever decided on half a list.
 */
import type { Charter, CharterProblem, ReactionContent, Role, Seat } from "../charter/charter.ts";
import type { Instant } from "./instant.ts";

/** A GitHub account. The id is who it is; the login is what it was called when it was read. */
export type Person = { readonly id: number; readonly login: string };

export type Repository = { readonly owner: string; readonly name: string };

/** Names one proposal everywhere: in the queue, in logs, in hidden keys. */
export type ProposalRef = Repository & { readonly number: number };

/** Something that was asked of GitHub: known in full, or not, because … */
export type Reading<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly because: string };

export function known<T>(value: T): Reading<T> {
  return { known: true, value };
}

export function unknown(because: string): Reading<never> {
  return { known: false, because };
}

export type IssueFact = {
  readonly ref: ProposalRef;
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  /** `null` where the account has been deleted. */
  readonly author: Person | null;
  readonly state: "open" | "closed";
  readonly closedBy: Person | null;
  readonly closedAt: Instant | null;
  readonly labels: readonly string[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

export type CommentFact = {
  readonly id: number;
  readonly url: string;
  readonly author: Person | null;
  readonly authorIsBot: boolean;
  /** GitHub itself says that our App wrote it. */
  readonly byApp: boolean;
  readonly body: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** How many of each reaction it has; contents with none are absent. */
  readonly reactions: Readonly<Partial<Record<ReactionContent, number>>>;
};

export type ReactionFact = {
  /** `null` where the account has been deleted. */
  readonly user: Person | null;
  readonly userIsBot: boolean;
  readonly content: ReactionContent;
  readonly createdAt: Instant;
};

/** Which version of the charter was read: enough to find it again. */
export type CharterPin = Repository & {
  readonly path: string;
  readonly commit: string;
};

/** Absent, unreadable and invalid are three different things. */
export type CharterFact =
  | { readonly status: "valid"; readonly charter: Charter; readonly pin: CharterPin }
  | { readonly status: "absent" }
  | { readonly status: "invalid"; readonly problems: readonly CharterProblem[]; readonly pin: CharterPin }
  | { readonly status: "unreadable"; readonly because: string };

/** A file on GitHub at one commit. */
export type FilePin = Repository & { readonly path: string; readonly commit: string };

/** The file that a specification section links to, read through GitHub. */
export type SpecificationFact =
  | { readonly status: "read"; readonly link: string; readonly text: string; readonly file: FilePin }
  /** The link leads nowhere the App may publish from; `because` is a sentence for the proposer. */
  | { readonly status: "refused"; readonly link: string; readonly because: string };

/** One seat of a roster, looked up: who sits there now. */
export type Seated = Person & { readonly organization: string | null; readonly sector: string | null };

/** A draft's XML as it lies in the standards repository, and what the register there says of it at the same commit. */
export type DraftFact = {
  /** The commit that was asked for; null: the newest of the default branch. */
  readonly asked: string | null;
  readonly xml:
    | { readonly status: "read"; readonly text: string; readonly file: FilePin }
    | { readonly status: "missing" | "too large" | "not text" };
  /** With its revision; null where no register is kept. */
  readonly registered:
    | { readonly status: "read"; readonly draft: string }
    | { readonly status: "absent" | "unreadable" }
    | null;
};

/** A submission at the IETF's datatracker. */
export type Submission = { readonly id: string; readonly statusUrl: string };

/**
 * `validating`: being processed. `auth`: the authors have to confirm it by e-mail. `approval`: somebody at the IETF has to
 * act. `posted` and `cancel` are ends.
 */
export type DatatrackerState = "validating" | "auth" | "approval" | "posted" | "cancel";

export type SubmissionOutcome =
  | ({ readonly outcome: "submitted"; readonly name: string; readonly rev: string } & Submission)
  /** Nothing was submitted; the reasons are the datatracker's own words, which are not to be trusted as markup. */
  | { readonly outcome: "refused"; readonly error: string; readonly messages: readonly string[] }
  /** The datatracker is already processing this revision, perhaps from a call whose answer was lost: look for it. */
  | { readonly outcome: "known already"; readonly error: string; readonly messages: readonly string[] }
  /** It may or may not have arrived: to look for it says which, before anybody sends it again. */
  | { readonly outcome: "unknown"; readonly because: string };

export type PullRequestFact = {
  readonly repository: Repository;
  readonly number: number;
  readonly url: string;
  readonly branch: string;
  readonly state: "open" | "merged" | "closed";
  readonly mergedAt: Instant | null;
  readonly mergeCommit: string | null;
  readonly closedAt: Instant | null;
  /** As the App opened it, where that was asked for; `null`: it cannot be told any more. */
  readonly openedFiles: readonly FileDigest[];
  /** For a merged one: each wanted file as it was merged; `null` where it was left out. */
  readonly mergedFiles: readonly FileDigest[];
};

/** SHA-256 (hex) of a file's bytes. */
export type FileDigest = { readonly path: string; readonly sha256: string | null };

/** Where a publication's pull request is to be found, and which of its files are wanted. */
export type WantedPullRequest = {
  readonly repository: Repository;
  readonly branch: string;
  /** Wanted as they were merged. */
  readonly paths: readonly string[];
  /** Wanted as the App opened them. */
  readonly openedPaths: readonly string[];
};

/** Facts that cost a request and are read only when a rule asks for them. */
export type OptionalFacts = {
  readonly charter?: CharterFact;
  readonly specification?: Reading<SpecificationFact>;
  readonly rosters?: Partial<Readonly<Record<Role, Reading<readonly Seated[]>>>>;
  readonly reactions?: Reading<readonly ReactionFact[]>;
  readonly pullRequests?: Reading<readonly PullRequestFact[]>;
  /** Is this the repository's first proposal (the one with the lowest number)? */
  readonly isFirstProposal?: Reading<boolean>;
  /** How the issue was closed: by somebody's own will, or because something else was merged or committed. */
  readonly closing?: Reading<"by hand" | "by a commit">;
  /** Who made the newest of the events labeled, unlabeled, closed and reopened; `null` where that was the App. */
  readonly lastHand?: Reading<Person | null>;
  readonly draft?: Reading<DraftFact>;
  /** The datatracker's submission of a draft by its name with revision; null: there is none. */
  readonly submissionFound?: Reading<Submission | null> & { readonly draft: string };
  readonly submissionState?: Reading<DatatrackerState> & { readonly id: string };
  /** What came of sending the draft in this very pass. */
  readonly submissionOutcome?: {
    readonly round: number;
    readonly attempt: number;
    readonly answer: SubmissionOutcome;
  };
};

export type Facts = {
  readonly issue: IssueFact;
  readonly comments: readonly CommentFact[];
} & OptionalFacts;

/** What a rule asks to be read before it can go on. */
export type Want = GitHubWant | DatatrackerWant;

/** What is asked of the IETF's datatracker. */
export type DatatrackerWant =
  | { readonly fact: "submissionFound"; readonly draft: string }
  | { readonly fact: "submissionState"; readonly submission: Submission };

/** What is asked of GitHub. */
export type GitHubWant =
  | { readonly fact: "charter" }
  | { readonly fact: "specification"; readonly link: string }
  | { readonly fact: "roster"; readonly role: Role; readonly seats: readonly Seat[] }
  | { readonly fact: "reactions"; readonly comment: number }
  | { readonly fact: "pullRequests"; readonly targets: readonly WantedPullRequest[] }
  | { readonly fact: "isFirstProposal" }
  | { readonly fact: "lastHand" }
  /** Of the closing at that moment, not of an earlier one. */
  | { readonly fact: "closing"; readonly closedAt: Instant }
  | {
      readonly fact: "draft";
      readonly repository: Repository;
      readonly path: string;
      /** `null`: the newest of the default branch. */
      readonly commit: string | null;
      readonly register: { readonly path: string; readonly slug: string } | null;
    };
