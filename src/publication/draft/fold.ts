/** Lines of code that a page of an Internet-Draft can hold: no tabs, none too long (RFC 8792). */

/** A page is 72 characters wide, and the text of a section stands 3 from its edge. */
export const WIDEST = 69;

const TAB = 4;

/** Tabs as spaces, up to the next multiple of four, as the editors that people write JSON with show them. */
export function withoutTabs(line: string): string {
  if (!line.includes("\t")) return line;
  let text = "";
  for (const character of line)
    text += character === "\t" ? " ".repeat(TAB - (text.length % TAB)) : character;
  return text;
}

export function tooLong(text: string, width: number): boolean {
  return text.split("\n").some((line) => line.length > width);
}

const HEADER = "line wrapping per RFC 8792";

/**
 * The text with its long lines folded as RFC 8792 says, under the header that it prescribes. With one backslash where
 * the text can be unfolded so without doubt, else with two. The width is at least 40.
 */
export function folded(text: string, width: number): string {
  const lines = text.replace(/\n$/, "").split("\n");
  if (isFolded(lines) || !tooLong(text, width)) return text;
  const limit = Math.max(width, 40);
  const single = lines.every((line) => !line.endsWith("\\") && singleFits(line, limit));
  const header = center(`NOTE: '${single ? "\\" : "\\\\"}' ${HEADER}`, limit);
  const body = lines.flatMap((line) => (single ? foldOnce(line, limit) : foldTwice(line, limit)));
  return `${[header, "", ...body].join("\n")}\n`;
}

function isFolded(lines: readonly string[]): boolean {
  return (lines[0] ?? "").includes(HEADER);
}

function center(title: string, width: number): string {
  const left = Math.floor((width - title.length) / 2);
  return left < 1
    ? title
    : `${"=".repeat(Math.max(left - 1, 0))} ${title} ${"=".repeat(Math.max(left - 1, 0))}`;
}

/** With one backslash, what comes after a fold must not begin with a space: unfolding would eat it. */
function foldOnce(line: string, width: number): readonly string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const at = cut(rest, width - 1);
    if (at === 0) return [...parts, rest];
    parts.push(`${rest.slice(0, at)}\\`);
    rest = rest.slice(at);
  }
  return [...parts, rest];
}

function singleFits(line: string, width: number): boolean {
  return foldOnce(line, width).every((part) => part.length <= width);
}

function foldTwice(line: string, width: number): readonly string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const at = whole(rest, width - 1);
    parts.push(`${rest.slice(0, at)}\\`);
    rest = `\\${rest.slice(at)}`;
  }
  return [...parts, rest];
}

/** The last place up to `limit` after which no space stands; 0: there is none. */
function cut(text: string, limit: number): number {
  let at = whole(text, limit);
  while (at > 0 && text[at] === " ") at -= 1;
  return text.slice(0, at).trim() === "" ? 0 : whole(text, at);
}

/** Not between the halves of one character. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
