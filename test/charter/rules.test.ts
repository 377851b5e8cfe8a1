import { assert, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import type { MajorityRule, QuorumRule } from "../../src/charter/charter.ts";
import { parseMajority, parseQuorum } from "../../src/charter/rules.ts";
import { majorityInWords, quorumInWords } from "../../src/charter/words.ts";

const comparison = constantFrom("more than" as const, "at least" as const);
const fraction = integer({ min: 2, max: 1_000 }).chain((denominator) =>
  integer({ min: 1, max: denominator - 1 }).map((numerator) => ({ numerator, denominator })),
);

describe("a majority", () => {
  it.each<[string, MajorityRule]>([
    [
      "more than 1/2 of votes cast",
      { comparison: "more than", fraction: { numerator: 1, denominator: 2 }, of: "votes cast" },
    ],
    [
      "at least 2/3 of members",
      { comparison: "at least", fraction: { numerator: 2, denominator: 3 }, of: "members" },
    ],
    [
      "At least 1/1 of the members",
      { comparison: "at least", fraction: { numerator: 1, denominator: 1 }, of: "members" },
    ],
    [
      "at least 999/1000 of  the votes cast",
      { comparison: "at least", fraction: { numerator: 999, denominator: 1_000 }, of: "votes cast" },
    ],
  ])("%j", (text, rule) => {
    expect(parseMajority(text)).toEqual(rule);
  });

  it.each([
    "",
    "majority",
    "1/2 of votes cast",
    "more than half of votes cast",
    "more than 1/1 of votes cast",
    "more than 3/2 of votes cast",
    "at least 0/2 of members",
    "at least 1/0 of members",
    "at least 0/0 of members",
    "more than -1/2 of votes cast",
    "more than 1.0/2 of votes cast",
    "more than 1/2/3 of votes cast",
    "more than 01/2 of votes cast",
    "more than 1/1001 of votes cast",
    "more than 50% of votes cast",
    "more than 1/2 of votes",
    "more than 1/2 of voters",
    "more than 1/2 of votes cast, or so",
    "more than 1 / 2 of votes cast",
    "fewer than 1/2 of votes cast",
    "more than 1/2 votes cast",
    "more than 1/2 of the the members",
  ])("%j is none", (text) => {
    expect(parseMajority(text)).toBeNull();
  });

  it("in words is read back", () => {
    const of = constantFrom("votes cast" as const, "members" as const);
    assert(
      property(record({ comparison, fraction, of }), (rule) => {
        expect(parseMajority(majorityInWords(rule))).toEqual(rule);
      }),
    );
  });
});

describe("a quorum", () => {
  it.each<[string, QuorumRule | null]>([
    ["none", null],
    ["None", null],
    ["5 members", { kind: "count", people: 5 }],
    ["1 member", { kind: "count", people: 1 }],
    ["at least 5 members", { kind: "count", people: 5 }],
    ["10000 members", { kind: "count", people: 10_000 }],
    [
      "at least 1/2 of members",
      { kind: "share", comparison: "at least", fraction: { numerator: 1, denominator: 2 } },
    ],
    [
      "more than 1/3 of the members",
      { kind: "share", comparison: "more than", fraction: { numerator: 1, denominator: 3 } },
    ],
  ])("%j", (text, rule) => {
    expect(parseQuorum(text)).toEqual({ rule });
  });

  it.each([
    "",
    "no",
    "0 members",
    "10001 members",
    "-5 members",
    "5",
    "members",
    "5 people",
    "5 members present",
    "at least members",
    "at least 5",
    "at 5 members",
    "more than 5 members",
    "more than 1/1 of members",
    "at least 1/2 of votes cast",
    "1/2 of members",
    "half of members",
  ])("%j is none that could be met", (text) => {
    expect(parseQuorum(text)).toBeNull();
  });

  it("in words is read back", () => {
    const share = record({ comparison, fraction }).map((rule): QuorumRule => ({ kind: "share", ...rule }));
    const count = integer({ min: 1, max: 10_000 }).map((people): QuorumRule => ({ kind: "count", people }));
    for (const rules of [share, count]) {
      assert(
        property(rules, (rule) => {
          expect(parseQuorum(quorumInWords(rule))).toEqual({ rule });
        }),
      );
    }
    expect(parseQuorum(quorumInWords(null))).toEqual({ rule: null });
  });
});
