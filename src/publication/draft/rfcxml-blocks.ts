/** Blocks as RFCXML. */
import { type Context, isAllowed } from "./contexts.ts";
import type { Block, Code, Figure, Inline, ListItem, Quote, Table } from "./model.ts";
import { type FootnoteNames, inlinesToText, inlinesToXml, link } from "./rfcxml-inlines.ts";
import { type Element, element, type Xml } from "./xml.ts";

export function blocksToXml(
  blocks: readonly Block[],
  context: Context,
  notes: FootnoteNames,
): readonly Element[] {
  return blocks.flatMap((block) => blockToXml(block, context, notes));
}

function blockToXml(block: Block, context: Context, notes: FootnoteNames): readonly Element[] {
  if (!isAllowed(block, context)) return plain(block, context, notes);
  const { anchor } = block;
  switch (block.kind) {
    case "paragraph":
      return [element("t", { anchor }, inlinesToXml(block.content, notes))];
    case "bullets":
      return [element("ul", { anchor, spacing: spacing(block.tight) }, items(block.items, notes))];
    case "numbered": {
      const start = block.start === 1 ? null : String(block.start);
      const type = block.delimiter === ")" ? "%d)" : null;
      return [
        element("ol", { anchor, spacing: spacing(block.tight), start, type }, items(block.items, notes)),
      ];
    }
    case "definitions": {
      const pairs = block.items.flatMap(({ term, blocks }) => [
        element("dt", {}, inlinesToXml(term, notes)),
        element("dd", {}, contents(blocks, "definition", notes)),
      ]);
      return [element("dl", { anchor, spacing: spacing(block.tight) }, pairs)];
    }
    case "table":
      return [table(block, notes)];
    case "code":
      return [code(block, context, notes)];
    case "figure":
      return [figure(block, notes)];
    case "quote":
      return [quote(block, notes)];
    case "aside":
      return [element("aside", { anchor }, orEmpty(blocksToXml(block.blocks, "aside", notes)))];
  }
}

function spacing(tight: boolean): string | null {
  return tight ? "compact" : null;
}

function items(list: readonly ListItem[], notes: FootnoteNames): readonly Element[] {
  return list.map(({ blocks }) => element("li", {}, contents(blocks, "item", notes)));
}

/** One paragraph stands as it is; anything more stands as blocks. */
function contents(blocks: readonly Block[], context: Context, notes: FootnoteNames): readonly Xml[] {
  const [only, ...rest] = blocks;
  if (only?.kind === "paragraph" && rest.length === 0 && only.anchor === null) {
    return inlinesToXml(only.content, notes);
  }
  return orEmpty(blocksToXml(blocks, context, notes));
}

function orEmpty(elements: readonly Element[]): readonly Element[] {
  return elements.length > 0 ? elements : [element("t")];
}

function table(block: Table, notes: FootnoteNames): Element {
  const row = (name: "th" | "td") => (cells: readonly (readonly Inline[])[]) =>
    element(
      "tr",
      {},
      cells.map((cell, at) => element(name, { align: block.columns[at] ?? null }, inlinesToXml(cell, notes))),
    );
  const head = block.header.length > 0 ? [row("th")(block.header)] : [];
  const body = block.rows.filter((cells) => cells.length > 0).map(row("td"));
  // A table has to have a body; one that is all header has it there.
  const parts =
    body.length > 0
      ? [...(head.length > 0 ? [element("thead", {}, head)] : []), element("tbody", {}, body)]
      : [element("tbody", {}, head.length > 0 ? head : [element("tr", {}, [element("td")])])];
  return element("table", { anchor: block.anchor }, [...nameOf(block.caption, notes), ...parts]);
}

function nameOf(caption: readonly Inline[], notes: FootnoteNames): readonly Element[] {
  return caption.length === 0 ? [] : [element("name", {}, inlinesToXml(caption, notes))];
}

/** Languages that are drawings rather than code; xml2rfc knows them as types of artwork. */
const DRAWINGS: ReadonlySet<string> = new Set(["ascii-art", "art", "call-flow", "math"]);

function code(block: Code, context: Context, notes: FootnoteNames): Element {
  const { language, caption, text } = block;
  const isFigure = caption.length > 0;
  const anchor = isFigure ? null : block.anchor;
  const isArt = language === null || DRAWINGS.has(language) || (context === "aside" && !isFigure);
  const body = element(isArt ? "artwork" : "sourcecode", { anchor, type: language }, [text]);
  return isFigure ? element("figure", { anchor: block.anchor }, [...nameOf(caption, notes), body]) : body;
}

/** A draft holds no pictures from elsewhere: what is said of one stands here, with its address. */
function figure({ anchor, url, alternative, caption }: Figure, notes: FootnoteNames): Element {
  const said = caption.length > 0 ? inlinesToXml(caption, notes) : [alternative];
  const words = said.some((each) => each !== "") ? [": ", ...said] : [];
  return element("t", { anchor }, ["Figure", ...words, " ", link(url, "")]);
}

function quote({ anchor, blocks, attribution }: Quote, notes: FootnoteNames): Element {
  const cite = attribution.find((inline) => inline.kind === "link");
  const target = cite?.kind === "link" ? cite.url : null;
  const words = attribution.filter((inline) => inline !== cite || inlinesToText([inline]) !== target);
  const quotedFrom = inlinesToText(words).replace(/[,;:]$/, "");
  return element(
    "blockquote",
    { anchor, cite: target, quotedFrom },
    orEmpty(blocksToXml(blocks, "quote", notes)),
  );
}

/** What may not stand here, said with what may. */
function plain(block: Block, context: Context, notes: FootnoteNames): readonly Element[] {
  switch (block.kind) {
    case "quote":
    case "aside":
      return blocksToXml(block.blocks, context, notes);
    case "table":
      return [...(block.header.length > 0 ? [block.header] : []), ...block.rows].map((cells, at) =>
        element(
          "t",
          { anchor: at === 0 ? block.anchor : null },
          cells.flatMap((cell, column) => [...(column > 0 ? [" | "] : []), ...inlinesToXml(cell, notes)]),
        ),
      );
    case "code":
      return [
        element(
          "t",
          { anchor: block.anchor },
          block.text
            .trimEnd()
            .split("\n")
            .flatMap((line, at) => [...(at > 0 ? [element("br")] : []), element("tt", {}, [line])]),
        ),
      ];
    default:
      return [];
  }
}
