import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { type DraftCheck, type DraftRemark, draftReport } from "../../src/messages/draft-check.ts";
import { HOSTILE } from "../support/hostile.ts";

const PATH = "core-format/raw.md";
const remark = (severity: DraftRemark["severity"], line: number | null, more: Partial<DraftRemark> = {}) => ({
  severity,
  code: `SOME_${severity.toUpperCase()}`,
  message: `Something is of the kind ${severity}.`,
  line,
  reference: null,
  ...more,
});
const checked = (...remarks: readonly DraftRemark[]): DraftCheck => ({
  path: PATH,
  name: "draft-misp-core-format-01",
  remarks,
});

describe("a check run", () => {
  it("passes where there is nothing to mend", () => {
    expect(draftReport([checked()])).toMatchInlineSnapshot(`
      {
        "annotations": [],
        "conclusion": "success",
        "summary": "The IETF’s idnits looked at \`core-format/raw.md\` (draft-misp-core-format-01) as it would be submitted.

      It found nothing to mend.",
        "title": "0 errors, 0 warnings",
      }
    `);
  });

  it("fails with an error, the worst first", () => {
    const reference = "https://authors.ietf.org/required-content";
    const found = [remark("comment", null), remark("warning", 7), remark("error", 12, { reference })];
    expect(draftReport([checked(...found)])).toMatchInlineSnapshot(`
      {
        "annotations": [
          {
            "level": "failure",
            "line": 12,
            "message": "Something is of the kind error.",
            "path": "core-format/raw.md",
            "title": "SOME_ERROR",
          },
          {
            "level": "warning",
            "line": 7,
            "message": "Something is of the kind warning.",
            "path": "core-format/raw.md",
            "title": "SOME_WARNING",
          },
        ],
        "conclusion": "failure",
        "summary": "The IETF’s idnits looked at \`core-format/raw.md\` (draft-misp-core-format-01) as it would be submitted.

      - **error, line 12:** Something is of the kind error. ([the rule](https://authors.ietf.org/required-content)) \`SOME_ERROR\`
      - **warning, line 7:** Something is of the kind warning. \`SOME_WARNING\`
      - **comment:** Something is of the kind comment. \`SOME_COMMENT\`",
        "title": "1 error, 1 warning",
      }
    `);
  });

  it.each([
    [["warning"], "neutral"],
    [["comment"], "success"],
    [["warning", "error"], "failure"],
  ] as const)("%j is %s", (severities, conclusion) => {
    expect(draftReport([checked(...severities.map((each) => remark(each, 1)))]).conclusion).toBe(conclusion);
  });

  it("says which file where there are several", () => {
    const other = { ...checked(remark("error", 2)), path: "galaxy-format/raw.md", name: null };
    const { summary, annotations } = draftReport([checked(remark("warning", 3)), other]);
    expect(summary).toContain("`galaxy-format/raw.md`: **error, line 2:**");
    expect(annotations.map(({ path, line }) => `${path} ${line}`)).toEqual([
      "galaxy-format/raw.md 2",
      `${PATH} 3`,
    ]);
  });

  it("fits into what GitHub takes, and says how many remarks are left out", () => {
    const many = Array.from({ length: 3_000 }, (_, at) =>
      remark("error", at + 1, { message: "&".repeat(900) }),
    );
    const { summary, annotations, title } = draftReport([checked(...many)]);
    expect(title).toBe("3,000 errors, 0 warnings");
    expect(summary.length).toBeLessThan(65_535);
    expect(summary).toMatch(/and [\d,]+ more remarks\./);
    expect(annotations.length).toBe(500);
  });

  it("keeps what the draft says a text", () => {
    const hostile = checked(
      remark("error", 1, { message: HOSTILE, code: HOSTILE, reference: "javascript:alert(1)" }),
    );
    const { summary, annotations } = draftReport([{ ...hostile, path: HOSTILE, name: HOSTILE }]);
    const html = new MarkdownIt({ html: true, linkify: true }).render(summary);
    expect(html).not.toMatch(/<img|<script|<!--|href="javascript/);
    expect(html.replace(/<[^>]*>/g, "")).not.toMatch(/@[a-z]|#\d/i);
    expect(annotations[0]?.message).not.toMatch(/[\n\u202A-\u202E]/);
  });
});
