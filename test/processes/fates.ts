/** What becomes of each proposal, and who does what about it: decided by people, before the App has any part in it. */
import { COMMITTEE } from "../../src/sandbox/seed.ts";
import { formOf, SPECIFICATION } from "../support/story-proposal.ts";

const FATES = [
  "adopted",
  "rejected",
  "adopted",
  "prolonged and adopted",
  "withdrawn in the comment period",
  "adopted",
  "no quorum",
  "withdrawn in the vote",
  "prolonged and adopted",
  "rejected",
] as const;
export type Fate = (typeof FATES)[number];

export const isAdopted = (fate: Fate) => fate === "adopted" || fate === "prolonged and adopted";
export const isProlonged = (fate: Fate) => fate === "prolonged and adopted" || fate === "no quorum";
export const isWithdrawn = (fate: Fate) => fate.startsWith("withdrawn");
/** It is withdrawn before there is a ballot. */
export const hasNoBallot = (fate: Fate) => fate === "withdrawn in the comment period";

export type Choice = "+1" | "-1" | "eyes";

export type Cast = { readonly login: string; readonly choice: Choice };

export type Plan = {
  readonly fate: Fate;
  readonly title: string;
  readonly name: string;
  /** What its author proposes at first, and what they make of it in the comment period. */
  readonly first: string;
  readonly text: string;
  /** What is cast in the ballot's first time; who has two choices there means to. */
  readonly votes: readonly Cast[];
  /** Who casts something else first, and then changes it. */
  readonly changes: readonly Cast[];
  /** What is cast once the ballot was prolonged. */
  readonly more: readonly Cast[];
  /** What is cast after the last deadline, and so never counts. */
  readonly late: readonly Cast[];
};

/** How many members make each choice: in the first time, and once it was prolonged. */
const COUNTS: Readonly<Record<Fate, { first: Counts; more: Counts }>> = {
  adopted: { first: { for: 4, against: 2, abstain: 1, both: 1 }, more: {} },
  rejected: { first: { for: 2, against: 4, abstain: 1 }, more: {} },
  "prolonged and adopted": { first: { for: 3, abstain: 1 }, more: { for: 1, against: 1, abstain: 1 } },
  "no quorum": { first: { for: 3 }, more: {} },
  "withdrawn in the comment period": { first: {}, more: {} },
  "withdrawn in the vote": { first: { for: 6 }, more: {} },
};

type Counts = { readonly for?: number; readonly against?: number; readonly abstain?: number; both?: number };

/** The same plans for the same draws. */
export function plansFor(proposals: number, draw: () => number): readonly Plan[] {
  return Array.from({ length: proposals }, (_, index) => planFor(index, draw));
}

function planFor(index: number, draw: () => number): Plan {
  const fate = FATES[index % FATES.length] ?? "adopted";
  const members = shuffled(COMMITTEE, draw);
  const votes = castBy(members, COUNTS[fate].first);
  const more = castBy(members, COUNTS[fate].more);
  const [late] = members;
  const first = `${SPECIFICATION}\nFormat ${index} MUST carry the number ${Math.floor(draw() * 1e9)}.\n`;
  const single = votes.filter(({ login }) => votes.filter((each) => each.login === login).length === 1);
  return {
    fate,
    title: `Proposal: format ${index}`,
    name: `format-${index}`,
    first,
    text: draw() < 0.5 ? first : `${first}\nIt MAY carry the name of its author.\n`,
    votes,
    changes: single
      .filter(() => draw() < 0.3)
      .map(({ login, choice }) => ({ login, choice: choice === "+1" ? "-1" : "+1" })),
    more,
    late: late === undefined ? [] : [{ login: late, choice: "-1" }],
  };
}

export function issueOf({ title, name }: Plan, specification: string) {
  return { title, body: formOf({ name, specification }), labels: ["proposal"] };
}

/** Takes members from the list for each choice. */
function castBy(members: string[], counts: Counts): readonly Cast[] {
  const of = (choice: Choice, count = 0) =>
    members.splice(0, count).map((login): Cast => ({ login, choice }));
  const both = members.splice(0, counts.both ?? 0).flatMap((login): Cast[] => [
    { login, choice: "+1" },
    { login, choice: "-1" },
  ]);
  return [...of("+1", counts.for), ...of("-1", counts.against), ...of("eyes", counts.abstain), ...both];
}

function shuffled(names: readonly string[], draw: () => number): string[] {
  return names
    .map((name) => ({ name, at: draw() }))
    .sort((one, other) => one.at - other.at)
    .map(({ name }) => name);
}
