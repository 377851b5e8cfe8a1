/** Lists of all three kinds. */
import type { Token } from "markdown-it";
import { lineOf, readBlocks, takeAttributes, takeInlines, type Walk } from "./blocks.ts";
import { onOneLine } from "./captions.ts";
import type { BulletList, Definition, DefinitionList, ListItem, NumberedList } from "./model.ts";

const KNOWN = [".compact", "spacing"];

export function readBullets(walk: Walk, line: number): BulletList {
  const { anchor } = takeAttributes(walk, line, KNOWN);
  const tight = isTight(walk, "bullet_list_close");
  const items = readItemsOf(walk, "bullet_list_close");
  return { kind: "bullets", line, anchor, tight: tight || !hasParagraphs(items), items };
}

export function readNumbered(walk: Walk, token: Token, line: number): NumberedList {
  const { anchor, values } = takeAttributes(walk, line, [...KNOWN, "start"]);
  const tight = isTight(walk, "ordered_list_close");
  const start = Number(values.get("start") ?? token.attrGet("start") ?? 1);
  const delimiter = token.markup === ")" ? ")" : ".";
  const items = readItemsOf(walk, "ordered_list_close");
  return {
    kind: "numbered",
    line,
    anchor,
    tight: tight || !hasParagraphs(items),
    start: Number.isSafeInteger(start) ? start : 1,
    delimiter,
    items,
  };
}

/** `Term` and `: what it means`; several meanings of one term become one. */
export function readDefinitions(walk: Walk, line: number): DefinitionList {
  const { anchor } = takeAttributes(walk, line, KNOWN);
  const tight = isTight(walk, "dl_close");
  const items: Definition[] = [];
  while (walk.at < walk.tokens.length && walk.tokens[walk.at]?.type !== "dl_close") {
    const token = walk.tokens[walk.at];
    walk.at += 1;
    if (token?.type === "dt_open") {
      items.push({ line: lineOf(token), term: onOneLine(takeInlines(walk)), blocks: [] });
      walk.at += 1;
    } else if (token?.type === "dd_open") {
      const last = items.pop();
      const blocks = readBlocks(walk, "dd_close");
      if (last) items.push({ ...last, blocks: [...last.blocks, ...blocks] });
    }
  }
  walk.at += 1;
  // More than a paragraph needs room.
  const isShort = items.every(({ blocks }) => blocks.length <= 1);
  return { kind: "definitions", line, anchor, tight: (tight || !hasParagraphs(items)) && isShort, items };
}

/** Only paragraphs have room between them. */
function hasParagraphs(items: readonly ListItem[]): boolean {
  return items.some(({ blocks }) => blocks.some((block) => block.kind === "paragraph"));
}

function readItemsOf(walk: Walk, closing: string): readonly ListItem[] {
  const items: ListItem[] = [];
  while (walk.at < walk.tokens.length && walk.tokens[walk.at]?.type !== closing) {
    const line = lineOf(walk.tokens[walk.at]);
    walk.at += 1;
    items.push({ line, blocks: readBlocks(walk, "list_item_close") });
  }
  walk.at += 1;
  return items;
}

/** markdown-it hides the paragraphs of a tight list; those of definitions each for itself. */
function isTight(walk: Walk, closing: string): boolean {
  const level = (walk.tokens[walk.at - 1]?.level ?? 0) + 2;
  for (let at = walk.at; at < walk.tokens.length; at += 1) {
    const token = walk.tokens[at];
    if (token?.type === "paragraph_open" && token.level === level && !token.hidden) return false;
    if (token?.type === closing && token.level === level - 2) break;
  }
  return true;
}
