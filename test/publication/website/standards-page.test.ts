import { array, assert, boolean, constantFrom, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { instant } from "../../../src/proposal/instant.ts";
import { CannotUpdate } from "../../../src/publication/file-update.ts";
import type { Standard } from "../../../src/publication/register/model.ts";
import { markedSection, standardSection } from "../../../src/publication/website/standards-page.ts";
import { SAMPLE_REGISTER } from "../../../src/sandbox/sample-register.ts";
import { HOSTILE } from "../../support/hostile.ts";
import { input } from "../../support/inputs.ts";
import { PUBLISHED, standard } from "../register/samples.ts";

const PAGE = `---
layout: single
title: Standards
---

# Standards

## Core format

The core.

Specification: [TXT](https://www.misp-standard.org/rfc/core.txt) - [HTML](https://www.misp-standard.org/rfc/core.html)

Core library: [HTML](https://example.org/core)

Lead: [MISP Project](https://www.misp-project.org/)

## Other format

The other, by hand.

### Its examples

Some.
`;

const SECTION = `## Sighting format

A format for sightings.

Specification: [TXT](https://www.misp-standard.org/rfc/sighting-format.txt) - [HTML](https://www.misp-standard.org/rfc/sighting-format.html)`;

const RETIRED = { status: "retired", dates: { published: null, expires: null, retired: PUBLISHED } } as const;

function put(page: string | null, more: Partial<Standard> = {}): string {
  return standardSection("standards.md", standard(more)).update(page);
}

function mark(page: string, more: Partial<Standard>): string {
  return markedSection("standards.md", standard(more)).update(page);
}

describe("a new standard", () => {
  it("is the last section", () => {
    expect(put(PAGE)).toBe(`${PAGE}\n${SECTION}\n`);
  });

  it("needs no blank line where there is one", () => {
    expect(put(`${PAGE}\n`)).toBe(`${PAGE}\n${SECTION}\n`);
  });

  it("keeps a page without a line end at its end, and one with CRLF", () => {
    expect(put(PAGE.trimEnd())).toBe(`${PAGE}\n${SECTION}`);
    const windows = (text: string) => text.replaceAll("\n", "\r\n");
    expect(put(windows(PAGE))).toBe(windows(`${PAGE}\n${SECTION}\n`));
  });

  it("stands under the list, and not under what comes after it", () => {
    const more = "# About us\n\nWe.\n";
    expect(put(`${PAGE}\n${more}`)).toBe(`${PAGE}\n${SECTION}\n\n${more}`);
  });

  it("may be the first one", () => {
    expect(put("# Standards\n")).toBe(`# Standards\n\n${SECTION}\n`);
    expect(put("# Standards")).toBe(`# Standards\n\n${SECTION}`);
  });

  it("is the same when it is done again", () => {
    expect(put(put(PAGE))).toBe(put(PAGE));
  });
});

describe("a section that is there", () => {
  it.each<[string, Partial<Standard>]>([
    ["its title", { title: "core  FORMAT", links: [] }],
    [
      "its specification",
      {
        title: "Quite another name",
        links: [{ label: "Specification", text: "TXT", url: "https://www.misp-standard.org/rfc/core.txt" }],
      },
    ],
  ])("is found by %s, and replaced in place", (_, more) => {
    const page = put(PAGE, { ...more, summary: "The new core." });
    expect(page.match(/^## .*$/gm)).toEqual([`## ${more.title}`, "## Other format"]);
    expect(page).toContain("The new core.");
    expect(page).not.toContain("The core.");
  });

  it("keeps the paragraphs of labels that the register does not have, in their places", () => {
    const page = put(PAGE, {
      title: "Core format",
      summary: "The new core.",
      links: [
        { label: "Specification", text: "TXT", url: "https://www.misp-standard.org/rfc/core.txt" },
        { label: "Lead", text: "Others", url: "https://example.org/" },
      ],
    });
    expect(page.slice(page.indexOf("## Core"), page.indexOf("## Other"))).toMatchInlineSnapshot(`
      "## Core format

      The new core.

      Specification: [TXT](https://www.misp-standard.org/rfc/core.txt)

      Core library: [HTML](https://example.org/core)

      Lead: [Others](https://example.org/)

      "
    `);
  });

  it("keeps its own words where the register has none, and what stands under deeper headings", () => {
    const page = put(PAGE, { title: "Other format", summary: null });
    expect(page).toContain("The other, by hand.\n\nSpecification: [TXT]");
    expect(page.endsWith("### Its examples\n\nSome.\n")).toBe(true);
  });

  it("is not chosen between two", () => {
    const twice = `${PAGE}\n## Core format\n\nAgain.\n`;
    expect(() => put(twice, { title: "Core format", links: [] })).toThrow(
      "The page has 2 sections for the standard `sighting-format`.",
    );
  });
});

describe("a page that is no list of standards", () => {
  it.each<[string, string | null, string]>([
    ["no file", null, "There is no file `standards.md`."],
    ["nothing in it", "", "neither a heading of the first level nor a section"],
    ["no headings", "Just text.\n", "neither a heading of the first level nor a section"],
    [
      "headings only in its front matter and in code",
      "---\nx: y\n---\n\n```\n# no\n```\n",
      "neither a heading",
    ],
    ["only deep headings", "### Deep\n", "neither a heading"],
    ["300 KB", `# Standards\n\n${"x".repeat(300_000)}`, "is longer than 256 KiB"],
  ])("with %s is left as it is", (_, page, because) => {
    expect(() => put(page)).toThrow(CannotUpdate);
    expect(() => put(page)).toThrow(because);
  });

  it.each([
    ["headings", "# a\n## b\n".repeat(12_000)],
    ["sections", "## b\n\n[x](https://example.org/)\n\n".repeat(6_000)],
    ["quotes", `# a\n\n${">".repeat(60_000)}`],
    ["brackets", `# a\n\n## ${"[".repeat(60_000)}`],
  ])("or is full of %s takes no time", (_, page) => {
    const started = performance.now();
    expect(put(page)).toContain("## Sighting format");
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("a standard that is retired, or whose draft has expired", () => {
  it("is marked under its heading, once, and nothing else changes", () => {
    const page = put(PAGE);
    const retired = mark(page, RETIRED);
    const line = "Status: this standard was retired on 2026-12-20, and is kept for reference only.";
    expect(retired).toBe(page.replace("## Sighting format\n\n", `## Sighting format\n\n${line}\n\n`));
    expect(mark(retired, RETIRED)).toBe(retired);
    const expired = mark(page, { status: "expired" });
    expect(expired).toContain(
      "Status: the Internet-Draft of this standard has expired on 2027-06-23, and its next revision is not published yet.",
    );
    expect(mark(expired, RETIRED)).toBe(retired);
  });

  it("loses its mark with the next revision", () => {
    expect(put(mark(put(PAGE), { status: "expired" }))).toBe(put(PAGE));
    const own = put(PAGE, { summary: null });
    expect(put(mark(own, { status: "expired" }), { summary: null })).toBe(own);
  });

  it("may have nothing but its heading", () => {
    const status = "Status: this standard was retired on 2026-12-20, and is kept for reference only.";
    expect(mark("## Sighting format", RETIRED)).toBe(`## Sighting format\n\n${status}`);
    expect(mark("## Sighting format\n\n\n## Next\n", RETIRED)).toBe(
      `## Sighting format\n\n${status}\n\n\n## Next\n`,
    );
  });

  it("has to be on the page", () => {
    expect(() => mark(PAGE, RETIRED)).toThrow("has no section for the standard `sighting-format`");
  });
});

describe("every other byte stays as it is", () => {
  const name = constantFrom("Core", "Sighting format", "A", "B", "C", "D");
  const filler = constantFrom(
    "Text.",
    "",
    "  ",
    "```\n## code\n```",
    "> ## quote",
    "- item\n  ## nested",
    "### Deeper",
    "Lead: [x](https://example.org/x)",
    "<div>\n## html\n</div>",
    "Status: draft",
  );
  const section = record({ title: name, body: array(filler, { maxLength: 4 }) });
  const pages = record({
    sections: array(section, { maxLength: 5 }),
    front: boolean(),
    ended: boolean(),
    lineEnd: constantFrom("\n", "\r\n"),
  }).map(({ sections, front, ended, lineEnd }) => {
    const seen = new Set<string>();
    const once = sections.filter(({ title }) => !seen.has(title) && seen.add(title));
    const parts = once.map(({ title, body }) => [`## ${title}`, "", ...body, "", "Tail.", ""].join("\n"));
    const text = [front ? "---\ntitle: x\n# no heading\n---\n" : "", "# Standards\n", ...parts].join("\n");
    return (ended ? text : text.trimEnd()).replaceAll("\n", lineEnd);
  });

  it("for any page, added, replaced or marked", () => {
    assert(
      property(pages, constantFrom<Standard["status"]>("published", "retired", "expired"), (page, status) => {
        const isThere = /^## Sighting format/m.test(page);
        const change = status === "published" || !isThere ? put : mark;
        const after = change(page, {
          status,
          dates: { published: null, expires: PUBLISHED, retired: PUBLISHED },
        });
        const [head, tail] = around(page);
        expect(after.startsWith(head)).toBe(true);
        expect(after.endsWith(tail)).toBe(true);
        expect(after.length).toBeGreaterThanOrEqual(head.length + tail.length);
        expect(/\n$/.test(after)).toBe(/\n$/.test(page));
        expect(/(?<!\r)\n/.test(after)).toBe(/(?<!\r)\n/.test(page));
        expect(after.match(/^## Sighting format\r?$/gm)).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  /** What stands before and after the section; by its own reading of lines. */
  function around(page: string): readonly [string, string] {
    const start = page.search(/^## Sighting format/m);
    if (start < 0) return [page, ""];
    const next = page.slice(start + 3).search(/^## (?:Core|[A-D])\r?$/m);
    return [page.slice(0, start), next < 0 ? "" : page.slice(start + 3 + next)];
  }
});

describe("hostile words", () => {
  it("make no heading, no link, no HTML and nothing for Liquid", () => {
    const page = put(PAGE, { title: `{{ site }} ${HOSTILE.replaceAll("\n", " ")}`, summary: HOSTILE });
    const added = page.slice(PAGE.length);
    expect(added).not.toMatch(/\{\{|\{%|<[a-z!/]/i);
    expect(added.match(/^#/gm)).toHaveLength(1);
    expect(added.match(/\]\(/g)).toHaveLength(2);
  });

  it("of a template of the committee's own are bounded", () => {
    const own = (section: string) => standardSection("standards.md", standard(), { section }).update(PAGE);
    expect(own("## {{ standard.title }}!\n\nOurs.")).toBe(`${PAGE}\n## Sighting format!\n\nOurs.\n`);
    expect(() => own("# {{ standard.title }}")).toThrow("does not begin with a heading of the second level");
    expect(() => own("## {{ x }}")).toThrow("The template `section` cannot be used");
  });
});

describe("misp-standard.org as it is", () => {
  const page = input("website/standards.md");

  it.runIf(page !== null)("is what the sample register makes of each of its sections", () => {
    for (const each of SAMPLE_REGISTER.standards.filter(({ files }) => files !== null)) {
      const summary = summaryOn(page ?? "", each.title);
      expect(summary.length).toBeGreaterThan(50);
      expect(standardSection("standards.md", { ...each, summary }).update(page)).toBe(page);
      expect(standardSection("standards.md", each).update(page)).toBe(page);
    }
  });

  it.runIf(page !== null)("gets a new section at its end", () => {
    expect(put(page)).toBe(`${page}${SECTION}\n`);
  });

  it.runIf(page !== null)("has each of its standards marked in place", () => {
    for (const each of SAMPLE_REGISTER.standards.filter(({ files }) => files !== null)) {
      const dates = { published: null, expires: null, retired: instant("2027-01-01T00:00:00Z") };
      const marked = markedSection("standards.md", { ...each, status: "retired", dates }).update(page);
      expect(marked.replace(/Status: .*\n\n/, "")).toBe(page);
      expect(marked).toContain(`## ${each.title}\n\nStatus: this standard was retired on 2027-01-01`);
    }
  });
});

function summaryOn(page: string, title: string): string {
  return page.slice(page.indexOf(`## ${title}\n`)).split("\n")[2] ?? "";
}
