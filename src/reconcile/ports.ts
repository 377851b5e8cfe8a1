/** What the loop needs from the world. `github/`, `store/` and `sandbox/` stand behind these. */

import type { PublicationTerms } from "../charter/charter.ts";
import type { CharterReport } from "../messages/charter-report.ts";
import type { Action, Base } from "../proposal/actions.ts";
import type { Entry, EntryBody } from "../proposal/entries.ts";
import type {
  CharterFact,
  CommentFact,
  DatatrackerState,
  GitHubWant,
  IssueFact,
  OptionalFacts,
  ProposalRef,
  PullRequestFact,
  Reading,
  Repository,
  Submission,
  SubmissionOutcome,
} from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import type { LabelSpec } from "../proposal/labels.ts";
import type { PublicationPlan } from "../proposal/publication-plan.ts";
import type { ProposalState } from "../proposal/state.ts";
import type { PublishedFile } from "../publication/files.ts";
import type { PressNotes } from "../publication/press-notes.ts";

export type Clock = { now(): Instant };

/** What an action brought into being, so that the pass need not read it again. */
export type Outcome =
  | { readonly made: "comment"; readonly comment: CommentFact }
  | { readonly made: "pull request"; readonly pullRequest: PullRequestFact }
  | { readonly made: "change" };

/** The docket as it was read; `sha` is the blob's (null: there is none yet), and is what a write swaps against. */
export type StoredDocket = {
  readonly entries: readonly Entry[];
  readonly sha: string | null;
  /** What goes before the next entry, where it was sealed with a key that has been changed since. */
  readonly keyChange: EntryBody | null;
};

export type DocketWrite = {
  readonly entries: readonly Entry[];
  readonly readAt: string | null;
  /** The specification's text to keep beside the docket; null: unchanged. */
  readonly text: string | null;
  readonly message: string;
  /** The commit from which a branch that is gone goes on; not given: it begins anew. */
  readonly onto?: string | null;
};

/** GitHub as one proposal sees it. Every method throws `GitHubFailure` where GitHub fails. */
export type GitHubPort = {
  /** The issue and all its comments; null: there is no such issue (any more), or it is a pull request. */
  observe(
    ref: ProposalRef,
  ): Promise<{ readonly issue: IssueFact; readonly comments: readonly CommentFact[] } | null>;
  /** What a repository is called now, in case it was renamed or moved; null: the App cannot see it. */
  nameNow(repository: Repository): Promise<Repository | null>;
  /** One more fact that a rule asked for. */
  read(ref: ProposalRef, want: GitHubWant): Promise<OptionalFacts>;
  /** Throws `DocketDamaged` where it is not as the App sealed it. */
  readDocket(ref: ProposalRef): Promise<StoredDocket>;
  /**
   * The longest docket that the App sealed, to be swapped against what is there now; null: none is left. Looked for in the
   * branch's history and, as long as GitHub keeps it, in that of `lastCommit`.
   */
  recoverDocket(ref: ProposalRef, lastCommit: string | null): Promise<StoredDocket | null>;
  /** The newest commit of the branch that the docket is on; null: there is no such branch. */
  docketCommit(ref: ProposalRef): Promise<string | null>;
  /** The text kept beside the docket, by its digest; null: it is not there. */
  readDocketText(ref: ProposalRef, sha256: string): Promise<string | null>;
  /** Compare-and-swap; `conflict`: somebody wrote since `readAt`. `sha` is the new blob's, for the next write. */
  writeDocket(
    ref: ProposalRef,
    write: DocketWrite,
  ): Promise<
    | { readonly result: "written"; readonly sha: string; readonly commit: string }
    | { readonly result: "conflict" }
  >;
  act(ref: ProposalRef, action: Action): Promise<Outcome>;
  /**
   * Looks at a repository and keeps to what it is now. `write`: a pull request is to be opened there; throws, in a
   * sentence for people, where the App may not, or where the repository is archived or empty.
   */
  workshop(ref: ProposalRef, repository: Repository, purpose: "read" | "write"): Promise<Workshop>;
};

/** A repository at one commit of its default branch: what is read there, and what is built on it, fits together. */
export type Workshop = {
  readonly base: Base;
  /** The text of a file; null: it is not there. Throws `NeedsPeople` on one that is too large, or no text in UTF-8. */
  read(path: string): Promise<string | null>;
};

/**
 * Makes the files of a publication. Throws `NeedsPeople`, or `CannotUpdate` of `publication/`, with a sentence for people
 * where one of them cannot be made; then nothing of the publication is opened.
 */
export type PressPort = {
  /** One for each plan, in their order, with at least one file each. The same order makes the same bytes at any time. */
  make(order: PublicationOrder): Promise<readonly MadeTarget[]>;
};

export type PublicationOrder = {
  readonly issue: Pick<IssueFact, "ref" | "url">;
  /** Its `publication.pullRequests` are those that stand from an earlier attempt: merged, or still open. */
  readonly state: ProposalState;
  readonly committee: string;
  readonly terms: PublicationTerms;
  /** The text that was voted on, byte for byte; null: nothing of a text is published. */
  readonly text: string | null;
  /**
   * What is still to be opened: not always all of a publication. The website's may be ordered alone, before or after the
   * standard's was merged, so that the register may know this publication already.
   */
  readonly plans: readonly PublicationPlan[];
  /** A file of any repository, all of one repository at the same commit of its default branch; null: it is not there. */
  read(repository: Repository, path: string): Promise<string | null>;
};

export type MadeTarget = {
  readonly plan: PublicationPlan;
  readonly files: readonly PublishedFile[];
  readonly notes: PressNotes;
};

export type DraftSubmission = {
  /** The login of the submitter at the datatracker: an e-mail address. */
  readonly user: string;
  /** With its revision, as the XML says it. */
  readonly name: string;
  readonly xml: string;
  /** Names of drafts that this one takes the place of. */
  readonly replaces?: readonly string[];
};

/** The IETF's datatracker. No method throws: what could not be had says why. */
export type DatatrackerPort = {
  /** Sends a draft, once. */
  submit(draft: DraftSubmission): Promise<SubmissionOutcome>;
  /** The submission of a draft by its name with revision; null: there is none, or only canceled ones. */
  find(name: string): Promise<Reading<Submission | null>>;
  state(submission: Submission): Promise<Reading<DatatrackerState>>;
};

/** GitHub as the sweep and the charter watch see it. */
export type DirectoryPort = {
  /** Every repository of every installation that may hold proposals. */
  repositories(): Promise<readonly Repository[]>;
  /** Every issue that carries the proposal label, open or closed, with the moment it was last touched. */
  proposals(
    repository: Repository,
  ): Promise<readonly { readonly ref: ProposalRef; readonly updatedAt: Instant }[]>;
  charter(repository: Repository, commit: string | null): Promise<CharterFact>;
  /** The open pull requests that the App has made there, with their newest commits. */
  ownPullRequests(
    repository: Repository,
  ): Promise<readonly { readonly ref: ProposalRef; readonly head: string }[]>;
  /** Makes the labels that a committee's repository lacks. An issue form sets only a label that is there already. */
  furnish(repository: Repository, labels: readonly LabelSpec[]): Promise<void>;
  /** The charter's state, told on the commit (check run) and, on the default branch, in one issue. */
  reportCharter(repository: Repository, report: CharterReport): Promise<void>;
};

/** A delivery in GitHub's list of the last three days. */
export type ListedDelivery = {
  /** Of this attempt. */
  readonly id: number;
  /** Of the delivery: the same for every attempt. */
  readonly guid: string;
  readonly deliveredAt: Instant;
  readonly isRedelivery: boolean;
  /** The App answered with a 2xx. */
  readonly arrived: boolean;
};

/** GitHub's list of what it has delivered, or tried to. */
export type DeliveriesPort = {
  /** Newest first, one page at a time; `next` is the cursor of the page after it, null: there is none. */
  page(
    cursor: string | null,
  ): Promise<{ readonly deliveries: readonly ListedDelivery[]; readonly next: string | null }>;
  /** What was delivered; null: GitHub does not have it any more. */
  content(id: number): Promise<{ readonly event: string; readonly payload: unknown } | null>;
  /** Has it delivered once more. `gone`: GitHub cannot. */
  redeliver(id: number): Promise<"asked" | "gone">;
};

/** GitHub failed: worth another try, not before `retryAt` where GitHub said so. */
export class GitHubFailure extends Error {
  readonly status: number | null;
  readonly retryAt: Instant | null;
  /** The message is a sentence for people, about something that only they can mend, such as a permission. */
  readonly isForPeople: boolean;
  /** The request was not made: to keep within GitHub's limits, or because the App stops. Nothing has failed. */
  readonly paced: boolean;

  constructor(
    message: string,
    options: {
      status: number | null;
      retryAt: Instant | null;
      isForPeople?: boolean;
      paced?: boolean;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.name = "GitHubFailure";
    this.status = options.status;
    this.retryAt = options.retryAt;
    this.isForPeople = options.isForPeople ?? false;
    this.paced = options.paced ?? false;
  }
}

/** Nothing failed: what was asked for only has to wait. */
export function isPaced(error: unknown): error is GitHubFailure {
  return error instanceof GitHubFailure && error.paced;
}

/** GitHub said no, or was not asked. All else (a 502, a broken connection) may have been done. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof GitHubFailure)) return false;
  return error.paced || (error.status !== null && error.status >= 400 && error.status < 500);
}

/** Something that only people can mend. The message is a sentence for them, and is shown on the proposal. */
export class NeedsPeople extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "NeedsPeople";
  }
}

/** A record that is not as the App wrote it: nobody may decide anything until people have looked at it. */
export class DocketDamaged extends NeedsPeople {
  override readonly name = "DocketDamaged";
}

/** What a piece of work is about. Its text is its key in the store. */
export type Subject =
  | { readonly kind: "proposal"; readonly ref: ProposalRef }
  | { readonly kind: "charter"; readonly repository: Repository; readonly commit: string | null }
  /** The standards that a committee has published: by the repository that holds its charter. */
  | { readonly kind: "maintenance"; readonly repository: Repository }
  /** The drafts in one of the App's pull requests. */
  | { readonly kind: "draft check"; readonly ref: ProposalRef };

export type Delivery = {
  readonly id: string;
  readonly event: string;
  readonly receivedAt: Instant;
  readonly subjects: readonly string[];
};

/**
 * Which subject is next, and what was tried: a keyed set of dirty subjects with due times.
 * It may be deleted at any time: a sweep rebuilds it and nothing is done twice.
 */
export type StorePort = {
  /** Stores a delivery and makes its subjects due now. A delivery seen before is `known` and changes nothing. */
  receive(delivery: Delivery): Promise<"stored" | "known">;
  /** Which of these deliveries were received before, as far as that is remembered (7 days). */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Makes a subject due at an instant, or earlier if it was due earlier. */
  touch(subject: string, dueAt: Instant): Promise<void>;
  /**
   * Runs one due subject, if there is one: at most one pass a subject at a time. What a delivery named comes before what
   * was only touched, and is `urgent`: somebody waits for the answer. A subject touched while it runs runs once more. A pass returns when it is due again (null: never by itself); one that throws is due again after a backoff
   * that grows with its failures in a row, and holds up nobody else.
   */
  runOne(
    now: () => Instant,
    pass: (subject: string, urgent: boolean) => Promise<Instant | null>,
  ): Promise<"ran" | "idle">;
  /** When the next subject is due; null: nothing is planned. */
  nextDue(): Promise<Instant | null>;
  /** How many subjects are due by now, and how many later; those that run are neither. */
  depth(now: Instant): Promise<{ readonly due: number; readonly planned: number }>;
  /** Notes that spare a second look or a second word; never the home of a fact. */
  recall(key: string): Promise<string | null>;
  remember(key: string, value: string): Promise<void>;
  /**
   * Changes a note in one step that no other replica comes between, and passes on what `change` answers with it. Only where
   * there can be other replicas.
   */
  readonly amend?: <T>(key: string, change: (value: string | null) => readonly [string, T]) => Promise<T>;
  /** By subject. */
  failures(): Promise<
    readonly {
      readonly subject: string;
      readonly failures: number;
      readonly error: string;
      readonly dueAt: Instant;
    }[]
  >;
  close(): Promise<void>;
};
