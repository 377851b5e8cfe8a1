/** markdown-it's block tokens as the model's blocks, and the marks between which sections are made. */
import type { Token } from "markdown-it";
import { type Attributes, NO_ATTRIBUTES, readAttributes } from "./attributes.ts";
import { type Caption, captioned, captionIn, onOneLine } from "./captions.ts";
import { isNothing, withoutHtml } from "./html.ts";
import { footnoteLabel, readInlines } from "./inlines.ts";
import { readBullets, readDefinitions, readNumbered } from "./lists.ts";
import type { Block, Code, Footnote, Inline, Paragraph } from "./model.ts";
import { quotation } from "./quotations.ts";
import { excerpt, type Reading } from "./reading.ts";
import { readTable } from "./tables.ts";
import { evenLines } from "./tidy.ts";

/** What stands at the top of a text one after another. */
export type Item =
  | { readonly kind: "block"; readonly block: Block }
  | Heading
  | { readonly kind: "matter"; readonly line: number; readonly matter: string }
  | { readonly kind: "reference"; readonly line: number; readonly xml: string }
  | { readonly kind: "footnote"; readonly footnote: Footnote }
  | Caption;

export type Heading = {
  readonly kind: "heading";
  readonly line: number;
  /** 1 to 6; 0 for a special one (`.# Abstract`). */
  readonly level: number;
  readonly title: readonly Inline[];
  /** As it was written, without its attributes: mmark makes the anchor of this. */
  readonly source: string;
  readonly attributes: Attributes;
};

/** A place among the tokens of a text; the readers of blocks move it on. */
export type Walk = {
  readonly tokens: readonly Token[];
  readonly reading: Reading;
  at: number;
  /** Stand before the block that they belong to. */
  attributes: Attributes;
};

/** All items of a text. */
export function readItems(tokens: readonly Token[], reading: Reading): readonly Item[] {
  const walk: Walk = { tokens, reading, at: 0, attributes: NO_ATTRIBUTES };
  const items: Item[] = [];
  while (walk.at < tokens.length) for (const item of readItem(walk)) addItem(items, item);
  return items;
}

/** The blocks up to the token that closes what they stand in, which is passed. */
export function readBlocks(walk: Walk, closing: string): readonly Block[] {
  const items: Item[] = [];
  while (walk.at < walk.tokens.length && walk.tokens[walk.at]?.type !== closing) {
    for (const item of readItem(walk)) addItem(items, item);
  }
  walk.at += 1;
  return items.flatMap((item) => blockWithin(item, walk.reading));
}

export function lineOf(token: Token | undefined): number {
  return (token?.map?.[0] ?? -1) + 1;
}

/** The inlines of the token here, which is passed. */
export function takeInlines(walk: Walk): readonly Inline[] {
  const token = walk.tokens[walk.at];
  walk.at += 1;
  return token?.type === "inline" ? readInlines(token.children, lineOf(token), walk.reading) : [];
}

/** The attributes that stand before the block here; what nobody asks for is reported. */
export function takeAttributes(walk: Walk, line: number, known: readonly string[] = []): Attributes {
  const { attributes } = walk;
  walk.attributes = NO_ATTRIBUTES;
  const unknown = [
    ...attributes.classes.filter((name) => !known.includes(`.${name}`)).map((name) => `.${name}`),
    ...[...attributes.values.keys()].filter((name) => !known.includes(name)),
  ];
  for (const name of unknown) walk.reading.report(line, `the attribute “${excerpt(name)}”`);
  return attributes;
}

function readItem(walk: Walk): readonly Item[] {
  const token = walk.tokens[walk.at];
  const line = lineOf(token);
  walk.at += 1;
  if (token === undefined) return [];
  switch (token.type) {
    case "heading_open":
      return [heading(walk, Number(token.tag.slice(1)), "heading_close")];
    case "mmark_special":
      return [heading(walk, 0, null)];
    case "mmark_matter":
      return [{ kind: "matter", line, matter: token.content }];
    case "mmark_reference":
      return [{ kind: "reference", line, xml: token.content }];
    case "mmark_attributes":
      walk.attributes = readAttributes(token.content);
      return [];
    case "mmark_caption":
      return [caption(walk, line)];
    case "footnote_open": {
      const label = footnoteLabel(token);
      return [{ kind: "footnote", footnote: { line, label, blocks: readBlocks(walk, "footnote_close") } }];
    }
    case "footnote_anchor":
    case "footnote_block_open":
    case "footnote_block_close":
      return [];
    default:
      return readBlock(walk, token, line).map((block) => ({ kind: "block", block }));
  }
}

function readBlock(walk: Walk, token: Token, line: number): readonly Block[] {
  switch (token.type) {
    case "paragraph_open":
      return [paragraph(walk, line)];
    case "bullet_list_open":
      return [readBullets(walk, line)];
    case "ordered_list_open":
      return [readNumbered(walk, token, line)];
    case "dl_open":
      return [readDefinitions(walk, line)];
    case "table_open":
      return [readTable(walk, line)];
    case "fence":
    case "code_block":
      return [code(walk, token, line)];
    case "blockquote_open":
      return [quotation(walk, line)];
    case "mmark_aside_open": {
      const { anchor } = takeAttributes(walk, line);
      return [{ kind: "aside", line, anchor, blocks: readBlocks(walk, "mmark_aside_close") }];
    }
    case "html_block":
      return html(walk, token, line);
    case "hr":
      walk.reading.report(line, "a line across the page");
      return [];
    default:
      walk.reading.report(line, `what a reader of Markdown calls ${token.type}`);
      return [];
  }
}

function heading(walk: Walk, level: number, closing: string | null): Heading {
  const token = walk.tokens[walk.at];
  const line = lineOf(token);
  const own = token?.meta?.attributes;
  const before = takeAttributes(walk, line, ["numbered", "toc", "removeinrfc"]);
  const attributes = typeof own === "string" ? readAttributes(own) : before;
  const title = takeInlines(walk);
  if (closing !== null) walk.at += 1;
  return { kind: "heading", line, level, title: onOneLine(title), source: token?.content ?? "", attributes };
}

/** An image alone in a paragraph is a figure; mmark's `Figure: ` may stand under it. */
function paragraph(walk: Walk, line: number): Block {
  const { anchor } = takeAttributes(walk, line);
  const content = takeInlines(walk);
  // The marks of footnotes that are used stand here too.
  while (walk.tokens[walk.at]?.type === "footnote_anchor") walk.at += 1;
  walk.at += 1;
  const [image, next, ...rest] = content;
  if (image?.kind !== "image") return { kind: "paragraph", line, anchor, content };
  const caption = next === undefined ? [] : captionIn(next, rest);
  if (caption === null) return { kind: "paragraph", line, anchor, content };
  walk.reading.report(line, `the image “${excerpt(image.url)}”, which stands as a link: a draft holds text`);
  return { kind: "figure", line, anchor, caption, url: image.url, alternative: image.alternative };
}

function code(walk: Walk, token: Token, line: number): Code {
  const attributes = takeAttributes(walk, line, ["type"]);
  const [info = "", ...more] = token.info.trim().split(/\s+/);
  if (more.length > 0)
    walk.reading.report(line, `“${excerpt(more.join(" "))}” after the language of a code block`);
  const language = info === "" ? (attributes.values.get("type") ?? null) : info;
  const text = token.content.endsWith("\n") || token.content === "" ? token.content : `${token.content}\n`;
  return { kind: "code", line, anchor: attributes.anchor, caption: [], language, text };
}

function html(walk: Walk, token: Token, line: number): readonly Block[] {
  const { anchor } = takeAttributes(walk, line);
  if (isNothing(token.content)) return [];
  const { text, left } = withoutHtml(token.content);
  if (left.length > 0) {
    const what = left[0]?.startsWith("<!--") ? "a comment in HTML" : `HTML (“${excerpt(left[0] ?? "")}”)`;
    walk.reading.report(line, left.length === 1 ? what : `${what} and ${left.length - 1} more`);
  }
  return text
    .split(/\n[ \t]*\n/)
    .map((part) => evenLines(part.trim()))
    .filter((part) => part !== "")
    .map((part): Paragraph => ({ kind: "paragraph", line, anchor, content: [{ kind: "text", text: part }] }));
}

function caption(walk: Walk, line: number): Caption {
  const own = walk.tokens[walk.at]?.meta?.attributes;
  const anchor = typeof own === "string" ? readAttributes(own).anchor : null;
  return { kind: "caption", line, anchor, content: onOneLine(takeInlines(walk)) };
}

function addItem(items: Item[], item: Item): void {
  if (item.kind === "block" && item.block.kind === "paragraph" && item.block.content.length === 0) return;
  const last = items.at(-1);
  if (item.kind !== "caption") items.push(item);
  else if (last?.kind === "block") items[items.length - 1] = { ...last, block: captioned(last.block, item) };
  else
    items.push({
      kind: "block",
      block: { kind: "paragraph", line: item.line, anchor: null, content: item.content },
    });
}

/** Sections, references and the like have no place within other blocks. */
function blockWithin(item: Item, reading: Reading): readonly Block[] {
  switch (item.kind) {
    case "block":
      return [item.block];
    case "heading": {
      reading.report(
        item.line,
        `the heading “${excerpt(item.source)}” within another block, which stands as strong text`,
      );
      const content: readonly Inline[] = [{ kind: "strong", content: item.title }];
      return [{ kind: "paragraph", line: item.line, anchor: null, content }];
    }
    case "reference":
      reading.report(item.line, "a <reference> within another block");
      return [];
    case "footnote":
    case "matter":
    case "caption":
      return [];
  }
}
