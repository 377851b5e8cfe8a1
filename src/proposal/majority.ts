/** The two rules that turn a count into a result, in exact whole numbers. */
import type { BallotTerms, Fraction, MajorityRule, QuorumRule } from "../charter/charter.ts";
import type { BallotResult, Tally } from "./entries.ts";
import { participants } from "./tally.ts";

/** The result of a count. Without a single vote in favour nothing is approved, whatever the rule. */
export function resultOf(
  tally: Tally,
  terms: Pick<BallotTerms, "passes" | "quorum">,
  members: number,
): BallotResult {
  if (!meetsQuorum(terms.quorum, participants(tally), members)) return "no quorum";
  const votes = { for: tally.for.length, against: tally.against.length };
  return satisfiesMajority(terms.passes, votes, members) ? "approved" : "rejected";
}

/** `more than` is strict: a tie fails. Abstentions are neither for nor against. */
export function satisfiesMajority(
  rule: MajorityRule,
  votes: { readonly for: number; readonly against: number },
  members: number,
): boolean {
  const whole = rule.of === "members" ? members : votes.for + votes.against;
  return votes.for > 0 && reaches(votes.for, rule.comparison, rule.fraction, whole);
}

export function meetsQuorum(rule: QuorumRule | null, taking: number, members: number): boolean {
  if (rule === null) return true;
  return rule.kind === "count"
    ? taking >= rule.people
    : reaches(taking, rule.comparison, rule.fraction, members);
}

/** part ≥ (or >) numerator/denominator × whole, without dividing: as BigInt nothing is ever rounded. */
function reaches(
  part: number,
  comparison: "more than" | "at least",
  share: Fraction,
  whole: number,
): boolean {
  const left = BigInt(part) * BigInt(share.denominator);
  const right = BigInt(share.numerator) * BigInt(whole);
  return comparison === "more than" ? left > right : left >= right;
}
