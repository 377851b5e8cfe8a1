/**
 * The one door to Markdown that other people wrote. Bounded in size and depth, it never throws, and what it
 * hands out are plain blocks and pieces, never markdown-it's own tokens.
 */
import MarkdownIt, { type StateInline, type Token } from "markdown-it";

/** GitHub refuses bodies over this many UTF-8 bytes, so anything longer is not what somebody wrote there. */
export const LONGEST_SOURCE = 262_144;

/**
 * Deeper nesting is nobody's prose; it bounds the parser's recursion. What follows a list nested deeper may be taken
 * for part of it: sections are then missing, never made up.
 */
const DEEPEST = 50;

/** Headings and lone links are short; a longer run of text is taken as it stands. */
const LONGEST_INLINE = 4_096;

/** One block at the top level of a text. Lines count from 0; `to` is the first line after it. */
export type Block = {
  readonly kind: "heading" | "paragraph" | "quote" | "other";
  /** A heading's level, 1 to 6; 0 for every other block. */
  readonly level: number;
  /** A heading made by underlining, which a line of dashes under a sentence makes by accident. */
  readonly underlined: boolean;
  readonly from: number;
  readonly to: number;
  /** The source of a paragraph or heading without its marks; empty for other blocks. */
  readonly source: string;
  /** What it says: all text inside it, without HTML comments and tags. */
  readonly text: string;
};

/** A run of inline text. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string }
  | { readonly kind: "image"; readonly text: string };

const reader = new MarkdownIt({ html: true, maxNesting: DEEPEST });

const slashReader = new MarkdownIt({ html: true, maxNesting: DEEPEST });
slashReader.inline.ruler.before("text", "slash_line", markSlashLine);

/** Lines end in LF, as Markdown and the published files have them. */
export function withUnixLines(source: string): string {
  return source.replace(/\r\n?/g, "\n");
}

/** The blocks of a text in order; none where it is longer than GitHub allows. Expects LF line ends. */
export function blocksOf(source: string): readonly Block[] {
  if (isTooLong(source)) return [];
  const tokens: Token[] = [];
  // The block parser alone: inline markup is read only where somebody asks for it, which keeps 64 KiB cheap.
  reader.block.parse(source.replaceAll("\0", "\uFFFD"), reader, {}, tokens);
  const blocks: Block[] = [];
  let inside: Token[] = [];
  for (const token of tokens) {
    inside.push(token);
    if (token.level !== 0 || token.nesting === 1) continue;
    const block = blockFrom(inside);
    if (block !== null) blocks.push(block);
    inside = [];
  }
  return blocks;
}

/** The pieces of a paragraph's or heading's source. HTML comments and tags are left out. */
export function piecesOf(source: string): readonly Piece[] {
  if (source.length > LONGEST_INLINE) return [{ kind: "text", text: source }];
  const tokens: Token[] = [];
  reader.inline.parse(source, reader, {}, tokens);
  const pieces: Piece[] = [];
  let link: { text: string; url: string } | null = null;
  for (const token of tokens) {
    if (token.type === "link_open") link = { text: "", url: String(token.attrGet("href") ?? "") };
    else if (token.type === "link_close" && link !== null) {
      pieces.push({ kind: "link", ...link });
      link = null;
    } else if (link !== null) link.text += tokenText(token);
    else if (token.type === "image") pieces.push({ kind: "image", text: token.content });
    else if (tokenText(token) !== "") pieces.push({ kind: "text", text: tokenText(token) });
  }
  return pieces;
}

/** A paragraph's or heading's source as it reads: no markup, on one line. */
export function plainText(source: string): string {
  const text = piecesOf(source)
    .map((piece) => piece.text)
    .join("");
  return text.replace(/\s+/g, " ").trim();
}

/**
 * Where lines of a paragraph's source begin with `/` in ordinary text, as offsets: not inside code spans, HTML
 * comments or links, and not where the slash is escaped.
 */
export function slashLines(source: string): readonly number[] {
  const tokens: Token[] = [];
  slashReader.inline.parse(source, slashReader, {}, tokens);
  return tokens.flatMap((token) => {
    const at = token.type === "slash_line" ? token.meta?.at : undefined;
    return typeof at === "number" ? [at] : [];
  });
}

/** A text without its HTML comments; one that is never closed is text, as Markdown has it. Linear. */
export function withoutComments(text: string): string {
  let kept = "";
  let at = 0;
  for (;;) {
    const start = text.indexOf("<!--", at);
    const end = start < 0 ? -1 : text.indexOf("-->", start + 4);
    if (end < 0) return kept + text.slice(at);
    kept += text.slice(at, start);
    at = end + 3;
  }
}

const wordSegmenter = new Intl.Segmenter("en", { granularity: "word" });
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** How many words a text has, in any script: what stands between spaces and holds a letter or a digit. Linear. */
export function countWords(text: string): number {
  let words = 0;
  for (const chunk of text.split(/\s+/)) {
    if (!/[\p{L}\p{N}]/u.test(chunk)) continue;
    words += UNSPACED.test(chunk) ? countSegments(chunk) : 1;
  }
  return words;
}

/** Character references (`&#64;`, `&commat;`) as the characters they stand for, once. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});/g, (reference) =>
    reader.utils.unescapeAll(reference),
  );
}

function countSegments(chunk: string): number {
  let words = 0;
  for (const segment of wordSegmenter.segment(chunk)) if (segment.isWordLike === true) words += 1;
  return words;
}

function isTooLong(source: string): boolean {
  return source.length > LONGEST_SOURCE || new TextEncoder().encode(source).length > LONGEST_SOURCE;
}

/** The block that a run of tokens makes, from the one that opens it to the one that closes it. */
function blockFrom(tokens: readonly Token[]): Block | null {
  const first = tokens[0];
  if (first?.map == null) return null;
  const inline = tokens[1]?.type === "inline" ? tokens[1].content : "";
  const kind = kindOf(first.type);
  return {
    kind,
    level: kind === "heading" ? Number(first.tag.slice(1)) : 0,
    underlined: kind === "heading" && !first.markup.startsWith("#"),
    from: first.map[0],
    to: first.map[1],
    source: kind === "heading" || kind === "paragraph" ? inline : "",
    text: tokens.map(contentOf).join("\n"),
  };
}

function kindOf(type: string): Block["kind"] {
  if (type === "heading_open") return "heading";
  if (type === "paragraph_open") return "paragraph";
  return type === "blockquote_open" ? "quote" : "other";
}

function contentOf(token: Token): string {
  switch (token.type) {
    case "inline":
      return withoutTags(withoutComments(token.content));
    case "html_block":
      return withoutTags(withoutOpenComment(withoutComments(token.content)));
    case "fence":
    case "code_block":
      return token.content;
    default:
      return "";
  }
}

/** A comment that is never closed hides the rest of an HTML block. */
function withoutOpenComment(html: string): string {
  const start = html.indexOf("<!--");
  return start < 0 ? html : html.slice(0, start);
}

/** `<details>`, `</p>`, `<br/>` say nothing; `<https://example.org>` does. */
function withoutTags(text: string): string {
  return text.replace(/<\/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])[^<>]*>/g, " ");
}

function tokenText(token: Token): string {
  switch (token.type) {
    case "text":
    case "text_special":
    case "code_inline":
      return token.content;
    case "softbreak":
    case "hardbreak":
      return "\n";
    default:
      return "";
  }
}

function markSlashLine(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "/" || state.linkLevel > 0) return false;
  let at = state.pos - 1;
  while (state.src[at] === " " || state.src[at] === "\t") at -= 1;
  if (at >= 0 && state.src[at] !== "\n") return false;
  if (!silent) state.push("slash_line", "", 0).meta = { at: state.pos };
  state.pos += 1;
  return true;
}
