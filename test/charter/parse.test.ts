import { describe, expect, it } from "vitest";
import type { Charter } from "../../src/charter/charter.ts";
import { DAY, HOUR } from "../../src/proposal/instant.ts";
import { charterOf, SMALLEST } from "./read.ts";

describe("the name and the members are a charter, and mean what the MISP charter says", () => {
  const charter = charterOf("committee: Example\nmembers: [ada, MISP/standard-committee]\n");

  it("documentation: description, objectives, technical specification", () => {
    const sections = charter.documentation.sections;
    expect(sections.map((section) => section.title)).toEqual([
      "Description",
      "Objectives",
      "Technical specification",
    ]);
    expect(
      sections.filter((section) => section.isSpecification).map((section) => section.requiredFor),
    ).toEqual([["new", "update"]]);
    for (const section of sections) expect(section.minimumWords).toBeGreaterThan(1);
  });

  it("30 days of public comment, a ballot of 14 days, a majority of the votes cast", () => {
    expect(charter.commentPeriod).toEqual({ lasts: 30 * DAY, reminders: [7 * DAY], onEdit: "note" });
    expect(charter.ballot).toEqual({
      lasts: 14 * DAY,
      reminders: [3 * DAY],
      passes: { comparison: "more than", fraction: { numerator: 1, denominator: 2 }, of: "votes cast" },
      quorum: null,
      prolongOnce: null,
      closes: "at the deadline",
      reactions: { for: "+1", against: "-1", abstain: "eyes" },
    });
  });

  it("publication to its own repository", () => {
    expect(charter.publication).toEqual({
      standards: null,
      decisions: "decisions",
      source: "raw.md",
      draft: null,
      website: null,
      register: null,
      readme: null,
      ietf: null,
      maintenance: null,
    });
  });

  it("members chair and review", () => {
    const about = { organization: null, sector: null };
    expect(charter.members).toEqual([
      { kind: "user", login: "ada", ...about },
      { kind: "team", organizationLogin: "MISP", slug: "standard-committee", ...about },
    ]);
    expect(charter.chairs).toEqual(charter.members);
    expect(charter.reviewers).toEqual(charter.members);
  });
});

it("chairs review where no reviewers are named", () => {
  const charter = charterOf(`${SMALLEST}chairs: [tim]\n`);
  expect(charter.reviewers).toEqual(charter.chairs);
  expect(charter.chairs).not.toEqual(charter.members);
});

/** Each key, as a person may write it, and what it means. */
const RIGHT: readonly (readonly [string, (charter: Charter) => unknown, unknown])[] = [
  ["chairs: ['@tim']", (charter) => charter.chairs, [seat("tim")]],
  ["chairs: ['4711']", (charter) => charter.chairs, [seat("4711")]],
  ["reviewers:\n  - tim\n  - vint", (charter) => charter.reviewers, [seat("tim"), seat("vint")]],
  [
    "chairs: [{ login: '@tim', organization: CIRCL, sector: CSIRT }]",
    (charter) => charter.chairs,
    [seat("tim", "CIRCL", "CSIRT")],
  ],
  [
    "chairs: [{ team: MISP/academia, sector: academia }]",
    (charter) => charter.chairs,
    [{ kind: "team", organizationLogin: "MISP", slug: "academia", organization: null, sector: "academia" }],
  ],
  [
    "documentation: [{ section: ' Text ', specification: true }]",
    (charter) => charter.documentation.sections,
    [
      {
        title: "Text",
        aliases: [],
        minimumWords: 1,
        isSpecification: true,
        requiredFor: ["new", "update", "retirement"],
      },
    ],
  ],
  [
    "documentation: [{ section: A, specification: true, for: [update, new] }, { section: B, aliases: [C], words: 5, for: [retirement] }]",
    (charter) =>
      charter.documentation.sections.map((section) => [
        section.title,
        section.aliases,
        section.minimumWords,
        section.requiredFor,
      ]),
    [
      ["A", [], 1, ["new", "update"]],
      ["B", ["C"], 5, ["retirement"]],
    ],
  ],
  ["comment_period: { lasts: 2 weeks }", (charter) => charter.commentPeriod.lasts, 14 * DAY],
  ["comment_period: { on_edit: restart }", (charter) => charter.commentPeriod.onEdit, "restart"],
  ["comment_period: { reminders: [] }", (charter) => charter.commentPeriod.reminders, []],
  [
    "comment_period: { reminders: [1 day, 2 weeks, 36 hours] }",
    (charter) => charter.commentPeriod.reminders,
    [14 * DAY, 36 * HOUR, DAY],
  ],
  // The usual reminder of 7 days has no place in a week.
  ["comment_period: { lasts: 7 days }", (charter) => charter.commentPeriod.reminders, []],
  ["comment_period: { lasts: 8 days }", (charter) => charter.commentPeriod.reminders, [7 * DAY]],
  ["ballot: { lasts: 3 days }", (charter) => charter.ballot.reminders, []],
  ["ballot: { lasts: 36 hours }", (charter) => charter.ballot.lasts, 36 * HOUR],
  ["ballot: { reminders: [1 day] }", (charter) => charter.ballot.reminders, [DAY]],
  [
    "ballot: { passes: at least 2/3 of members }",
    (charter) => charter.ballot.passes,
    { comparison: "at least", fraction: { numerator: 2, denominator: 3 }, of: "members" },
  ],
  ["ballot: { quorum: none }", (charter) => charter.ballot.quorum, null],
  ["ballot: { quorum: 3 members }", (charter) => charter.ballot.quorum, { kind: "count", people: 3 }],
  [
    "ballot: { quorum: more than 1/2 of members }",
    (charter) => charter.ballot.quorum,
    { kind: "share", comparison: "more than", fraction: { numerator: 1, denominator: 2 } },
  ],
  ["ballot: { quorum: 2 members, prolong_once: 1 week }", (charter) => charter.ballot.prolongOnce, 7 * DAY],
  ["ballot: { prolong_once: never }", (charter) => charter.ballot.prolongOnce, null],
  [
    "ballot: { closes: when everyone has voted }",
    (charter) => charter.ballot.closes,
    "when everyone has voted",
  ],
  [
    "ballot:\n  reactions: { for: rocket }",
    (charter) => charter.ballot.reactions,
    { for: "rocket", against: "-1", abstain: "eyes" },
  ],
  // Without quotes YAML would make numbers of them.
  [
    "ballot:\n  reactions: { for: -1, against: +1 }",
    (charter) => charter.ballot.reactions,
    { for: "-1", against: "+1", abstain: "eyes" },
  ],
  [
    "publication: { standards: MISP/misp-rfc }",
    (charter) => charter.publication.standards,
    { owner: "MISP", name: "misp-rfc" },
  ],
  [
    "publication: { decisions: docs/decisions/ }",
    (charter) => charter.publication.decisions,
    "docs/decisions",
  ],
  ["publication: { source: draft.md }", (charter) => charter.publication.source, "draft.md"],
];

function seat(login: string, organization: string | null = null, sector: string | null = null) {
  return { kind: "user", login, organization, sector };
}

describe("each key", () => {
  it.each(RIGHT)("%s", (lines, read, expected) => {
    expect(read(charterOf(`${SMALLEST}${lines}\n`))).toEqual(expected);
  });
});

describe("the file", () => {
  it.each([
    ["CRLF", SMALLEST.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${SMALLEST}`],
    ["comments", `# A\n${SMALLEST}# B`],
    ["a document's start and end", `---\n${SMALLEST}...\n`],
    ["quoted keys", '"committee": Example\n\'members\': ["ada", "grace", "edsger"]'],
    ["JSON", '{"committee": "Example", "members": ["ada", "grace", "edsger"]}'],
    ["a folded text", "committee: >-\n  Example\nmembers: [ada, grace, edsger]"],
    ["an old directive", `%YAML 1.1\n---\n${SMALLEST}`],
  ])("may have %s", (_, text) => {
    expect(charterOf(text)).toEqual(charterOf(SMALLEST));
  });

  it("may say a list once and point at it", () => {
    const charter = charterOf("committee: Example\nchairs: &all [ada, grace]\nmembers: *all\n");
    expect(charter.members).toEqual(charter.chairs);
  });

  it("keeps texts that YAML 1.1 took for something else", () => {
    const charter = charterOf("committee: Yes\nmembers: [no, on, y, 1e3, 0x10, 1_a]\n");
    expect(charter.committee).toBe("Yes");
    expect(charter.members.map((member) => member.kind === "user" && member.login)).toEqual([
      "no",
      "on",
      "y",
      "1e3",
      "0x10",
      "1_a",
    ]);
  });
});
