/** One function a stage: what the charter says happens next by itself, without anybody's command. */
import type { EntryOf, PullRequestPin } from "./entries.ts";
import type { CommentFact, Facts, PullRequestFact, Seated } from "./facts.ts";
import {
  after,
  DAY,
  earliest,
  firstAfter,
  HOUR,
  hasPassed,
  type Instant,
  inTime,
  inWords,
  latest,
  MINUTE,
  nextReminder,
  seconds,
} from "./instant.ts";
import { PROPOSAL_LABEL } from "./labels.ts";
import { resultOf } from "./majority.ts";
import { petitionsIn } from "./petitions.ts";
import { publicationFor, publicationPaths } from "./publication-plan.ts";
import type { Ballot, CommentPeriod, ProposalState } from "./state.ts";
import {
  cannotRead,
  need,
  needCharter,
  needPullRequests,
  needReactions,
  needRoster,
  record,
  type Step,
  wait,
} from "./step.ts";
import { countVotes } from "./tally.ts";
import { issueDigest, type Sighting, sameText, sight } from "./text.ts";

export function receive(facts: Facts, now: Instant): Step {
  if (!facts.issue.labels.includes(PROPOSAL_LABEL))
    return wait("the issue is not labelled as a proposal", null);
  if (facts.issue.state === "closed") return wait("the issue was closed before it was a proposal", null);
  const charter = needCharter(facts);
  if (!("got" in charter))
    return facts.charter?.status === "absent" ? askToBegin(facts, charter.step) : charter.step;
  const { author, title } = facts.issue;
  return record("the issue is labelled as a proposal", [{ kind: "received", author, title, at: now }]);
}

/** How to begin is said once in a repository: on its first proposal. */
function askToBegin(facts: Facts, absent: Step): Step {
  const first = need(facts.isFirstProposal, { fact: "isFirstProposal" });
  return "got" in first ? absent : first.step;
}

export function intake(state: ProposalState, facts: Facts, now: Instant): Step {
  const sighting = sight(facts);
  if (!("got" in sighting)) return sighting.step;
  const { pinned, documentation } = sighting.got;
  const checks = documentation.findings.map(({ section, state: found }) => ({
    claim: `the section "${section.title}" is ${found}`,
    holds: found === "present",
  }));
  if (pinned === null) return wait("a required section is missing or empty", null, checks);
  if (!differsFromReturned(state, pinned.pin))
    return wait("the text has not changed since it was returned", null, checks);
  return record(
    "every required section says something",
    [{ kind: "documented", text: pinned.pin, at: now }],
    checks,
  );
}

function differsFromReturned(
  state: ProposalState,
  pin: { readonly issue: string; readonly text: string },
): boolean {
  return state.returned === null || pin.issue !== state.returned.issue || pin.text !== state.returned.text;
}

export function assessment(): Step {
  return wait("the review team has not decided", null);
}

export function commentPeriod(state: ProposalState, facts: Facts, now: Instant): Step {
  const period = state.commentPeriod;
  if (period === null) throw new Error("The stage comment without a comment period");
  const over = hasPassed(period.closesAt, now);
  const checks = [
    { claim: `the comment period has passed (closes ${inWords(period.closesAt)})`, holds: over },
  ];
  if (!over && isUnedited(period, facts))
    return wait("the comment period is open", nextLook(period, now), checks);
  const sighting = sight(facts);
  if (!("got" in sighting)) return sighting.step;
  const { pinned } = sighting.got;
  if (pinned && !sameText(pinned.pin, period.text)) return noteChange(period, pinned, now);
  if (!over) return wait("the comment period is open", nextLook(period, now), checks);
  if (pinned === null)
    return cannotRead("A required section of the proposal has been removed or cannot be read any more.");
  return openBallot(period, facts, pinned, now);
}

/** A linked file can change without the issue changing, so it is always looked at. */
function isUnedited(period: CommentPeriod, facts: Facts): boolean {
  return period.text.source === "issue" && period.text.issue === issueDigest(facts.issue);
}

function nextLook(period: CommentPeriod, now: Instant): Instant | null {
  const reminder = nextReminder(period.closesAt, period.opened.reminders, now);
  return earliest([firstAfter(period.closesAt), reminder, after(now, DAY)]);
}

function noteChange(period: CommentPeriod, { pin }: NonNullable<Sighting["pinned"]>, now: Instant): Step {
  const restarts = period.opened.onEdit === "restart";
  const closesAt = restarts ? after(now, period.opened.lasts) : null;
  return record("the text was edited during the comment period", [
    { kind: "text-changed", text: pin, closesAt, at: now },
  ]);
}

function openBallot(
  period: CommentPeriod,
  facts: Facts,
  pinned: NonNullable<Sighting["pinned"]>,
  now: Instant,
): Step {
  const charter = needCharter(facts);
  if (!("got" in charter)) return charter.step;
  const members = needRoster(facts, "members");
  if (!("got" in members)) return members.step;
  if (members.got.length === 0) return cannotRead("The electorate is empty.");
  const terms = charter.got.charter.ballot;
  const closesAt = after(now, terms.lasts);
  return record("the comment period has passed", [
    { kind: "comment-period-closed", feedback: feedbackOf(period, facts), at: period.closesAt },
    {
      kind: "ballot-opened",
      closesAt,
      terms,
      electorate: frozen(members.got),
      text: pinned.pin,
      charter: charter.got.pin,
      at: now,
    },
  ]);
}

/** Each person once, in the order of their ids, so that the record does not depend on the order of a list. */
function frozen(members: readonly Seated[]): readonly Seated[] {
  return [...new Map(members.map((member) => [member.id, member])).values()].sort(
    (one, other) => one.id - other.id,
  );
}

/** What people said in the comment period; commands and the App's own words are not feedback. */
function feedbackOf(period: CommentPeriod, facts: Facts): EntryOf<"comment-period-closed">["feedback"] {
  const commands = new Set(petitionsIn(facts.comments).map((petition) => petition.comment));
  return facts.comments
    .filter((comment) => !comment.byApp && !comment.authorIsBot && !commands.has(comment.id))
    .filter((comment) => comment.createdAt >= period.opened.at && inTime(comment.createdAt, period.closesAt))
    .map(({ id, author, createdAt, url, reactions }) => ({
      comment: id,
      by: author,
      at: createdAt,
      url,
      reactions,
    }));
}

export function vote(
  state: ProposalState,
  facts: Facts,
  ballotComment: CommentFact | null,
  now: Instant,
): Step {
  const ballot = state.ballot;
  if (ballot === null) throw new Error("The stage vote without a ballot");
  const issue = issueDigest(facts.issue);
  if (issue !== ballot.opened.text.issue && issue !== ballot.flagged) {
    return record("the text was edited during the ballot", [{ kind: "text-flagged", issue, at: now }]);
  }
  if (ballotComment === null) return wait("the ballot has not been posted yet", after(now, MINUTE));
  const reactions = needReactions(facts, ballotComment.id);
  if (!("got" in reactions)) return reactions.step;
  const { opened, closesAt } = ballot;
  const tally = countVotes(opened.electorate, reactions.got, opened.terms.reactions, closesAt);
  if (hasPassed(closesAt, now)) return closeBallot(ballot, ballotComment, tally, now);
  if (
    opened.terms.closes === "when everyone has voted" &&
    tally.silent.length + tally.conflicting.length === 0
  ) {
    return record("everyone has voted", [closed(ballot, ballotComment, tally, now)]);
  }
  const checks = [{ claim: `the ballot has closed (closes ${inWords(closesAt)})`, holds: false }];
  const reminder = nextReminder(closesAt, opened.terms.reminders, now);
  return wait("the ballot is open", earliest([firstAfter(closesAt), reminder, after(now, HOUR)]), checks);
}

function closeBallot(
  ballot: Ballot,
  comment: CommentFact,
  tally: ReturnType<typeof countVotes>,
  now: Instant,
): Step {
  const { opened, closesAt } = ballot;
  const fullTerm = after(comment.createdAt, opened.terms.lasts);
  // A ballot that reached the committee late (the App was down, the comment was deleted) runs its full term from then.
  if (fullTerm > after(closesAt, HOUR)) {
    return record("the ballot was posted late", [
      { kind: "ballot-prolonged", closesAt: fullTerm, tally: null, at: now },
    ]);
  }
  const entry = closed(ballot, comment, tally, closesAt);
  const { prolongOnce } = opened.terms;
  const alreadyProlonged = ballot.prolongations.some((prolongation) => prolongation.tally !== null);
  if (entry.result === "no quorum" && prolongOnce !== null && !alreadyProlonged) {
    return record("no quorum, and the charter prolongs once", [
      { kind: "ballot-prolonged", closesAt: after(now, prolongOnce), tally, at: now },
    ]);
  }
  return record(`the ballot has closed: ${entry.result}`, [entry]);
}

function closed(
  ballot: Ballot,
  comment: CommentFact,
  tally: ReturnType<typeof countVotes>,
  at: Instant,
): EntryOf<"ballot-closed"> {
  const { terms, electorate } = ballot.opened;
  return {
    kind: "ballot-closed",
    comment: comment.id,
    tally,
    result: resultOf(tally, terms, electorate.length),
    at,
  };
}

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
  return wait("the publication pull request is not merged yet", after(now, PUBLICATION_LOOK), checks);
}

/** A merge is announced by a webhook; this look is for the one that was lost. */
const PUBLICATION_LOOK = seconds(6 * HOUR);

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
