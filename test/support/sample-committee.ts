/** One committee and one proposal, for samples of what is written about them. */
import type { BallotTerms, RequiredSection } from "../../src/charter/charter.ts";
import type { WebUrl } from "../../src/messages/web.ts";
import type { EntryOf, PullRequestPin, Tally, TextPin, Vote } from "../../src/proposal/entries.ts";
import type { CharterPin, FilePin, Person, ProposalRef, Seated } from "../../src/proposal/facts.ts";
import { DAY, instant, seconds } from "../../src/proposal/instant.ts";

export const WEB = "https://github.com" as WebUrl;
export const REF: ProposalRef = { owner: "MISP", name: "misp-rfc", number: 12 };
export const COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
export const TEXT_SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
export const ISSUE_SHA = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";

export const FILE: FilePin = {
  owner: "MISP",
  name: "misp-rfc",
  path: "misp-core-format/raw.md",
  commit: COMMIT,
};

export const TEXT: TextPin = {
  title: "MISP core format",
  proposal: "new",
  slug: "misp-core-format",
  issue: ISSUE_SHA,
  text: TEXT_SHA,
  bytes: 96_306,
  source: FILE,
  details: {
    authors: [],
    abbreviation: null,
    keywords: [],
    implementations: [],
    description: null,
    objectives: null,
    security: null,
  },
};

export const CHARTER: CharterPin = {
  owner: "MISP",
  name: "misp-rfc",
  path: ".github/committee.yml",
  commit: COMMIT,
};

export const DOCKET = { owner: "MISP", name: "misp-rfc", path: "0012/docket.json" };

export const ELECTORATE: readonly Seated[] = [
  { id: 1, login: "alice", organization: "CIRCL", sector: "CSIRT" },
  { id: 2, login: "bob", organization: "Example Bank", sector: "industry" },
  { id: 3, login: "carol", organization: "University of Luxembourg", sector: "academia" },
  { id: 4, login: "dave", organization: null, sector: null },
  { id: 5, login: "erin", organization: "CIRCL", sector: "CSIRT" },
  { id: 6, login: "frank", organization: null, sector: "government" },
  { id: 7, login: "grace", organization: "Example Telecom", sector: "industry" },
  { id: 8, login: "heidi", organization: null, sector: null },
  { id: 9, login: "ivan", organization: null, sector: null },
];

export function elector(id: number): Person {
  const { login } = ELECTORATE[id - 1] ?? { login: `member-${id}` };
  return { id, login };
}

const TERMS: BallotTerms = {
  lasts: seconds(14 * DAY),
  reminders: [seconds(3 * DAY)],
  passes: { comparison: "more than", fraction: { numerator: 1, denominator: 2 }, of: "votes cast" },
  quorum: { kind: "share", comparison: "at least", fraction: { numerator: 1, denominator: 2 } },
  prolongOnce: seconds(7 * DAY),
  closes: "at the deadline",
  reactions: { for: "+1", against: "-1", abstain: "eyes" },
};

export const OPENED: EntryOf<"ballot-opened"> = {
  kind: "ballot-opened",
  at: instant("2026-12-20T09:30:01Z"),
  closesAt: instant("2027-01-03T09:30:01Z"),
  terms: TERMS,
  electorate: ELECTORATE,
  text: TEXT,
  charter: CHARTER,
};

/** The ballot with other terms than usual. */
export function openedWith(terms: Partial<BallotTerms>): EntryOf<"ballot-opened"> {
  return { ...OPENED, terms: { ...TERMS, ...terms } };
}

/** A count: so many of the electorate, in its order, for, against, abstaining and torn; the others are silent. */
export function tallyOf(votes: { for?: number; against?: number; abstain?: number; torn?: number }): Tally {
  const people = ELECTORATE.map(({ id, login }): Person => ({ id, login }));
  const take = (number = 0) => people.splice(0, number);
  const cast = (choice: Vote["choice"], number = 0) =>
    take(number).map((voter): Vote => ({ voter, choice, at: instant("2026-12-28T10:00:00Z") }));
  const [inFavour, against, abstain] = [
    cast("for", votes.for),
    cast("against", votes.against),
    cast("abstain", votes.abstain),
  ];
  const conflicting = take(votes.torn);
  const outside = { people: [], deletedAccounts: 0, late: 0 };
  return { for: inFavour, against, abstain, conflicting, silent: people, outside };
}

export const RUNNING: Tally = {
  ...tallyOf({ for: 4, against: 1, abstain: 1, torn: 1 }),
  outside: { people: [{ id: 77, login: "passer-by" }], deletedAccounts: 1, late: 0 },
};

export const PULL_REQUEST: PullRequestPin = {
  repository: { owner: "MISP", name: "misp-rfc" },
  number: 34,
  url: "https://github.com/MISP/misp-rfc/pull/34",
  branch: "secretariat/12-misp-core-format",
  files: [
    { path: "misp-core-format/raw.md", voted: TEXT_SHA },
    { path: "decisions/0012.json", voted: null },
  ],
};

export function section(title: string, more: Partial<RequiredSection> = {}): RequiredSection {
  return { title, aliases: [], minimumWords: 20, isSpecification: false, requiredFor: ["new"], ...more };
}
