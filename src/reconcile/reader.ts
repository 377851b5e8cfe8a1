/** Who is asked for which fact: GitHub, or the IETF's datatracker. */
import type { OptionalFacts, ProposalRef, Want } from "../proposal/facts.ts";
import type { DatatrackerPort, GitHubPort } from "./ports.ts";

export type Reader = { read(ref: ProposalRef, want: Want): Promise<OptionalFacts> };

export function createReader(
  github: Pick<GitHubPort, "read">,
  datatracker: Pick<DatatrackerPort, "find" | "state">,
): Reader {
  return {
    async read(ref, want) {
      switch (want.fact) {
        case "submissionFound":
          return { submissionFound: { draft: want.draft, ...(await datatracker.find(want.draft)) } };
        case "submissionState": {
          const { submission } = want;
          return { submissionState: { id: submission.id, ...(await datatracker.state(submission)) } };
        }
        default:
          return github.read(ref, want);
      }
    },
  };
}
