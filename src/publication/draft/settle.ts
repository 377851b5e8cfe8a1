/** The last look at a draft that was read: what points somewhere must find it, and nothing may bear another's name. */
import { xmlName } from "./anchors.ts";
import { bibliographyEntry } from "./citations.ts";
import type { Block, Citation, Draft, Inline, Section } from "./model.ts";
import { excerpt, type Reading } from "./reading.ts";
import type { Names } from "./sections.ts";
import { allBlocks, allInlines, mapInlines } from "./walk.ts";

/** The draft with its anchors unique and its cross references, citations and footnotes resolved. */
export function settle(draft: Draft, names: Names, reading: Reading): Draft {
  const anchored = withAnchors(draft, names, reading);
  const known = new Set(draft.references.map(({ anchor }) => anchor));
  const labels = new Set(draft.footnotes.map(({ label }) => label));
  const resolved = mapInlines(anchored, (inlines) =>
    joined(inlines.flatMap((inline) => resolve(inline, { names, reading, known, labels }))),
  );
  const used = withUsedFootnotes(resolved, reading);
  return reading.dialect === "mmark" ? used : citedOnce(used);
}

/** The footnotes that the text comes to, by way of others too. */
function withUsedFootnotes(draft: Draft, reading: Reading): Draft {
  if (draft.footnotes.length === 0) return draft;
  const used = new Set<string>();
  const come = (part: Draft) => {
    const before = used.size;
    for (const inline of allInlines(part)) if (inline.kind === "footnote") used.add(inline.label);
    if (used.size > before)
      come({ ...draft, ...NO_TEXT, footnotes: draft.footnotes.filter(({ label }) => used.has(label)) });
  };
  come({ ...draft, footnotes: [] });
  for (const { line, label } of draft.footnotes) {
    if (!used.has(label))
      reading.report(line, `the footnote “${excerpt(label)}”, which the text does not come to`);
  }
  return { ...draft, footnotes: draft.footnotes.filter(({ label }) => used.has(label)) };
}

const NO_TEXT = { abstract: [], notes: [], middle: [], back: [] } as const;

type Known = {
  readonly names: Names;
  readonly reading: Reading;
  readonly known: ReadonlySet<string>;
  readonly labels: ReadonlySet<string>;
};

function resolve(inline: Inline, { names, reading, known, labels }: Known): readonly Inline[] {
  switch (inline.kind) {
    case "crossref": {
      const target = names.borne.has(inline.target) ? inline.target : names.aliases.get(inline.target);
      if (target !== undefined) return [{ ...inline, target }];
      reading.report(
        0,
        `the cross reference to “${excerpt(inline.target)}”, which names no part of the text`,
      );
      return inline.content.length > 0 ? inline.content : [{ kind: "text", text: `(#${inline.target})` }];
    }
    case "citation":
      if (known.has(inline.target) || bibliographyEntry(inline.target) !== null) return [inline];
      reading.report(
        inline.line,
        `the citation of “${excerpt(inline.target)}”, which the text does not describe in a <reference>`,
      );
      return inline.hidden ? [] : [{ kind: "text", text: `[${inline.target}]` }];
    case "footnote":
      return labels.has(inline.label) ? [inline] : [{ kind: "text", text: `[${inline.label}]` }];
    default:
      return [inline];
  }
}

function joined(inlines: readonly Inline[]): readonly Inline[] {
  const found: Inline[] = [];
  for (const inline of inlines) {
    const last = found.at(-1);
    if (inline.kind === "text" && last?.kind === "text") {
      found[found.length - 1] = { kind: "text", text: last.text + inline.text };
    } else found.push(inline);
  }
  return found;
}

/** In an issue every mention of an RFC is a citation; it is cited where it is first mentioned. */
function citedOnce(draft: Draft): Draft {
  const seen = new Set<string>();
  return mapInlines(draft, (inlines) => {
    const kept: Inline[] = [];
    for (const inline of inlines) {
      const last = kept.at(-1);
      if (inline.kind === "citation" && seen.has(inline.target) && isMention(last, inline)) {
        kept[kept.length - 1] = { kind: "text", text: last.text.slice(0, -1) };
        continue;
      }
      if (inline.kind === "citation") seen.add(inline.target);
      kept.push(inline);
    }
    return joined(kept);
  });
}

function isMention(last: Inline | undefined, citation: Citation): last is Inline & { readonly kind: "text" } {
  return last?.kind === "text" && last.text.endsWith(`RFC ${citation.target.slice(3)} `);
}

/** Authors' own anchors of blocks, each unique and a name that XML allows. */
function withAnchors(draft: Draft, names: Names, reading: Reading): Draft {
  if (allBlocks(draft).every((block) => block.anchor === null)) return draft;
  const block = (each: Block): Block => within({ ...each, anchor: taken(each, names, reading) }, block);
  const section = (each: Section): Section => ({
    ...each,
    blocks: each.blocks.map(block),
    sections: each.sections.map(section),
  });
  return {
    ...draft,
    abstract: draft.abstract.map(block),
    notes: draft.notes.map(section),
    middle: draft.middle.map(section),
    back: draft.back.map(section),
    footnotes: draft.footnotes.map((each) => ({ ...each, blocks: each.blocks.map(block) })),
  };
}

function taken({ anchor, line }: Block, names: Names, reading: Reading): string | null {
  if (anchor === null) return null;
  const free = names.anchors.take(xmlName(anchor));
  if (free !== anchor) reading.report(line, `the anchor “${excerpt(anchor)}”, which is “${free}” here`);
  names.borne.add(free);
  if (!names.aliases.has(anchor)) names.aliases.set(anchor, free);
  return free;
}

function within(block: Block, change: (block: Block) => Block): Block {
  switch (block.kind) {
    case "bullets":
    case "numbered":
      return { ...block, items: block.items.map((item) => ({ ...item, blocks: item.blocks.map(change) })) };
    case "definitions":
      return { ...block, items: block.items.map((item) => ({ ...item, blocks: item.blocks.map(change) })) };
    case "quote":
    case "aside":
      return { ...block, blocks: block.blocks.map(change) };
    default:
      return block;
  }
}
