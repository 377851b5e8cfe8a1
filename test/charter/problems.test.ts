import { describe, expect, it } from "vitest";
import { SMALLEST, told } from "./read.ts";

/** Lines after the smallest charter (so the first is line 3), and the beginning of each answer. */
const WRONG: readonly (readonly [string, readonly string[]])[] = [
  [
    "ballots: {}",
    ["3:1 ballots: There is no key `ballots` in a charter; did you mean `ballot`? -> `ballot`"],
  ],
  ["Members: [ada]", ["3:1 Members: There is no key `Members` in a charter; did you mean `members`?"]],
  ["quorum: none", ["3:1 quorum: There is no key `quorum` in a charter -> `quorum` under `ballot`"]],
  [
    "ballot: { chairs: [ada] }",
    ["3:11 ballot.chairs: There is no key `chairs` in `ballot` -> `chairs` at the top level"],
  ],
  ["zzz: 1", ["3:1 zzz: There is no key `zzz` in a charter -> one of `committee`, `chairs`,"]],
  ["constructor: 1", ["3:1 constructor: There is no key `constructor`"]],
  ["toString: 1", ["3:1 toString: There is no key `toString`"]],
  ["__proto__: { chairs: [x] }", ["3:1 __proto__: There is no key `__proto__`"]],
  ["<<: { chairs: [x] }", ["3:1 <<: There is no key `<<`"]],
  ["committee: Again", ["3:1 committee: `committee` is written twice; the first one is in line 1"]],

  ["chairs: ada", ["3:9 chairs: `ada` is not a list of people and teams -> a list with one login"]],
  ["chairs:", ["3:1 chairs: `chairs` is empty -> a list with one login"]],
  ["chairs: ~", ["3:9 chairs: `chairs` is empty"]],
  ["chairs: []", ["3:1 chairs: `chairs` is an empty list -> a list with one login (`adulau`) or team"]],
  ["chairs: { login: ada }", ["3:1 chairs: `chairs` is a group of keys, not a list"]],
  ["chairs: [4711]", ['3:10 chairs[1]: `chairs[1]` is a number, not text -> the value in quotes: `"4711"`']],
  ["chairs: [true]", ["3:10 chairs[1]: `chairs[1]` is true or false, not text"]],
  ["chairs: [[ada]]", ["3:10 chairs[1]: `chairs[1]` is a list, not a login or a team that GitHub allows"]],
  ["chairs: [null]", ["3:10 chairs[1]: `chairs[1]` is empty"]],
  [
    "chairs: [-x]",
    ["3:10 chairs[1]: `-x` is not a login or a team that GitHub allows -> a login such as `adulau`"],
  ],
  ["chairs: [Standard Committee]", ["3:10 chairs[1]: `Standard Committee` is not a login or a team"]],
  ["chairs: ['dependabot[bot]']", ["3:10 chairs[1]: `dependabot[bot]` is not a login"]],
  [
    "chairs: [tim, TIM]",
    ["3:15 chairs[2]: `TIM` is among the chairs twice; the first time in line 3 -> it once"],
  ],
  ["chairs: [tim, '@Tim']", ["3:15 chairs[2]: `Tim` is among the chairs twice"]],
  ["chairs: [tim, { login: Tim }]", ["3:24 chairs[2].login: `Tim` is among the chairs twice"]],
  ["chairs: [A/b, { team: a/B }]", ["3:23 chairs[2].team: `a/B` is among the chairs twice"]],
  ["chairs: [{ login: A/b }]", ["3:19 chairs[1].login: `A/b` is not a login that GitHub allows -> letters"]],
  [
    "chairs: [{ team: ada }]",
    ["3:18 chairs[1].team: `ada` is not a team that GitHub allows -> the organization"],
  ],
  [
    "chairs: [{ login: ada, team: A/b }]",
    ["3:10 chairs[1]: A seat is a person or a team; this one has both"],
  ],
  [
    "chairs: [{ sector: x }]",
    ["3:10 chairs[1]: A seat is a person or a team; this one has neither -> either `login`"],
  ],
  [
    "chairs: [{ login: ada, organization: 5 }]",
    ["3:38 chairs[1].organization: `chairs[1].organization` is a number"],
  ],
  ['chairs: [{ login: ada, sector: "a\\nb" }]', ["3:32 chairs[1].sector: `a�b` is not a line of text"]],
  [
    "chairs: [{ login: ada, organisation: X }]",
    [
      "3:24 chairs[1].organisation: There is no key `organisation` in `chairs[1]`; did you mean `organization`?",
    ],
  ],
  [
    `chairs: [${Array.from({ length: 501 }, (_, index) => `a${index}`).join(", ")}]`,
    ["3:1 chairs: `chairs` has more than 500 items"],
  ],

  ["documentation: []", ["3:1 documentation: `documentation` is an empty list"]],
  ["documentation: Objectives", ["3:16 documentation: `Objectives` is not a list of sections"]],
  [
    "documentation: [{ section: A }]",
    ["3:1 documentation: No section is the specification, so there would be nothing to vote on"],
  ],
  [
    "documentation: [{ section: A, specification: true }, { section: B, specification: true }]",
    [
      "3:83 documentation[2].specification: A second section is the specification; the first one is in line 3",
    ],
  ],
  [
    "documentation: [{ specification: true }]",
    ["3:17 documentation[1].section: `documentation[1].section` is missing"],
  ],
  [
    "documentation: [{ section: 5, specification: true }]",
    [
      '3:28 documentation[1].section: `documentation[1].section` is a number, not text -> the value in quotes: `"5"`',
    ],
  ],
  [
    "documentation: [{ section: '# A', specification: true }]",
    ["3:28 documentation[1].section: `# A` is not a heading"],
  ],
  [
    "documentation: [{ section: A, specification: true }, { section: a }]",
    ["3:65 documentation[2].section: The heading `a` already stands for a section, in line 3"],
  ],
  [
    "documentation: [{ section: A, aliases: [B, a], specification: true }]",
    ["3:44 documentation[1].aliases[2]: The heading `a` already stands"],
  ],
  [
    "documentation: [{ section: A, aliases: B, specification: true }]",
    ["3:40 documentation[1].aliases: `B` is not a list of headings"],
  ],
  [
    "documentation: [{ section: A, aliases: ['B:'], specification: true }]",
    [
      "3:41 documentation[1].aliases[1]: `B:` is not a heading of at most 80 characters -> one line such as `Goals`",
    ],
  ],
  [
    "documentation: [{ section: short  NAME, specification: true }]",
    ["3:28 documentation[1].section: `short  NAME` is a field of every proposal form"],
  ],
  [
    "documentation: [{ section: A, specification: true, words: 0 }]",
    ["3:59 documentation[1].words: This number is less than 1 -> a whole number from 1 to 10000"],
  ],
  [
    "documentation: [{ section: A, specification: true, words: 10001 }]",
    ["3:59 documentation[1].words: This number is more than 10000"],
  ],
  [
    "documentation: [{ section: A, specification: true, words: 1.5 }]",
    ["3:59 documentation[1].words: `1.5` is not a number of words"],
  ],
  [
    "documentation: [{ section: A, specification: true, words: '5' }]",
    ["3:59 documentation[1].words: `5` is not a number of words"],
  ],
  [
    "documentation: [{ section: A, specification: yes }]",
    ["3:1 documentation: No section", "3:46 documentation[1].specification: `yes` is not `true` or `false`"],
  ],
  [
    "documentation: [{ section: A, specification: true, for: [] }]",
    [
      "3:52 documentation[1].for: `documentation[1].for` is an empty list",
      "3:52 documentation[1].for: New standards and updates",
    ],
  ],
  [
    "documentation: [{ section: A, specification: true, for: [new] }]",
    ["3:52 documentation[1].for: New standards and updates are voted on by their specification"],
  ],
  [
    "documentation: [{ section: A, specification: true, for: [new, update, old] }]",
    ["3:71 documentation[1].for[3]: `old` is not a kind of proposal -> `new`, `update` or `retirement`"],
  ],

  ["comment_period:", ["3:1 comment_period: `comment_period` is empty"]],
  [
    "comment_period: 30 days",
    ["3:17 comment_period: `30 days` is not the terms of the comment period -> `lasts`"],
  ],
  [
    "comment_period: { lasts: 30 }",
    [
      "3:26 comment_period.lasts: `comment_period.lasts` is a number, not a span of time -> a whole number and a unit",
    ],
  ],
  ["comment_period: { lasts: 30 dayz }", ["3:26 comment_period.lasts: `30 dayz` is not a span of time"]],
  ["comment_period: { lasts: 0 days }", ["3:26 comment_period.lasts: `0 days` is not a span of time"]],
  ["comment_period: { lasts: 3 years }", ["3:26 comment_period.lasts: `3 years` is not a span of time"]],
  [
    "comment_period: { reminders: 7 days }",
    ["3:30 comment_period.reminders: `7 days` is not a list of spans of time"],
  ],
  [
    "comment_period: { reminders: [7] }",
    ["3:31 comment_period.reminders[1]: `comment_period.reminders[1]` is a number, not a span of time"],
  ],
  [
    "comment_period: { reminders: [30 days] }",
    [
      "3:31 comment_period.reminders[1]: A reminder 30 days before the end cannot be given in a period of 30 days",
    ],
  ],
  [
    "comment_period: { lasts: 5 days, reminders: [1 day, 1 week] }",
    [
      "3:53 comment_period.reminders[2]: A reminder 7 days before the end cannot be given in a period of 5 days -> a span shorter than 5 days",
    ],
  ],
  [
    "comment_period: { reminders: [7 days, 1 week] }",
    ["3:39 comment_period.reminders[2]: The reminder 7 days before the end is there twice"],
  ],
  [
    "comment_period: { on_edit: notes }",
    ["3:28 comment_period.on_edit: `notes` is not `note` or `restart`; did you mean `note`? -> `note`"],
  ],
  [
    "comment_period: { on_edit: 5 }",
    ["3:28 comment_period.on_edit: `comment_period.on_edit` is a number, not `note` or `restart`"],
  ],

  ["ballot: { lasts: 2 days, reminders: [2 days] }", ["3:38 ballot.reminders[1]: A reminder 2 days before"]],
  [
    "ballot: { reminders: [14 days] }",
    ["3:23 ballot.reminders[1]: A reminder 14 days before the end cannot be given in a period of 14 days"],
  ],
  [
    "ballot: { passes: majority }",
    [
      "3:19 ballot.passes: `majority` is not a rule that a vote can satisfy -> `more than` or `at least`, a fraction",
    ],
  ],
  [
    "ballot: { passes: more than 1/1 of votes cast }",
    ["3:19 ballot.passes: `more than 1/1 of votes cast` is not a rule"],
  ],
  ["ballot: { passes: [a] }", ["3:11 ballot.passes: `ballot.passes` is a list, not a rule"]],
  ["ballot: { quorum: 5 }", ["3:19 ballot.quorum: `ballot.quorum` is a number, not a quorum"]],
  [
    "ballot: { quorum: half }",
    [
      "3:19 ballot.quorum: `half` is not a quorum that people can meet -> `at least 1/2 of members`, `5 members` or `none`",
    ],
  ],
  [
    "ballot: { quorum: 4 members }",
    ["3:19 ballot.quorum: A quorum of 4 members can never be met: there are 3 -> at most `3 members`"],
  ],
  [
    "ballot: { prolong_once: 7 days }",
    ["3:25 ballot.prolong_once: Only a ballot without quorum is prolonged, and this charter sets no quorum"],
  ],
  [
    "ballot: { quorum: 2 members, prolong_once: always }",
    ["3:44 ballot.prolong_once: `always` is not a span of time or `never`"],
  ],
  [
    "ballot: { closes: early }",
    ["3:19 ballot.closes: `early` is not `at the deadline` or `when everyone has voted`"],
  ],
  ["ballot: { reactions: eyes }", ["3:22 ballot.reactions: `eyes` is not three reactions"]],
  [
    "ballot: { reactions: { for: thumbsup } }",
    ['3:29 ballot.reactions.for: `thumbsup` is not a reaction -> one of `"+1"`, `"-1"`, `"laugh"`'],
  ],
  [
    "ballot: { reactions: { for: 1 } }",
    ["3:29 ballot.reactions.for: `ballot.reactions.for` is a number, not a reaction"],
  ],
  [
    "ballot: { reactions: { for: eyes } }",
    ["3:29 ballot.reactions.for: `eyes` would be a vote both `for` and `abstain` -> three different"],
  ],
  [
    "ballot: { reactions: { for: heart, against: heart } }",
    ["3:45 ballot.reactions.against: `heart` would be a vote both `for` and `against`"],
  ],
  [
    "ballot: { reactions: { yes: heart } }",
    [
      "3:24 ballot.reactions.yes: There is no key `yes` in `ballot.reactions` -> one of `for`, `against`, `abstain`",
    ],
  ],

  ["publication: MISP/misp-rfc", ["3:14 publication: `MISP/misp-rfc` is not the terms of publication"]],
  [
    "publication: { standards: misp-rfc }",
    [
      "3:27 publication.standards: `misp-rfc` is not a repository that GitHub allows -> its owner and its name",
    ],
  ],
  ["publication: { decisions: ../x }", ["3:27 publication.decisions: `../x` is not a safe folder"]],
  ["publication: { source: a/b }", ["3:24 publication.source: `a/b` is not a safe file name"]],
];

describe("a mistake is shown where it stands, with what to write instead", () => {
  it.each(WRONG)("%s", (lines, beginnings) => {
    const answers = told(`${SMALLEST}${lines}\n`);
    expect(answers.map((answer, index) => answer.slice(0, beginnings[index]?.length))).toEqual(beginnings);
  });
});

describe("what is left out", () => {
  it.each([
    ["", "1:1 : The file is empty -> `committee: NAME`, and below it `members:`"],
    ["# nothing", "1:1 : The file is empty"],
    ["members: [ada]", "1:1 committee: `committee` is missing -> the committee's name"],
    ["committee: X", "1:1 members: `members` is missing -> a list with one login"],
    [
      "committee: X\nmembers: []",
      "2:1 members: `members` is an empty list -> a list with one login (`adulau`) or team (`MISP/standard-committee`) a line, each after a hyphen and a space",
    ],
    [
      "committee: 2026\nmembers: [ada]",
      '1:12 committee: `committee` is a number, not text -> the value in quotes: `"2026"`',
    ],
    [`committee: ${"x".repeat(101)}\nmembers: [ada]`, "1:12 committee: `xxx"],
    ["just text", "1:1 : `just text` is not a charter"],
    ["[a]", "1:1 : The file is a list, not a charter"],
  ])("%j", (text, beginning) => {
    const answers = told(text);
    expect(answers).toHaveLength(1);
    expect(answers[0]?.slice(0, beginning.length)).toBe(beginning);
  });

  it("does not offer to leave out the members", () => {
    expect(told("committee: X\nmembers: []").join()).not.toContain("leave the key out");
    expect(told(`${SMALLEST}chairs: []`).join()).toContain("; or leave the key out");
  });
});

it("tells all problems at once, in the order of the file", () => {
  const text = `committee: 2026
chair: [ada]
members: [ada, ADA, 4711]
ballot:
  lasts: 2 days
  reminders: [7 days, 3 dayz]
  passes: majority
  quorum: 50 members
  Closes: at the deadline
comment_period: { lasts: x, reminders: [1 day, 1 day] }
publication: { standards: x }
`;
  expect(told(text).map((answer) => answer.split(" -> ")[0])).toMatchInlineSnapshot(`
    [
      "1:12 committee: \`committee\` is a number, not text",
      "2:1 chair: There is no key \`chair\` in a charter; did you mean \`chairs\`?",
      "3:16 members[2]: \`ADA\` is among the members twice; the first time in line 3",
      "3:21 members[3]: \`members[3]\` is a number, not text",
      "6:15 ballot.reminders[1]: A reminder 7 days before the end cannot be given in a period of 2 days",
      "6:23 ballot.reminders[2]: \`3 dayz\` is not a span of time",
      "7:11 ballot.passes: \`majority\` is not a rule that a vote can satisfy",
      "9:3 ballot.Closes: There is no key \`Closes\` in \`ballot\`; did you mean \`closes\`?",
      "10:26 comment_period.lasts: \`x\` is not a span of time",
      "10:48 comment_period.reminders[2]: The reminder 1 day before the end is there twice",
      "11:27 publication.standards: \`x\` is not a repository that GitHub allows",
    ]
  `);
});

it("counts the rest where a list would help nobody", () => {
  const answers = told(`${SMALLEST}${Array.from({ length: 250 }, (_, index) => `k${index}: 1`).join("\n")}`);
  expect(answers).toHaveLength(101);
  expect(answers.at(-1)).toMatch(/^103:1 : There are 150 more problems from here on -> /);
});
