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
  latest,
  MINUTE,
  nextReminder,
  seconds,
  settlesAt,
} from "./instant.ts";
import { BALLOT_KEY, keyOf } from "./keys.ts";
import { resultOf } from "./majority.ts";
import {
  castBy,
  confirmableAt,
  isConfirmed,
  isRecordedAtClose,
  isToBeRecorded,
  nextLook,
  sameVotes,
} from "./recorded-votes.ts";
import type { Ballot, ProposalState } from "./state.ts";
import { type Need, needReactions, record, type Step, wait } from "./step.ts";
import { type Cast, tallyOf } from "./tally.ts";
import { issueDigest } from "./text.ts";

export function vote(state: ProposalState, facts: Facts, now: Instant): Step {
  const ballot = state.ballot;
  if (ballot === null) throw new Error("The stage vote without a ballot");
  const issue = issueDigest(facts.issue);
  const isEdited = issue !== ballot.opened.text.issue && issue !== ballot.flagged;
  if (isEdited && !hasPassed(ballot.closesAt, now)) {
    return record("the text was edited during the ballot", [{ kind: "text-flagged", issue, at: now }]);
  }
  const found = ballotComment(ballot, facts);
  if (isRecordedAtClose(ballot)) {
    const reactions = found?.id === ballot.posted?.comment ? needReactions(facts, found?.id ?? 0) : null;
    if (reactions !== null && !("got" in reactions)) return reactions.step;
    return afterDeadline(ballot, castBy(ballot, reactions?.got ?? null, now), now);
  }
  if (found === null) return wait("the ballot has not been posted yet", after(now, MINUTE));
  if (found.id !== ballot.posted?.comment) {
    return record("the ballot is posted", [
      { kind: "ballot-posted", comment: found.id, at: found.createdAt },
    ]);
  }
  const postedLate = lateBy(ballot, ballot.posted.at);
  if (postedLate !== null) {
    return record("the ballot was posted late", [
      { kind: "ballot-prolonged", closesAt: postedLate, tally: null, at: now },
    ]);
  }
  const reactions = needReactions(facts, found.id);
  if (!("got" in reactions)) return reactions.step;
  const cast = castBy(ballot, reactions.got, now);
  return hasPassed(ballot.closesAt, now) ? afterDeadline(ballot, cast, now) : whileOpen(ballot, cast, now);
}

function whileOpen(ballot: Ballot, cast: Cast, now: Instant): Step {
  const { opened, closesAt } = ballot;
  const end = endOf(ballot, cast);
  if (end !== null) return afterTheLastVote(ballot, cast, end, now);
  if (isToBeRecorded(ballot, cast.votes, now)) return putOnRecord(ballot, cast, now);
  const checks = [{ claim: `the ballot has closed (closes ${inWords(closesAt)})`, holds: false }];
  const reminder = nextReminder(closesAt, opened.terms.reminders, now);
  return wait("the ballot is open", earliest([nextLook(closesAt, now), reminder, after(now, HOUR)]), checks);
}

/** With which vote a ballot ends before its deadline; null: not with any that was cast. */
function endOf({ opened: { terms, electorate } }: Ballot, cast: Cast): Instant | null {
  if (terms.closes !== "when everyone has voted") return null;
  const tally = tallyOf(electorate, cast);
  return tally.silent.length + tally.conflicting.length === 0 ? lastVote(tally) : null;
}

/** Like a ballot at its deadline, one that ends early is decided on two looks that agree, both at the comment that is there. */
function afterTheLastVote(ballot: Ballot, cast: Cast, end: Instant, now: Instant): Step {
  const { recorded, opened, closesAt } = ballot;
  const isRecorded = recorded?.comment === theComment(ballot) && sameVotes(recorded.votes, cast.votes);
  if (recorded === null || !isRecorded) return putOnRecord(ballot, cast, now);
  const confirmable = confirmableAt(recorded.at);
  if (now >= confirmable)
    return record("everyone has voted", [closed(ballot, tallyOf(opened.electorate, cast), end)]);
  return wait("everyone has voted, and the votes are looked at once more", earliest([confirmable, closesAt]));
}

/**
 * The end of an open ballot with its last vote, whether or not a second look has confirmed it yet: what was done after
 * that is not heard before it is known whether the ballot was over. null: it runs to its deadline, or is not posted.
 */
export function earlyEnd(ballot: Ballot, facts: Facts, now: Instant): Need<Instant | null> {
  const { posted, opened, closesAt } = ballot;
  const runsOn = opened.terms.closes !== "when everyone has voted" || hasPassed(closesAt, now);
  if (runsOn || posted === null || ballotComment(ballot, facts)?.id !== posted.comment) return { got: null };
  const reactions = needReactions(facts, posted.comment);
  return "got" in reactions ? { got: endOf(ballot, castBy(ballot, reactions.got, now)) } : reactions;
}

function afterDeadline(ballot: Ballot, cast: Cast, now: Instant): Step {
  const { recorded, closesAt } = ballot;
  if (isToBeRecorded(ballot, cast.votes, now)) return putOnRecord(ballot, cast, now);
  if (isConfirmed(ballot, cast.votes, now)) return closeBallot(ballot, cast, now);
  const confirmable = recorded === null ? null : confirmableAt(recorded.at);
  return wait(
    "the ballot is over, and its votes are looked at once more",
    latest(settlesAt(closesAt), confirmable),
  );
}

function putOnRecord(ballot: Ballot, { votes }: Cast, now: Instant): Step {
  const comment = theComment(ballot);
  return record("the votes are put on record", [{ kind: "votes-recorded", comment, votes, at: now }]);
}

function theComment({ posted }: Ballot): number {
  if (posted === null) throw new Error("Votes on a ballot that was not posted");
  return posted.comment;
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

/**
 * A ballot that reached the committee late (the App was down, the comment was deleted) runs its full term from then: the
 * new deadline; null: it was posted in time.
 */
function lateBy({ opened, closesAt }: Ballot, postedAt: Instant): Instant | null {
  const fullTerm = after(postedAt, opened.terms.lasts);
  const tolerance = seconds(Math.min(HOUR, Math.floor(opened.terms.lasts / 10)));
  return fullTerm > after(closesAt, tolerance) ? fullTerm : null;
}

function closeBallot(ballot: Ballot, cast: Cast, now: Instant): Step {
  const { opened, closesAt, prolongations } = ballot;
  const tally = tallyOf(opened.electorate, cast);
  const entry = closed(ballot, tally, closesAt);
  const { prolongOnce } = opened.terms;
  const alreadyProlonged = prolongations.some((prolongation) => prolongation.tally !== null);
  if (entry.result === "no quorum" && prolongOnce !== null && !alreadyProlonged) {
    return record("no quorum, and the charter prolongs once", [
      { kind: "ballot-prolonged", closesAt: after(now, prolongOnce), tally, at: now },
    ]);
  }
  return record(`the ballot has closed: ${entry.result}`, [entry]);
}

function closed(ballot: Ballot, tally: Tally, at: Instant): EntryOf<"ballot-closed"> {
  const { terms, electorate } = ballot.opened;
  return {
    kind: "ballot-closed",
    comment: theComment(ballot),
    tally,
    result: resultOf(tally, terms, electorate.length),
    at,
  };
}
