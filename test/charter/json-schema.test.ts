import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { fromJSONSchema } from "zod";
import { GUIDANCE } from "../../src/charter/guidance.ts";
import { charterJsonSchema, charterJsonSchemaText } from "../../src/charter/json-schema.ts";
import { KEYS } from "../../src/charter/schema.ts";
import { charterOf, SMALLEST } from "./read.ts";

const editor = fromJSONSchema(JSON.parse(charterJsonSchemaText()));

describe("docs/committee.schema.json", () => {
  it("is what the schema says (npm run generate)", async () => {
    expect(await readFile("docs/committee.schema.json", "utf8")).toBe(charterJsonSchemaText());
  });

  it("is the same data, however it is laid out", () => {
    expect(JSON.parse(charterJsonSchemaText())).toEqual(JSON.parse(JSON.stringify(charterJsonSchema())));
  });

  it("accepts the sample and the smallest charter", async () => {
    for (const text of [await readFile(".github/committee.yml", "utf8"), SMALLEST]) {
      expect(editor.safeParse(parse(text)).error).toBeUndefined();
    }
  });

  it.each([
    "committee: X",
    "members: [a]",
    `${SMALLEST}zzz: 1`,
    `${SMALLEST}chairs: []`,
    `${SMALLEST}chairs: ada`,
    `${SMALLEST}chairs: [{ name: ada }]`,
    `${SMALLEST}ballot: { lasts: 2 fortnights }`,
    `${SMALLEST}ballot: { zzz: 1 }`,
    `${SMALLEST}ballot: { reactions: { for: thumbsup } }`,
    `${SMALLEST}comment_period: { on_edit: never }`,
    `${SMALLEST}documentation: [{ section: A, words: 0 }]`,
    `${SMALLEST}publication: { draft: {} }`,
    `${SMALLEST}publication: { draft: { who: misp, stream: ietf } }`,
    `${SMALLEST}publication: { website: { repository: A/b, templates: { news: a } } }`,
    `${SMALLEST}publication: { maintenance: { before: 30 } }`,
  ])("refuses %j", (text) => {
    expect(editor.safeParse(parse(text)).success).toBe(false);
  });

  it("explains every key", () => {
    const text = charterJsonSchemaText();
    for (const [key, { about }] of Object.entries(GUIDANCE)) {
      // What is said of a kind of proposal stands at the list of them.
      if (key !== "documentation.for.item") expect(text).toContain(JSON.stringify(about));
    }
  });
});

describe("the guide for chairs", () => {
  it("names every key", async () => {
    const guide = await readFile("docs/charter.md", "utf8");
    for (const keys of Object.values(KEYS))
      for (const key of keys) expect(guide).toMatch(new RegExp(`\\b${key}\\b`));
  });

  it("shows charters that are valid, and the defaults as they are", async () => {
    const guide = await readFile("docs/charter.md", "utf8");
    const samples = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = ""]) => text);
    const charters = samples.filter((text) => text.startsWith("committee:")).map(charterOf);
    expect(charters).toHaveLength(4);
    const [smallest, whole] = charters;
    expect(whole?.documentation).toEqual(smallest?.documentation);
    expect(whole?.commentPeriod).toEqual(smallest?.commentPeriod);
    expect(whole?.ballot).toEqual(smallest?.ballot);
    expect({ ...whole?.publication, standards: null }).toEqual(smallest?.publication);
  });

  it("shows every part of publication, with the defaults of each", async () => {
    const guide = await readFile("docs/charter.md", "utf8");
    const [, text = ""] =
      /```yaml\n(committee: Example\nmembers: \[ada\]\npublication:.*?)```/s.exec(guide) ?? [];
    const { publication } = charterOf(text);
    const least = charterOf(
      `${SMALLEST}publication: { draft: { who: misp }, register: a, website: { repository: A/b }, maintenance: {} }`,
    ).publication;
    expect({ ...publication.draft, area: null, workgroup: null }).toEqual(least.draft);
    expect({ ...publication.website, repository: null, address: null, templates: {} }).toEqual({
      ...least.website,
      repository: null,
    });
    expect(publication.maintenance).toEqual(least.maintenance);
    expect(Object.values(publication)).not.toContain(null);
  });
});
