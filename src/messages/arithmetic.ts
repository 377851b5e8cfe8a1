/** The sums behind a result, each in one sentence that anybody can check. */
import type { BallotTerms, MajorityRule } from "../charter/charter.ts";
import { quorumInWords } from "../charter/words.ts";
import type { Tally } from "../proposal/entries.ts";
import { meetsQuorum, satisfiesMajority } from "../proposal/majority.ts";
import { participants } from "../proposal/tally.ts";
import { count } from "./parts.ts";

/** `5 for, 3 against, 1 abstention: 5 of 8 votes cast is more than 1/2.` */
export function majoritySum(rule: MajorityRule, tally: Tally, members: number): string {
  const votes = { for: tally.for.length, against: tally.against.length };
  const counted = `${votes.for} for, ${votes.against} against, ${count(tally.abstain.length, "abstention")}`;
  const whole = rule.of === "members" ? members : votes.for + votes.against;
  if (whole === 0) return `${counted}: without a vote in favour nothing is approved.`;
  const share = `${rule.fraction.numerator}/${rule.fraction.denominator}`;
  const of = rule.of === "members" ? count(members, "member") : count(whole, "vote cast", "votes cast");
  return `${counted}: ${votes.for} of ${of} ${verdict(rule, votes, members, share)}.`;
}

function verdict(
  rule: MajorityRule,
  votes: { readonly for: number; readonly against: number },
  members: number,
  share: string,
): string {
  if (satisfiesMajority(rule, votes, members)) return `is ${rule.comparison} ${share}`;
  const fails = rule.comparison === "more than" ? `is not more than ${share}` : `is less than ${share}`;
  const half = rule.fraction.numerator * 2 === rule.fraction.denominator;
  const tie = half && rule.of === "votes cast" && votes.for === votes.against && votes.for > 0;
  return tie ? `${fails}; a tie does not pass` : fails;
}

/** `reached; 7 of 9 members took part, and 5 were needed`: what there is to say after "Quorum:". */
export function quorumSum(quorum: BallotTerms["quorum"], tally: Tally, members: number): string {
  if (quorum === null) return "the charter sets none.";
  const part = `${participants(tally)} of ${count(members, "member")} took part`;
  const needed = leastForQuorum(quorum, members);
  const met = meetsQuorum(quorum, participants(tally), members) ? "reached" : "not reached";
  return needed === null
    ? `${met}; ${part}.`
    : `${met}; ${part}, and ${needed} ${needed === 1 ? "was" : "were"} needed.`;
}

/** The rule with what it means for this electorate: `at least 1/2 of the members: 5 of 9`. */
export function quorumRule(quorum: BallotTerms["quorum"], members: number): string {
  if (quorum === null) return "the charter sets none";
  const needed = leastForQuorum(quorum, members);
  return `${quorumInWords(quorum)}, that is ${needed ?? "more than all"} of ${count(members, "member")}`;
}

/** The smallest number of people that satisfies the rule; null if even everybody would not. */
function leastForQuorum(quorum: NonNullable<BallotTerms["quorum"]>, members: number): number | null {
  if (quorum.kind === "count") return quorum.people;
  for (let people = 0; people <= members; people += 1)
    if (meetsQuorum(quorum, people, members)) return people;
  return null;
}
