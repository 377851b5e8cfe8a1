/** A committee made by chance: who belongs to it, and what it has agreed. The numbers are kept, so that no file need be read to know them. */
import type { ReactionContent } from "../charter/charter.ts";
import type { Repository } from "../proposal/facts.ts";
import type { Random } from "./random.ts";

export const WEBSITE: Repository = { owner: "committee", name: "website" };

export type Terms = {
  readonly commentDays: number;
  readonly onEdit: "note" | "restart";
  readonly ballotDays: number;
  readonly passes: {
    readonly comparison: "more than" | "at least";
    readonly numerator: number;
    readonly denominator: number;
    readonly of: "votes cast" | "members";
  };
  /** A share of the members, a number of people, or none. */
  readonly quorum:
    | {
        readonly comparison: "more than" | "at least";
        readonly numerator: number;
        readonly denominator: number;
      }
    | number
    | null;
  readonly prolongDays: number | null;
  readonly closesEarly: boolean;
  readonly reactions: {
    readonly for: ReactionContent;
    readonly against: ReactionContent;
    readonly abstain: ReactionContent;
  };
};

/** A seat is a person's name as the charter writes it, or everybody in a team. */
export type SeatOf = { readonly person: number } | { readonly team: string };

export type Committee = {
  readonly terms: Terms;
  readonly members: readonly SeatOf[];
  /** A website is published to as well, in a repository of its own. */
  readonly hasWebsite: boolean;
  readonly chairs: readonly SeatOf[] | null;
  readonly reviewers: readonly SeatOf[] | null;
};

const FRACTIONS = [
  [1, 2],
  [2, 3],
  [3, 5],
  [1, 3],
  [3, 4],
  [1, 1],
] as const;

/** `seats`: no quorum asks for more people than the charter names. */
export function randomTerms(random: Random, seats: number): Terms {
  const [numerator, denominator] = random.pick(FRACTIONS);
  const comparison = random.chance(0.5) && numerator < denominator ? "more than" : "at least";
  const usual = { for: "+1", against: "-1", abstain: "eyes" } as const;
  const own = { for: "heart", against: "confused", abstain: "rocket" } as const;
  const quorum = randomQuorum(random, seats);
  return {
    commentDays: random.pick([1, 2, 7, 14, 30]),
    onEdit: random.chance(0.3) ? "restart" : "note",
    ballotDays: random.pick([1, 1, 1, 2, 2, 5]),
    passes: { comparison, numerator, denominator, of: random.chance(0.7) ? "votes cast" : "members" },
    quorum,
    prolongDays: quorum !== null && random.chance(0.6) ? random.between(1, 3) : null,
    closesEarly: random.chance(0.4),
    reactions: random.chance(0.8) ? usual : own,
  };
}

function randomQuorum(random: Random, seats: number): Terms["quorum"] {
  if (random.chance(0.35)) return null;
  if (random.chance(0.3)) return random.between(1, seats);
  const [numerator, denominator] = random.pick(FRACTIONS.slice(0, 5));
  return { comparison: random.chance(0.5) ? "more than" : "at least", numerator, denominator };
}

/** The charter as a file; `nameOf` says what a person is called now. */
export function charterText(committee: Committee, nameOf: (id: number) => string): string {
  const { terms, members, chairs, reviewers } = committee;
  const line = (seat: SeatOf) => ("person" in seat ? nameOf(seat.person) : `committee/${seat.team}`);
  const list = (name: string, seats: readonly SeatOf[] | null) =>
    seats === null ? [] : [`${name}: [${seats.map(line).join(", ")}]`];
  const { passes, quorum, reactions } = terms;
  return [
    "committee: Simulated Committee",
    ...list("chairs", chairs),
    ...list("reviewers", reviewers),
    ...list("members", members),
    "comment_period:",
    `  lasts: ${days(terms.commentDays)}`,
    `  on_edit: ${terms.onEdit}`,
    "ballot:",
    `  lasts: ${days(terms.ballotDays)}`,
    `  passes: ${passes.comparison} ${passes.numerator}/${passes.denominator} of ${passes.of}`,
    `  quorum: ${quorumText(quorum)}`,
    `  prolong_once: ${terms.prolongDays === null ? "never" : days(terms.prolongDays)}`,
    `  closes: ${terms.closesEarly ? "when everyone has voted" : "at the deadline"}`,
    "  reactions:",
    `    for: "${reactions.for}"`,
    `    against: "${reactions.against}"`,
    `    abstain: "${reactions.abstain}"`,
    ...(committee.hasWebsite ? PUBLICATION : []),
    "",
  ].join("\n");
}

const PUBLICATION = [
  "publication:",
  "  register: register.json",
  "  website:",
  `    repository: ${WEBSITE.owner}/${WEBSITE.name}`,
] as const;

function quorumText(quorum: Terms["quorum"]): string {
  if (quorum === null) return "none";
  if (typeof quorum === "number") return `at least ${quorum} members`;
  return `${quorum.comparison} ${quorum.numerator}/${quorum.denominator} of members`;
}

function days(count: number): string {
  return `${count} days`;
}
