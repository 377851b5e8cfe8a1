/** Where an approved proposal goes: which repositories, branches and files. What stands in them is `publication/`'s. */
import type { PublicationTerms } from "../charter/charter.ts";
import { paddedNumber } from "./docket.ts";
import type { ProposalRef, Repository } from "./facts.ts";
import { branchName, slugOf } from "./slug.ts";
import type { ProposalState } from "./state.ts";

/** What a pull request can carry: the standard with its decision, register and list; the pages of the website. */
export type PublicationTarget = "standards" | "website";

/** One pull request of a publication. */
export type PublicationPlan = {
  /** One or both: a website that is kept in the standards repository comes in the same pull request. */
  readonly carries: readonly PublicationTarget[];
  readonly repository: Repository;
  readonly branch: string;
  /** The standard's folder, and its file's name on the website. */
  readonly slug: string;
  /** The standard's source; `null` without a specification (a retirement), and where only the website is carried. */
  readonly sourcePath: string | null;
  /** `null` where only the website is carried. */
  readonly decisionPath: string | null;
  /** The files whose digests go on the record when they are merged; the website's pages are there to be edited. */
  readonly recorded: readonly string[];
};

/** The pull requests of a publication, the standard's first; one for each repository. */
export function publicationPlans(
  state: ProposalState,
  ref: ProposalRef,
  terms: PublicationTerms,
): readonly PublicationPlan[] {
  const standards = standardsPlan(state, ref, terms);
  const { website } = terms;
  if (website === null) return [standards];
  if (sameName(website.repository, standards.repository))
    return [{ ...standards, carries: ["standards", "website"] }];
  const place = placeOf(state, ref, website.repository);
  return [standards, { carries: ["website"], ...place, sourcePath: null, decisionPath: null, recorded: [] }];
}

function standardsPlan(state: ProposalState, ref: ProposalRef, terms: PublicationTerms): PublicationPlan {
  const place = placeOf(state, ref, terms.standards ?? { owner: ref.owner, name: ref.name });
  const sourcePath = publishesText(state) ? `${place.slug}/${terms.source}` : null;
  const decisionPath = `${terms.decisions}/${originOf(ref, place.repository)}${paddedNumber(ref.number)}.json`;
  const recorded = sourcePath === null ? [decisionPath] : [sourcePath, decisionPath];
  return { carries: ["standards"], ...place, sourcePath, decisionPath, recorded };
}

function placeOf(state: ProposalState, ref: ProposalRef, repository: Repository) {
  const { slug } = votedText(state);
  const branch = branchName(ref.number, `${originOf(ref, repository)}${slug}`, state.publication.attempt);
  return { repository, branch, slug };
}

function votedText({ ballot }: ProposalState) {
  if (ballot === null) throw new Error("A publication without a ballot");
  return ballot.opened.text;
}

/** Several repositories may publish to one: their proposals have the same numbers. */
function originOf(ref: ProposalRef, repository: Repository): string {
  return sameName(repository, ref) ? "" : `${slugOf(ref.name, "")}-`;
}

export function sameName(one: Repository, other: Repository): boolean {
  return `${one.owner}/${one.name}`.toLowerCase() === `${other.owner}/${other.name}`.toLowerCase();
}

/** Those that have no pull request yet: what stands from an earlier attempt, merged or open, is not made again. */
export function plansToOpen(
  state: ProposalState,
  ref: ProposalRef,
  terms: PublicationTerms,
): readonly PublicationPlan[] {
  const { pullRequests: standing } = state.publication;
  return publicationPlans(state, ref, terms).filter(
    ({ repository }) => !standing.some((pin) => sameName(pin.repository, repository)),
  );
}

/** Has the proposal a text to be published? A retirement has none, whatever its issue says. */
export function publishesText(state: ProposalState): boolean {
  const { bytes, proposal } = votedText(state);
  return bytes > 0 && proposal !== "retirement";
}
