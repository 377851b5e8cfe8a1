/**
 * What each key of a committee.yml is for and what may stand there, in the words that a chair reads: in an editor
 * (JSON Schema), and in the answer to a mistake. A path here has no list positions: `documentation.words`.
 */
import { REACTION_CONTENTS } from "./charter.ts";
import { PUBLICATION_GUIDANCE } from "./publication-guidance.ts";

export type Guidance = {
  /** What the key is for; an editor shows it. */
  readonly about: string;
  /** What its value is, after "is not …". */
  readonly is: string;
  /** What to write there. */
  readonly instead: string;
};

const SPAN = {
  is: "a span of time",
  instead:
    "a whole number and a unit, such as `30 days`, `2 weeks`, `36 hours` or `45 minutes`; from 1 minute to 730 days",
};
const LINE = { is: "a line of text", instead: "one line of text" };
const ROSTER = {
  is: "a list of people and teams",
  instead:
    "a list with one login (`adulau`) or team (`MISP/standard-committee`) a line, each after a hyphen and a space",
};
const REMINDERS = {
  is: "a list of spans of time",
  instead: "a list such as `[7 days, 1 day]`, at most 10; `[]` for none",
};
const REACTION = {
  is: "a reaction",
  instead: `one of ${REACTION_CONTENTS.map((content) => `\`"${content}"\``).join(", ")}`,
};

/** The least that is a charter. */
export const SMALLEST_CHARTER = "`committee: NAME`, and below it `members:` with one login or team a line";

export const GUIDANCE = {
  "": { about: "The charter of one committee.", is: "a charter", instead: SMALLEST_CHARTER },
  committee: {
    about: "The committee's name, as messages show it.",
    is: "a name of at most 100 characters on one line",
    instead: "the committee's name, such as `MISP Standard Committee`",
  },
  chairs: {
    about: "Who runs the process: may extend periods and withdraw proposals. The members, if left out.",
    ...ROSTER,
  },
  reviewers: {
    about: "The review team that assesses proposals. The chairs, if left out, and else the members.",
    ...ROSTER,
  },
  members: { about: "Who votes: people and teams.", ...ROSTER },
  seat: {
    about: "A login, such as `adulau`, or a team, such as `MISP/standard-committee`.",
    is: "a login or a team that GitHub allows",
    instead:
      "a login such as `adulau` (letters, digits and single hyphens, at most 39), or a team such as `MISP/standard-committee`",
  },
  "seat.login": {
    about: "The person's login on GitHub.",
    is: "a login that GitHub allows",
    instead: "letters, digits and single hyphens, at most 39, such as `adulau`; a team goes under `team`",
  },
  "seat.team": {
    about: "A team on GitHub: everybody in it has this seat.",
    is: "a team that GitHub allows",
    instead: "the organization's login and the team's slug, such as `MISP/standard-committee`",
  },
  "seat.organization": { about: "The organization that the member comes from.", ...LINE },
  "seat.sector": { about: "The sector that the member stands for, such as `academia`.", ...LINE },
  documentation: {
    about: "The sections that a proposal must have. Replaces the default sections.",
    is: "a list of sections",
    instead:
      "a list of sections, such as `- section: Objectives`; exactly one of them with `specification: true`",
  },
  "documentation.section": {
    about: "The section's heading, in any letter case and at any level.",
    is: "a heading of at most 80 characters",
    instead: "one line such as `Objectives`, without Markdown and without a colon at its end",
  },
  "documentation.aliases": {
    about: "Other headings that count as this section.",
    is: "a list of headings",
    instead: "a list such as `[Goals, Purpose]`, at most 20",
  },
  "documentation.aliases.item": {
    about: "Another heading that counts as this section.",
    is: "a heading of at most 80 characters",
    instead: "one line such as `Goals`, without Markdown and without a colon at its end",
  },
  "documentation.words": {
    about: "The least number of words that the section must have. 1, if left out.",
    is: "a number of words",
    instead: "a whole number from 1 to 10000",
  },
  "documentation.specification": {
    about: "Whether this section is the text that is voted on. Exactly one section is.",
    is: "`true` or `false`",
    instead: "`true` for the one section that is voted on; leave it out elsewhere",
  },
  "documentation.for": {
    about: "The kinds of proposal that need this section. All of them, if left out.",
    is: "a list of kinds of proposal",
    instead: "a list of `new`, `update` and `retirement`, such as `[new, update]`",
  },
  "documentation.for.item": {
    about: "A kind of proposal.",
    is: "a kind of proposal",
    instead: "`new`, `update` or `retirement`",
  },
  comment_period: {
    about: "The public comment period.",
    is: "the terms of the comment period",
    instead: "`lasts`, `reminders` and `on_edit`, each on a line of its own, two spaces in",
  },
  "comment_period.lasts": { about: "How long it lasts. `30 days`, if left out.", ...SPAN },
  "comment_period.reminders": {
    about: "How long before its end people are reminded. `[7 days]`, if left out.",
    ...REMINDERS,
  },
  "comment_period.reminders.item": { about: "A span of time before the end.", ...SPAN },
  "comment_period.on_edit": {
    about: "What an edit of the text does: it is noted, or the period starts again. `note`, if left out.",
    is: "`note` or `restart`",
    instead: "`note` or `restart`",
  },
  ballot: {
    about: "The committee's vote.",
    is: "the terms of the ballot",
    instead: "`lasts`, `passes`, `quorum` and so on, each on a line of its own, two spaces in",
  },
  "ballot.lasts": { about: "How long the ballot is open. `14 days`, if left out.", ...SPAN },
  "ballot.reminders": {
    about: "How long before its end those who have not voted are reminded. `[3 days]`, if left out.",
    ...REMINDERS,
  },
  "ballot.reminders.item": { about: "A span of time before the end.", ...SPAN },
  "ballot.passes": {
    about: "What a proposal needs to be approved. `more than 1/2 of votes cast`, if left out.",
    is: "a rule that a vote can satisfy",
    instead:
      "`more than` or `at least`, a fraction, and `of votes cast` or `of members`, such as `more than 1/2 of votes cast` or `at least 2/3 of members`",
  },
  "ballot.quorum": {
    about: "How many of the members must take part. `none`, if left out.",
    is: "a quorum that people can meet",
    instead: "`at least 1/2 of members`, `5 members` or `none`",
  },
  "ballot.prolong_once": {
    about: "How much longer a ballot without quorum stays open, once. `never`, if left out.",
    is: "a span of time or `never`",
    instead: "a span of time such as `7 days`, or `never`",
  },
  "ballot.closes": {
    about: "When the ballot closes. `at the deadline`, if left out.",
    is: "`at the deadline` or `when everyone has voted`",
    instead: "`at the deadline` or `when everyone has voted`",
  },
  "ballot.reactions": {
    about: "The three reactions that are votes.",
    is: "three reactions",
    instead: '`for: "+1"`, `against: "-1"` and `abstain: eyes`, each on a line of its own',
  },
  "ballot.reactions.for": { about: 'A vote for the proposal. `"+1"`, if left out.', ...REACTION },
  "ballot.reactions.against": { about: 'A vote against it. `"-1"`, if left out.', ...REACTION },
  "ballot.reactions.abstain": { about: "An abstention. `eyes`, if left out.", ...REACTION },
  ...PUBLICATION_GUIDANCE,
} as const satisfies Record<string, Guidance>;

export type GuidedKey = keyof typeof GUIDANCE;

/**
 * The guidance for a place in the file. Every roster's line is a `seat`; a line of another list is its `item`, where
 * there is something to say of one, and positions are left out before that.
 */
export function guidanceAt(path: readonly (string | number)[]): Guidance {
  const names = path.filter((step) => typeof step === "string");
  const last = path.at(-1);
  const inRoster = names[0] === "chairs" || names[0] === "reviewers" || names[0] === "members";
  const words = inRoster && path.length > 1 ? ["seat", ...names.slice(1)] : names;
  const key = (typeof last === "number" ? [...words, "item"] : words).join(".");
  if (isGuided(key)) return GUIDANCE[key];
  const whole = words.join(".");
  return isGuided(whole) ? GUIDANCE[whole] : GUIDANCE[""];
}

function isGuided(key: string): key is GuidedKey {
  return Object.hasOwn(GUIDANCE, key);
}

/** A value as a message quotes it: on one line, at most 60 characters, harmless in a terminal and in Markdown. */
export function quoted(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD")
    .replaceAll("`", "'");
  const letters = Array.from(line.slice(0, 200));
  return `\`${letters.length > 60 ? `${letters.slice(0, 59).join("")}…` : line}\``;
}
