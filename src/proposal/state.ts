/** Where a proposal stands: what its docket's entries add up to. */
import type { Entry, EntryOf, NewEntry, PullRequestPin, Stage, TextPin, Vote } from "./entries.ts";
import type { Person } from "./facts.ts";
import type { Instant } from "./instant.ts";
import { stageAfter } from "./lifecycle.ts";
import type { SubmissionTerms } from "./submission-entries.ts";
import { type SubmissionState, submissionAfter, submissionOf } from "./submission-life.ts";

export type CommentPeriod = {
  readonly opened: EntryOf<"comment-period-opened">;
  readonly by: Person;
  readonly closesAt: Instant;
  /** The text as it was last seen in this period. */
  readonly text: TextPin;
  readonly restarts: readonly EntryOf<"text-changed">[];
  readonly extensions: readonly EntryOf<"extended">[];
  readonly closed: EntryOf<"comment-period-closed"> | null;
};

export type Ballot = {
  readonly opened: EntryOf<"ballot-opened">;
  readonly closesAt: Instant;
  /** Where it is: the newest posting, and when that was. `null`: not posted yet. */
  readonly posted: EntryOf<"ballot-posted"> | null;
  /** The votes as they were last put on record. */
  readonly recorded: EntryOf<"votes-recorded"> | null;
  /** Votes on record from a comment that is gone. */
  readonly carried: readonly Vote[];
  readonly prolongations: readonly EntryOf<"ballot-prolonged">[];
  readonly closed: EntryOf<"ballot-closed"> | null;
  /** Digest of the issue as it was last seen to differ from what is voted on. */
  readonly flagged: string | null;
};

type PublicationState = {
  /** 1 for the first; one more for each `/publish` after a pull request was closed unmerged. */
  readonly attempt: number;
  /** After a `/publish`: those that stand from earlier attempts. */
  readonly pullRequests: readonly PullRequestPin[];
  readonly stopped: EntryOf<"publication-stopped"> | null;
  /** How often it was stopped in this attempt. */
  readonly stops: number;
  readonly published: EntryOf<"published"> | null;
  /** How the draft goes to the IETF; null: it does not. */
  readonly ietf: SubmissionTerms | null;
};

export type ProposalState = {
  readonly stage: Stage | "new";
  readonly author: Person | null;
  /** The text that was last looked at formally. */
  readonly text: TextPin | null;
  readonly returned: EntryOf<"returned"> | null;
  readonly lastAccepted: EntryOf<"accepted"> | null;
  readonly commentPeriod: CommentPeriod | null;
  readonly ballot: Ballot | null;
  readonly publication: PublicationState;
  /** The submission to the IETF once it is published; null: there is none. */
  readonly submission: SubmissionState | null;
  readonly ended: EntryOf<"withdrawn"> | EntryOf<"declined"> | null;
  readonly refusals: readonly { readonly entry: EntryOf<"command-refused">; readonly stage: Stage }[];
  /** When the stage changed. */
  readonly moves: readonly Instant[];
  /** Comments whose command has its answer on the record. */
  readonly settled: ReadonlyMap<number, "accepted" | "refused">;
};

const NEW_PROPOSAL: ProposalState = {
  stage: "new",
  author: null,
  text: null,
  returned: null,
  lastAccepted: null,
  commentPeriod: null,
  ballot: null,
  publication: { attempt: 1, pullRequests: [], stopped: null, stops: 0, published: null, ietf: null },
  submission: null,
  ended: null,
  refusals: [],
  moves: [],
  settled: new Map(),
};

export function fold(entries: readonly (Entry | NewEntry)[]): ProposalState {
  return entries.reduce(advance, NEW_PROPOSAL);
}

/** The state after one more entry. Throws where the life of a proposal does not allow that entry. */
export function advance(state: ProposalState, entry: NewEntry): ProposalState {
  const stage = stageAfter(state.stage, entry);
  if (stage === null)
    throw new Error(`A proposal in stage ${state.stage} cannot have the entry ${entry.kind}`);
  const moves = stage === state.stage ? state.moves : [...state.moves, entry.at];
  return {
    ...state,
    ...changes(state, entry, stage),
    settled: settledBy(state.settled, entry),
    moves,
    stage,
  };
}

/** Their comment is the ballot, not a command. */
const OF_THE_BALLOT: ReadonlySet<NewEntry["kind"]> = new Set([
  "ballot-posted",
  "votes-recorded",
  "ballot-closed",
]);

function settledBy(settled: ProposalState["settled"], entry: NewEntry): ProposalState["settled"] {
  if (OF_THE_BALLOT.has(entry.kind)) return settled;
  if (!("comment" in entry) || entry.comment === null) return settled;
  return new Map([...settled, [entry.comment, entry.kind === "command-refused" ? "refused" : "accepted"]]);
}

function changes(state: ProposalState, entry: NewEntry, stage: Stage): Partial<ProposalState> {
  switch (entry.kind) {
    case "received":
      return { author: entry.author };
    case "documented":
      return { text: entry.text, returned: null };
    case "accepted":
      return { lastAccepted: entry };
    case "returned":
      return { returned: entry };
    case "declined":
    case "withdrawn":
      return { ended: entry };
    case "comment-period-opened":
      return { text: entry.text, commentPeriod: openedPeriod(state, entry) };
    case "extended":
    case "text-changed":
    case "comment-period-closed":
      return periodChanges(state, entry);
    case "ballot-opened":
      return {
        text: entry.text,
        ballot: {
          opened: entry,
          closesAt: entry.closesAt,
          posted: null,
          recorded: null,
          carried: [],
          prolongations: [],
          closed: null,
          flagged: null,
        },
      };
    case "ballot-posted":
    case "votes-recorded":
    case "text-flagged":
    case "ballot-prolonged":
    case "ballot-closed":
      return ballotChanges(state, entry);
    case "publication-opened":
    case "publication-stopped":
    case "publication-reopened":
    case "publication-requested":
      return { publication: publicationAfter(state.publication, entry) };
    case "key-changed":
    case "restored":
      return {};
    case "published": {
      const publication = publicationAfter(state.publication, entry);
      return { publication, submission: submissionOf(publication.ietf, entry) };
    }
    case "submission-begun":
    case "submitted":
    case "submission-refused":
    case "submission-withheld":
    case "submission-moved":
    case "submission-given-up":
    case "submission-requested":
      return { submission: submissionAfter(state.submission, entry) };
    case "command-refused":
      return { refusals: [...state.refusals, { entry, stage }] };
  }
}

function openedPeriod(state: ProposalState, entry: EntryOf<"comment-period-opened">): CommentPeriod {
  if (state.lastAccepted === null) throw new Error("A comment period that nobody accepted");
  return {
    opened: entry,
    by: state.lastAccepted.by,
    closesAt: entry.closesAt,
    text: entry.text,
    restarts: [],
    extensions: [],
    closed: null,
  };
}

function periodChanges(
  state: ProposalState,
  entry: EntryOf<"extended"> | EntryOf<"text-changed"> | EntryOf<"comment-period-closed">,
): Partial<ProposalState> {
  const period = state.commentPeriod;
  if (period === null) throw new Error(`The entry ${entry.kind} without a comment period`);
  switch (entry.kind) {
    case "extended":
      return {
        commentPeriod: { ...period, closesAt: entry.closesAt, extensions: [...period.extensions, entry] },
      };
    case "text-changed":
      return { text: entry.text, commentPeriod: withNewText(period, entry) };
    case "comment-period-closed":
      return { commentPeriod: { ...period, closed: entry } };
  }
}

function withNewText(period: CommentPeriod, entry: EntryOf<"text-changed">): CommentPeriod {
  if (entry.closesAt === null) return { ...period, text: entry.text };
  return { ...period, text: entry.text, closesAt: entry.closesAt, restarts: [...period.restarts, entry] };
}

function ballotChanges(
  state: ProposalState,
  entry:
    | EntryOf<"ballot-posted">
    | EntryOf<"votes-recorded">
    | EntryOf<"text-flagged">
    | EntryOf<"ballot-prolonged">
    | EntryOf<"ballot-closed">,
): Partial<ProposalState> {
  const ballot = state.ballot;
  if (ballot === null) throw new Error(`The entry ${entry.kind} without a ballot`);
  switch (entry.kind) {
    case "ballot-posted":
      return { ballot: { ...ballot, posted: entry, carried: ballot.recorded?.votes ?? ballot.carried } };
    case "votes-recorded":
      return { ballot: { ...ballot, recorded: entry } };
    case "text-flagged":
      return { ballot: { ...ballot, flagged: entry.issue } };
    case "ballot-prolonged":
      return {
        ballot: { ...ballot, closesAt: entry.closesAt, prolongations: [...ballot.prolongations, entry] },
      };
    case "ballot-closed":
      return { ballot: { ...ballot, closed: entry } };
  }
}

function publicationAfter(
  publication: PublicationState,
  entry:
    | EntryOf<"publication-opened">
    | EntryOf<"publication-stopped">
    | EntryOf<"publication-reopened">
    | EntryOf<"publication-requested">
    | EntryOf<"published">,
): PublicationState {
  switch (entry.kind) {
    case "publication-opened":
      return { ...publication, pullRequests: entry.pullRequests, stopped: null, ietf: entry.ietf ?? null };
    case "publication-stopped":
      return { ...publication, stopped: entry, stops: publication.stops + 1 };
    case "publication-reopened":
      return { ...publication, stopped: null };
    case "publication-requested":
      return {
        ...publication,
        attempt: publication.attempt + 1,
        pullRequests: entry.standing,
        stopped: null,
        stops: 0,
      };
    case "published":
      return { ...publication, published: entry };
  }
}
