/** The files that an approved proposal becomes. A change to a file is a value: its path and its whole new content. */
import type { ProposalRef } from "../proposal/facts.ts";
import type { PublicationPlan } from "../proposal/publication-plan.ts";
import type { ProposalState } from "../proposal/state.ts";
import { decisionRecord } from "./decision-record.ts";

export type PublishedFile = { readonly path: string; readonly content: string };

/** `text`: the specification that was voted on, byte for byte; it is published as it is. */
export function publicationFiles(
  plan: PublicationPlan,
  ref: ProposalRef,
  state: ProposalState,
  text: string,
): readonly PublishedFile[] {
  const decision = { path: plan.decisionPath, content: decisionRecord(ref, state) };
  return plan.sourcePath === null ? [decision] : [{ path: plan.sourcePath, content: text }, decision];
}
