import {
  type Arbitrary,
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  integer,
  option,
  property,
  record,
  shuffledSubarray,
  string,
  subarray,
  tuple,
  uniqueArray,
} from "fast-check";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import {
  type BallotTerms,
  type Charter,
  type CommentPeriodTerms,
  type MajorityRule,
  type QuorumRule,
  REACTION_CONTENTS,
  type RequiredSection,
  type Seat,
} from "../../src/charter/charter.ts";
import { isHeading, isOneLine, sameName } from "../../src/charter/names.ts";
import { durationInWords, majorityInWords, quorumInWords, seatName } from "../../src/charter/words.ts";
import { MINUTE, type Seconds, seconds } from "../../src/proposal/instant.ts";
import { charterOf } from "./read.ts";

const line = string({ unit: "grapheme", minLength: 1, maxLength: 20 })
  .map((text) => text.trim())
  .filter((text) => text.length <= 40 && isOneLine(text));
const name = string({ unit: constantFrom(..."abcXYZ019"), minLength: 1, maxLength: 20 });

const seat: Arbitrary<Seat> = tuple(name, name, boolean(), option(line), option(line)).map(
  ([login, slug, isTeam, organization, sector]) => ({
    ...(isTeam ? { kind: "team", organizationLogin: login, slug } : { kind: "user", login }),
    organization,
    sector,
  }),
);
const roster = uniqueArray(seat, {
  minLength: 1,
  maxLength: 6,
  selector: (one) => seatName(one).toLowerCase(),
});

const fraction = integer({ min: 2, max: 1_000 }).chain((denominator) =>
  integer({ min: 1, max: denominator - 1 }).map((numerator) => ({ numerator, denominator })),
);
const comparison = constantFrom("more than" as const, "at least" as const);
const majority: Arbitrary<MajorityRule> = record({
  comparison,
  fraction,
  of: constantFrom("votes cast" as const, "members" as const),
});
const share: Arbitrary<QuorumRule> = record({ comparison, fraction }).map((rule) => ({
  kind: "share",
  ...rule,
}));

/** A period and its reminders, longest first. */
const period: Arbitrary<{ lasts: Seconds; reminders: readonly Seconds[] }> = integer({
  min: 2,
  max: 1_051_200,
}).chain((minutes) =>
  uniqueArray(integer({ min: 1, max: minutes - 1 }), { maxLength: 3 }).map((spans) => ({
    lasts: seconds(minutes * MINUTE),
    reminders: spans.sort((left, right) => right - left).map((span) => seconds(span * MINUTE)),
  })),
);
const commentPeriod: Arbitrary<CommentPeriodTerms> = tuple(
  period,
  constantFrom("note" as const, "restart" as const),
).map(([span, onEdit]) => ({ ...span, onEdit }));

const ballot: Arbitrary<BallotTerms> = tuple(
  period,
  majority,
  option(share),
  option(integer({ min: 1, max: 1_000 })),
  constantFrom("at the deadline" as const, "when everyone has voted" as const),
  shuffledSubarray([...REACTION_CONTENTS], { minLength: 3, maxLength: 3 }),
).map(([span, passes, quorum, minutes, closes, [first = "+1", second = "-1", third = "eyes"]]) => ({
  ...span,
  passes,
  quorum,
  prolongOnce: quorum === null || minutes === null ? null : seconds(minutes * MINUTE),
  closes,
  reactions: { for: first, against: second, abstain: third },
}));

const sections: Arbitrary<readonly RequiredSection[]> = uniqueArray(
  line.filter((text) => isHeading(text) && !["kind of proposal", "short name"].includes(sameName(text))),
  { minLength: 1, maxLength: 8, selector: sameName },
).chain((titles) =>
  array(
    tuple(
      integer({ min: 1, max: 10_000 }),
      subarray(["new", "update", "retirement"] as const, { minLength: 1 }),
    ),
    {
      minLength: titles.length,
      maxLength: titles.length,
    },
  ).map((details) =>
    // Every other heading is an alias of the one before it.
    details.flatMap(([minimumWords, requiredFor], index): RequiredSection[] => {
      if (index % 2 === 1) return [];
      const isSpecification = index === 0;
      const aliases = titles.slice(index + 1, index + 2);
      const kinds = isSpecification ? (["new", "update"] as const) : requiredFor;
      return [{ title: titles[index] ?? "", aliases, minimumWords, isSpecification, requiredFor: kinds }];
    }),
  ),
);

const charter: Arbitrary<Charter> = record({
  committee: line,
  chairs: roster,
  reviewers: roster,
  members: roster,
  documentation: sections.map((list) => ({ sections: list })),
  commentPeriod,
  ballot,
  publication: record({
    standards: option(record({ owner: name, name })),
    decisions: tuple(name, name).map((folders) => folders.join("/")),
    source: name.map((text) => `${text}.md`),
    draft: constant(null),
    website: constant(null),
    register: constant(null),
    readme: constant(null),
    ietf: constant(null),
    maintenance: constant(null),
  }),
});

/** The file that a chair could have written for a charter. */
function fileOf(rules: Charter): object {
  const seatOf = (one: Seat) => ({
    [one.kind === "team" ? "team" : "login"]: seatName(one),
    ...(one.organization === null ? {} : { organization: one.organization }),
    ...(one.sector === null ? {} : { sector: one.sector }),
  });
  const { standards, decisions, source } = rules.publication;
  return {
    committee: rules.committee,
    chairs: rules.chairs.map(seatOf),
    reviewers: rules.reviewers.map(seatOf),
    members: rules.members.map(seatOf),
    documentation: rules.documentation.sections.map((section) => ({
      section: section.title,
      aliases: section.aliases,
      words: section.minimumWords,
      specification: section.isSpecification,
      for: section.requiredFor,
    })),
    comment_period: {
      lasts: durationInWords(rules.commentPeriod.lasts),
      reminders: rules.commentPeriod.reminders.map(durationInWords),
      on_edit: rules.commentPeriod.onEdit,
    },
    ballot: {
      lasts: durationInWords(rules.ballot.lasts),
      reminders: rules.ballot.reminders.map(durationInWords),
      passes: majorityInWords(rules.ballot.passes),
      quorum: quorumInWords(rules.ballot.quorum),
      prolong_once: rules.ballot.prolongOnce === null ? "never" : durationInWords(rules.ballot.prolongOnce),
      closes: rules.ballot.closes,
      reactions: rules.ballot.reactions,
    },
    publication: {
      decisions,
      source,
      ...(standards === null ? {} : { standards: `${standards.owner}/${standards.name}` }),
    },
  };
}

it("a charter that is written down is read back as it was, in every style of YAML", () => {
  const styles = constantFrom<"PLAIN" | "QUOTE_DOUBLE" | "QUOTE_SINGLE">(
    "PLAIN",
    "QUOTE_DOUBLE",
    "QUOTE_SINGLE",
  );
  assert(
    property(charter, styles, boolean(), (rules, defaultStringType, flow) => {
      const text = stringify(fileOf(rules), {
        defaultStringType,
        defaultKeyType: "PLAIN",
        collectionStyle: flow ? "flow" : "block",
        aliasDuplicateObjects: false,
      });
      expect(charterOf(text)).toEqual(rules);
    }),
    { numRuns: 200 },
  );
});
