/** Blocks as lines of mmark source that read as the same blocks. */
import { inlinesToMmark, NOTHING } from "./mmark-text.ts";
import type { Alignment, Block, Code, DefinitionList, Inline, ListItem, Table } from "./model.ts";

/** A line that holds nothing, where one has to stand. */
export const EMPTY = "&#32;";

/** The lines of blocks one after another; `tight`: without blank lines between them, as in a tight list. */
export function blocksToMmark(blocks: readonly Block[], tight = false): readonly string[] {
  const lines: string[] = [];
  let previous: Block | null = null;
  for (const block of blocks) {
    if (previous !== null) {
      if (!tight) lines.push("");
      if (runsInto(previous, block, tight)) lines.push(NOTHING, ...(tight ? [] : [""]));
    }
    for (const line of blockLines(block)) lines.push(line);
    previous = block;
  }
  return lines;
}

function runsInto(before: Block, after: Block, tight: boolean): boolean {
  if (tight) return !(before.kind === "paragraph" && startsByItself(after));
  return isList(before) && (isList(after) || after.kind === "code");
}

function isList({ kind }: Block): boolean {
  return kind === "bullets" || kind === "numbered" || kind === "definitions";
}

/** Ends a paragraph without a blank line. */
function startsByItself(block: Block): boolean {
  if (block.anchor !== null) return false;
  if (block.kind === "bullets") return (block.items[0]?.blocks.length ?? 0) > 0;
  if (block.kind === "numbered") return block.start === 1 && (block.items[0]?.blocks.length ?? 0) > 0;
  return block.kind === "code" || block.kind === "quote" || block.kind === "aside";
}

function blockLines(block: Block): readonly string[] {
  // A figure's or table's own anchor stands in its caption, where it has one.
  const named = block.anchor === null || captionOf(block).length > 0 ? [] : [`{#${block.anchor}}`];
  return [...named, ...bareLines(block)];
}

function captionOf(block: Block): readonly Inline[] {
  switch (block.kind) {
    case "code":
    case "table":
      return block.caption;
    case "quote":
      return block.attribution;
    default:
      return [];
  }
}

function bareLines(block: Block): readonly string[] {
  switch (block.kind) {
    case "paragraph":
      return inlinesToMmark(block.content, "paragraph").split("\n");
    case "bullets":
      return listLines(block.items, block.tight, () => "* ");
    case "numbered":
      return listLines(block.items, block.tight, (at) => `${block.start + at}${block.delimiter} `);
    case "definitions":
      return definitionLines(block);
    case "table":
      return tableLines(block);
    case "code":
      return codeLines(block);
    case "figure": {
      const image = inlinesToMmark(
        [{ kind: "image", url: block.url, alternative: block.alternative }],
        "line",
      );
      const caption = inlinesToMmark(block.caption, "line");
      return block.caption.length > 0 ? [image, `Figure: ${caption}`] : [image];
    }
    case "quote":
      return [
        ...prefixed(blocksToMmark(block.blocks), ">"),
        ...captionLines("Quote", block.attribution, block.anchor),
      ];
    case "aside":
      return prefixed(blocksToMmark(block.blocks), "A>");
  }
}

function prefixed(lines: readonly string[], prefix: string): readonly string[] {
  if (lines.length === 0) return [prefix];
  return lines.map((line) => (line === "" ? prefix : `${prefix} ${line}`));
}

function listLines(
  items: readonly ListItem[],
  tight: boolean,
  marker: (at: number) => string,
): readonly string[] {
  const alone = !tight && items.length === 1 && (items[0]?.blocks.length ?? 0) <= 1;
  return items.flatMap(({ blocks }, at) => {
    const mark = marker(at);
    const inside = blocksToMmark(blocks, tight);
    // `* * *` is a line across the page.
    const first = /^[* ]+$/.test(inside[0] ?? "") ? [NOTHING, ...(tight ? [] : [""])] : [];
    const lines = [...first, ...inside, ...(alone ? ["", NOTHING] : [])];
    const item = indented(lines, mark, " ".repeat(mark.length));
    return at > 0 && !tight ? ["", ...item] : item;
  });
}

function indented(lines: readonly string[], first: string, rest: string): readonly string[] {
  if (lines.length === 0) return [first.trimEnd()];
  return lines.map((line, at) => (at === 0 ? `${first}${line}` : line === "" ? "" : `${rest}${line}`));
}

function definitionLines({ items, tight }: DefinitionList): readonly string[] {
  return items.flatMap(({ term, blocks }, at) => {
    const lines = blocks.length === 0 ? [NOTHING] : blocksToMmark(blocks);
    const definition = indented(lines, ":   ", "    ");
    return [
      ...(at > 0 ? [""] : []),
      inlinesToMmark(term, "line") || EMPTY,
      ...(tight ? [] : [""]),
      ...definition,
    ];
  });
}

const RULES: Readonly<Record<NonNullable<Alignment> | "none", string>> = {
  left: ":---",
  center: ":---:",
  right: "---:",
  none: "---",
};

function tableLines({ header, columns, rows, caption, anchor }: Table): readonly string[] {
  const row = (cells: readonly (readonly Inline[])[]) =>
    `| ${cells.map((cell) => inlinesToMmark(cell, "cell")).join(" | ")} |`;
  const rule = `|${columns.map((column) => RULES[column ?? "none"]).join("|")}|`;
  return [row(header), rule, ...rows.map(row), ...captionLines("Table", caption, anchor)];
}

function codeLines({ text, language, caption, anchor }: Code): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/~+/g)].map(([run]) => run.length));
  const fence = "~".repeat(longest + 1);
  const info = language === null ? "" : ` ${language}`;
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  return [`${fence}${info}`, ...lines, fence, ...captionLines("Figure", caption, anchor)];
}

function captionLines(kind: string, caption: readonly Inline[], anchor: string | null): readonly string[] {
  if (caption.length === 0) return [];
  return [`${kind}: ${inlinesToMmark(caption, "line")}${anchor === null ? "" : ` {#${anchor}}`}`];
}
