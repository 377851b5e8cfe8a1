/** What holds for every message, whoever wrote what is in it. */
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { MESSAGE_LIMIT } from "../../src/messages/parts.ts";
import { renderMessage } from "../../src/messages/render.ts";
import type { Message } from "../../src/proposal/desired-state.ts";
import type { FeedbackItem } from "../../src/proposal/entries.ts";
import { HOSTILE, withEverywhere } from "../support/hostile.ts";
import { BALLOT, decisionOf } from "../support/sample-ballots.ts";
import { ELECTORATE, elector, OPENED, PULL_REQUEST, TEXT, WEB } from "../support/sample-committee.ts";
import { rendered, SAMPLES } from "../support/sample-messages.ts";
import { STATUS } from "../support/sample-statuses.ts";

const NAMES = Object.keys(SAMPLES);
const BALLOT_REACTIONS = ["👍", "👎", "👀", "🚀", "😕", "❤️"];
const markdown = new MarkdownIt({ html: true, linkify: true });

/** Without what is shown as code. */
function prose(text: string): string {
  return text.replace(/```[\s\S]*?```/g, "(code)").replace(/`[^`\n]*`/g, "(code)");
}

function withoutAddresses(text: string): string {
  return text.replace(/\]\(https:[^)]*\)/g, "]");
}

describe.each(NAMES)("%s", (name) => {
  it("does not raise its voice", () => {
    expect(prose(rendered(name))).not.toMatch(/!/);
  });

  it("shows no pictures but those of the ballot", () => {
    const pictures = rendered(name).match(/\p{Emoji_Presentation}|\p{Emoji}\uFE0F/gu) ?? [];
    expect(pictures.filter((picture) => !BALLOT_REACTIONS.includes(picture))).toEqual([]);
    if (!name.startsWith("ballot")) expect(pictures).toEqual([]);
  });

  it("says every time of day in UTC", () => {
    const dates = withoutAddresses(rendered(name)).match(/\b\d{4}-\d{2}-\d{2}\b.{0,10}/g) ?? [];
    for (const date of dates) expect(date).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC/);
  });

  it("is neither empty nor untidy", () => {
    expect(rendered(name).trim()).not.toBe("");
    expect(prose(rendered(name))).not.toMatch(/undefined|null|NaN|\[object|[^ |\n] {2}|\n{3}| \n|\.\.|\. ?:/);
  });

  it("keeps hostile text a text", () => {
    const message = SAMPLES[name];
    if (message === undefined) throw new Error(name);
    const hostile = renderMessage(withEverywhere(message, HOSTILE), WEB);
    const html = markdown.render(hostile);
    expect(hostile.length).toBeLessThanOrEqual(MESSAGE_LIMIT);
    expect(html).not.toMatch(/<img|<script|<!--|javascript:alert\(1\)"/);
    expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(headings(hostile)).toEqual(headings(rendered(name)));
    expect(html.match(/<\/?(?:details|table|ul)\b/g)).toEqual(
      markdown.render(rendered(name)).match(/<\/?(?:details|table|ul)\b/g),
    );
    for (const [link] of html.matchAll(/href="[^"]*"/g))
      expect(link).toMatch(/^href="https:\/\/(?:github\.com|datatracker\.ietf\.org\/doc)\//);
    expect(plainText(html)).not.toMatch(/@[a-z]|#\d|GH-\d/i);
  });
});

function headings(text: string): readonly number[] {
  return markdown
    .parse(text, {})
    .filter((token) => token.type === "heading_open")
    .map((token) => Number(token.tag.slice(1)));
}

/** What a browser, and GitHub's search for mentions, makes of it. */
function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}

it("mentions whoever is spoken to, and nobody who is only named", () => {
  const mentioned = (name: string) => [...rendered(name).matchAll(/@([a-z]+)/g)].map(([, login]) => login);
  expect(mentioned("ballot")).toEqual(ELECTORATE.map(({ login }) => login));
  expect(mentioned("ballot reminder")).toEqual(["heidi", "ivan"]);
  expect(mentioned("ballot: closed")).toEqual([]);
  expect(mentioned("decision: approved")).toEqual([]);
  expect(mentioned("status: returned")).toEqual([]);
  expect(mentioned("refusal: own proposal")).toEqual(["mallory"]);
});

describe("however large the committee and its troubles", () => {
  const long = "word ".repeat(1_000);
  const many = Array.from({ length: 500 }, (_, index) => ({
    id: index + 1,
    login: `a-member-with-a-rather-long-login-${index}`,
    organization: `An Organization With a Name of Some Length, number ${index}`,
    sector: "critical infrastructure",
  }));
  const people = many.map(({ id, login }) => ({ id, login }));
  const silent = { for: [], against: [], abstain: [], conflicting: people, silent: people };
  const tally = { ...silent, outside: { people, deletedAccounts: 5, late: 7 } };
  const opened = { ...OPENED, electorate: many };
  const decided = decisionOf({}, "no quorum", opened);
  const item: FeedbackItem = {
    comment: 1,
    by: elector(1),
    at: OPENED.at,
    url: "https://github.com/MISP/misp-rfc/issues/12#issuecomment-900",
    reactions: { heart: 2 },
  };
  const large: readonly Message[] = [
    { ...BALLOT, opened, tally },
    { ...decided, closed: { ...decided.closed, tally } },
    { kind: "ballot-reminder", closesAt: OPENED.closesAt, silent: people },
    { kind: "ballot-prolonged", closesAt: OPENED.closesAt, tally, electorate: people },
    { kind: "feedback", closedAt: OPENED.at, items: Array.from({ length: 2_000 }, () => item) },
    {
      kind: "publication-stopped",
      pullRequests: Array.from({ length: 400 }, () => ({ ...PULL_REQUEST, state: "closed" as const })),
    },
    {
      ...STATUS,
      documentation: Array.from({ length: 300 }, () => ({
        section: {
          title: long,
          aliases: [long, long],
          minimumWords: 5,
          isSpecification: false,
          requiredFor: ["new"],
        },
        state: "missing",
        words: 0,
        because: null,
      })),
      pullRequests: Array.from({ length: 400 }, () => ({ ...PULL_REQUEST, state: "closed" as const })),
      returned: { by: elector(1), reason: "&".repeat(65_000) },
    },
    {
      ...STATUS,
      documentation: null,
      held: {
        why: "charter invalid",
        pin: { owner: "o", name: "n", path: "p", commit: "c" },
        problems: Array.from({ length: 900 }, (_, line) => ({
          line,
          column: 1,
          path: "",
          message: long,
          instead: long,
        })),
      },
    },
  ];

  it.each(large)("$kind fits into a comment", (message) => {
    expect(renderMessage(message, WEB).length).toBeLessThanOrEqual(MESSAGE_LIMIT);
    expect(renderMessage(withEverywhere(message, "&".repeat(3_000)), WEB).length).toBeLessThanOrEqual(
      MESSAGE_LIMIT,
    );
  });

  it("mentions no more people than GitHub notifies, and says how many more there are", () => {
    const ballot = renderMessage({ ...BALLOT, opened, tally }, WEB);
    expect(ballot.match(/@a-member/g)).toHaveLength(50);
    expect(ballot).toContain("500 members listed below");
    const reminder = renderMessage(
      { kind: "ballot-reminder", closesAt: OPENED.closesAt, silent: people },
      WEB,
    );
    expect(reminder).toMatch(/ and \d+ more\.$/);
  });

  it("says how many comments are not listed", () => {
    const items = Array.from({ length: 2_000 }, () => item);
    const text = renderMessage({ kind: "feedback", closedAt: OPENED.at, items }, WEB);
    const listed = text.match(/issuecomment-900/g)?.length ?? 0;
    expect(listed).toBeGreaterThan(300);
    expect(text).toContain(`${(2_000 - listed).toLocaleString("en")} later comments are not listed here`);
  });

  it("links to an Enterprise Server where that is the web site", () => {
    const web = "https://git.example.org" as typeof WEB;
    const text = renderMessage({ ...BALLOT, opened: { ...OPENED, text: TEXT } }, web);
    expect(text).toContain("(https://git.example.org/MISP/misp-rfc/blob/1a2b3c4d5e6f");
    expect(text).not.toContain("github.com");
  });
});
