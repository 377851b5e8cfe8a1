/** What the stages of a proposal are called. */
import type { BallotResult, Stage } from "../proposal/entries.ts";

const NAMES: Readonly<Record<Stage, string>> = {
  intake: "intake",
  assessment: "assessment",
  comment: "comment period",
  vote: "ballot",
  approved: "approved",
  publication: "publication",
  published: "published",
  declined: "declined",
  rejected: "rejected",
  withdrawn: "withdrawn",
};

export function stageName(stage: Stage): string {
  return NAMES[stage];
}

/** The way of a proposal, the present stage in bold: `intake → **assessment** → …`. Null once it has left that way. */
export function progress(stage: Stage): string | null {
  const way = ["intake", "assessment", "comment", "vote", "publication", "published"] as const;
  const here = stage === "approved" ? "publication" : stage;
  if (!way.some((step) => step === here)) return null;
  return way.map((step) => (step === here ? `**${NAMES[step]}**` : NAMES[step])).join(" → ");
}

/** How a ballot ended, as a predicate: "the proposal is …". */
export function resultInWords(result: BallotResult): string {
  return result === "no quorum" ? "not approved (no quorum)" : result;
}
