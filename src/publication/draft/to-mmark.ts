/** The way out for people: a draft as mmark source, to read and to mend. Reading it again gives the same draft. */
import { type Anchors, anchors, mmarkAnchor, xmlName } from "./anchors.ts";
import { blocksToMmark, EMPTY } from "./mmark-blocks-writer.ts";
import { inlinesToMmark, NOTHING } from "./mmark-text.ts";
import { titleBlockLines } from "./mmark-title-writer.ts";
import type { Draft, Section } from "./model.ts";

/** The whole source, with LF line ends and one at the end. */
export function toMmark(draft: Draft): string {
  const free = anchors(draft.references.map(({ anchor }) => xmlName(anchor)));
  if (draft.abstract.length > 0) free.take("abstract");
  const parts: readonly (readonly string[])[] = [
    titleBlockLines(draft.front),
    ...(draft.abstract.length > 0 ? [[".# Abstract"], blocksToMmark(draft.abstract)] : []),
    ...draft.notes.flatMap((note) => sectionParts(note, 0, free)),
    ["{mainmatter}"],
    ...draft.middle.flatMap((section) => sectionParts(section, 1, free)),
    ...draft.references.map(({ xml }) => xml.split("\n")),
    ...footnoteParts(draft),
    ["{backmatter}"],
    ...draft.back.flatMap((section) => sectionParts(section, 1, free)),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function sectionParts(section: Section, level: number, free: Anchors): readonly (readonly string[])[] {
  return [
    headingLines(section, level, free),
    blocksToMmark(section.blocks),
    ...section.sections.flatMap((inner) => sectionParts(inner, Math.max(level, 1) + 1, free)),
  ];
}

/** An anchor is written down where its author chose it, and where the title alone would give another. */
function headingLines(section: Section, level: number, free: Anchors): readonly string[] {
  const title = inlinesToMmark(section.title, "line") || (level === 0 ? EMPTY : "");
  const wanted = xmlName(mmarkAnchor(title));
  const chosen = section.named || free.peek(wanted) !== section.anchor;
  free.take(chosen ? section.anchor : wanted);
  const heading = `${level === 0 ? ".#" : "#".repeat(level)} ${title}`.trimEnd();
  if (!section.numbered && level > 0) {
    return [chosen ? `{#${section.anchor} numbered="false"}` : `{numbered="false"}`, heading];
  }
  if (level === 0) return chosen ? [`{#${section.anchor}}`, heading] : [heading];
  return [chosen ? `${heading} {#${section.anchor}}` : heading];
}

function footnoteParts({ footnotes }: Draft): readonly (readonly string[])[] {
  return footnotes.map(({ label, blocks }) => {
    const lines = blocks.length === 0 ? [NOTHING] : blocksToMmark(blocks);
    return lines.map((line: string, at: number) =>
      at === 0 ? `[^${label}]: ${line}` : line === "" ? "" : `    ${line}`,
    );
  });
}
