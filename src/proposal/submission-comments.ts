/** What people are told about the submission to the IETF: each thing once for each time it is submitted. */
import type { DesiredComment } from "./desired-state.ts";
import type { ProposalState } from "./state.ts";
import type { Told } from "./submission-life.ts";

export function submissionComments({ submission }: ProposalState): readonly DesiredComment[] {
  if (submission === null) return [];
  const { repository, path } = submission.terms;
  const told = submission.told.map(({ round, entry, draft }): DesiredComment => {
    const key = `submission-${nameOf(entry)}-${round}`;
    return { key, mode: "once", message: { kind: "submission", told: entry, draft, repository, path } };
  });
  return [...new Map(told.map((comment) => [comment.key, comment])).values()];
}

function nameOf(entry: Told): string {
  switch (entry.kind) {
    case "submission-refused":
      return "refused";
    case "submission-withheld":
      return "withheld";
    case "submission-given-up":
      return "given-up";
    case "submission-moved":
      return entry.state;
  }
}
