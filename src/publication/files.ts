/** The files that an approved proposal becomes. A change to a file is a value: its path and its whole new content. */
import type { IssueFact } from "../proposal/facts.ts";
import type { PublicationPlan } from "../proposal/publication-plan.ts";
import type { ProposalState } from "../proposal/state.ts";
import { decisionRecord } from "./decision-record.ts";

export type PublishedFile = { readonly path: string; readonly content: string };

/** `text`: the specification that was voted on, byte for byte; it is published as it is. `null`: none is published. */
export function publicationFiles(
  plan: Pick<PublicationPlan, "sourcePath" | "decisionPath">,
  issue: Pick<IssueFact, "ref" | "url">,
  state: ProposalState,
  text: string | null,
): readonly PublishedFile[] {
  const { sourcePath, decisionPath } = plan;
  return [
    ...(sourcePath === null || text === null ? [] : [{ path: sourcePath, content: text }]),
    ...(decisionPath === null ? [] : [{ path: decisionPath, content: decisionRecord(issue, state) }]),
  ];
}
