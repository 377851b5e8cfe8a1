/** The count of a ballot: reactions on one comment become votes of a frozen electorate, each elector in one place. */
import type { BallotTerms, Choice } from "../charter/charter.ts";
import type { Tally, Vote } from "./entries.ts";
import type { Person, ReactionFact, Seated } from "./facts.ts";
import { type Instant, inTime } from "./instant.ts";

/** In the order in which one elector's different choices stand. */
const CHOICES = ["abstain", "against", "for"] as const satisfies readonly Choice[];

/** What was read of a ballot at one look. */
export type Cast = {
  /** In the electorate's order; an elector has as many as they made different choices, each at its first moment. */
  readonly votes: readonly Vote[];
  /** Reactions that count for nothing. */
  readonly outside: Tally["outside"];
};

/** The electors' choices that were made in time. A voter is a numeric id: a new login or other letters' case lose no vote. */
export function castIn(
  electorate: readonly Seated[],
  reactions: readonly ReactionFact[],
  meaning: BallotTerms["reactions"],
  closesAt: Instant,
): Cast {
  const choices = reactions.filter((reaction) => choiceOf(reaction, meaning) !== null);
  const timely = choices.filter((reaction) => inTime(reaction.createdAt, closesAt));
  const byPerson = Map.groupBy(timely, (reaction) => reaction.user?.id ?? null);
  return {
    votes: electorate.flatMap((elector) => votesOf(elector, byPerson.get(elector.id) ?? [], meaning)),
    outside: {
      people: outsiders(electorate, timely),
      deletedAccounts: byPerson.get(null)?.length ?? 0,
      late: choices.length - timely.length,
    },
  };
}

/**
 * Counts what was cast. Two different choices of one elector count as having voted and chosen nothing. The order of
 * reactions does not matter.
 */
export function tallyOf(electorate: readonly Seated[], { votes, outside }: Cast): Tally {
  const byVoter = Map.groupBy(votes, (vote) => vote.voter.id);
  const ballots = electorate.map(({ id, login }) => ({
    voter: { id, login },
    votes: byVoter.get(id) ?? [],
  }));
  const single = ballots.flatMap((ballot) => (ballot.votes.length === 1 ? ballot.votes : []));
  const votesFor = (choice: Choice) => single.filter((vote) => vote.choice === choice);
  return {
    for: votesFor("for"),
    against: votesFor("against"),
    abstain: votesFor("abstain"),
    conflicting: ballots.filter((ballot) => ballot.votes.length > 1).map((ballot) => ballot.voter),
    silent: ballots.filter((ballot) => ballot.votes.length === 0).map((ballot) => ballot.voter),
    outside,
  };
}

/** How many electors took part: also those who abstained, or whose choices contradict each other. */
export function participants(tally: Tally): number {
  return tally.for.length + tally.against.length + tally.abstain.length + tally.conflicting.length;
}

function votesOf(
  { id, login }: Seated,
  own: readonly ReactionFact[],
  meaning: BallotTerms["reactions"],
): readonly Vote[] {
  return CHOICES.flatMap((choice) => {
    const moments = own
      .filter((reaction) => reaction.content === meaning[choice])
      .map((reaction) => reaction.createdAt);
    const [first, ...others] = moments;
    if (first === undefined) return [];
    const at = others.reduce((earliest, next) => (next < earliest ? next : earliest), first);
    return [{ voter: { id, login }, choice, at }];
  });
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
