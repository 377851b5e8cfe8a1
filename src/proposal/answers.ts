/** What people type into a form's fields, as lines of plain text, and how an answer is refused. */
import { plainText, withoutComments } from "./markdown.ts";

/** What an answer says; `refused`: why it cannot be taken, in a sentence that says what to write instead. */
export type Answer<T> = { readonly value: T; readonly refused: string | null };

/** What people write where they have nothing to say. */
const NOTHING: ReadonlySet<string> = new Set([
  "none",
  "none yet",
  "no",
  "nothing",
  "not yet",
  "n/a",
  "na",
  "not applicable",
  "tbd",
]);

/** The lines of an answer that say something, without bullets and numbers before them. Linear. */
export function answerLines(answer: string): readonly string[] {
  const lines = withoutComments(visible(answer)).split("\n").map(withoutBullet).filter(isAnswer);
  const [only, ...more] = lines;
  return only !== undefined && more.length === 0 && saysNothing(only) ? [] : lines;
}

/** `None`, `n/a.` and the like. */
export function saysNothing(text: string): boolean {
  if (text.length > 40) return false;
  return NOTHING.has(
    text
      .trim()
      .toLowerCase()
      .replace(/[.!_*]/g, ""),
  );
}

/** A bullet, or a number with a stop, and what stands after it. */
function withoutBullet(line: string): string {
  return line
    .slice(0, 10_000)
    .replace(/^\s{0,20}(?:[-*+•–]|[0-9]{1,3}[.)])\s/, "")
    .trim();
}

/** Neither a fence nor a heading, a rule or a lone mark. */
function isAnswer(line: string): boolean {
  return /[\p{L}\p{N}]/u.test(line) && !/^(?:#{1,6}\s|```|~~~)/.test(line);
}

/** Text without what cannot be seen and only misleads: control characters, and marks that turn the reading direction. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu, "");
}

/** Text on one line, its letters composed. */
export function oneLine(text: string): string {
  return visible(text.replace(/\s/gu, " ")).replace(/ {2,}/g, " ").normalize("NFC").trim();
}

/** A line's words without its Markdown. */
export function plainLine(line: string): string {
  return oneLine(plainText(line));
}

/** The beginning of a line, to be shown where it is refused. */
export function excerpt(line: string): string {
  const text = oneLine(line.slice(0, 200));
  const letters = Array.from(text);
  return letters.length > 60 ? `“${letters.slice(0, 59).join("")}…”` : `“${text}”`;
}
