/** The stages approved and publication: from the decision to the merged pull requests. */
import type { PublicationTerms } from "../charter/charter.ts";
import type { PullRequestStanding } from "./desired-state.ts";
import type { EntryOf, PullRequestPin } from "./entries.ts";
import type { Facts, PullRequestFact, Repository, WantedPullRequest } from "./facts.ts";
import { after, DAY, type Instant, latest, MINUTE } from "./instant.ts";
import { type PublicationPlan, plansToOpen, sameName } from "./publication-plan.ts";
import type { ProposalState } from "./state.ts";
import { cannotRead, needCharter, needPullRequests, record, type Step, wait } from "./step.ts";
import { submissionTerms } from "./submission.ts";

export function approved(state: ProposalState, facts: Facts, now: Instant): Step {
  const charter = needCharter(facts);
  if (!("got" in charter)) return charter.step;
  const terms = charter.got.charter.publication;
  const { pullRequests: standing } = state.publication;
  const plans = plansToOpen(state, facts.issue.ref, terms);
  const found = needPullRequests(facts, [
    ...standing.map(wantedOfPin),
    ...plans.map((plan) => wantedOfPlan(plan, terms)),
  ]);
  if (!("got" in found)) return found.step;
  const opened = plans.map((plan) => ({ plan, fact: factOf(plan, found.got) }));
  const checks = opened.map(({ plan: { repository }, fact }) => ({
    claim: `the pull request in ${repository.owner}/${repository.name} is open`,
    holds: fact !== null,
  }));
  const pins = opened.flatMap(({ plan, fact }) => (fact ? [pinOf(plan, fact, state, terms)] : []));
  if (pins.length < plans.length)
    return wait("the publication is not open everywhere yet", after(now, MINUTE), checks);
  const pullRequests = [...standing, ...pins];
  const ietf = submissionTerms(state, facts.issue.ref, terms);
  return record(
    "every publication pull request is open",
    [{ kind: "publication-opened", pullRequests, ...(ietf === null ? {} : { ietf }), at: now }],
    checks,
  );
}

/** What of the plans has its pull request already, and what is still to be opened. */
export function unopened(plans: readonly PublicationPlan[], facts: Facts): readonly PublicationPlan[] {
  const { pullRequests } = facts;
  return pullRequests?.known ? plans.filter((plan) => factOf(plan, pullRequests.value) === null) : [];
}

/** One that is open is meant, if a branch should ever have several. */
function factOf(
  { repository, branch }: { readonly repository: Repository; readonly branch: string },
  all: readonly PullRequestFact[],
): PullRequestFact | null {
  const found = all.filter((fact) => fact.branch === branch && sameName(fact.repository, repository));
  return found.find(({ state }) => state === "open") ?? found[0] ?? null;
}

function pinOf(
  plan: PublicationPlan,
  { repository, number, url, branch, openedFiles }: PullRequestFact,
  state: ProposalState,
  terms: PublicationTerms,
): PullRequestPin {
  // Without a draft made of it, the text is published as it is: its digest is known from the ballot.
  const digest =
    terms.draft === null
      ? state.ballot?.opened.text.text
      : openedFiles.find(({ path }) => path === plan.sourcePath)?.sha256;
  const files = plan.recorded.map((path) => ({
    path,
    voted: path === plan.sourcePath ? (digest ?? null) : null,
  }));
  return { repository, number, url, branch, files };
}

function wantedOfPlan(plan: PublicationPlan, { draft }: PublicationTerms): WantedPullRequest {
  const { repository, branch, recorded: paths, sourcePath } = plan;
  return {
    repository,
    branch,
    paths,
    openedPaths: draft === null || sourcePath === null ? [] : [sourcePath],
  };
}

function wantedOfPin({ repository, branch, files }: PullRequestPin): WantedPullRequest {
  return { repository, branch, paths: files.map((file) => file.path), openedPaths: [] };
}

type Current = { readonly pin: PullRequestPin; readonly fact: PullRequestFact };

export function publication(state: ProposalState, facts: Facts, now: Instant): Step {
  const { pullRequests: pins, stopped } = state.publication;
  if (pins.length === 0) throw new Error("The stage publication without a pull request");
  const found = needPullRequests(facts, pins.map(wantedOfPin));
  if (!("got" in found)) return found.step;
  const current = pins.flatMap((pin): readonly Current[] => {
    const fact = factOfPin(pin, found.got);
    return fact ? [{ pin, fact }] : [];
  });
  if (current.length < pins.length) return cannotRead("A publication pull request cannot be found.");
  const checks = current.map(({ pin: { number, repository }, fact }) => ({
    claim: `pull request #${number} of ${repository.owner}/${repository.name} is merged`,
    holds: fact.state === "merged",
  }));
  if (checks.every((check) => check.holds)) {
    return record("every publication pull request is merged", [published(current, now)], checks);
  }
  const closed = current.filter(({ fact }) => fact.state === "closed").map(({ pin }) => pin);
  const isNews = closed.some((pin) => !stopped?.pullRequests.some((told) => isSame(pin, told)));
  if (isNews) {
    return record(
      "a pull request was closed unmerged",
      [{ kind: "publication-stopped", pullRequests: closed, at: now }],
      checks,
    );
  }
  if (stopped !== null && closed.length === 0) {
    return record("the pull request was opened again", [
      { kind: "publication-reopened", pullRequests: pins, at: now },
    ]);
  }
  // A merge is announced by a webhook; the daily look is for the one that was lost.
  return wait("not every publication pull request is merged yet", after(now, DAY), checks);
}

/** The pull requests that were not closed unmerged: those that `/publish` does not make again. */
export function standingPullRequests(state: ProposalState, facts: Facts): readonly PullRequestPin[] {
  const all = facts.pullRequests?.known ? facts.pullRequests.value : [];
  return state.publication.pullRequests.filter((pin) => factOfPin(pin, all)?.state !== "closed");
}

function factOfPin(pin: PullRequestPin, all: readonly PullRequestFact[]): PullRequestFact | null {
  return all.find((fact) => isSame(fact, pin)) ?? null;
}

/** Where each pull request stands, for people; of those that are still to be opened, the ones that are there already. */
export function standings(state: ProposalState, facts: Facts): readonly PullRequestStanding[] {
  const { published: done, pullRequests: pins } = state.publication;
  const all = facts.pullRequests?.known ? facts.pullRequests.value : [];
  const now = (pin: PullRequestPin) => (done ? "merged" : (factOfPin(pin, all)?.state ?? null));
  const toOpen =
    state.stage === "approved" && facts.charter?.status === "valid"
      ? plansToOpen(state, facts.issue.ref, facts.charter.charter.publication)
      : [];
  return [
    ...pins.map((pin) => ({ ...pin, state: now(pin) })),
    ...toOpen.flatMap((plan) => factOf(plan, all) ?? []),
  ].map(({ repository, number, url, state }) => ({ repository, number, url, state }));
}

type Numbered = { readonly repository: Repository; readonly number: number };

function isSame(one: Numbered, other: Numbered): boolean {
  return one.number === other.number && sameName(one.repository, other.repository);
}

function published(current: readonly Current[], now: Instant): EntryOf<"published"> {
  return {
    kind: "published",
    pullRequests: current.map(({ pin, fact }) => ({ ...pin, mergeCommit: fact.mergeCommit })),
    files: current.flatMap(({ pin, fact }) => fact.mergedFiles.map((file) => publishedFile(pin, file))),
    at: current.reduce<Instant | null>((last, { fact }) => latest(last, fact.mergedAt), null) ?? now,
  };
}

function publishedFile(pin: PullRequestPin, file: PullRequestFact["mergedFiles"][number]) {
  const voted = pin.files.find((each) => each.path === file.path)?.voted ?? null;
  return { ...pin.repository, ...file, asVoted: voted === null ? null : voted === file.sha256 };
}
