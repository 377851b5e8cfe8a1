/** mmark's blocks that Markdown lacks: special headings, matters, asides, attributes, captions, references. */
import type { MarkdownIt, StateBlock } from "markdown-it";

/** `Figure: `, `Table: ` and `Quote: ` under what they name. */
const CAPTION = /^(?:Figure|Table|Quote): /;
const ATTRIBUTES = /^\{[^{}]{1,500}\}\s*$/;
const MATTERS: ReadonlySet<string> = new Set(["{frontmatter}", "{mainmatter}", "{backmatter}"]);

/** What ends in a line of its own, and so may have a caption. */
const CAPTIONED: ReadonlySet<string> = new Set(["fence", "code_block", "table_close", "blockquote_close"]);

export function addMmarkBlocks(md: MarkdownIt): void {
  const interrupts = { alt: ["paragraph", "blockquote", "list"] };
  md.block.ruler.before("table", "mmark_caption", caption, { alt: ["blockquote"] });
  md.block.ruler.before("table", "mmark_matter", matter, interrupts);
  md.block.ruler.before("table", "mmark_special", specialHeading, interrupts);
  md.block.ruler.before("table", "mmark_aside", aside, interrupts);
  md.block.ruler.before("table", "mmark_attributes", attributes);
  md.block.ruler.before("html_block", "reference", reference, { alt: ["paragraph"] });
}

/** A `<reference>` or `<referencegroup>` element, up to the line that closes it; one never closed is text. */
export function reference(state: StateBlock, from: number, end: number, silent: boolean): boolean {
  const first = lineAt(state, from);
  if (!first.startsWith("<reference")) return false;
  const name = /^<(reference|referencegroup)\s/.exec(`${first}\n`)?.[1];
  if (name === undefined) return false;
  for (let line = from; line < end && line < from + 200; line += 1) {
    if (!lineAt(state, line).includes(`</${name}>`)) continue;
    if (silent) return true;
    const token = state.push("mmark_reference", "", 0);
    token.map = [from, line + 1];
    token.content = state.getLines(from, line + 1, state.blkIndent, false);
    state.line = line + 1;
    return true;
  }
  return false;
}

function matter(state: StateBlock, from: number, _end: number, silent: boolean): boolean {
  const text = lineAt(state, from).trim();
  if (state.level !== 0 || !MATTERS.has(text)) return false;
  if (silent) return true;
  leaf(state, "mmark_matter", from).content = text.slice(1, -1);
  return true;
}

function specialHeading(state: StateBlock, from: number, _end: number, silent: boolean): boolean {
  const text = lineAt(state, from);
  if (!text.startsWith(".# ")) return false;
  if (silent) return true;
  const heading = leaf(state, "mmark_special", from);
  heading.content = text.slice(3).trim();
  const inline = state.push("inline", "", 0);
  inline.content = heading.content;
  inline.map = [from, from + 1];
  inline.children = [];
  return true;
}

/** Lines that begin with `A>` (or `N>`, as older texts have it) hold blocks of their own. */
function aside(state: StateBlock, from: number, end: number, silent: boolean): boolean {
  if (!isAside(lineAt(state, from)) || state.level >= 20) return false;
  if (silent) return true;
  let to = from + 1;
  while (to < end && isAside(lineAt(state, to))) to += 1;
  const lines = Array.from({ length: to - from }, (_, at) => lineAt(state, from + at).replace(/^A> ?/, ""));
  const open = state.push("mmark_aside_open", "", 1);
  open.map = [from, to];
  const before = state.tokens.length;
  state.md.block.parse(lines.join("\n"), state.md, state.env, state.tokens);
  for (const token of state.tokens.slice(before)) {
    token.level += state.level;
    if (token.map) token.map = [token.map[0] + from, token.map[1] + from];
  }
  state.push("mmark_aside_close", "", -1);
  state.line = to;
  return true;
}

function isAside(text: string): boolean {
  return text.startsWith("A>") && (text.length === 2 || text[2] === " ");
}

/** `{#anchor .class key="value"}` on a line of its own belongs to the block after it. */
function attributes(state: StateBlock, from: number, end: number, silent: boolean): boolean {
  const text = lineAt(state, from);
  if (silent || !ATTRIBUTES.test(text) || !/^\{[#.a-z]/.test(text)) return false;
  if (from + 1 >= end || state.isEmpty(from + 1)) return false;
  leaf(state, "mmark_attributes", from).content = text.trim().slice(1, -1);
  return true;
}

function caption(state: StateBlock, from: number, end: number, silent: boolean): boolean {
  const text = lineAt(state, from);
  if (!CAPTION.test(text)) return false;
  if (silent) return true;
  const previous = state.tokens.at(-1);
  if (!previous || !CAPTIONED.has(previous.type) || previous.level !== state.level) return false;
  if (from > 0 && state.isEmpty(from - 1) && previous.type !== "blockquote_close") return false;
  let to = from + 1;
  while (to < end && !state.isEmpty(to) && (state.sCount[to] ?? 0) >= state.blkIndent) to += 1;
  const colon = text.indexOf(": ");
  const whole = state.getLines(from, to, state.blkIndent, false).trim();
  const token = leaf(state, "mmark_caption", from);
  token.info = text.slice(0, colon).toLowerCase();
  const inline = state.push("inline", "", 0);
  inline.content = whole.slice(colon + 2).trim();
  inline.map = [from, to];
  inline.children = [];
  state.line = to;
  return true;
}

function leaf(state: StateBlock, type: string, line: number) {
  const token = state.push(type, "", 0);
  token.map = [line, line + 1];
  state.line = line + 1;
  return token;
}

/** A line's text within the block it stands in; empty for an indented one, which is code or goes on a list item. */
function lineAt(state: StateBlock, line: number): string {
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4 || (state.sCount[line] ?? 0) < state.blkIndent)
    return "";
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line] ?? 0);
}
