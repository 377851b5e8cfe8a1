import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MajorityRule, QuorumRule } from "../../src/charter/charter.ts";
import { majoritySum, quorumRule, quorumSum } from "../../src/messages/arithmetic.ts";
import { meetsQuorum, satisfiesMajority } from "../../src/proposal/majority.ts";
import { tallyOf } from "../support/sample-committee.ts";

const moreThanHalf: MajorityRule = {
  comparison: "more than",
  fraction: { numerator: 1, denominator: 2 },
  of: "votes cast",
};
const twoThirdsOfMembers: MajorityRule = {
  comparison: "at least",
  fraction: { numerator: 2, denominator: 3 },
  of: "members",
};

describe("the sum behind a majority", () => {
  it.each([
    [
      moreThanHalf,
      { for: 5, against: 3, abstain: 1 },
      "5 for, 3 against, 1 abstention: 5 of 8 votes cast is more than 1/2.",
    ],
    [
      moreThanHalf,
      { for: 4, against: 4 },
      "4 for, 4 against, 0 abstentions: 4 of 8 votes cast is not more than 1/2; a tie does not pass.",
    ],
    [
      moreThanHalf,
      { for: 1, against: 3 },
      "1 for, 3 against, 0 abstentions: 1 of 4 votes cast is not more than 1/2.",
    ],
    [moreThanHalf, { for: 1 }, "1 for, 0 against, 0 abstentions: 1 of 1 vote cast is more than 1/2."],
    [
      moreThanHalf,
      { abstain: 9 },
      "0 for, 0 against, 9 abstentions: without a vote in favour nothing is approved.",
    ],
    [twoThirdsOfMembers, { for: 6 }, "6 for, 0 against, 0 abstentions: 6 of 9 members is at least 2/3."],
    [
      twoThirdsOfMembers,
      { for: 5, against: 1 },
      "5 for, 1 against, 0 abstentions: 5 of 9 members is less than 2/3.",
    ],
    [
      { ...moreThanHalf, comparison: "at least" },
      { for: 2, against: 2 },
      "2 for, 2 against, 0 abstentions: 2 of 4 votes cast is at least 1/2.",
    ],
  ] as const)("%j, %j", (rule, votes, sum) => {
    expect(majoritySum(rule, tallyOf(votes), 9)).toBe(sum);
  });

  it("never contradicts the rule", () => {
    const rules = fc.record({
      comparison: fc.constantFrom("more than" as const, "at least" as const),
      fraction: fc
        .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 7 }))
        .map(([numerator, more]) => ({
          numerator,
          denominator: numerator + more,
        })),
      of: fc.constantFrom("votes cast" as const, "members" as const),
    });
    const votes = fc.record({ for: fc.nat(4), against: fc.nat(4) });
    fc.assert(
      fc.property(rules, votes, (rule, cast) => {
        const passes = !/ is not more than | is less than |nothing is approved/.test(
          majoritySum(rule, tallyOf(cast), 9),
        );
        expect(passes).toBe(satisfiesMajority(rule, cast, 9));
      }),
    );
  });
});

const half: QuorumRule = {
  kind: "share",
  comparison: "at least",
  fraction: { numerator: 1, denominator: 2 },
};

describe("the sum behind a quorum", () => {
  it.each([
    [half, { for: 5 }, "reached; 5 of 9 members took part, and 5 were needed."],
    [half, { for: 2, abstain: 1, torn: 1 }, "not reached; 4 of 9 members took part, and 5 were needed."],
    [{ kind: "count", people: 1 }, { torn: 1 }, "reached; 1 of 9 members took part, and 1 was needed."],
    [null, {}, "the charter sets none."],
  ] as const)("%j, %j", (rule, votes, sum) => {
    expect(quorumSum(rule, tallyOf(votes), 9)).toBe(sum);
  });

  it.each([
    [half, 9, "at least 1/2 of the members, that is 5 of 9 members"],
    [{ ...half, comparison: "more than" }, 8, "more than 1/2 of the members, that is 5 of 8 members"],
    [{ kind: "count", people: 3 }, 9, "3 members, that is 3 of 9 members"],
    [null, 9, "the charter sets none"],
  ] as const)("%j of %i", (rule, members, words) => {
    expect(quorumRule(rule, members)).toBe(words);
  });

  it("names the smallest number that is enough", () => {
    const rules = fc.record({
      kind: fc.constant("share" as const),
      comparison: fc.constantFrom("more than" as const, "at least" as const),
      fraction: fc.record({ numerator: fc.integer({ min: 1, max: 9 }), denominator: fc.constant(10) }),
    });
    fc.assert(
      fc.property(rules, fc.integer({ min: 1, max: 60 }), (rule, members) => {
        const needed = Number(/that is (\d+) of/.exec(quorumRule(rule, members))?.[1]);
        expect(meetsQuorum(rule, needed, members)).toBe(true);
        expect(meetsQuorum(rule, needed - 1, members)).toBe(false);
      }),
    );
  });
});
