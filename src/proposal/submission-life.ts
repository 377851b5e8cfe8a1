/**
 * The life of a submission to the IETF, as data. It begins when a proposal is published whose charter named a submitter,
 * and changes nothing about the proposal, which has ended.
 */
import type { EntryOf } from "./entries.ts";
import type { Instant } from "./instant.ts";
import { sameName } from "./publication-plan.ts";
import type { SubmissionEntryBody, SubmissionTerms } from "./submission-entries.ts";

export type SubmissionPhase =
  /** To be submitted. */
  | "due"
  /** Being sent, or sent with an outcome that is not known. */
  | "begun"
  /** The datatracker processes it. */
  | "validating"
  /** Its authors have to confirm it by e-mail. */
  | "auth"
  /** Somebody at the IETF has to act. */
  | "approval"
  | "posted"
  | "canceled"
  | "refused"
  | "withheld"
  | "given up";

type SubmissionEntry = EntryOf<SubmissionEntryBody["kind"]>;

type Row = {
  readonly from: readonly SubmissionPhase[];
  readonly entry: SubmissionEntryBody["kind"];
  /** For a submission that moved: where to. */
  readonly state?: "auth" | "approval" | "posted" | "cancel";
  readonly to: SubmissionPhase;
};

const AT_THE_DATATRACKER = ["validating", "auth", "approval"] as const satisfies readonly SubmissionPhase[];

/** The phases that ended without a posted draft: a chair can have it submitted again. */
const CAN_BE_TRIED_AGAIN = [
  "canceled",
  "refused",
  "withheld",
  "given up",
] as const satisfies readonly SubmissionPhase[];

export function canBeTriedAgain(phase: SubmissionPhase | null): boolean {
  return CAN_BE_TRIED_AGAIN.some((each) => each === phase);
}

export const SUBMISSION_LIFE: readonly Row[] = [
  { from: ["due", "begun"], entry: "submission-begun", to: "begun" },
  { from: ["due", "begun"], entry: "submission-withheld", to: "withheld" },
  { from: ["due", "begun"], entry: "submitted", to: "validating" },
  { from: ["begun"], entry: "submission-refused", to: "refused" },
  { from: ["validating", "approval"], entry: "submission-moved", state: "auth", to: "auth" },
  { from: ["validating", "auth"], entry: "submission-moved", state: "approval", to: "approval" },
  { from: AT_THE_DATATRACKER, entry: "submission-moved", state: "posted", to: "posted" },
  { from: AT_THE_DATATRACKER, entry: "submission-moved", state: "cancel", to: "canceled" },
  { from: ["due", "begun", ...AT_THE_DATATRACKER], entry: "submission-given-up", to: "given up" },
  { from: CAN_BE_TRIED_AGAIN, entry: "submission-requested", to: "due" },
];

export type SubmissionState = {
  readonly terms: SubmissionTerms;
  readonly phase: SubmissionPhase;
  /** When it came to this phase. */
  readonly since: Instant;
  /** 1 for the first; one more for each `/submit`. */
  readonly round: number;
  /** How often it was begun in this round. */
  readonly attempts: number;
  /** Where the merged file is; `null`: the default branch, as after a `/submit`, when the file may have been mended. */
  readonly commit: string | null;
  readonly begun: EntryOf<"submission-begun"> | null;
  readonly submitted: EntryOf<"submitted"> | null;
  /** What people are told, each with the round that it belongs to. */
  readonly told: readonly { readonly round: number; readonly entry: Told; readonly draft: string | null }[];
};

/** The entries that people are told about in a comment. */
export type Told =
  | EntryOf<"submission-refused">
  | EntryOf<"submission-withheld">
  | EntryOf<"submission-moved">
  | EntryOf<"submission-given-up">;

/** The submission of what was published just now; `null`: the charter named nobody who submits. */
export function submissionOf(
  terms: SubmissionTerms | null,
  published: EntryOf<"published">,
): SubmissionState | null {
  if (terms === null) return null;
  const merged = published.pullRequests.find(({ repository }) => sameName(repository, terms.repository));
  const start = { terms, phase: "due", since: published.at, round: 1, attempts: 0 } as const;
  return { ...start, commit: merged?.mergeCommit ?? null, begun: null, submitted: null, told: [] };
}

/** The submission after one more entry. Throws where its life does not allow that entry. */
export function submissionAfter(before: SubmissionState | null, entry: SubmissionEntry): SubmissionState {
  const to = before === null ? null : phaseAfter(before.phase, entry);
  if (before === null || to === null)
    throw new Error(
      `A submission that is ${before?.phase ?? "not asked for"} cannot have the entry ${entry.kind}`,
    );
  const moved = { ...before, phase: to, since: entry.at };
  const { round, submitted, begun } = before;
  const draft = submitted?.draft ?? begun?.draft ?? null;
  switch (entry.kind) {
    case "submission-begun":
      return { ...moved, begun: entry, attempts: before.attempts + 1 };
    case "submitted":
      return { ...moved, submitted: entry };
    case "submission-requested": {
      const terms = { ...before.terms, submitter: entry.submitter };
      const anew = { round: round + 1, attempts: 0, commit: null, begun: null, submitted: null };
      return { ...moved, ...anew, terms };
    }
    case "submission-refused":
    case "submission-withheld":
    case "submission-moved":
    case "submission-given-up":
      return { ...moved, told: [...before.told, { round, entry, draft }] };
  }
}

function phaseAfter(phase: SubmissionPhase, entry: SubmissionEntry): SubmissionPhase | null {
  const state = entry.kind === "submission-moved" ? entry.state : undefined;
  const row = SUBMISSION_LIFE.find(
    (each) => each.entry === entry.kind && each.state === state && each.from.includes(phase),
  );
  return row?.to ?? null;
}
