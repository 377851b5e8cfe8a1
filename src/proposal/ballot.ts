/** The stage vote: an open ballot, and its close. */
import type { EntryOf, Tally } from "./entries.ts";
import type { CommentFact, Facts } from "./facts.ts";
import {
  after,
  before,
  earliest,
  HOUR,
  hasPassed,
  type Instant,
  inWords,
  isSettled,
  latest,
  MINUTE,
  nextReminder,
  seconds,
  settlesAt,
} from "./instant.ts";
import { BALLOT_KEY, keyOf } from "./keys.ts";
import { resultOf } from "./majority.ts";
import type { Ballot, ProposalState } from "./state.ts";
import { needReactions, record, type Step, wait } from "./step.ts";
import { countVotes } from "./tally.ts";
import { issueDigest } from "./text.ts";

export function vote(state: ProposalState, facts: Facts, now: Instant): Step {
  const ballot = state.ballot;
  if (ballot === null) throw new Error("The stage vote without a ballot");
  const issue = issueDigest(facts.issue);
  const isEdited = issue !== ballot.opened.text.issue && issue !== ballot.flagged;
  if (isEdited && !hasPassed(ballot.closesAt, now)) {
    return record("the text was edited during the ballot", [{ kind: "text-flagged", issue, at: now }]);
  }
  const comment = ballotComment(ballot, facts);
  if (comment === null) return wait("the ballot has not been posted yet", after(now, MINUTE));
  if (comment.id !== ballot.posted?.comment) {
    return record("the ballot is posted", [
      { kind: "ballot-posted", comment: comment.id, at: comment.createdAt },
    ]);
  }
  const reactions = needReactions(facts, comment.id);
  if (!("got" in reactions)) return reactions.step;
  const { opened, closesAt } = ballot;
  const tally = countVotes(opened.electorate, reactions.got, opened.terms.reactions, closesAt);
  if (isSettled(closesAt, now)) return closeBallot(ballot, comment, tally, now);
  if (
    opened.terms.closes === "when everyone has voted" &&
    tally.silent.length + tally.conflicting.length === 0
  ) {
    return record("everyone has voted", [closed(ballot, comment, tally, lastVote(tally) ?? now)]);
  }
  const checks = [{ claim: `the ballot has closed (closes ${inWords(closesAt)})`, holds: false }];
  const reminder = nextReminder(closesAt, opened.terms.reminders, now);
  return wait("the ballot is open", earliest([settlesAt(closesAt), reminder, after(now, HOUR)]), checks);
}

/**
 * The comment whose reactions are the votes: the recorded one, whatever its text says by now, since others can edit it.
 * Where it is gone, one that was posted in its place; before that, one that is no older than the ballot itself.
 */
export function ballotComment(ballot: Ballot, facts: Facts): CommentFact | null {
  const recorded = facts.comments.find((comment) => comment.id === ballot.posted?.comment);
  if (recorded) return recorded;
  const notBefore = before(ballot.posted?.at ?? ballot.opened.at, CLOCKS_DIFFER);
  const candidates = facts.comments.filter(
    (comment) => comment.byApp && keyOf(comment.body) === BALLOT_KEY && comment.createdAt >= notBefore,
  );
  return candidates.reduce<CommentFact | null>(
    (first, next) => (first && first.id < next.id ? first : next),
    null,
  );
}

/** GitHub's clock and ours: what is older than this by GitHub's was not made after an entry of ours. */
const CLOCKS_DIFFER = seconds(5 * MINUTE);

function lastVote(tally: Tally): Instant | null {
  const votes = [...tally.for, ...tally.against, ...tally.abstain];
  return votes.reduce<Instant | null>((last, vote) => latest(last, vote.at), null);
}

function closeBallot(ballot: Ballot, comment: CommentFact, tally: Tally, now: Instant): Step {
  const { opened, closesAt } = ballot;
  const fullTerm = after(comment.createdAt, opened.terms.lasts);
  // A ballot that reached the committee late (the App was down, the comment was deleted) runs its full term from then.
  const tolerance = seconds(Math.min(HOUR, Math.floor(opened.terms.lasts / 10)));
  if (fullTerm > after(closesAt, tolerance)) {
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

function closed(ballot: Ballot, comment: CommentFact, tally: Tally, at: Instant): EntryOf<"ballot-closed"> {
  const { terms, electorate } = ballot.opened;
  return {
    kind: "ballot-closed",
    comment: comment.id,
    tally,
    result: resultOf(tally, terms, electorate.length),
    at,
  };
}
