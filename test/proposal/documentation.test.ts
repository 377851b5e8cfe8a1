import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RequiredSection } from "../../src/charter/charter.ts";
import { type DocumentationReading, readDocumentation } from "../../src/proposal/documentation.ts";
import { input } from "../support/inputs.ts";

const DESCRIPTION: RequiredSection = {
  title: "Description",
  aliases: ["Detailed description", "Summary"],
  minimumWords: 3,
  isSpecification: false,
  requiredFor: ["new", "update", "retirement"],
};
const OBJECTIVES: RequiredSection = {
  ...DESCRIPTION,
  title: "Objectives",
  aliases: ["Goals"],
  minimumWords: 1,
};
const SPECIFICATION: RequiredSection = {
  title: "Technical specification",
  aliases: ["Specification"],
  minimumWords: 5,
  isSpecification: true,
  requiredFor: ["new", "update"],
};
const REQUIRED = { sections: [DESCRIPTION, OBJECTIVES, SPECIFICATION] };

const LINK = "https://github.com/MISP/misp-rfc/blob/main/misp-core-format/raw.md";
const TEXT = "A format is a format is a format.";

/** An issue as GitHub writes it from the form. */
function form(answers: Readonly<Record<string, string>>): string {
  const fields = {
    "Kind of proposal": "New standard",
    "Short name": "core",
    Description: TEXT,
    Objectives: TEXT,
  };
  return Object.entries({ ...fields, "Technical specification": TEXT, ...answers })
    .map(([label, answer]) => `### ${label}\n\n${answer === "" ? "_No response_" : answer}`)
    .join("\n\n");
}

function read(body: string): DocumentationReading {
  return readDocumentation(REQUIRED, body);
}

function statesOf(body: string): readonly string[] {
  return read(body).findings.map((finding) => finding.state);
}

function textOf(body: string): string | null {
  const { specification } = read(body);
  return specification?.from === "issue" ? specification.text : null;
}

describe("a proposal from the form", () => {
  it("is read in full", () => {
    const found = read(form({}));
    expect(found).toEqual({
      kind: "new",
      shortName: "core",
      findings: REQUIRED.sections.map((section) => ({ section, state: "present", words: 8, because: null })),
      specification: { from: "issue", text: `${TEXT}\n` },
      details: {
        authors: [],
        abbreviation: null,
        keywords: [],
        implementations: [],
        description: TEXT,
        objectives: TEXT,
        security: null,
      },
      complete: true,
    });
    expect(read(form({}).replaceAll("\n", "\r\n"))).toEqual(found);
  });

  it.each([
    ["New standard", "new"],
    ["Update of a standard", "update"],
    ["Retirement of a standard", "retirement"],
    ["UPDATE OF A STANDARD", "update"],
    ["**Update**", "update"],
    ["- New standard", "new"],
    ["Newer standard", null],
    ["None", null],
    ["", null],
  ])("says which kind it is: %j", (answer, kind) => {
    expect(read(form({ "Kind of proposal": answer })).kind).toBe(kind);
  });

  it.each([
    ["misp-core-format", "misp-core-format"],
    ["`misp_core_format`", "misp_core_format"],
    ["", null],
    ["<!-- a short name -->", null],
    ["-", null],
  ])("says its short name: %j", (answer, shortName) => {
    expect(read(form({ "Short name": answer })).shortName).toBe(shortName);
  });

  it("needs no specification to retire a standard, and every section where it does not say what it is", () => {
    const retirement = read(
      form({ "Kind of proposal": "Retirement of a standard", "Technical specification": "" }),
    );
    expect(retirement.findings.map((finding) => finding.section.title)).toEqual([
      "Description",
      "Objectives",
    ]);
    expect(retirement.complete).toBe(true);
    expect(retirement.specification).toBeNull();
    expect(statesOf(form({ "Kind of proposal": "", "Technical specification": "" }))).toEqual([
      "present",
      "present",
      "empty",
    ]);
  });

  it.each([
    "",
    "   ",
    "<!-- Tell us\n\nmore -->",
    "<!-- a --> <!-- b -->",
    "…",
    "- \n- ",
    "---",
    "*",
    "Link:",
    "https://",
    "[Link]()",
    "[comment]: # (say something here)",
  ])("takes %j for an empty answer", (answer) => {
    expect(statesOf(form({ Description: answer }))).toEqual(["empty", "present", "present"]);
    const found = read(form({ "Technical specification": answer }));
    expect(found.findings.at(-1)?.state).toBe("empty");
    expect(found.specification).toBeNull();
    expect(found.complete).toBe(false);
  });

  it("counts words against the charter's least number", () => {
    const found = read(
      form({ Description: "Two words", "Technical specification": "One two <!-- three four five -->" }),
    );
    expect(found.findings.map(({ state, words }) => [state, words])).toEqual([
      ["too short", 2],
      ["present", 8],
      ["too short", 2],
    ]);
    expect(statesOf(form({ Description: "Three words now" }))[0]).toBe("present");
  });

  it("keeps headings of any level inside an answer", () => {
    expect(
      statesOf(form({ Description: "# Background\n\nSome words here\n\n## Why\n\n### Scope\n\nMore" })),
    ).toEqual(["present", "present", "present"]);
    expect(statesOf(form({ Description: "## Background\n\nSome words here" }))[0]).toBe("present");
  });

  it("has its sections under the form's own headings only", () => {
    expect(statesOf(form({ Description: "## Objectives\n\nto say three words" }))[0]).toBe("present");
    expect(read(form({ Description: `${TEXT}\n\n# Short name\n\nother` })).shortName).toBe("core");
  });

  it("does not give an unanswered section the answer to a question it does not know", () => {
    const body = `### Kind of proposal\n\nNew standard\n\n### Description\n\n_No response_\n\n### Contact\n\nme, myself and I`;
    expect(statesOf(body)).toEqual(["empty", "missing", "missing"]);
    expect(
      statesOf(`${form({ "Technical specification": "" })}\n\n### Contact\n\nme, myself, and I again`)[2],
    ).toBe("empty");
  });

  it("takes what is written below a left-over `_No response_`", () => {
    expect(textOf(form({ "Technical specification": `_No response_\n\n# Introduction\n\n${TEXT}` }))).toBe(
      `# Introduction\n\n${TEXT}\n`,
    );
  });
});

describe("a proposal written by hand", () => {
  it.each([
    ["# Description"],
    ["###### DESCRIPTION ######"],
    ["Description\n==========="],
    ["Summary\n---"],
    ["## **Description:**"],
    ["## 1. Description"],
    ["## 2.1 Description :"],
    ["## `Description`"],
    ["##   Detailed   description"],
    ["## _Goals_ <!-- of it --> ", 1],
    ["## Ｄｅｓｃｒｉｐｔｉｏｎ"],
  ])("has its sections under any heading: %j", (heading, index = 0) => {
    expect(statesOf(`${heading}\n\n${TEXT}`)[index]).toBe("present");
  });

  it.each([
    ["bold text", "**Description**"],
    ["fenced code", "```\n## Description\n```"],
    ["indented code", "Text\n\n    ## Description\n"],
    ["a quote", "> ## Description"],
    ["a list", "- ## Description"],
    ["an HTML comment", "<!--\n## Description\n-->"],
    ["an HTML heading", "<h2>Description</h2>"],
    ["no space after the marks", "##Description"],
    ["an escaped mark", "\\## Description"],
    ["more words", "## Description of the weather"],
    ["a heading as long as a page", `## ${"a".repeat(300)}`],
    ["nothing", ""],
  ])("has no section under %s", (_, heading) => {
    expect(statesOf(`${heading}\n\n${TEXT}`)).toEqual(["missing", "missing", "missing"]);
  });

  it("ends a section at the next heading of the same or a higher level, or at another section", () => {
    expect(statesOf("## Description\n\n## Notes\n\nfour words of notes")[0]).toBe("empty");
    expect(statesOf("## Description\n\n# Notes\n\nfour words of notes")[0]).toBe("empty");
    expect(statesOf("## Description\n\n### Notes\n\nfour words of notes")[0]).toBe("present");
    expect(statesOf("## Description\n\n### Objectives\n\nfour words of objectives").slice(0, 2)).toEqual([
      "empty",
      "present",
    ]);
  });

  it("takes the first of several sections that says something", () => {
    const body =
      "## Description\n\n_No response_\n\n## Description\n\nthe second one says\n\n## Summary\n\nthe third one says more";
    expect(read(body).findings[0]).toMatchObject({ state: "present", words: 4 });
  });

  it("has headings of every level, wherever its specification stands", () => {
    expect(statesOf(`### Specification\n\n${TEXT}\n\n## Description\n\n${TEXT}`)).toEqual([
      "present",
      "missing",
      "present",
    ]);
  });

  it("may give its sections in any order", () => {
    const body = `## Specification\n\n# Introduction\n\n${TEXT}\n\n## Goals\n\nOne\n\n## Description\n\n${TEXT}`;
    expect(statesOf(body)).toEqual(["present", "present", "present"]);
    expect(textOf(body)).toBe(`# Introduction\n\n${TEXT}\n`);
  });

  it("says its kind and short name under headings, too", () => {
    expect(read("# Kind of proposal\nUpdate\n# Short name\nx y\n")).toMatchObject({
      kind: "update",
      shortName: "x y",
    });
  });

  it("is not taken for the form's output because its specification speaks of the form", () => {
    const body = `## Description\n\n${TEXT}\n\n## Goals\n\nOne\n\n## Specification\n\n${TEXT}\n\n### Kind of proposal\n\nNew`;
    expect(statesOf(body)).toEqual(["present", "present", "present"]);
    expect(read(body).kind).toBeNull();
  });
});

/** A small draft with everything that could be taken for a part of the form. */
const DRAFT = `%%%
Title = "A format"
[[author]]
initials="A."
 [author.address]
 email = "a@example.org"
%%%

.# Abstract

A format with  two spaces\ta tab and a trailing space 
and \`code\`, <b>HTML</b>, &amp; an entity.

{mainmatter}

# Introduction

## Description
### description

The description of a field.

### Objectives
#### Short name
### Technical specification

Objectives
----------

~~~~
{ "fence": "### Objectives" }
~~~~

> ### Description

<!-- ### Objectives -->

# Kind of proposal

<reference anchor='X' target='https://example.org'>
  <front><title>X</title></front>
</reference>

{backmatter}
`;

describe("the specification in the issue", () => {
  it.each([
    ["from the form", form({ "Technical specification": DRAFT })],
    ["from the form, blank lines around it", form({ "Technical specification": `\n \n${DRAFT}\n\n  \n` })],
    [
      "from the form, with Windows line ends",
      form({ "Technical specification": DRAFT }).replaceAll("\n", "\r\n"),
    ],
    [
      "by hand",
      `# Description\n${TEXT}\n# Objectives\n${TEXT}\n# Short name\nx\n# Kind of proposal\nnew\n# Specification\n${DRAFT}`,
    ],
  ])("is its text byte for byte: %s", (_, body) => {
    expect(textOf(body)).toBe(DRAFT);
    expect(read(body).complete).toBe(true);
  });

  it("starts afresh where its heading is repeated over nothing", () => {
    expect(textOf(`## Specification\n\n_No response_\n\n## Specification\n\n${TEXT}`)).toBe(`${TEXT}\n`);
    expect(textOf(`## Specification\n\n<!-- here -->\n\n## Specification\n\n${TEXT}`)).toBe(`${TEXT}\n`);
  });

  it("comes out as it was pasted, whatever it is", () => {
    const part = fc.constantFrom(
      "# Introduction",
      "### Description",
      "### Technical specification",
      "Objectives\n---",
      "text of some kind",
      "",
      "    code",
      "- list",
      "> quote",
      "```",
      "|a|b|\n|-|-|",
      "<!-- x -->",
      "<div>",
      " é ",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const pasted = `Five words stand here first.\n${parts.join("\n")}\nlast`;
        expect(textOf(form({ "Technical specification": pasted }))).toBe(`${pasted}\n`);
      }),
      { numRuns: 500 },
    );
  });

  it.each(["misp-core-format", "misp-query-format", "misp-taxonomy-format", "sightingdb-format"])(
    "is the real draft %s, pasted into the form or written by hand",
    (name) => {
      const draft = input(`drafts/${name}.md`);
      if (draft === null) return;
      expect(textOf(form({ "Technical specification": draft }))).toBe(draft);
      expect(textOf(`## Description\n\n${TEXT}\n\n## Goals\n\n${TEXT}\n\n## Specification\n\n${draft}`)).toBe(
        draft,
      );
    },
  );
});

describe("the specification behind a link", () => {
  it.each([
    LINK,
    `<${LINK}>`,
    `[the draft](${LINK})`,
    `Link: ${LINK}`,
    `See the draft: [raw.md](${LINK}).`,
    `${LINK}.`,
    `(${LINK})`,
    `**${LINK}**`,
    `\n<!-- a link, please -->\n${LINK}\n\n---\n`,
  ])("is known by its link: %j", (answer) => {
    const found = read(form({ "Technical specification": answer }));
    expect(found.specification).toEqual({ from: "link", link: LINK });
    expect(found.complete).toBe(true);
  });

  it.each([
    ["two links", `${LINK} ${LINK}`],
    ["a sentence around it", `The whole of the text can be found at ${LINK} by now.`],
    ["two paragraphs", `${LINK}\n\nThank you all very much.`],
    ["a list", `- ${LINK} is the draft we mean`],
    ["code", `\`\`\`\n${LINK} is the draft we mean\n\`\`\``],
    ["an image", `![the draft that we mean here](${LINK})`],
    ["another protocol", "[the draft that we mean](ftp://example.org/raw.md)"],
    ["a relative link", "[the draft that we mean](raw.md)"],
    ["no host", "https://:80 is the draft we mean"],
  ])("is text where it is more than one link: %s", (_, answer) => {
    expect(textOf(form({ "Technical specification": answer }))).toBe(`${answer}\n`);
  });

  it("is refused with the reason, for that link only", () => {
    const body = form({ "Technical specification": LINK });
    const because = "The file is not Markdown.";
    const refused = readDocumentation(REQUIRED, body, { link: LINK, because });
    expect(refused.findings[2]).toMatchObject({ state: "link refused", because });
    expect(refused.complete).toBe(false);
    expect(refused.specification).toEqual({ from: "link", link: LINK });
    expect(readDocumentation(REQUIRED, body, { link: `${LINK}x`, because }).complete).toBe(true);
    expect(readDocumentation(REQUIRED, form({}), { link: LINK, because }).complete).toBe(true);
  });
});

describe("any body", () => {
  it("is read without throwing, and complete means that every finding is present", () => {
    const part = fc.constantFrom(
      "### Description\n",
      "## Objectives\n",
      "# Technical specification\n",
      "### Kind of proposal\n",
      "words of text\n",
      "_No response_\n",
      "\n",
      "<!--",
      "-->",
      "```\n",
      "> ",
      "- ",
      LINK,
      "\r\n",
      "\0",
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 40 }).map((parts) => parts.join("")),
        (body) => {
          const found = read(body);
          expect(found.complete).toBe(found.findings.every((finding) => finding.state === "present"));
          const own = found.findings.find((finding) => finding.section.isSpecification);
          if (found.kind === "new")
            expect(own?.state === "present" && found.specification === null).toBe(false);
          if (found.specification?.from === "issue") {
            expect(found.specification.text).toMatch(/^[^\n]*\S(?:.*\S)?[^\n]*\n$/s);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("over GitHub's limit is nobody's, and has no sections", () => {
    expect(statesOf(form({ Description: "word ".repeat(60_000) }))).toEqual([
      "missing",
      "missing",
      "missing",
    ]);
  });

  it.each([
    "### Description\n",
    "### Technical specification\n",
    "### Technical specification\nx\n",
    "### Objectives\nx\n### Description\n",
    "# a\n",
    ">",
    "- ",
    "[",
    "`",
    "| a |\n",
    "<!-- ",
  ])("of 64 KiB of %j takes no time", (part) => {
    const body = part.repeat(65_536 / part.length);
    // Of the processor, not of a busy machine's clock. In microseconds.
    const started = process.cpuUsage();
    read(body);
    read(form({ Description: body }));
    read(form({ "Technical specification": body }));
    expect(process.cpuUsage(started).user).toBeLessThan(1_500_000);
  });
});
