/** mmark's inline marks that Markdown lacks: citations, cross references, index entries, H~2~O and 2^10^. */
import type { MarkdownIt, StateInline } from "markdown-it";

/** Longer than any citation, cross reference or index entry that somebody would write. */
const LONGEST = 500;

/** An anchor that can be pointed at: what XML allows in a name, and a leading digit, which it does not. */
const TARGET = /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.:#@/-]*$/u;

export function addMmarkInlines(md: MarkdownIt): void {
  md.inline.ruler.before("link", "mmark_citation", citation);
  md.inline.ruler.before("link", "mmark_parenthesis", parenthesis);
  md.inline.ruler.after("emphasis", "mmark_raised", raised);
  md.disable("strikethrough");
}

export type CitationMark = {
  readonly target: string;
  readonly mark: "!" | "?" | "-" | "";
  readonly suffix: string;
};

/** The citations in `[@!RFC8259; @?RFC2119, section 3]` without its brackets; `null`: it is something else. */
function citationsIn(inside: string): readonly CitationMark[] | null {
  const found: CitationMark[] = [];
  for (const part of inside.split(";")) {
    const text = part.trim();
    if (text === "") continue;
    if (!text.startsWith("@")) return null;
    const comma = text.indexOf(",");
    const name = (comma < 0 ? text.slice(1) : text.slice(1, comma)).trim();
    const suffix = comma < 0 ? "" : text.slice(comma + 1).trim();
    const first = name.charAt(0);
    const mark = first === "!" || first === "?" || first === "-" ? first : "";
    const target = mark === "" ? name : name.slice(1);
    if (!TARGET.test(target)) return null;
    found.push({ target, mark, suffix });
  }
  return found.length === 0 ? null : found;
}

function citation(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith("[@", state.pos)) return false;
  const end = closing(state, state.pos + 1, "]");
  const marks = end < 0 ? null : citationsIn(state.src.slice(state.pos + 1, end));
  if (marks === null) return false;
  if (!silent) state.push("mmark_citation", "", 0).meta = { marks };
  state.pos = end + 1;
  return true;
}

/** `(#anchor)` and `(!item, subitem)`: the scanner stops at the mark, when the parenthesis is already pending. */
function parenthesis(state: StateInline, silent: boolean): boolean {
  const mark = state.src[state.pos];
  if ((mark !== "#" && mark !== "!") || !state.pending.endsWith("(")) return false;
  const end = closing(state, state.pos, ")");
  if (end < 0) return false;
  const inside = state.src.slice(state.pos + 1, end);
  const token = mark === "#" ? crossReference(inside) : indexEntry(inside);
  if (token === null) return false;
  if (!silent) {
    state.pending = state.pending.slice(0, -1);
    const pushed = state.push(token.type, "", 0);
    pushed.meta = token.meta;
  }
  state.pos = end + 1;
  return true;
}

function crossReference(inside: string) {
  const comma = inside.indexOf(",");
  const target = (comma < 0 ? inside : inside.slice(0, comma)).trim();
  if (!TARGET.test(target)) return null;
  return { type: "mmark_crossref", meta: { target } };
}

function indexEntry(inside: string) {
  const primary = inside.startsWith("!");
  const parts = (primary ? inside.slice(1) : inside).split(",").map((part) => part.trim());
  const [item = "", subitem = ""] = parts;
  if (item === "" || parts.length > 2) return null;
  return { type: "mmark_index", meta: { item, subitem, primary } };
}

/** `~sub~` and `^sup^`, without spaces inside. */
function raised(state: StateInline, silent: boolean): boolean {
  const mark = state.src[state.pos];
  if (mark !== "~" && mark !== "^") return false;
  if (state.src[state.pos + 1] === mark || state.src[state.pos - 1] === mark) return false;
  const end = closing(state, state.pos + 1, mark);
  const inside = end < 0 ? "" : state.src.slice(state.pos + 1, end);
  if (inside === "" || /[\s^~]/.test(inside) || state.src[end + 1] === mark) return false;
  if (!silent) {
    const token = state.push("mmark_raised", "", 0);
    token.content = inside.replace(/\\([!-/:-@[-`{-~])/g, "$1");
    token.markup = mark;
  }
  state.pos = end + 1;
  return true;
}

/** Where the mark that closes stands on this line, near enough and not escaped; -1: nowhere. */
function closing(state: StateInline, from: number, mark: string): number {
  const last = Math.min(state.posMax, from + LONGEST);
  for (let at = from; at < last; at += 1) {
    const character = state.src[at];
    if (character === "\n") return -1;
    if (character === "\\") at += 1;
    else if (character === mark) return at;
  }
  return -1;
}
