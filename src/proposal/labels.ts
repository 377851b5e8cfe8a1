/** The labels that the App keeps. They are projections: put back when they differ, never read back. */
import type { ProposalKind } from "../charter/charter.ts";
import type { Stage } from "./entries.ts";

/** A label as GitHub keeps it: name at most 50 characters, six hex digits, description at most 100 characters. */
export type LabelSpec = { readonly name: string; readonly color: string; readonly description: string };

/** The label that makes an issue a proposal: the form sets it, or a person does. */
export const PROPOSAL_LABEL = "proposal";

const PROPOSAL_LABEL_SPEC: LabelSpec = {
  name: PROPOSAL_LABEL,
  color: "0052cc",
  description: "A proposal to the committee",
};

const STAGE_LABELS: Readonly<Record<Stage, LabelSpec>> = {
  intake: stageLabel("intake", "fbca04", "Documentation is incomplete: the author has something to add"),
  assessment: stageLabel("assessment", "bfd4f2", "Documentation is complete: the review team looks at it"),
  comment: stageLabel("comment period", "1d76db", "Open for public comment"),
  vote: stageLabel("vote", "5319e7", "The ballot is open: the committee votes"),
  approved: stageLabel("approved", "0e8a16", "Approved: publication is being prepared"),
  publication: stageLabel("publication", "0e8a16", "Approved: the publication pull requests are open"),
  published: stageLabel("published", "006b75", "Published"),
  declined: stageLabel("declined", "b60205", "Declined in the assessment"),
  rejected: stageLabel("rejected", "b60205", "Not approved by the committee"),
  withdrawn: stageLabel("withdrawn", "cccccc", "Withdrawn"),
};

const KIND_LABELS: Readonly<Record<ProposalKind, LabelSpec>> = {
  new: { name: "kind: new standard", color: "c2e0c6", description: "Proposes a new standard" },
  update: { name: "kind: update", color: "c2e0c6", description: "Proposes to update a standard" },
  retirement: { name: "kind: retirement", color: "c2e0c6", description: "Proposes to retire a standard" },
};

/** The labels that the App itself sets and takes away; the proposal label is people's to set. */
export const OUR_LABELS: readonly LabelSpec[] = [
  ...Object.values(STAGE_LABELS),
  ...Object.values(KIND_LABELS),
];

/** Every label that a committee's repository needs. */
export const ALL_LABELS: readonly LabelSpec[] = [PROPOSAL_LABEL_SPEC, ...OUR_LABELS];

/** What a received proposal carries. The proposal label stays on it: by that label the sweep finds it again. */
export function labelsFor(stage: Stage, kind: ProposalKind | null): readonly LabelSpec[] {
  const labels = [PROPOSAL_LABEL_SPEC, STAGE_LABELS[stage]];
  return kind === null ? labels : [...labels, KIND_LABELS[kind]];
}

/** Labels are one and the same in any letter case. */
export function hasLabel(labels: readonly string[], name: string): boolean {
  return labels.some((label) => label.toLowerCase() === name.toLowerCase());
}

function stageLabel(name: string, color: string, description: string): LabelSpec {
  return { name: `stage: ${name}`, color, description };
}
