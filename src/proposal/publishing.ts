/** The stages approved and publication: from the decision to the merged pull request. */
import type { EntryOf, PullRequestPin } from "./entries.ts";
import type { Facts, PullRequestFact } from "./facts.ts";
import { after, DAY, type Instant, latest, MINUTE } from "./instant.ts";
import { publicationFor, publicationPaths } from "./publication-plan.ts";
import type { ProposalState } from "./state.ts";
import { cannotRead, needCharter, needPullRequests, record, type Step, wait } from "./step.ts";

export function approved(state: ProposalState, facts: Facts, now: Instant): Step {
  const charter = needCharter(facts);
  if (!("got" in charter)) return charter.step;
  const plan = publicationFor(state, facts.issue.ref, charter.got.charter.publication);
  const found = needPullRequests(facts, {
    repository: plan.repository,
    branch: plan.branch,
    paths: publicationPaths(plan),
  });
  if (!("got" in found)) return found.step;
  const files = publicationPaths(plan).map((path) => ({
    path,
    voted: path === plan.sourcePath ? votedDigest(state) : null,
  }));
  const pullRequests = found.got
    .filter((pullRequest) => pullRequest.branch === plan.branch)
    .map(
      ({ repository, number, url, branch }): PullRequestPin => ({ repository, number, url, branch, files }),
    );
  if (pullRequests.length === 0)
    return wait("the publication pull request is not open yet", after(now, MINUTE));
  return record("the publication pull request is open", [
    { kind: "publication-opened", pullRequests, at: now },
  ]);
}

function votedDigest(state: ProposalState): string | null {
  return state.ballot?.opened.text.text ?? null;
}

export function publication(state: ProposalState, facts: Facts, now: Instant): Step {
  const { pullRequests: pins, stopped } = state.publication;
  const [pin] = pins;
  if (!pin) throw new Error("The stage publication without a pull request");
  const paths = pin.files.map((file) => file.path);
  const found = needPullRequests(facts, { repository: pin.repository, branch: pin.branch, paths });
  if (!("got" in found)) return found.step;
  const current = pins.map((each) => ({
    pin: each,
    fact: found.got.find((fact) => fact.number === each.number),
  }));
  if (current.some(({ fact }) => fact === undefined))
    return cannotRead("The publication pull request cannot be found.");
  const checks = current.map(({ pin: { number }, fact }) => ({
    claim: `pull request #${number} is merged`,
    holds: fact?.state === "merged",
  }));
  if (checks.every((check) => check.holds)) {
    return record("the publication pull request is merged", [published(current, now)], checks);
  }
  if (stopped === null && current.some(({ fact }) => fact?.state === "closed")) {
    return record(
      "the pull request was closed unmerged",
      [{ kind: "publication-stopped", pullRequests: pins, at: now }],
      checks,
    );
  }
  // A merge is announced by a webhook; the daily look is for the one that was lost.
  if (stopped !== null && current.every(({ fact }) => fact?.state !== "closed")) {
    return record("the pull request was opened again", [
      { kind: "publication-reopened", pullRequests: pins, at: now },
    ]);
  }
  return wait("the publication pull request is not merged yet", after(now, DAY), checks);
}

function published(
  current: readonly { readonly pin: PullRequestPin; readonly fact: PullRequestFact | undefined }[],
  now: Instant,
): EntryOf<"published"> {
  const merged = current.flatMap(({ pin, fact }) => (fact ? [{ pin, fact }] : []));
  return {
    kind: "published",
    pullRequests: merged.map(({ pin, fact }) => ({ ...pin, mergeCommit: fact.mergeCommit })),
    files: merged.flatMap(({ pin, fact }) => fact.mergedFiles.map((file) => publishedFile(pin, file))),
    at: merged.reduce<Instant | null>((last, { fact }) => latest(last, fact.mergedAt), null) ?? now,
  };
}

function publishedFile(pin: PullRequestPin, file: PullRequestFact["mergedFiles"][number]) {
  const voted = pin.files.find((each) => each.path === file.path)?.voted ?? null;
  return { ...pin.repository, ...file, asVoted: voted === null ? null : voted === file.sha256 };
}
