import { readFile } from "node:fs/promises";
import { assert, constantFrom, property, shuffledSubarray, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { fromJSONSchema } from "zod";
import { CannotUpdate } from "../../../src/publication/file-update.ts";
import { EMPTY_REGISTER, type Register, standardIn } from "../../../src/publication/register/model.ts";
import {
  readRegister,
  registerJsonSchemaText,
  registerUpdate,
  writeRegister,
} from "../../../src/publication/register/text.ts";
import { expire, publishNew, retire, updateRevision } from "../../../src/publication/register/updates.ts";
import { specificationLinks } from "../../../src/publication/website/news.ts";
import { SAMPLE_REGISTER, sampleRegisterText } from "../../../src/sandbox/sample-register.ts";
import { EXPIRES, PUBLISHED, proposalNumbered, revision, standard } from "./samples.ts";

const ONE: Register = { ...EMPTY_REGISTER, standards: [standard()] };

function changed(text: string, path: readonly (string | number)[], value: unknown): string {
  const whole: unknown = JSON.parse(text);
  let at = whole;
  for (const step of path.slice(0, -1)) at = Reflect.get(Object(at), step);
  Reflect.set(Object(at), path.at(-1) ?? "", value);
  return JSON.stringify(whole);
}

describe("a register", () => {
  it("is empty where there is no file", () => {
    expect(readRegister(null)).toEqual(EMPTY_REGISTER);
  });

  it("is read back as it was written", () => {
    expect(readRegister(writeRegister(SAMPLE_REGISTER))).toEqual(SAMPLE_REGISTER);
    expect(writeRegister(readRegister(sampleRegisterText()))).toBe(sampleRegisterText());
  });

  it("is written in one way, in whatever order its keys came", () => {
    const keys = Object.keys(standard());
    assert(
      property(shuffledSubarray(keys, { minLength: keys.length }), (order) => {
        const shuffled = Object.fromEntries(order.map((key) => [key, Reflect.get(standard(), key)]));
        const text = JSON.stringify({ standards: [shuffled], version: 1, format: EMPTY_REGISTER.format });
        expect(writeRegister(readRegister(text))).toBe(writeRegister(ONE));
      }),
      { numRuns: 30 },
    );
  });

  it.each<[string, string, string]>([
    ["no JSON", "{", "it is not JSON"],
    ["a list", "[]", "its `format` is not `secretariat register`"],
    ["nothing", "", "it is not JSON"],
    ["null", "null", "its `format` is not"],
    ["another format", '{"format": "x", "version": 1, "standards": []}', "its `format` is not"],
    [
      "a later version",
      '{"format": "secretariat register", "version": 2, "standards": []}',
      "its `version` is not 1",
    ],
    ["no standards", '{"format": "secretariat register", "version": 1}', "`standards` is wrong"],
    ["an unknown key", changed(writeRegister(ONE), ["standards", 0, "x"], 1), "`standards[1]` is wrong"],
    [
      "a slug that climbs",
      changed(writeRegister(ONE), ["standards", 0, "slug"], "../../.github/workflows/x"),
      "`standards[1].slug` is wrong",
    ],
    [
      "files that climb",
      changed(writeRegister(ONE), ["standards", 0, "files"], "../../.github/workflows/x"),
      "`standards[1].files` is wrong",
    ],
    [
      "a decision that climbs",
      changed(writeRegister(ONE), ["standards", 0, "proposals", 0, "decision"], "../x"),
      "`standards[1].proposals[1].decision` is wrong",
    ],
    [
      "no moment",
      changed(writeRegister(ONE), ["standards", 0, "dates", "expires"], "2026-02-31T00:00:00Z"),
      "`standards[1].dates.expires` is wrong (There is no such moment)",
    ],
    [
      "a link that is a program",
      changed(writeRegister(ONE), ["standards", 0, "links", 0, "url"], "javascript:alert(1)"),
      "`standards[1].links[1].url` is wrong",
    ],
    [
      "a link with a password",
      changed(writeRegister(ONE), ["standards", 0, "links", 0, "url"], "https://a:b@example.org/"),
      "This is not an address on the web",
    ],
    [
      "two of a name",
      changed(writeRegister(ONE), ["standards", 1], standard()),
      "There are two of sighting-format",
    ],
    [
      "a title of two lines",
      changed(writeRegister(ONE), ["standards", 0, "title"], "a\nb"),
      "`standards[1].title`",
    ],
    [
      "a title of 301 characters",
      changed(writeRegister(ONE), ["standards", 0, "title"], "x".repeat(301)),
      "title",
    ],
    ["an open list without end", "[".repeat(1_000_000), "it is not JSON"],
    ["5 MB", `"${"x".repeat(5_000_000)}"`, "it is too long"],
  ])("with %s is refused, and left as it is", (_, text, because) => {
    const update = registerUpdate("register.json", (register) => register);
    expect(() => update.update(text)).toThrow(CannotUpdate);
    expect(() => update.update(text)).toThrow(because);
    expect(() => update.update(text)).toThrow("It is left as it is.");
  });

  it("takes a title of 300 characters, and 200 editors", () => {
    const editors = Array.from({ length: 200 }, () => ({
      name: "Ada",
      organization: null,
      email: null,
      country: null,
    }));
    const register = publishNew(EMPTY_REGISTER, "x", revision({ title: "x".repeat(300), editors }));
    expect(readRegister(writeRegister(register))).toEqual(register);
  });

  it("takes links from the root of a website without an address", () => {
    const links = specificationLinks({ files: "rfc", address: null }, { slug: "x", files: null });
    const register = publishNew(EMPTY_REGISTER, "x", revision({ links }));
    expect(readRegister(writeRegister(register))).toEqual(register);
    const [link] = links.map((each) => ({ ...each, url: "//evil.example/x.txt" }));
    expect(() =>
      writeRegister(publishNew(EMPTY_REGISTER, "x", revision({ links: link ? [link] : [] }))),
    ).toThrow("links[1].url");
  });

  it("is not written where it would not be read back", () => {
    const register = publishNew(EMPTY_REGISTER, "../../.github/workflows/x", revision());
    expect(() => writeRegister(register)).toThrow(
      "The register would not be valid: `standards[1].slug` is wrong",
    );
    const titled = publishNew(EMPTY_REGISTER, "x", revision({ title: "x".repeat(301) }));
    expect(() => writeRegister(titled)).toThrow(CannotUpdate);
  });

  it("is never written to a path that climbs or is hidden", () => {
    for (const path of [
      "../register.json",
      "/register.json",
      ".github/workflows/x",
      "a/../b",
      "a//b",
      "a.",
      "a\\b",
      "",
    ])
      expect(() => registerUpdate(path, (register) => register)).toThrow(
        "is not a path that is published to",
      );
  });

  it("throws nothing but CannotUpdate, whatever the text", () => {
    const pieces = constantFrom(
      '{"format":"secretariat register"',
      ',"version":1',
      ',"standards":[',
      "{}",
      "]}",
      "null",
    );
    assert(
      property(string({ unit: pieces, maxLength: 12 }), (text) => {
        try {
          readRegister(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CannotUpdate);
        }
      }),
    );
  });
});

describe("publication", () => {
  it("adds a new standard at the end", () => {
    const { standards } = publishNew(SAMPLE_REGISTER, "sighting-format", revision());
    expect(standards.slice(0, -1)).toEqual(SAMPLE_REGISTER.standards);
    expect(standards.at(-1)).toEqual({ ...standard({ links: [] }), editors: revision().editors });
  });

  it("publishes in its place what was in design, and keeps what is known of it", () => {
    const register = publishNew(
      SAMPLE_REGISTER,
      "misp-modules-protocol",
      revision({ title: "MISP modules protocol" }),
    );
    expect(register.standards.map(({ slug }) => slug)).toEqual(
      SAMPLE_REGISTER.standards.map(({ slug }) => slug),
    );
    expect(standardIn(register, "misp-modules-protocol")).toMatchObject({
      status: "published",
      revision: "00",
      implementations: [{ name: "misp-modules" }],
    });
  });

  it("knows a proposal by its repository in any letter case", () => {
    const proposal = proposalNumbered(12, { repository: "misp/MISP-RFC" });
    const [published] = publishNew(ONE, "sighting-format", revision({ proposal })).standards;
    expect(published?.proposals).toEqual([proposal]);
  });

  it("does not publish over another standard", () => {
    expect(() => publishNew(ONE, "sighting-format", revision({ proposal: proposalNumbered(13) }))).toThrow(
      "The register has a standard named sighting-format already, and it is published.",
    );
  });

  it.each([
    ["a new standard", (register: Register) => publishNew(register, "sighting-format", revision())],
    [
      "an update",
      (register: Register) => updateRevision(register, "misp-core-format", revision({ revision: "21" })),
    ],
    [
      "a retirement",
      (register: Register) => retire(register, "misp-galaxy-format", proposalNumbered(14), PUBLISHED),
    ],
    ["an expiry", (register: Register) => expire(register, "misp-core-format", EXPIRES)],
  ])("of %s is the same when it is done again, and touches no other standard", (_, change) => {
    const once = change(SAMPLE_REGISTER);
    expect(change(once)).toEqual(once);
    const touched = once.standards.filter((each, index) => {
      return JSON.stringify(each) !== JSON.stringify(SAMPLE_REGISTER.standards[index]);
    });
    expect(touched).toHaveLength(1);
    expect(readRegister(writeRegister(once))).toEqual(once);
  });

  it("of an update takes what is new, and keeps what nobody said again", () => {
    const register = updateRevision(
      SAMPLE_REGISTER,
      "misp-galaxy-format",
      revision({
        title: "MISP galaxy format",
        summary: null,
        draft: null,
        revision: "07",
        editors: [],
        implementations: [
          { name: "MISP again", url: "https://github.com/MISP/MISP" },
          { name: "Other", url: null },
        ],
        links: [{ label: "Specification", text: "TXT", url: "https://example.org/x.txt" }],
        proposal: proposalNumbered(15, { kind: "update", revision: "07" }),
      }),
    );
    expect(standardIn(register, "misp-galaxy-format")).toMatchObject({
      draft: "draft-dulaunoy-misp-galaxy-format",
      revision: "07",
      proposals: [{ number: 15 }],
      implementations: [{ name: "MISP" }, { name: "Other" }],
      dates: { published: PUBLISHED, expires: EXPIRES },
      links: [
        { label: "Specification", url: "https://example.org/x.txt" },
        { label: "Galaxy library", text: "HTML" },
        { label: "Galaxy library", text: "PDF" },
        { label: "Lead" },
      ],
    });
  });

  it("of the next revision ends an expiry, and a renewal adds no proposal", () => {
    const renewed = updateRevision(
      expire(ONE, "sighting-format", EXPIRES),
      "sighting-format",
      revision({ proposal: null }),
    );
    expect(standardIn(renewed, "sighting-format")).toMatchObject({
      status: "published",
      proposals: [{ number: 12 }],
    });
  });

  it("retires with the proposal behind it", () => {
    const gone = retire(ONE, "sighting-format", proposalNumbered(20, { kind: "retirement" }), PUBLISHED);
    expect(standardIn(gone, "sighting-format")).toMatchObject({
      status: "retired",
      proposals: [{ number: 12 }, { number: 20, kind: "retirement" }],
      dates: { published: PUBLISHED, expires: null, retired: PUBLISHED },
    });
    expect(() => updateRevision(gone, "sighting-format", revision())).toThrow("was retired");
    expect(() => expire(gone, "sighting-format", EXPIRES)).toThrow("is retired, and does not expire");
  });

  it("knows no standard that the register does not", () => {
    for (const slug of ["x", "../../.github/workflows/x", "__proto__"]) {
      expect(() => updateRevision(ONE, slug, revision())).toThrow("The register has no standard named");
      expect(() => retire(ONE, slug, proposalNumbered(1), PUBLISHED)).toThrow("The register has no standard");
      expect(() => expire(ONE, slug, EXPIRES)).toThrow("The register has no standard");
    }
  });
});

describe("docs/register.schema.json", () => {
  it("is what the schema says (npm run generate)", async () => {
    expect(await readFile("docs/register.schema.json", "utf8")).toBe(registerJsonSchemaText());
  });

  it("accepts the sample, and refuses what the App refuses", () => {
    const editor = fromJSONSchema(JSON.parse(registerJsonSchemaText()));
    expect(editor.safeParse(JSON.parse(sampleRegisterText())).error).toBeUndefined();
    for (const [path, value] of [
      [["version"], 2],
      [["standards", 0, "slug"], "../x"],
      [["standards", 0, "status"], "done"],
      [["standards", 0, "dates", "expires"], "tomorrow"],
      [["standards", 0, "x"], 1],
    ] as const)
      expect(editor.safeParse(JSON.parse(changed(sampleRegisterText(), path, value))).success).toBe(false);
  });
});

describe("the sample", () => {
  it("is the committee's own list", () => {
    const listed = SAMPLE_REGISTER.standards.map(({ slug, status, revision: number }) => [
      slug,
      status,
      number,
    ]);
    expect(listed).toEqual([
      ["misp-core-format", "published", "20"],
      ["misp-object-template-format", "published", "03"],
      ["misp-taxonomy-format", "published", "11"],
      ["misp-galaxy-format", "published", "06"],
      ["threat-actor-naming", "published", null],
      ["sightingdb-format", "published", null],
      ["misp-query-format", "implemented", null],
      ["misp-noticelist-format", "implemented", null],
      ["misp-warninglist-format", "implemented", null],
      ["misp-modules-protocol", "in design", null],
      ["misp-collaborative-voting-format", "in design", null],
    ]);
  });
});
