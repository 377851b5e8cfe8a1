/**
 * The votes of a ballot as they are put on record while it is open. GitHub keeps no trace of a reaction that was taken
 * away, nor of any on a comment that was deleted: what the record holds at the deadline is what was cast.
 */
import type { Vote } from "./entries.ts";
import type { ReactionFact } from "./facts.ts";
import {
  after,
  before,
  HOUR,
  hasPassed,
  type Instant,
  isSettled,
  MINUTE,
  SETTLING,
  seconds,
} from "./instant.ts";
import type { Ballot } from "./state.ts";
import { type Cast, castIn } from "./tally.ts";

/** Two looks that agree are this far apart, so that one old answer of GitHub's does not stand for both. */
const APART = seconds(5 * MINUTE);

/**
 * What has been cast, by the record and by the reactions that are there now; `reactions`: null where they cannot be
 * seen, since the comment is gone.
 *
 * While the ballot is open, what is there now is what counts. After the deadline nobody can take a vote away any more: a
 * vote on record stands, unless its voter cast another one in time after it was recorded. Votes that were on record when the
 * ballot was posted anew are carried over, until their voter votes on the new comment.
 */
export function castBy(ballot: Ballot, reactions: readonly ReactionFact[] | null, now: Instant): Cast {
  const { opened, recorded, closesAt } = ballot;
  const { electorate, terms } = opened;
  const read = castIn(electorate, reactions ?? [], terms.reactions, closesAt);
  const onComment = Map.groupBy(read.votes, (vote) => vote.voter.id);
  const carried = Map.groupBy(ballot.carried, (vote) => vote.voter.id);
  const onRecord = Map.groupBy(recorded?.votes ?? [], (vote) => vote.voter.id);
  const isOpen = !hasPassed(closesAt, now);
  const votes = electorate.flatMap(({ id }) => {
    const present = onComment.get(id) ?? carried.get(id) ?? [];
    return isOpen || recorded === null ? present : standing(onRecord.get(id) ?? [], present, recorded.at);
  });
  return { votes, outside: read.outside };
}

/** One elector's votes, from the record and from what is there. What GitHub showed then may have been minutes old. */
function standing(onRecord: readonly Vote[], present: readonly Vote[], recordedAt: Instant): readonly Vote[] {
  const isNewer = present.some((vote) => vote.at > before(recordedAt, SETTLING));
  if (isNewer || onRecord.length === 0) return present;
  const further = present.filter((vote) => !onRecord.some((each) => each.choice === vote.choice));
  return [...onRecord, ...further].sort((one, other) => (one.choice < other.choice ? -1 : 1));
}

/** Whether the votes are to be put on record now: they changed since, or the ballot is over and they were not yet. */
export function isToBeRecorded(ballot: Ballot, votes: readonly Vote[], now: Instant): boolean {
  const { recorded, closesAt } = ballot;
  if (hasPassed(closesAt, now)) return !isRecordedAtClose(ballot) || !sameVotes(recorded?.votes ?? [], votes);
  if (sameVotes(recorded?.votes ?? [], votes)) return false;
  return recorded === null || now >= after(recorded.at, HOUR) || now >= before(closesAt, LAST_LOOK);
}

/** Shortly before the deadline the votes are looked at once more: what is taken away after that stands. */
const LAST_LOOK = MINUTE;

/** When an open ballot is to be looked at for its votes, after this look. */
export function nextLook(closesAt: Instant, now: Instant): Instant {
  const last = before(closesAt, LAST_LOOK);
  return now < last ? last : after(closesAt, seconds(1));
}

/** The votes were put on record after the deadline, and a later look, when GitHub shows all, found the same. */
export function isConfirmed(ballot: Ballot, votes: readonly Vote[], now: Instant): boolean {
  return (
    isSettled(ballot.closesAt, now) &&
    isRecordedAtClose(ballot) &&
    ballot.recorded !== null &&
    now >= after(ballot.recorded.at, APART) &&
    sameVotes(ballot.recorded.votes, votes)
  );
}

/** When votes that were recorded at the close can be confirmed by a second look. */
export function confirmableAt(recordedAt: Instant): Instant {
  return after(recordedAt, APART);
}

/** The votes were put on record after the deadline: nothing that becomes of the comment changes them any more. */
export function isRecordedAtClose({ recorded, closesAt }: Ballot): boolean {
  return recorded !== null && hasPassed(closesAt, recorded.at);
}

/** The moments do not matter: a reaction that was taken away and made again is the same vote. */
export function sameVotes(one: readonly Vote[], other: readonly Vote[]): boolean {
  return one.length === other.length && one.every((vote, index) => sameVote(vote, other[index]));
}

function sameVote(one: Vote, other: Vote | undefined): boolean {
  return one.voter.id === other?.voter.id && one.choice === other.choice;
}
