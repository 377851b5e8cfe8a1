import { describe, expect, it } from "vitest";
import { linesIn } from "../../src/ietf/nit-lines.ts";
import type { RawNit } from "../../src/ietf/nits-worker.ts";
import { readDraft } from "../../src/publication/draft/read.ts";

const BODY = `
.# Abstract

A thing.

{mainmatter}

# Introduction

Words [@?MISP-P].

## Deeper {#deep}

~~~~ json
{}
~~~~

# Security Considerations

{backmatter}

<reference anchor='MISP-P' target='https://example.org'>
  <front>
    <title>Project</title>
    <author fullname='P'></author>
    <date></date>
  </front>
</reference>
`;

const KEYS = [
  'Title = "Thing"',
  'ipr = "trust200902"',
  "date = 2026-11-23T00:00:00Z",
  'docName = "draft-x-y-00"',
];
const FENCED = `%%%\n${KEYS.join("\n")}\n%%%\n${BODY}`;
const PREFIXED = `${KEYS.map((key) => `% ${key}`).join("\n")}\n${BODY}`;

function lineIn(source: string, nit: Partial<RawNit>): string | null {
  const read = readDraft(source);
  if ("refused" in read) throw new Error(read.refused);
  const nowhere = {
    severity: "error",
    message: "",
    reference: null,
    path: null,
    anchor: null,
    element: null,
  } as const;
  const line = linesIn(read.draft, source)({ code: "SOMETHING", ...nowhere, ...nit });
  return line === null ? null : (source.split("\n")[line - 1] ?? "no such line");
}

describe("the line for a nit", () => {
  it.each<[string, Partial<RawNit>, string | null]>([
    ["the document's name", { code: "FILENAME_DOCNAME_MISMATCH" }, 'docName = "draft-x-y-00"'],
    ["the date", { code: "DOC_DATE_IN_PAST", path: "rfc.front.date" }, "date = 2026-11-23T00:00:00Z"],
    ["the licence", { code: "INVALID_IPR_VALUE" }, 'ipr = "trust200902"'],
    ["a key that is not there", { code: "SUBMISSION_TYPE_INVALID" }, null],
    ["the abstract", { code: "INVALID_ABSTRACT_SECTION_CHILD", path: "rfc.front.abstract.ul" }, "A thing."],
    [
      "a section that is empty",
      { code: "INVALID_SECURITY_CONSIDERATIONS_SECTION" },
      "# Security Considerations",
    ],
    ["a section that is missing", { code: "MISSING_ABSTRACT_SECTION" }, null],
    ["something in a section", { code: "DEPRECATED_ELEMENT", anchor: "deep" }, "## Deeper {#deep}"],
    [
      "a reference that nobody cites",
      { code: "REFERENCE_NOT_USED", message: "The reference MISP-P is listed in the References section" },
      "<reference anchor='MISP-P' target='https://example.org'>",
    ],
    ["an anchor that the source does not know", { anchor: "elsewhere" }, null],
  ])("%s", (_, nit, line) => {
    expect(lineIn(FENCED, nit)).toBe(line);
    expect(lineIn(PREFIXED, nit)?.replace(/^% /, "") ?? null).toBe(line);
  });

  it("is the title block's first where that has no name", () => {
    const source = FENCED.replace(/docName.*\n/, "");
    expect(lineIn(source, { code: "FILENAME_MISSING_COMPONENTS" })).toBe("%%%");
    expect(lineIn("# Only Markdown\n\nWords.\n", { code: "FILENAME_MISSING_COMPONENTS" })).toBeNull();
  });
});
