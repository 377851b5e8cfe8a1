/** From what idnits found in the XML to the line of the source that a person can mend. */
import type { Block, Draft, Line, Section } from "../publication/draft/model.ts";
import type { RawNit } from "./nits-worker.ts";

/** Finds lines in a draft that was read from this very source. */
export function linesIn(draft: Draft, source: string): (nit: RawNit) => Line | null {
  const anchors = anchorLines(draft);
  const block = titleBlock(source);
  return (nit) => {
    const inFront = frontKeyOf(nit);
    if (inFront !== null) return block.get(inFront) ?? null;
    const reference = /^The reference ([^ ]{1,200}) is listed/.exec(nit.message)?.[1];
    if (reference !== undefined) return anchors.get(reference) ?? null;
    if (nit.path?.startsWith("rfc.front.abstract")) return realLine(draft.abstract[0]?.line);
    const named = sectionOf(nit.code);
    if (named !== null)
      return realLine(topSections(draft).find((section) => titleOf(section) === named)?.line);
    return nit.anchor === null ? null : (anchors.get(nit.anchor) ?? null);
  };
}

/** Which key of the title block a nit is about; null: none. */
function frontKeyOf({ code, path, element }: RawNit): string | null {
  if (code.startsWith("FILENAME_") || code === "XML_UNSUPPORTED_DOC_KIND") return "docname";
  if (code.endsWith("_DOC_DATE") || code.startsWith("DOC_DATE_")) return "date";
  if (code.includes("_IPR_")) return "ipr";
  if (code.startsWith("SUBMISSION_TYPE_")) return "submissiontype";
  if (code.endsWith("_DOC_CATEGORY")) return "category";
  return path?.startsWith("rfc.front.") && element === "date" ? "date" : null;
}

/** A section that is wrong, rather than missing: what is missing has no line. */
function sectionOf(code: string): string | null {
  if (code.startsWith("INVALID_INTRODUCTION")) return "introduction";
  if (code.startsWith("INVALID_SECURITY")) return "security considerations";
  return code.startsWith("INVALID_IANA") ? "iana considerations" : null;
}

const LONGEST_TITLE_BLOCK = 2_000;

/** The lines of the title block's own keys, in lower case; its first line stands for `docname` where that is missing. */
function titleBlock(source: string): ReadonlyMap<string, Line> {
  const lines = source.split("\n", LONGEST_TITLE_BLOCK);
  const first = lines.findIndex((line) => line.trim() !== "");
  const found = new Map<string, Line>();
  const fenced = lines[first]?.startsWith("%%%") === true;
  if (!fenced && lines[first]?.startsWith("%") !== true) return found;
  found.set("docname", first + 1);
  for (const [offset, line] of lines.slice(first + (fenced ? 1 : 0)).entries()) {
    if (fenced ? line.startsWith("%%%") : !line.startsWith("%")) break;
    const [, key] = /^%?[ \t]{0,20}([A-Za-z]{1,40})[ \t]{0,20}=/.exec(line) ?? [];
    const name = key?.toLowerCase();
    if (name !== undefined && (name === "docname" || !found.has(name)))
      found.set(name, first + offset + (fenced ? 2 : 1));
  }
  return found;
}

function anchorLines(draft: Draft): ReadonlyMap<string, Line> {
  const found = new Map<string, Line>();
  const note = (anchor: string | null, line: Line) => {
    if (anchor !== null && line > 0 && !found.has(anchor)) found.set(anchor, line);
  };
  const inSection = (section: Section): void => {
    note(section.anchor, section.line);
    section.blocks.forEach(inBlock);
    section.sections.forEach(inSection);
  };
  const inBlock = (block: Block): void => {
    note(block.anchor, block.line);
    childrenOf(block).forEach(inBlock);
  };
  [...draft.notes, ...draft.middle, ...draft.back].forEach(inSection);
  for (const { anchor, line } of draft.references) note(anchor, line);
  return found;
}

function childrenOf(block: Block): readonly Block[] {
  switch (block.kind) {
    case "bullets":
    case "numbered":
    case "definitions":
      return block.items.flatMap((item) => item.blocks);
    case "quote":
    case "aside":
      return block.blocks;
    case "paragraph":
    case "table":
    case "code":
    case "figure":
      return [];
  }
}

function topSections({ middle, back }: Draft): readonly Section[] {
  return [...middle, ...back];
}

function titleOf(section: Section): string {
  return section.title
    .map((inline) => (inline.kind === "text" || inline.kind === "bcp14" ? inline.text : ""))
    .join("")
    .trim()
    .toLowerCase();
}

function realLine(line: Line | undefined): Line | null {
  return line === undefined || line === 0 ? null : line;
}
