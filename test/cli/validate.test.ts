import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { validate } from "../../src/cli/validate.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "charter-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function told(content: string | Uint8Array) {
  const file = join(folder, "committee.yml");
  await writeFile(file, content);
  const { exit, lines } = await validate(file);
  return { exit, text: lines.join("\n").replaceAll(file, "FILE") };
}

describe("npm run validate", () => {
  it("says what a valid charter means", async () => {
    expect(await validate(".github/committee.yml")).toMatchInlineSnapshot(`
      {
        "exit": 0,
        "lines": [
          ".github/committee.yml is valid.",
          "",
          "This is the charter of the MISP Standard Committee.",
          "Members, who vote: the team MISP/standard-committee.",
          "Chairs, who may extend periods and withdraw proposals: adulau.",
          "Reviewers, who assess proposals: iglocska, chrisr3d.",
          "Every proposal needs the section "Description" (also: Detailed description, Summary) with at least 20 words.",
          "Every proposal needs the section "Objectives" (also: Objective, Goals, Goal) with at least 10 words.",
          "A proposal for a new standard or an update needs the section "Technical specification" (also: Technical specifications, Specification, Specifications) with at least 20 words; it is the text that is voted on, or a link to it.",
          "The comment period lasts 30 days, with a reminder 7 days before its end. An edit of the text is noted.",
          "The ballot lasts 14 days, with a reminder 3 days before its end. It closes at the deadline.",
          "A proposal is approved if more than 1/2 of the votes cast, which are those for and against, are for it. There is no quorum.",
          "Votes are reactions: +1 for, -1 against, eyes to abstain.",
          "Approved proposals go to MISP/misp-rfc: the text as raw.md in the folder of the standard, the decision in decisions/.",
          "A text becomes an Internet-Draft, draft-misp-NAME-NN: category info, stream independent, ipr trust200902.",
          "The register of standards is register.json in MISP/misp-rfc.",
          "The list of standards in README.md there is kept up to date.",
          "The website is MISP/misp-standard.org, https://www.misp-standard.org: the page standards.md, news in _posts/, the standards as text and HTML in rfc/.",
          "An issue asks for the next revision of a draft 30 days before it expires.",
        ],
      }
    `);
  });

  it("says what is wrong, where, and what to write instead", async () => {
    expect(await told("committee: X\nmember: [ada]\nballot: { lasts: 14 }\n")).toMatchInlineSnapshot(`
      {
        "exit": 1,
        "text": "FILE:1:1 \`members\` is missing
          Write instead: a list with one login (\`adulau\`) or team (\`MISP/standard-committee\`) a line, each after a hyphen and a space
      FILE:2:1 There is no key \`member\` in a charter; did you mean \`members\`?
          Write instead: \`members\`
      FILE:3:18 \`ballot.lasts\` is a number, not a span of time
          Write instead: a whole number and a unit, such as \`30 days\`, \`2 weeks\`, \`36 hours\` or \`45 minutes\`; from 1 minute to 730 days",
      }
    `);
  });

  it("refuses what is not UTF-8 text", async () => {
    const { exit, text } = await told(Buffer.from("committee: X\nmembers: [ada]\n", "utf16le"));
    expect(exit).toBe(1);
    expect(text).toContain("FILE:1:2 The control character U+0000 stands here");
  });

  it("says when there is no file", async () => {
    const { exit, lines } = await validate(join(folder, "none.yml"));
    expect(exit).toBe(2);
    expect(lines.join()).toContain("none.yml cannot be read: ENOENT");
    expect(await validate(folder)).toMatchObject({ exit: 2 });
    expect(await validate(undefined)).toEqual({ exit: 2, lines: ["Usage: npm run validate -- FILE"] });
  });

  it("exits with that on the command line", async () => {
    const file = join(folder, "committee.yml");
    await writeFile(file, "committee: X\n");
    const run = promisify(execFile)(process.execPath, ["src/cli/validate.ts", file]);
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("`members` is missing"),
    });
  });
});
