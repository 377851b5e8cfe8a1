/** From what idnits found in the XML to the line of the source that a person can mend. */
import type { Draft, Line } from "../publication/draft/model.ts";
import { titleBlockOf } from "../publication/draft/title-block.ts";
import { allBlocks, allSections, plainText } from "../publication/draft/walk.ts";
import type { RawNit } from "./nits-worker.ts";

/** Finds lines in a draft that was read from this very source. */
export function linesIn(draft: Draft, source: string): (nit: RawNit) => Line | null {
  const anchors = anchorLines(draft);
  const keys = titleKeys(source);
  return (nit) => {
    const inFront = frontKeyOf(nit);
    if (inFront !== null) return keys.get(inFront) ?? null;
    const reference = /^The reference ([^ ]{1,200}) is listed/.exec(nit.message)?.[1];
    if (reference !== undefined) return anchors.get(reference) ?? null;
    if (nit.path?.startsWith("rfc.front.abstract")) return realLine(draft.abstract[0]?.line);
    const named = sectionOf(nit.code);
    if (named !== null) return lineOfSection(draft, named);
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

function lineOfSection(draft: Draft, title: string): Line | null {
  const isIt = (words: string) => words.trim().toLowerCase() === title;
  return realLine(allSections(draft).find((section) => isIt(plainText(section.title)))?.line);
}

/** The lines of the title block's own keys, in lower case. Its first line stands for a name that is not there. */
function titleKeys(source: string): ReadonlyMap<string, Line> {
  const lines = source.split("\n");
  const block = titleBlockOf(lines);
  const found = new Map<string, Line>();
  if (block === null) return found;
  for (const [offset, line] of lines.slice(block.from, block.to).entries()) {
    const key = /^%?[ \t]{0,20}([A-Za-z]{1,40})[ \t]{0,20}=/.exec(line)?.[1]?.toLowerCase();
    if (key !== undefined && !found.has(key)) found.set(key, block.from + offset + 1);
  }
  return found.has("docname") ? found : found.set("docname", block.from + 1);
}

function anchorLines(draft: Draft): ReadonlyMap<string, Line> {
  const found = new Map<string, Line>();
  for (const { anchor, line } of [...allSections(draft), ...allBlocks(draft), ...draft.references])
    if (anchor !== null && line > 0 && !found.has(anchor)) found.set(anchor, line);
  return found;
}

function realLine(line: Line | undefined): Line | null {
  return line === undefined || line === 0 ? null : line;
}
