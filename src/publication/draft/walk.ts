/** Ways through a draft: all of its blocks, all of its inlines, and the same draft with its inlines changed. */
import type { Block, Draft, Inline, Section } from "./model.ts";

/** What a run of inlines says, without marks. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines.map(textOf).join("");
}

function textOf(inline: Inline): string {
  switch (inline.kind) {
    case "text":
    case "code":
    case "bcp14":
      return inline.text;
    case "emphasis":
    case "strong":
    case "superscript":
    case "subscript":
    case "link":
    case "crossref":
      return plainText(inline.content);
    case "image":
      return inline.alternative;
    case "citation":
      return inline.hidden ? "" : `[${inline.target}]`;
    case "break":
      return "\n";
    case "footnote":
    case "index":
      return "";
  }
}

/** Every section of a draft, the outer before the inner. */
export function allSections(draft: Draft): readonly Section[] {
  const found: Section[] = [];
  const visit = (section: Section) => {
    found.push(section);
    section.sections.forEach(visit);
  };
  [...draft.notes, ...draft.middle, ...draft.back].forEach(visit);
  return found;
}

/** Every block of a draft, the outer before the inner, in the order of the text. */
export function allBlocks(draft: Draft): readonly Block[] {
  const found: Block[] = [];
  const visit = (block: Block) => {
    found.push(block);
    blocksWithin(block).forEach(visit);
  };
  draft.abstract.forEach(visit);
  for (const section of allSections(draft)) section.blocks.forEach(visit);
  for (const footnote of draft.footnotes) footnote.blocks.forEach(visit);
  return found;
}

function blocksWithin(block: Block): readonly Block[] {
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

export type Change = (inlines: readonly Inline[]) => readonly Inline[];

/** The draft with every run of inlines changed, within links and emphasis too. */
export function mapInlines(draft: Draft, change: Change): Draft {
  const deep: Change = (inlines) => change(inlines).map((inline) => withContent(inline, deep));
  const section = (each: Section): Section => ({
    ...each,
    title: deep(each.title),
    blocks: mapBlocks(each.blocks, deep),
    sections: each.sections.map(section),
  });
  return {
    ...draft,
    abstract: mapBlocks(draft.abstract, deep),
    notes: draft.notes.map(section),
    middle: draft.middle.map(section),
    back: draft.back.map(section),
    footnotes: draft.footnotes.map((each) => ({ ...each, blocks: mapBlocks(each.blocks, deep) })),
  };
}

/** Every inline, the outer before the inner, in the order of the text. */
export function allInlines(draft: Draft): readonly Inline[] {
  const found: Inline[] = [];
  mapInlines(draft, (inlines) => {
    for (const inline of inlines) found.push(inline);
    return inlines;
  });
  return found;
}

export function mapBlocks(blocks: readonly Block[], deep: Change): readonly Block[] {
  return blocks.map((block) => mapBlock(block, deep));
}

function mapBlock(block: Block, deep: Change): Block {
  switch (block.kind) {
    case "paragraph":
      return { ...block, content: deep(block.content) };
    case "bullets":
    case "numbered":
      return {
        ...block,
        items: block.items.map((item) => ({ ...item, blocks: mapBlocks(item.blocks, deep) })),
      };
    case "definitions":
      return {
        ...block,
        items: block.items.map((item) => ({
          ...item,
          term: deep(item.term),
          blocks: mapBlocks(item.blocks, deep),
        })),
      };
    case "table":
      return {
        ...block,
        caption: deep(block.caption),
        header: block.header.map(deep),
        rows: block.rows.map((row) => row.map(deep)),
      };
    case "code":
    case "figure":
      return { ...block, caption: deep(block.caption) };
    case "quote":
      return { ...block, blocks: mapBlocks(block.blocks, deep), attribution: deep(block.attribution) };
    case "aside":
      return { ...block, blocks: mapBlocks(block.blocks, deep) };
  }
}

function withContent(inline: Inline, deep: Change): Inline {
  switch (inline.kind) {
    case "emphasis":
    case "strong":
    case "superscript":
    case "subscript":
    case "link":
    case "crossref":
      return { ...inline, content: deep(inline.content) };
    default:
      return inline;
  }
}
