import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MajorityRule, QuorumRule } from "../../src/charter/charter.ts";
import type { Tally } from "../../src/proposal/entries.ts";
import { meetsQuorum, resultOf, satisfiesMajority } from "../../src/proposal/majority.ts";
import { person } from "../support/model-github.ts";

const rule = (
  comparison: MajorityRule["comparison"],
  fraction: string,
  of: MajorityRule["of"] = "votes cast",
): MajorityRule => {
  const [numerator, denominator] = fraction.split("/").map(Number);
  return { comparison, fraction: { numerator: numerator ?? 0, denominator: denominator ?? 0 }, of };
};

describe("majority", () => {
  test.each<[string, MajorityRule, number, number, number, boolean]>([
    ["a tie fails", rule("more than", "1/2"), 4, 4, 9, false],
    ["one vote more passes", rule("more than", "1/2"), 5, 4, 9, true],
    ["a tie passes where the charter says at least half", rule("at least", "1/2"), 4, 4, 9, true],
    ["no votes: not approved", rule("at least", "1/2"), 0, 0, 9, false],
    ["not one vote for: not approved", rule("at least", "1/1000"), 0, 1, 9, false],
    ["exactly two thirds is at least two thirds", rule("at least", "2/3"), 6, 3, 9, true],
    ["exactly two thirds is not more than two thirds", rule("more than", "2/3"), 6, 3, 9, false],
    ["one third that no decimal number holds", rule("more than", "1/3"), 1, 2, 3, false],
    ["of members: silence counts", rule("more than", "1/2", "members"), 4, 0, 9, false],
    ["of members: five of nine", rule("more than", "1/2", "members"), 5, 4, 9, true],
    ["all members", rule("at least", "1/1", "members"), 9, 0, 9, true],
    ["all members but one", rule("at least", "1/1", "members"), 8, 0, 9, false],
  ])("%s", (_, passes, inFavour, against, members, expected) => {
    expect(satisfiesMajority(passes, { for: inFavour, against }, members)).toBe(expected);
  });

  test("agrees with counting in thousandths of a vote", () => {
    const fraction = fc
      .integer({ min: 1, max: 100 })
      .chain((denominator) =>
        fc.integer({ min: 1, max: denominator }).map((numerator) => ({ numerator, denominator })),
      );
    const rules = fc.record({
      comparison: fc.constantFrom("more than" as const, "at least" as const),
      fraction,
      of: fc.constantFrom("votes cast" as const, "members" as const),
    });
    fc.assert(
      fc.property(rules, fc.nat(200), fc.nat(200), fc.nat(200), (passes, inFavour, against, others) => {
        const members = inFavour + against + others;
        const whole = passes.of === "members" ? members : inFavour + against;
        // Each vote is laid out as `denominator` pieces; the pieces in favour are held against those needed.
        const pieces = Array.from({ length: inFavour }, () => passes.fraction.denominator).reduce(
          (a, b) => a + b,
          0,
        );
        const needed = Array.from({ length: whole }, () => passes.fraction.numerator).reduce(
          (a, b) => a + b,
          0,
        );
        const expected =
          inFavour > 0 && (passes.comparison === "more than" ? pieces > needed : pieces >= needed);
        expect(satisfiesMajority(passes, { for: inFavour, against }, members)).toBe(expected);
      }),
    );
  });
});

describe("quorum", () => {
  const share = (
    comparison: "more than" | "at least",
    numerator: number,
    denominator: number,
  ): QuorumRule => ({
    kind: "share",
    comparison,
    fraction: { numerator, denominator },
  });
  test.each<[string, QuorumRule | null, number, number, boolean]>([
    ["the charter sets none", null, 0, 9, true],
    ["half of nine is not reached by four", share("at least", 1, 2), 4, 9, false],
    ["half of nine is reached by five", share("at least", 1, 2), 5, 9, true],
    ["half of eight is reached by four", share("at least", 1, 2), 4, 8, true],
    ["more than half of eight is not reached by four", share("more than", 1, 2), 4, 8, false],
    ["a number of people: reached", { kind: "count", people: 5 }, 5, 9, true],
    ["a number of people: missed by one", { kind: "count", people: 5 }, 4, 9, false],
  ])("%s", (_, quorum, taking, members, expected) => {
    expect(meetsQuorum(quorum, taking, members)).toBe(expected);
  });
});

describe("result", () => {
  const vote = (login: string, choice: "for" | "against" | "abstain") => ({
    voter: person(login),
    choice,
    at: "2026-01-01T00:00:00Z" as never,
  });
  const tally: Tally = {
    for: [vote("a", "for"), vote("b", "for")],
    against: [vote("c", "against")],
    abstain: [vote("d", "abstain")],
    conflicting: [person("e")],
    silent: [person("f"), person("g")],
    outside: { people: [], deletedAccounts: 0, late: 0 },
  };
  const passes = rule("more than", "1/2");

  test("abstentions and contradicting choices count for the quorum", () => {
    expect(resultOf(tally, { passes, quorum: { kind: "count", people: 5 } }, 7)).toBe("approved");
  });

  test("silence does not", () => {
    expect(resultOf(tally, { passes, quorum: { kind: "count", people: 6 } }, 7)).toBe("no quorum");
  });

  test("without quorum the majority does not matter; with it, it does", () => {
    expect(resultOf(tally, { passes: rule("at least", "1/1"), quorum: null }, 7)).toBe("rejected");
  });
});
