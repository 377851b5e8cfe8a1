/** Lines of a comment that begin with a slash and a word: what may be a command, and what only looks like one. */
import { type Block, blocksOf, slashLines, withUnixLines } from "./markdown.ts";

/** A command stands near the beginning of its comment; to look through long ones made to be slow would hold up everybody. */
export const LONGEST_SEARCHED = 8_192;

/** A line such as `/accept as it is`: its number in the comment, the word in lower case, and what stands after it. */
export type SlashLine = { readonly line: number; readonly word: string; readonly rest: string };

/**
 * The lines of ordinary paragraphs that begin with a slash and a word: those in code, quotes, lists, tables, headings,
 * links and HTML comments are only spoken about.
 */
export function* slashLinesIn(blocks: readonly Block[]): Generator<SlashLine, void> {
  for (const block of blocks) {
    // A line of dashes under a command (an e-mail's signature) makes it a heading by accident.
    if (block.kind !== "paragraph" && !block.underlined) continue;
    const offsets = new Set(slashLines(block.source));
    let line = block.from;
    let lineStart = 0;
    for (const text of block.source.split("\n")) {
      const start = text.length - text.trimStart().length;
      const found = offsets.has(lineStart + start) ? readSlashLine(text.slice(start), line) : null;
      if (found !== null) yield found;
      line += 1;
      lineStart += text.length + 1;
    }
  }
}

/** The first line of a comment that begins with `/word`; null: there is none. */
export function slashLine(whole: string, word: string): SlashLine | null {
  const body = whole.slice(0, LONGEST_SEARCHED);
  // Nearly all comments hold no command: one look spares parsing them.
  if (!body.toLowerCase().includes(`/${word}`)) return null;
  return slashLinesIn(blocksOf(withUnixLines(body))).find((line) => line.word === word) ?? null;
}

function readSlashLine(text: string, line: number): SlashLine | null {
  // `/accepted`, `/accept-all`, `/help/me` and `/status.md` are other words.
  const match = /^\/([a-z]{1,12})[.,:;!?]*(?=\s|$)/i.exec(text);
  if (match === null) return null;
  return { line, word: (match[1] ?? "").toLowerCase(), rest: text.slice(match[0].length) };
}
