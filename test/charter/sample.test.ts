import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { DEFAULT_SECTIONS } from "../../src/charter/defaults.ts";
import { readDocumentation } from "../../src/proposal/documentation.ts";
import { DAY } from "../../src/proposal/instant.ts";
import { OPTIONAL_FIELDS } from "../../src/proposal/sections.ts";
import { charterOf, SMALLEST } from "./read.ts";

const form = z.object({
  labels: z.array(z.string()),
  body: z.array(
    z.object({
      type: z.string(),
      attributes: z.object({
        label: z.string().optional(),
        options: z.array(z.string()).optional(),
        placeholder: z.string().optional(),
      }),
      validations: z.object({ required: z.boolean() }).optional(),
    }),
  ),
});

/** Short enough for a field of one line. */
function answerTo(type: string): string {
  return "misp ".repeat(type === "input" ? 2 : 20).trim();
}

async function proposalForm() {
  return form.parse(parse(await readFile(".github/ISSUE_TEMPLATE/proposal.yml", "utf8")));
}

describe("the sample charter", () => {
  it("is the MISP Standard Committee's", async () => {
    const charter = charterOf(await readFile(".github/committee.yml", "utf8"));
    const about = { organization: null, sector: null };
    expect(charter.committee).toBe("MISP Standard Committee");
    expect(charter.chairs).toEqual([{ kind: "user", login: "adulau", ...about }]);
    expect(charter.reviewers.map((seat) => seat.kind === "user" && seat.login)).toEqual([
      "iglocska",
      "chrisr3d",
    ]);
    expect(charter.members).toEqual([
      { kind: "team", organizationLogin: "MISP", slug: "standard-committee", ...about },
    ]);
  });

  it("publishes to the committee's repositories as they are, and submits nothing to the IETF", async () => {
    const { publication } = charterOf(await readFile(".github/committee.yml", "utf8"));
    const about = { area: null, workgroup: null };
    expect(publication).toEqual({
      standards: { owner: "MISP", name: "misp-rfc" },
      decisions: "decisions",
      source: "raw.md",
      draft: { who: "misp", category: "info", stream: "independent", ipr: "trust200902", ...about },
      register: "register.json",
      readme: "README.md",
      website: {
        repository: { owner: "MISP", name: "misp-standard.org" },
        address: "https://www.misp-standard.org",
        page: "standards.md",
        posts: "_posts",
        files: "rfc",
        templates: {},
      },
      ietf: null,
      maintenance: { before: 30 * DAY },
    });
  });

  it("would submit to the IETF once its last lines are no comment", async () => {
    const text = await readFile(".github/committee.yml", "utf8");
    const { publication } = charterOf(text.replaceAll(/^( *)# (ietf:| {2}submitter:)/gm, "$1$2"));
    expect(publication.ietf).toEqual({ submitter: "secretary@example.org" });
  });

  it("spells out the defaults", async () => {
    const charter = charterOf(await readFile(".github/committee.yml", "utf8"));
    const smallest = charterOf(SMALLEST);
    expect(charter.documentation).toEqual(smallest.documentation);
    expect(charter.commentPeriod).toEqual(smallest.commentPeriod);
    expect(charter.ballot).toEqual(smallest.ballot);
  });

  it("names its schema for editors", async () => {
    const [first] = (await readFile(".github/committee.yml", "utf8")).split("\n");
    expect(first).toBe("# yaml-language-server: $schema=../docs/committee.schema.json");
  });
});

describe("the proposal form", () => {
  it("sets the label, and asks for the default sections and its own fields, the specification last", async () => {
    const { labels, body } = await proposalForm();
    expect(labels).toEqual(["proposal"]);
    const fields = body.flatMap((field) => field.attributes.label ?? []);
    const sections = DEFAULT_SECTIONS.map((section) => section.title);
    expect(fields.slice(0, 2)).toEqual(["Kind of proposal", "Short name"]);
    expect(fields.filter((field) => sections.includes(field))).toEqual(sections);
    expect(fields.at(-1)).toBe(DEFAULT_SECTIONS.find((section) => section.isSpecification)?.title);
    const own = Object.values(OPTIONAL_FIELDS).map(([heading]) => String(heading));
    expect(
      fields
        .slice(2)
        .filter((field) => !sections.includes(field))
        .toSorted(),
    ).toEqual(own.toSorted());
  });

  it("does not insist on what is optional", async () => {
    const { body } = await proposalForm();
    for (const [heading] of Object.values(OPTIONAL_FIELDS)) {
      const field = body.find((candidate) => candidate.attributes.label === heading);
      expect(field?.validations?.required).toBe(false);
    }
  });

  it("shows in its empty fields what is read as it is meant", async () => {
    const { body } = await proposalForm();
    const issue = body.flatMap(({ attributes: { label, placeholder } }) =>
      label === undefined ? [] : [`### ${label}\n\n${placeholder ?? "_No response_"}`],
    );
    const { details, findings } = readDocumentation({ sections: DEFAULT_SECTIONS }, issue.join("\n\n"));
    expect(findings.filter((finding) => finding.state === "not usable")).toEqual([]);
    expect(details).toEqual({
      authors: [
        {
          name: "Ada Lovelace",
          organization: "Example University",
          country: "Luxembourg",
          email: "ada@example.org",
        },
        { name: "Grace Hopper", organization: "Example Navy", country: null, email: null },
      ],
      abbreviation: "MISP core format",
      keywords: ["threat intelligence", "information sharing", "JSON"],
      implementations: [{ name: "MISP", url: "https://github.com/MISP/MISP" }],
      description: null,
      objectives: null,
      security: null,
    });
  });

  it("insists on a section where every kind of proposal needs it", async () => {
    const { body } = await proposalForm();
    for (const section of DEFAULT_SECTIONS) {
      const field = body.find((candidate) => candidate.attributes.label === section.title);
      expect(field?.validations?.required).toBe(section.requiredFor.length === 3);
    }
  });

  it("makes issues that are read as they were filled in", async () => {
    const { body } = await proposalForm();
    const kinds = body.flatMap((field) => field.attributes.options ?? []);
    const read = kinds.map((kind) => {
      const answers = body.flatMap(({ type, attributes: { label } }) =>
        label === undefined ? [] : [`### ${label}\n\n${type === "dropdown" ? kind : answerTo(type)}`],
      );
      return readDocumentation({ sections: DEFAULT_SECTIONS }, answers.join("\n\n"));
    });
    expect(read.map(({ kind, complete }) => [kind, complete])).toEqual([
      ["new", true],
      ["update", true],
      ["retirement", true],
    ]);
  });
});
