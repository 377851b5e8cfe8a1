/**
 * The life of a proposal as data: which entry of the docket moves it from which stage to which.
 * The docket's fold, the verification of dockets and the picture in the documentation all read this one table.
 */
import type { BallotResult, EntryBody, EntryKind, Stage } from "./entries.ts";

export type Transition = {
  readonly from: Stage | "new";
  readonly entry: EntryKind;
  /** For a closed ballot: the result that leads this way. */
  readonly result?: BallotResult;
  readonly to: Stage;
  /** What happened, in the charter's words. */
  readonly when: string;
};

export const STAGES = [
  "intake",
  "assessment",
  "comment",
  "vote",
  "approved",
  "publication",
  "published",
  "declined",
  "rejected",
  "withdrawn",
] as const satisfies readonly Stage[];

/** The stages in which a proposal can still be withdrawn: all before approval. */
export const BEFORE_APPROVAL = [
  "intake",
  "assessment",
  "comment",
  "vote",
] as const satisfies readonly Stage[];

export const LIFECYCLE: readonly Transition[] = [
  { from: "new", entry: "received", to: "intake", when: "an issue is a proposal" },
  { from: "intake", entry: "documented", to: "assessment", when: "every required section says something" },
  { from: "assessment", entry: "comment-period-opened", to: "comment", when: "a reviewer accepts" },
  { from: "assessment", entry: "returned", to: "intake", when: "a reviewer returns it with a reason" },
  { from: "assessment", entry: "declined", to: "declined", when: "a reviewer declines it with a reason" },
  { from: "comment", entry: "ballot-opened", to: "vote", when: "the comment period has passed" },
  { from: "vote", entry: "ballot-closed", result: "approved", to: "approved", when: "quorum and majority" },
  { from: "vote", entry: "ballot-closed", result: "rejected", to: "rejected", when: "no majority" },
  { from: "vote", entry: "ballot-closed", result: "no quorum", to: "rejected", when: "no quorum" },
  { from: "vote", entry: "ballot-prolonged", to: "vote", when: "no quorum, prolonged once" },
  { from: "approved", entry: "publication-opened", to: "publication", when: "the pull request is open" },
  {
    from: "publication",
    entry: "publication-requested",
    to: "approved",
    when: "closed unmerged, then asked for again",
  },
  { from: "publication", entry: "published", to: "published", when: "the pull request is merged" },
  ...BEFORE_APPROVAL.map(
    (from): Transition => ({
      from,
      entry: "withdrawn",
      to: "withdrawn",
      when: "the author or a chair withdraws it",
    }),
  ),
];

/** Entries that note something within a stage, and the stages in which each belongs. */
export const NOTES: Readonly<Partial<Record<EntryKind, readonly Stage[]>>> = {
  /** The author may edit while the review team looks at the text. */
  documented: ["assessment"],
  accepted: ["assessment"],
  extended: ["comment"],
  "text-changed": ["comment"],
  "comment-period-closed": ["comment"],
  "ballot-posted": ["vote"],
  "votes-recorded": ["vote"],
  "text-flagged": ["vote"],
  "publication-stopped": ["publication"],
  "publication-reopened": ["publication"],
  "key-changed": STAGES,
  restored: STAGES,
  /** The proposal has ended; what becomes of its draft at the IETF has a life of its own (`submission-life.ts`). */
  "submission-begun": ["published"],
  submitted: ["published"],
  "submission-refused": ["published"],
  "submission-withheld": ["published"],
  "submission-moved": ["published"],
  "submission-given-up": ["published"],
  "submission-requested": ["published"],
  "command-refused": STAGES,
};

/** The stage that an entry leads to, or `null` where the table does not allow that entry there. */
export function stageAfter(stage: Stage | "new", entry: EntryBody): Stage | null {
  const transition = LIFECYCLE.find(
    (row) =>
      row.from === stage &&
      row.entry === entry.kind &&
      (row.result === undefined || (entry.kind === "ballot-closed" && row.result === entry.result)),
  );
  if (transition) return transition.to;
  return stage !== "new" && NOTES[entry.kind]?.includes(stage) ? stage : null;
}

export function isEnded(stage: Stage): boolean {
  return !LIFECYCLE.some((row) => row.from === stage);
}

export function canBeWithdrawn(stage: Stage): boolean {
  return LIFECYCLE.some((row) => row.from === stage && row.entry === "withdrawn");
}
