/** The files that an approved proposal becomes. A change to a file is a value: its path and its whole new content. */
import type { IssueFact } from "../proposal/facts.ts";
import type { PublicationPlan } from "../proposal/publication-plan.ts";
import type { ProposalState } from "../proposal/state.ts";
import { decisionRecord } from "./decision-record.ts";

export type PublishedFile = { readonly path: string; readonly content: string };

/** `text`: the specification that was voted on, byte for byte; it is published as it is. `null`: none is published. */
export function publicationFiles(
  plan: PublicationPlan,
  issue: Pick<IssueFact, "ref" | "url">,
  state: ProposalState,
  text: string | null,
): readonly PublishedFile[] {
  const decision = { path: plan.decisionPath, content: decisionRecord(issue, state) };
  if (plan.sourcePath === null || text === null) return [decision];
  return [{ path: plan.sourcePath, content: text }, decision];
}
