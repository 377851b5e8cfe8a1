import type { CharterReport } from "../../src/messages/charter-report.ts";
import type { CharterFact, ProposalRef, Repository } from "../../src/proposal/facts.ts";
import type { Instant } from "../../src/proposal/instant.ts";
import { type DirectoryPort, GitHubFailure } from "../../src/reconcile/ports.ts";

type Known = {
  proposals: { ref: ProposalRef; updatedAt: Instant }[];
  pulls: { ref: ProposalRef; head: string }[];
  charter: CharterFact;
  broken: boolean;
};

/** A directory of repositories held in memory, that counts what it is asked. */
export function memoryDirectory(): DirectoryPort & {
  readonly calls: string[];
  readonly reports: { readonly repository: Repository; readonly report: CharterReport }[];
  readonly known: Map<string, Known>;
  add(name: string, known?: Partial<Known>): Known;
} {
  const calls: string[] = [];
  const known = new Map<string, Known>();
  const reports: { repository: Repository; report: CharterReport }[] = [];
  const find = (call: string, { owner, name }: Repository): Known => {
    calls.push(`${call} ${owner}/${name}`);
    const found = known.get(`${owner}/${name}`);
    if (found === undefined || found.broken)
      throw new GitHubFailure(`${name} is broken`, { status: 502, retryAt: null });
    return found;
  };
  return {
    calls,
    reports,
    known,
    add(name, more = {}) {
      const fresh: Known = {
        proposals: [],
        pulls: [],
        charter: { status: "absent" },
        broken: false,
        ...more,
      };
      known.set(name, fresh);
      return fresh;
    },
    async repositories() {
      calls.push("repositories");
      return [...known.keys()].map((key) => {
        const [owner = "", name = ""] = key.split("/");
        return { owner, name };
      });
    },
    proposals: async (repository) => find("proposals", repository).proposals,
    ownPullRequests: async (repository) => find("pulls", repository).pulls,
    charter: async (repository) => find("charter", repository).charter,
    async furnish(repository) {
      find("furnish", repository);
    },
    async reportCharter(repository, report) {
      find("report", repository);
      reports.push({ repository, report });
    },
  };
}
