import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { parseCharter } from "../../src/charter/parse.ts";
import { charterReport, problemInMarkdown, type ReadableCharter } from "../../src/messages/charter-report.ts";
import { SMALLEST } from "../charter/read.ts";

const pin = {
  owner: "MISP",
  name: "misp-rfc",
  path: ".github/committee.yml",
  commit: "8f3b958d2a0f6c1e4b7a9d5c3e1f0a2b4c6d8e0f",
};

function factOf(text: string): ReadableCharter {
  const parsed = parseCharter(text);
  return parsed.ok
    ? { status: "valid", charter: parsed.charter, pin }
    : { status: "invalid", problems: parsed.problems, pin };
}

const BROKEN = "committee: X\nmember: [ada]\nballot:\n  passes: majority\n  reminders: [14 days]\n";

describe("a charter's state on GitHub", () => {
  it("invalid, on the default branch: a check run and an issue", () => {
    expect(charterReport(factOf(BROKEN), pin.commit, true)).toMatchInlineSnapshot(`
      {
        "check": {
          "annotations": [
            {
              "column": 1,
              "line": 1,
              "message": "\`members\` is missing. Write instead: a list with one login (\`adulau\`) or team (\`MISP/standard-committee\`) a line, each after a hyphen and a space.",
              "path": ".github/committee.yml",
            },
            {
              "column": 1,
              "line": 2,
              "message": "There is no key \`member\` in a charter; did you mean \`members\`? Write instead: \`members\`.",
              "path": ".github/committee.yml",
            },
            {
              "column": 11,
              "line": 4,
              "message": "\`majority\` is not a rule that a vote can satisfy. Write instead: \`more than\` or \`at least\`, a fraction, and \`of votes cast\` or \`of members\`, such as \`more than 1/2 of votes cast\` or \`at least 2/3 of members\`.",
              "path": ".github/committee.yml",
            },
            {
              "column": 15,
              "line": 5,
              "message": "A reminder 14 days before the end cannot be given in a period of 14 days. Write instead: a span shorter than 14 days.",
              "path": ".github/committee.yml",
            },
          ],
          "conclusion": "failure",
          "summary": ".github/committee.yml cannot be used as it is.

      - **Line 1, column 1:** \`members\` is missing. Write instead: a list with one login (\`adulau\`) or team (\`MISP/standard-committee\`) a line, each after a hyphen and a space.
      - **Line 2, column 1:** There is no key \`member\` in a charter; did you mean \`members\`? Write instead: \`members\`.
      - **Line 4, column 11:** \`majority\` is not a rule that a vote can satisfy. Write instead: \`more than\` or \`at least\`, a fraction, and \`of votes cast\` or \`of members\`, such as \`more than 1/2 of votes cast\` or \`at least 2/3 of members\`.
      - **Line 5, column 15:** A reminder 14 days before the end cannot be given in a period of 14 days. Write instead: a span shorter than 14 days.",
          "title": "4 problems in the charter",
        },
        "commit": "8f3b958d2a0f6c1e4b7a9d5c3e1f0a2b4c6d8e0f",
        "issue": {
          "body": "The committee’s charter, \`.github/committee.yml\` as of MISP/misp-rfc@8f3b958d2a0f6c1e4b7a9d5c3e1f0a2b4c6d8e0f, cannot be used as it is: it has 4 problems.

      - **Line 1, column 1:** \`members\` is missing. Write instead: a list with one login (\`adulau\`) or team (\`MISP/standard-committee\`) a line, each after a hyphen and a space.
      - **Line 2, column 1:** There is no key \`member\` in a charter; did you mean \`members\`? Write instead: \`members\`.
      - **Line 4, column 11:** \`majority\` is not a rule that a vote can satisfy. Write instead: \`more than\` or \`at least\`, a fraction, and \`of votes cast\` or \`of members\`, such as \`more than 1/2 of votes cast\` or \`at least 2/3 of members\`.
      - **Line 5, column 15:** A reminder 14 days before the end cannot be given in a period of 14 days. Write instead: a span shorter than 14 days.

      Until they are mended on the default branch, nothing formal happens to any proposal: no stage begins or ends, and no vote or comment is lost. This issue then closes by itself.",
          "title": "The committee’s charter cannot be used as it is",
        },
        "onDefaultBranch": true,
      }
    `);
  });

  it("invalid, elsewhere: no issue", () => {
    const report = charterReport(factOf(BROKEN), pin.commit, false);
    expect(report.issue).toBeNull();
    expect(report.onDefaultBranch).toBe(false);
    expect(report.check.conclusion).toBe("failure");
  });

  it("valid: what it means, and the issue goes", () => {
    const text =
      "committee: X *Y*\nchairs: [ada]\nmembers: [ada, { team: A/b, sector: '@everyone' }]\nballot: { quorum: 2 members, prolong_once: 7 days, reminders: [] }\n";
    expect(charterReport(factOf(text), pin.commit, true)).toMatchInlineSnapshot(`
      {
        "check": {
          "annotations": [],
          "conclusion": "success",
          "summary": "- This is the charter of the X \\*Y\\*.
      - Members, who vote: ada, the team A/b (@⁠everyone).
      - Chairs, who may extend periods and withdraw proposals: ada.
      - Reviewers, who assess proposals: ada.
      - Every proposal needs the section "Description" (also: Detailed description, Summary) with at least 20 words.
      - Every proposal needs the section "Objectives" (also: Objective, Goals, Goal) with at least 10 words.
      - A proposal for a new standard or an update needs the section "Technical specification" (also: Technical specifications, Specification, Specifications) with at least 20 words; it is the text that is voted on, or a link to it.
      - The comment period lasts 30 days, with a reminder 7 days before its end. An edit of the text is noted.
      - The ballot lasts 14 days, without a reminder. It closes at the deadline.
      - A proposal is approved if more than 1/2 of the votes cast, which are those for and against, are for it. Quorum: 2 members must take part; otherwise the ballot is prolonged once, by 7 days.
      - Votes are reactions: +1 for, -1 against, eyes to abstain.
      - Approved proposals go to this repository: the text as raw.md in the folder of the standard, the decision in decisions/.",
          "title": "The charter is valid",
        },
        "commit": "8f3b958d2a0f6c1e4b7a9d5c3e1f0a2b4c6d8e0f",
        "issue": null,
        "onDefaultBranch": true,
      }
    `);
  });

  it("absent: nothing is wrong, and nothing happens", () => {
    expect(charterReport({ status: "absent" }, pin.commit, true)).toMatchInlineSnapshot(`
      {
        "check": {
          "annotations": [],
          "conclusion": "neutral",
          "summary": "The rules of a committee stand in \`.github/committee.yml\`. Without that file nothing formal happens here.",
          "title": "There is no charter",
        },
        "commit": "8f3b958d2a0f6c1e4b7a9d5c3e1f0a2b4c6d8e0f",
        "issue": null,
        "onDefaultBranch": true,
      }
    `);
  });
});

describe("what stood in the file stays text", () => {
  const HOSTILE = [
    "@MISP/all",
    "#1",
    "<img src=x>",
    "-->",
    "**b**",
    "[a](http://x)",
    "`c`",
    "|",
    "fixes MISP/a#2",
  ];

  it.each(HOSTILE)("%s", (text) => {
    const fact = factOf(`${SMALLEST}? ${JSON.stringify(text)}\n: 1\nchairs: [${JSON.stringify(text)}]\n`);
    const body = charterReport(fact, pin.commit, true).issue?.body ?? "";
    const html = new MarkdownIt({ html: true, linkify: true }).render(body);
    expect(
      html.replaceAll(/<\/?(?:p|ul|li|strong|code|a(?: href="https:\/\/MISP[^"]*")?)>/g, ""),
    ).not.toMatch(/<(?!\/a>)/);
    expect(html).not.toContain("@MISP/all");
    // GitHub looks for references in text, not in code.
    expect(html.replaceAll(/<code>[^<]*<\/code>/g, "")).not.toMatch(/#[0-9]|fixes/);
  });

  it("is shown between code marks, with the sentence around it whole", () => {
    expect(
      problemInMarkdown({
        line: 3,
        column: 1,
        path: "x",
        message: "There is no key `a*b` here; did you mean `b`?",
        instead: "`b`",
      }),
    ).toBe("**Line 3, column 1:** There is no key `a*b` here; did you mean `b`? Write instead: `b`.");
  });
});

it("fits what GitHub takes, however much is wrong", () => {
  const problem = {
    line: 1,
    column: 1,
    path: "x",
    message: `\`${"*".repeat(59)}\` `.repeat(15),
    instead: "y".repeat(200),
  };
  const problems = Array.from({ length: 101 }, () => problem);
  const report = charterReport({ status: "invalid", problems, pin }, pin.commit, true);
  expect(report.check.annotations).toHaveLength(50);
  for (const text of [report.check.summary, report.issue?.body ?? ""]) {
    expect(text.length).toBeGreaterThan(10_000);
    expect(text.length).toBeLessThan(60_000);
    expect(text).toMatch(/… and [0-9]+ more\./);
  }
});
