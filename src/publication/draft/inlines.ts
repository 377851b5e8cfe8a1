/** markdown-it's inline tokens as the model's inlines. */
import type { Token } from "markdown-it";
import { splitCapitals } from "./capitals.ts";
import { closingTag, type HtmlTag, htmlTag, isNothing } from "./html.ts";
import type { CitationMark } from "./mmark-inlines.ts";
import type { Citation, Inline, Span } from "./model.ts";
import { excerpt, type Reading } from "./reading.ts";
import { tidy, trimmed } from "./tidy.ts";
import { plainText } from "./walk.ts";

const SPANS: Readonly<Record<string, Span>> = { em_open: "emphasis", strong_open: "strong" };

const HTML_SPANS: Readonly<Record<string, Span>> = {
  em: "emphasis",
  i: "emphasis",
  strong: "strong",
  b: "strong",
  sup: "superscript",
  sub: "subscript",
};

/** The inlines of one run of text. `line`: where it begins; each line break counts one further. */
export function readInlines(
  tokens: readonly Token[] | null,
  line: number,
  reading: Reading,
): readonly Inline[] {
  const cursor = { tokens: tokens ?? [], at: 0, line, reading, depth: 0 };
  return trimmed(tidy(readUntil(cursor, null), reading));
}

type Cursor = {
  readonly tokens: readonly Token[];
  readonly reading: Reading;
  at: number;
  line: number;
  /** How many HTML tags deep: markdown-it bounds its own marks, but not those. */
  depth: number;
};

const DEEPEST_HTML = 10;

function readUntil(cursor: Cursor, end: string | number | null): Inline[] {
  const found: Inline[] = [];
  while (cursor.at < cursor.tokens.length) {
    const token = cursor.tokens[cursor.at];
    if (!token) break;
    const here = cursor.at;
    cursor.at += 1;
    if (end === here || (typeof end === "string" && token.type === end)) break;
    for (const inline of readOne(cursor, token)) found.push(inline);
  }
  return found;
}

function readOne(cursor: Cursor, token: Token): readonly Inline[] {
  switch (token.type) {
    case "text":
    case "text_special":
      return [{ kind: "text", text: token.content }];
    case "code_inline":
      return [{ kind: "code", text: token.content }];
    case "softbreak":
      cursor.line += 1;
      return [{ kind: "text", text: "\n" }];
    case "hardbreak":
      cursor.line += 1;
      return [{ kind: "break" }];
    case "em_open":
    case "strong_open":
      return spanned(cursor, token);
    case "s_open":
      cursor.reading.report(cursor.line, "text that is struck through, which stands as plain text");
      return readUntil(cursor, "s_close");
    case "link_open":
      return linked(cursor, token);
    case "image":
      return imaged(cursor, token);
    case "html_inline":
      return html(cursor, token);
    case "footnote_ref":
      return [{ kind: "footnote", label: footnoteLabel(token) }];
    case "footnote_anchor":
      return [];
    default:
      return marked(cursor, token);
  }
}

function marked(cursor: Cursor, token: Token): readonly Inline[] {
  const meta = token.meta ?? {};
  switch (token.type) {
    case "mmark_citation":
      return (meta.marks as readonly CitationMark[]).map((mark) => citation(mark, cursor));
    case "mmark_crossref":
      return [{ kind: "crossref", target: String(meta.target), content: [] }];
    case "mmark_index": {
      const { item, subitem, primary } = meta;
      return [{ kind: "index", item: String(item), subitem: String(subitem), primary: primary === true }];
    }
    case "mmark_raised": {
      const kind = token.markup === "^" ? "superscript" : "subscript";
      return [{ kind, content: [{ kind: "text", text: token.content }] }];
    }
    default:
      cursor.reading.report(cursor.line, `what a reader of Markdown calls ${token.type}`);
      return token.content === "" ? [] : [{ kind: "text", text: token.content }];
  }
}

export function footnoteLabel(token: Token): string {
  const { label, id } = token.meta ?? {};
  return typeof label === "string" ? label : `note-${Number(id) + 1}`;
}

function citation({ target, mark, suffix }: CitationMark, cursor: Cursor): Citation {
  const section = /^(?:see, |\(see\) )?[Ss]ection (\S{1,40})$/.exec(suffix)?.[1] ?? null;
  if (suffix !== "" && section === null) {
    cursor.reading.report(cursor.line, `“${excerpt(suffix)}” in a citation, which names no section`);
  }
  return {
    kind: "citation",
    line: cursor.line,
    target,
    // Without a mark, mmark takes a citation for an informative one.
    use: mark === "!" ? "normative" : "informative",
    hidden: mark === "-",
    section,
  };
}

function spanned(cursor: Cursor, token: Token): readonly Inline[] {
  const kind = SPANS[token.type] ?? "emphasis";
  const content = readUntil(cursor, token.type.replace("_open", "_close"));
  const only = content.length === 1 ? content[0] : undefined;
  if (kind === "strong" && only?.kind === "text" && splitCapitals(only.text)[0]?.kind === "bcp14") {
    const [word, ...rest] = splitCapitals(only.text);
    if (word !== undefined && rest.length === 0) return [word];
  }
  return [{ kind, content }];
}

function linked(cursor: Cursor, token: Token): readonly Inline[] {
  const url = String(token.attrGet("href") ?? "");
  if (token.attrGet("title")) cursor.reading.report(cursor.line, "the title of a link");
  const { line } = cursor;
  const content = readUntil(cursor, "link_close");
  if (url.startsWith("#") && url.length > 1)
    return [{ kind: "crossref", target: decoded(url.slice(1)), content }];
  if (isAddress(url)) return [{ kind: "link", url, content }];
  cursor.reading.report(
    line,
    `a link to “${excerpt(url)}”, which is no address that every reader can follow`,
  );
  return content;
}

function imaged(cursor: Cursor, token: Token): readonly Inline[] {
  const url = String(token.attrGet("src") ?? "");
  const alternative = plainText(readInlines(token.children, cursor.line, cursor.reading))
    .replace(/\s+/g, " ")
    .trim();
  if (token.attrGet("title")) cursor.reading.report(cursor.line, "the title of an image");
  if (isAddress(url)) return [{ kind: "image", url, alternative }];
  cursor.reading.report(cursor.line, `the image “${excerpt(url)}”, which is not at an address of its own`);
  return alternative === "" ? [] : [{ kind: "text", text: alternative }];
}

/** Addresses that stay true outside GitHub, and that run nothing. */
function isAddress(url: string): boolean {
  return /^(?:https?|ftps?|ldaps?|sftp|ssh|irc|news):\/\/[^\s<>"]+$|^(?:mailto|urn|tel|doi|xmpp|sip):[^\s<>"]+$/i.test(
    url,
  );
}

function html(cursor: Cursor, token: Token): readonly Inline[] {
  const { line } = cursor;
  cursor.line += token.content.split("\n").length - 1;
  if (isNothing(token.content)) return [];
  const tag = htmlTag(token.content);
  // `<namespace>` is what people write for a placeholder, and a browser would show nothing: it is text.
  if (tag === null) return [{ kind: "text", text: token.content }];
  if (tag.name === "br") return [{ kind: "break" }];
  const span = htmlSpan(cursor, tag);
  if (span !== null) return span;
  cursor.reading.report(
    line,
    tag.name === "!--" ? "a comment in HTML" : `the HTML tag “${excerpt(token.content)}”`,
  );
  return [];
}

function htmlSpan(cursor: Cursor, tag: HtmlTag): readonly Inline[] | null {
  const kind = HTML_SPANS[tag.name];
  if (kind === undefined || tag.closes || !tag.plain || cursor.depth >= DEEPEST_HTML) return null;
  const end = closingTag(cursor.tokens, cursor.at, tag.name);
  if (end < 0) return null;
  cursor.depth += 1;
  const content = readUntil(cursor, end);
  cursor.depth -= 1;
  return [{ kind, content }];
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
