/** The way in: a text, as bytes or as a string, as a draft. */
import { accept } from "./accept.ts";
import { anchors, xmlName } from "./anchors.ts";
import { type Item, readItems } from "./blocks.ts";
import { reportBarred } from "./contexts.ts";
import { DEEPEST, tokensOf } from "./engine.ts";
import type { Block, Dialect, Draft, NotADraft, RawReference, ReadDraft, Section } from "./model.ts";
import { NO_FRONT } from "./model.ts";
import { readReference } from "./raw-reference.ts";
import { excerpt, reading as newReading, type Reading } from "./reading.ts";
import { type Names, sectionTree } from "./sections.ts";
import { settle } from "./settle.ts";
import { readTitleBlock, titleBlockOf } from "./title-block.ts";
import { plainText } from "./walk.ts";

export type ReadOptions = {
  /** Left out: mmark where the text has its marks, else Markdown as people write it on GitHub. */
  readonly dialect?: Dialect;
};

/**
 * Reads a text as a draft. What a draft cannot say is in `unexpressed` with its line; a text that is too long, empty,
 * not UTF-8 or not text is refused with a reason. Never throws.
 */
export function readDraft(input: string | Uint8Array, options: ReadOptions = {}): ReadDraft | NotADraft {
  const accepted = accept(input);
  if ("refused" in accepted) return accepted;
  const lines = accepted.text.split("\n");
  const dialect = options.dialect ?? dialectOf(lines);
  const reading = newReading(dialect);
  const block = dialect === "mmark" ? titleBlockOf(lines) : null;
  const title = block === null ? { front: NO_FRONT, unexpressed: [] } : readTitleBlock(lines, block);
  for (const { line, what } of title.unexpressed) reading.report(line, what);
  // Emptied rather than cut, so that every line keeps its number.
  const body = lines.map((line, at) => (block !== null && at >= block.from && at < block.to ? "" : line));
  const { tokens, unused } = tokensOf(body.join("\n"), dialect);
  for (const label of unused) {
    const at = body.findIndex((line) => line.includes(`[^${label}]:`));
    reading.report(at + 1, `the footnote “${excerpt(label)}”, which nothing refers to`);
  }
  const tooDeep = tokens.find((token) => token.level >= DEEPEST - 1);
  if (tooDeep) reading.report((tooDeep.map?.[0] ?? 0) + 1, `what is nested more than ${DEEPEST / 2} deep`);
  const { titled, items } = titleOf(readItems(tokens, reading), dialect);
  const front = { ...title.front, title: title.front.title ?? titled };
  const draft = arrange(items, reading);
  const settled = settle(draft.draft, draft.names, reading);
  reportBarred(settled, reading);
  const unexpressed = [...reading.unexpressed].sort((one, other) => one.line - other.line);
  return { draft: { ...settled, front }, dialect, unexpressed };
}

/** mmark's marks that no other Markdown has. */
function dialectOf(lines: readonly string[]): Dialect {
  if (titleBlockOf(lines) !== null) return "mmark";
  const marked = lines.some(
    (line) => line.startsWith(".# ") || /^\{(?:frontmatter|mainmatter|backmatter)\}\s*$/.test(line),
  );
  return marked ? "mmark" : "markdown";
}

/** On GitHub a text's own title is its first heading, when that is the only one of the first level. */
function titleOf(
  items: readonly Item[],
  dialect: Dialect,
): { titled: string | null; items: readonly Item[] } {
  const [first, ...rest] = items;
  const isTitle = (item: Item | undefined) => item?.kind === "heading" && item.level === 1;
  if (dialect === "mmark" || first?.kind !== "heading" || !isTitle(first) || rest.some(isTitle)) {
    return { titled: null, items };
  }
  if (!rest.some((item) => item.kind === "heading")) return { titled: null, items };
  return { titled: plainText(first.title).replace(/\s+/g, " ").trim() || null, items: rest };
}

type Arranged = { readonly draft: Draft; readonly names: Names };

/** Items under the matter that they belong to. */
function arrange(items: readonly Item[], reading: Reading): Arranged {
  const references = referencesOf(items, reading);
  const names: Names = {
    anchors: anchors(references.map(({ anchor }) => xmlName(anchor))),
    aliases: new Map(),
    borne: new Set(),
  };
  const parts = { front: [] as Item[], middle: [] as Item[], back: [] as Item[] };
  const hasMatter = items.some((item) => item.kind === "matter");
  let part: keyof typeof parts = reading.dialect === "mmark" && hasMatter ? "front" : "middle";
  for (const item of items) {
    if (item.kind === "matter")
      part = item.matter === "backmatter" ? "back" : item.matter === "mainmatter" ? "middle" : "front";
    else parts[part].push(item);
  }
  const front = sectionTree(parts.front, names, reading);
  const middle = sectionTree(parts.middle, names, reading);
  const back = sectionTree(parts.back, names, reading);
  const isAbstract = (section: Section) => plainText(section.title).trim().toLowerCase() === "abstract";
  const abstracts = [...front.sections, ...middle.sections].filter(isAbstract);
  const preamble = [...(abstracts.length > 0 ? front.before : []), ...middle.before];
  const draft: Draft = {
    front: NO_FRONT,
    abstract: abstracts.length > 0 ? abstracts.flatMap(flattened) : front.before,
    // A note of the front matter has no number, whichever heading it has.
    notes: front.sections
      .filter((section) => !isAbstract(section))
      .map((note) => ({ ...note, numbered: false })),
    middle: withPreamble(
      "Introduction",
      preamble,
      middle.sections.filter((section) => !isAbstract(section)),
      names,
    ),
    back: withPreamble("Appendix", back.before, back.sections, names),
    footnotes: items.flatMap((item) => (item.kind === "footnote" ? [item.footnote] : [])),
    references,
  };
  return { draft, names };
}

/** A section without the sections in it: an abstract has none. */
function flattened(section: Section): readonly Block[] {
  return [
    ...section.blocks,
    ...section.sections.flatMap((inner): readonly Block[] => [
      {
        kind: "paragraph",
        line: inner.line,
        anchor: null,
        content: [{ kind: "strong", content: inner.title }],
      },
      ...flattened(inner),
    ]),
  ];
}

/** What stands before the first heading needs one: a draft's text stands in sections. */
function withPreamble(
  name: string,
  blocks: readonly Block[],
  sections: readonly Section[],
  names: Names,
): readonly Section[] {
  const [first] = blocks;
  if (first === undefined) return sections;
  const anchor = names.anchors.take(xmlName(name.toLowerCase()));
  names.borne.add(anchor);
  const title = [{ kind: "text", text: name } as const];
  return [
    { line: first.line, title, anchor, named: false, numbered: true, blocks, sections: [] },
    ...sections,
  ];
}

function referencesOf(items: readonly Item[], reading: Reading): readonly RawReference[] {
  const found = new Map<string, RawReference>();
  for (const item of items) {
    if (item.kind !== "reference") continue;
    const read = readReference(item.xml, item.line);
    if ("wrong" in read) reading.report(item.line, `a <reference> that is ${read.wrong}`);
    else if (found.has(xmlName(read.anchor)))
      reading.report(item.line, `a second <reference> called “${read.anchor}”`);
    else found.set(xmlName(read.anchor), read);
  }
  return [...found.values()];
}
