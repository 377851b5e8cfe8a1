/** What the issue and the repositories should look like, as data: `desired.ts` makes it, `diff.ts` compares it. */
import type { CharterProblem, ReactionContent, RequiredSection } from "../charter/charter.ts";
import type {
  BallotResult,
  CommandName,
  EntryOf,
  FeedbackItem,
  PullRequestPin,
  Refusal,
  Stage,
  Tally,
  TextPin,
} from "./entries.ts";
import type { CharterPin, Person, ProposalRef, Repository } from "./facts.ts";
import type { Instant } from "./instant.ts";
import type { LabelSpec } from "./labels.ts";
import type { PublicationPlan } from "./publication-plan.ts";
import type { SubmissionPhase, Told } from "./submission-life.ts";

/** One required section as it was found; or an optional field, where what stands in it cannot be used. */
export type SectionFinding = {
  readonly section: RequiredSection;
  readonly state: "present" | "missing" | "empty" | "too short" | "link refused" | "not usable";
  readonly words: number;
  /** For a refused link, and for an optional field that cannot be used: why. */
  readonly because: string | null;
};

/** A message to people, as data; `messages/` puts it into words. */
export type Message =
  | StatusMessage
  | { readonly kind: "no-charter"; readonly ref: ProposalRef }
  | {
      readonly kind: "comment-period-open";
      readonly opened: EntryOf<"comment-period-opened">;
      readonly by: Person;
    }
  | { readonly kind: "comment-period-restarted"; readonly closesAt: Instant; readonly at: Instant }
  | { readonly kind: "comment-period-extended"; readonly extended: EntryOf<"extended"> }
  | {
      readonly kind: "text-incomplete";
      readonly closesAt: Instant;
      readonly findings: readonly SectionFinding[];
      /** What goes to the vote unless the issue is mended. */
      readonly text: TextPin;
    }
  | { readonly kind: "comment-reminder"; readonly closesAt: Instant }
  | { readonly kind: "feedback"; readonly closedAt: Instant; readonly items: readonly FeedbackItem[] }
  | BallotMessage
  | { readonly kind: "ballot-reminder"; readonly closesAt: Instant; readonly silent: readonly Person[] }
  | {
      readonly kind: "ballot-prolonged";
      readonly closesAt: Instant;
      readonly tally: Tally | null;
      readonly electorate: readonly Person[];
    }
  | {
      readonly kind: "decision";
      readonly closed: EntryOf<"ballot-closed">;
      readonly opened: EntryOf<"ballot-opened">;
      readonly title: string;
    }
  | { readonly kind: "publication-stopped"; readonly pullRequests: readonly PullRequestPin[] }
  | {
      readonly kind: "published";
      readonly entry: EntryOf<"published">;
      /** SHA-256 of the text that was voted on. */
      readonly text: string | null;
    }
  | SubmissionMessage
  | {
      readonly kind: "refusal";
      readonly to: Person | null;
      readonly command: CommandName;
      readonly refusal: Refusal;
      readonly stage: Stage;
    }
  | { readonly kind: "help"; readonly to: Person | null }
  | { readonly kind: "status-answer"; readonly to: Person | null; readonly status: StatusMessage }
  /** Something that people must mend before the App can go on; `null`: it is mended. */
  | { readonly kind: "trouble"; readonly because: string | null }
  | {
      readonly kind: "put-back";
      readonly what: "labels" | "issue state" | "comment";
      readonly by: Person | null;
      readonly stage: Stage;
    };

/** What became of the submission to the IETF. */
export type SubmissionMessage = {
  readonly kind: "submission";
  readonly told: Told;
  /** With its revision; null: it never came to be sent. */
  readonly draft: string | null;
  /** Where the draft's XML is kept. */
  readonly repository: Repository;
  readonly path: string;
};

/** The one living status comment. */
export type StatusMessage = {
  readonly kind: "status";
  readonly stage: Stage;
  /** Why nothing formal happens for now: the charter's trouble, or something that could not be read. */
  readonly held: Held | null;
  /** The checklist; `null` where the charter could not be read or the stage is past it. */
  readonly documentation: readonly SectionFinding[] | null;
  readonly returned: { readonly by: Person; readonly reason: string } | null;
  readonly closesAt: Instant | null;
  readonly text: TextPin | null;
  /** The text on the issue is no longer the one that is being voted on, or was approved. */
  readonly textFlagged: boolean;
  readonly result: BallotResult | null;
  /** Where the submission to the IETF stands; null: there is none. */
  readonly submission: SubmissionPhase | null;
  readonly pullRequests: readonly PullRequestStanding[];
  readonly ended: { readonly by: Person; readonly reason: string | null } | null;
  readonly charter: CharterPin | null;
  /** Where the record is; `null` while nothing is recorded yet. */
  readonly docket: (Repository & { readonly path: string }) | null;
};

/** A publication pull request as people are told of it; `null`: it was not read how it stands. */
export type PullRequestStanding = Pick<PullRequestPin, "repository" | "number" | "url"> & {
  readonly state: "open" | "merged" | "closed" | null;
};

export type Held =
  | { readonly why: "charter absent" }
  | {
      readonly why: "charter invalid";
      readonly problems: readonly CharterProblem[];
      readonly pin: CharterPin;
    }
  | { readonly why: "unreadable"; readonly because: string };

/** The comment that is the ballot. */
export type BallotMessage = {
  readonly kind: "ballot";
  readonly opened: EntryOf<"ballot-opened">;
  readonly closesAt: Instant;
  /** `null` while the reactions could not be read. */
  readonly tally: Tally | null;
  readonly closed: { readonly result: BallotResult; readonly at: Instant } | "withdrawn" | null;
};

export type DesiredComment = {
  /** Which comment this is, for example `status`, `ballot`, `reply-4711`. */
  readonly key: string;
  /** `kept`: brought up to date whenever it differs. `once`: said once, and left as it was said. */
  readonly mode: "kept" | "once";
  readonly message: Message;
  /** The very comment that this is, by its id; `null`: it does not exist yet. Left out: it is found by its key. */
  readonly is?: number | null;
};

/** A publication pull request that should be open. */
export type DesiredPullRequest = PublicationPlan;

export type Desired = {
  /** Labels of ours that belong on the issue; every other label of ours does not. */
  readonly labels: readonly LabelSpec[];
  /** In the order in which people should read them. */
  readonly comments: readonly DesiredComment[];
  /** `null`: not the App's business. */
  readonly state:
    | { readonly open: true }
    | { readonly open: false; readonly reason: "completed" | "not_planned" }
    | null;
  readonly acknowledgements: readonly { readonly comment: number; readonly content: ReactionContent }[];
  readonly pullRequests: readonly DesiredPullRequest[];
};
