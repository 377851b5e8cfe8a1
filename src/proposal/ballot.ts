/** The stage vote: an open ballot, and its close. */
import type { EntryOf, Tally } from "./entries.ts";
import type { CommentFact, Facts } from "./facts.ts";
import {
  after,
  earliest,
  firstAfter,
  HOUR,
  hasPassed,
  type Instant,
  inWords,
  MINUTE,
  nextReminder,
} from "./instant.ts";
import { resultOf } from "./majority.ts";
import type { Ballot, ProposalState } from "./state.ts";
import { needReactions, record, type Step, wait } from "./step.ts";
import { countVotes } from "./tally.ts";
import { issueDigest } from "./text.ts";

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

function closeBallot(ballot: Ballot, comment: CommentFact, tally: Tally, now: Instant): Step {
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
