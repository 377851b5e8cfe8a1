/** The count of a ballot: reactions on one comment become votes of a frozen electorate, each elector in one place. */
import type { BallotTerms, Choice } from "../charter/charter.ts";
import type { Tally, Vote } from "./entries.ts";
import type { Person, ReactionFact, Seated } from "./facts.ts";
import { type Instant, inTime } from "./instant.ts";

const CHOICES = ["for", "against", "abstain"] as const satisfies readonly Choice[];

/**
 * Counts the reactions made in time. A voter is a numeric id: a new login or other letters' case lose no vote.
 * Two different choices of one elector count as having voted and chosen nothing. The order of reactions does not matter.
 */
export function countVotes(
  electorate: readonly Seated[],
  reactions: readonly ReactionFact[],
  meaning: BallotTerms["reactions"],
  closesAt: Instant,
): Tally {
  const choices = reactions.filter((reaction) => choiceOf(reaction, meaning) !== null);
  const timely = choices.filter((reaction) => inTime(reaction.createdAt, closesAt));
  const cast = Map.groupBy(timely, (reaction) => reaction.user?.id ?? null);
  const ballots = electorate.map((elector) => ballotOf(elector, cast.get(elector.id) ?? [], meaning));
  const votesFor = (choice: Choice) =>
    ballots.flatMap((ballot) => (ballot.vote?.choice === choice ? [ballot.vote] : []));
  return {
    for: votesFor("for"),
    against: votesFor("against"),
    abstain: votesFor("abstain"),
    conflicting: ballots.filter((ballot) => ballot.choices > 1).map((ballot) => ballot.voter),
    silent: ballots.filter((ballot) => ballot.choices === 0).map((ballot) => ballot.voter),
    outside: {
      people: outsiders(electorate, timely),
      deletedAccounts: cast.get(null)?.length ?? 0,
      late: choices.length - timely.length,
    },
  };
}

/** How many electors took part: also those who abstained, or whose choices contradict each other. */
export function participants(tally: Tally): number {
  return tally.for.length + tally.against.length + tally.abstain.length + tally.conflicting.length;
}

function ballotOf(elector: Seated, own: readonly ReactionFact[], meaning: BallotTerms["reactions"]) {
  const voter: Person = { id: elector.id, login: elector.login };
  const chosen = CHOICES.filter((choice) => own.some((reaction) => reaction.content === meaning[choice]));
  return { voter, choices: chosen.length, vote: voteOf(voter, chosen, own, meaning) };
}

function voteOf(
  voter: Person,
  chosen: readonly Choice[],
  own: readonly ReactionFact[],
  meaning: BallotTerms["reactions"],
): Vote | null {
  const [choice, ...others] = chosen;
  if (choice === undefined || others.length > 0) return null;
  const moments = own
    .filter((reaction) => reaction.content === meaning[choice])
    .map((reaction) => reaction.createdAt);
  return { voter, choice, at: moments.reduce((first, next) => (next < first ? next : first)) };
}

function outsiders(electorate: readonly Seated[], timely: readonly ReactionFact[]): readonly Person[] {
  const electors = new Set(electorate.map((elector) => elector.id));
  const people = new Map<number, Person>();
  for (const { user } of timely) if (user !== null && !electors.has(user.id)) people.set(user.id, user);
  return [...people.values()].sort((one, other) => one.id - other.id);
}

function choiceOf(reaction: ReactionFact, meaning: BallotTerms["reactions"]): Choice | null {
  return CHOICES.find((choice) => meaning[choice] === reaction.content) ?? null;
}
