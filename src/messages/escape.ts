/**
 * What other people wrote, put into our messages so that it stays text: no markup, no HTML, no mention, no reference,
 * no link of its own.
 *
 * GitHub looks for mentions and references in the rendered text, after backslashes and character references are
 * resolved, so escaping alone does not stop them. A word joiner (U+2060: no width, no line break) inside them does.
 */
import { decodeEntities } from "../proposal/markdown.ts";

const JOINER = "\u2060";

/** GitHub's titles are at most this long. In characters. */
const LONGEST_INLINE = 256;
const LONGEST_CODE_SPAN = 256;
const LONGEST_QUOTE = 1_000;
const LONGEST_CODE_BLOCK = 10_000;

/** GitHub's logins; those of managed users carry an underscore, some old ones end in a hyphen. */
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/;

/** Text inside a paragraph, a heading, a list or a table cell: one line, cut with `…` at so many characters. */
export function inline(text: string, longest: number = LONGEST_INLINE): string {
  return escapeLine(cut(oneLine(decodeEntities(text)), longest));
}

/** Text as `code`, on one line. Empty where there is nothing to show. */
export function codeSpan(text: string): string {
  const shown = cut(oneLine(text), LONGEST_CODE_SPAN);
  if (shown === "") return "";
  // A table splits at the pipes inside code spans too, and outside tables their backslashes would show.
  if (shown.includes("|")) return `<code>${unmarked(unreferenced(shown))}</code>`;
  const code = unmentioned(shown);
  const fence = "`".repeat(longestRun(code) + 1);
  return code.startsWith("`") || code.endsWith("`") ? `${fence} ${code} ${fence}` : `${fence}${code}${fence}`;
}

/** Text as a block of code, in a fence that nothing inside it closes. The language is ours, never the text's. */
export function codeBlock(text: string, language: "" | "yaml" | "json" | "diff" = ""): string {
  const lines = visible(text)
    .replace(/\r\n?/g, "\n")
    .replace(/(?<!\n)\n+$/, "");
  const code = unmentioned(cut(lines, LONGEST_CODE_BLOCK));
  const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}${language}\n${code}\n${fence}`;
}

/** Text as a quotation, line by line; its markup shows as it was typed. Empty where there is nothing to show. */
export function quote(text: string, longest: number = LONGEST_QUOTE): string {
  const lines = cut(visible(decodeEntities(text)).trim(), longest).split(/\r\n|[\r\n\u2028\u2029]/);
  if (lines.every((line) => line.trim() === "")) return "";
  return lines.map((line) => `> ${escapeLine(oneLine(line))}`.trimEnd()).join("\n");
}

/** A mention that is meant: the person is notified. What cannot be a login is shown as text. */
export function mention(login: string): string {
  return LOGIN.test(login) ? `@${login}` : inline(`@${login}`);
}

/** A link with our choice of target. One that is no plain http(s) address is left out, and the text stays. */
export function link(text: string, url: string): string {
  const label = inline(text);
  const target = URL.parse(url);
  if (target === null || !isPlainWeb(target) || label === "") return label;
  return `[${label}](${target.href.replace(/[^A-Za-z0-9\-._~:/?#@!$&+,;=%]/g, percentEncoded).replaceAll("&", "&amp;")})`;
}

function isPlainWeb(url: URL): boolean {
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return isWeb && url.username === "" && url.password === "";
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** Without what cannot be seen and only misleads: control characters and marks that turn the reading direction. */
function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]/gu, "")
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, "");
}

function oneLine(text: string): string {
  return visible(text).replace(/\s+/gu, " ").trim();
}

/** At most so many characters; never half of a surrogate pair. */
function cut(text: string, longest: number): string {
  const characters = [...text.slice(0, 2 * longest + 2)];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}

/** One line of text as Markdown that renders as just this text, also at the start of a line. */
function escapeLine(line: string): string {
  return unmarked(unreferenced(line))
    .replace(/^[-+=:]/, "\\$&")
    .replace(/^([0-9]{1,9})([.)])/, "$1\\$2");
}

/** Markup as text, also in a table cell. */
function unmarked(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_[\]~#|]/g, "\\$&")
    .replaceAll("$", () => "&#36;");
}

/** Joiners where GitHub would find a mention, a reference, a commit, a link or an emoji's name. */
function unreferenced(text: string): string {
  return unmentioned(text)
    .replace(/#(?=[0-9])/g, `#${JOINER}`)
    .replace(/\b(GH-)(?=[0-9])/gi, `$1${JOINER}`)
    .replace(/\b(www)(?=\.)/gi, `$1${JOINER}`)
    .replace(/:(?=\S)/g, `:${JOINER}`)
    .replace(/\b[0-9a-f]{7,40}\b/gi, (commit) => commit.replace(/.{6}(?=.)/g, `$&${JOINER}`));
}

function unmentioned(text: string): string {
  return text.replaceAll("@", `@${JOINER}`);
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
