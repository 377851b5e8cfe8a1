/** Citations: sorted into normative and informative, and none in the abstract. */
import type { Block, Citation, Draft, Inline } from "./model.ts";
import { mapBlocks, mapInlines } from "./walk.ts";

/** Without these the key words mean nothing, so that whoever cites them needs them. */
const ALWAYS: ReadonlySet<string> = new Set(["RFC2119", "RFC8174", "BCP14"]);

/**
 * Where an author did not say, a document that a requirement rests on is normative: one that is cited in a paragraph,
 * list or cell with a key word. Every other one is informative.
 */
export function citationsSorted(draft: Draft): Draft {
  const normative = new Set(ALWAYS);
  mapInlines(draft, (inlines) => {
    if (inlines.some((inline) => inline.kind === "bcp14")) {
      for (const inline of inlines) if (inline.kind === "citation") normative.add(inline.target);
    }
    return inlines;
  });
  const sorted = (citation: Citation): Citation => {
    if (citation.use !== "by-use") return citation;
    return { ...citation, use: normative.has(citation.target) ? "normative" : "informative" };
  };
  return mapInlines(draft, (inlines) =>
    inlines.map((inline) => (inline.kind === "citation" ? sorted(inline) : inline)),
  );
}

/** Blocks whose text cites nothing and points nowhere; the names of RFCs stay as words. */
export function withoutCitations(
  blocks: readonly Block[],
  remark: (line: number, what: string) => void,
): readonly Block[] {
  return mapBlocks(blocks, function change(inlines): readonly Inline[] {
    const kept: Inline[] = [];
    for (const inline of inlines) {
      if (inline.kind !== "citation") {
        for (const each of inline.kind === "crossref" ? inline.content : [inline])
          kept.push(deep(each, change));
        continue;
      }
      remark(
        inline.line,
        `the citation of ${inline.target} in the abstract, which an abstract does not have`,
      );
      const last = kept.at(-1);
      const words = wordsFor(inline, last?.kind === "text" ? last.text : "");
      if (last?.kind === "text" && words === null) {
        kept[kept.length - 1] = { kind: "text", text: last.text.replace(/[ \n]$/, "") };
      } else if (words !== null) kept.push({ kind: "text", text: words });
    }
    return kept;
  });
}

function deep(inline: Inline, change: (inlines: readonly Inline[]) => readonly Inline[]): Inline {
  switch (inline.kind) {
    case "emphasis":
    case "strong":
    case "superscript":
    case "subscript":
    case "link":
      return { ...inline, content: change(inline.content) };
    default:
      return inline;
  }
}

/** `RFC 8259` for its citation, unless the sentence has said so just before; `null`: nothing. */
function wordsFor({ target, hidden }: Citation, before: string): string | null {
  const number = /^RFC(\d+)$/.exec(target)?.[1];
  if (number === undefined || hidden || before.trimEnd().endsWith(`RFC ${number}`)) return null;
  return /(?:^|[\s(])$/.test(before) ? `RFC ${number}` : ` (RFC ${number})`;
}
