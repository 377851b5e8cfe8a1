/** Where an approved proposal goes: which repository, branch and files. What stands in them is `publication/`'s. */
import type { PublicationTerms } from "../charter/charter.ts";
import { paddedNumber } from "./docket.ts";
import type { ProposalRef, Repository } from "./facts.ts";
import { branchName, slugOf } from "./slug.ts";
import type { ProposalState } from "./state.ts";

export type PublicationPlan = {
  readonly repository: Repository;
  readonly branch: string;
  /** The standard's source; `null` for a proposal without a specification (a retirement). */
  readonly sourcePath: string | null;
  readonly decisionPath: string;
};

export function publicationFor(
  state: ProposalState,
  ref: ProposalRef,
  terms: PublicationTerms,
): PublicationPlan {
  const text = state.ballot?.opened.text;
  if (!text) throw new Error("A publication without a ballot");
  const own = { owner: ref.owner, name: ref.name };
  const repository = terms.standards ?? own;
  // Several repositories may publish to one: their proposals have the same numbers.
  const origin = sameName(repository, own) ? "" : `${slugOf(ref.name, "")}-`;
  return {
    repository,
    branch: branchName(ref.number, `${origin}${text.slug}`, state.publication.attempt),
    sourcePath: text.bytes === 0 || text.proposal === "retirement" ? null : `${text.slug}/${terms.source}`,
    decisionPath: `${terms.decisions}/${origin}${paddedNumber(ref.number)}.json`,
  };
}

function sameName(one: Repository, other: Repository): boolean {
  return `${one.owner}/${one.name}`.toLowerCase() === `${other.owner}/${other.name}`.toLowerCase();
}

export function publicationPaths(plan: PublicationPlan): readonly string[] {
  return plan.sourcePath === null ? [plan.decisionPath] : [plan.sourcePath, plan.decisionPath];
}
