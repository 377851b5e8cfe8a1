import {
  type Arbitrary,
  array,
  assert,
  boolean,
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
  type DraftTerms,
  type MajorityRule,
  type PublicationTerms,
  type QuorumRule,
  REACTION_CONTENTS,
  type RequiredSection,
  type Seat,
  type WebsiteTerms,
} from "../../src/charter/charter.ts";
import { isHeading, isOneLine, sameName } from "../../src/charter/names.ts";
import { durationInWords, majorityInWords, quorumInWords, seatName } from "../../src/charter/words.ts";
import { DAY, MINUTE, type Seconds, seconds } from "../../src/proposal/instant.ts";
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

/** Apart from each other by their first letters, and none is `none`. */
const path = (start: string) => tuple(name, name).map(([folder, file]) => `${start}${folder}/${file}`);

const draft: Arbitrary<DraftTerms> = record({
  who: name.map((text) => text.toLowerCase()),
  category: constantFrom("std", "bcp", "exp", "info", "historic"),
  stream: constantFrom("IETF", "IAB", "IRTF", "independent", "editorial"),
  ipr: constantFrom("trust200902", "pre5378Trust200902"),
  area: option(line),
  workgroup: option(line),
});

const website: Arbitrary<WebsiteTerms> = record({
  repository: record({ owner: name, name }),
  address: option(name.map((text) => `https://${text.toLowerCase()}.example/${text}`)),
  page: path("page-"),
  posts: option(path("posts-")),
  files: path("files-"),
  templates: record(
    { section: path("t"), status: path("t"), post: path("t"), item: path("t") },
    { requiredKeys: [] },
  ),
});

const publication: Arbitrary<PublicationTerms> = record({
  standards: option(record({ owner: name, name })),
  decisions: path("decisions-"),
  source: name.map((text) => `${text}.md`),
  draft: option(draft),
  website: option(website),
  register: option(path("register-")),
  readme: option(path("readme-")),
  ietf: option(record({ submitter: name.map((text) => `${text}@example.org`) })),
  maintenance: option(record({ before: integer({ min: 1, max: 184 }).map((days) => seconds(days * DAY)) })),
}).map((terms) => ({
  ...terms,
  // What lacks what it is made from is refused.
  website: terms.register === null ? null : terms.website,
  readme: terms.register === null ? null : terms.readme,
  ietf: terms.draft === null ? null : terms.ietf,
  maintenance: terms.draft === null || terms.register === null ? null : terms.maintenance,
}));

const charter: Arbitrary<Charter> = record({
  committee: line,
  chairs: roster,
  reviewers: roster,
  members: roster,
  documentation: sections.map((list) => ({ sections: list })),
  commentPeriod,
  ballot,
  publication,
});

/** The file that a chair could have written for a charter. */
function fileOf(rules: Charter): object {
  const seatOf = (one: Seat) => ({
    [one.kind === "team" ? "team" : "login"]: seatName(one),
    ...(one.organization === null ? {} : { organization: one.organization }),
    ...(one.sector === null ? {} : { sector: one.sector }),
  });
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
    publication: publicationFileOf(rules.publication),
  };
}

function publicationFileOf({ standards, website, maintenance, ...terms }: PublicationTerms): object {
  return written({
    ...terms,
    draft: terms.draft === null ? null : written(terms.draft),
    standards: standards === null ? null : nameOf(standards),
    website:
      website === null
        ? null
        : written({ ...website, repository: nameOf(website.repository), posts: website.posts ?? "none" }),
    maintenance: maintenance === null ? null : { before: durationInWords(maintenance.before) },
  });
}

function nameOf({ owner, name: repository }: { owner: string; name: string }): string {
  return `${owner}/${repository}`;
}

/** What is null is left out. */
function written(group: object): object {
  return Object.fromEntries(Object.entries(group).filter(([, value]) => value !== null));
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
