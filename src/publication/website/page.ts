/** A Markdown page as lines and headings, so that one part of it can be changed and every other byte stays. */
import { type Block, blocksOf, LONGEST_SOURCE, plainText, withUnixLines } from "../../proposal/markdown.ts";
import { CannotUpdate } from "../file-update.ts";

/** A heading and what stands below it. Lines count from 0; `to` is the first line after it. */
export type PageSection = {
  readonly level: number;
  /** The heading as it is compared. */
  readonly title: string;
  readonly from: number;
  readonly to: number;
  /** The blocks below the heading, deeper headings among them. */
  readonly blocks: readonly Block[];
};

export type Page = {
  /** Each with its own line end. */
  readonly lines: readonly string[];
  /** The line end of the page's first line. */
  readonly lineEnd: string;
  readonly sections: readonly PageSection[];
};

/** Throws `CannotUpdate` on a page that is not there or too long to be one. */
export function readPage(name: string, content: string | null): Page {
  if (content === null) throw new CannotUpdate(`There is no file \`${name}\`.`);
  const lines = linesOf(content);
  const body = withUnixLines(content).split("\n");
  const start = frontMatterEnd(body);
  const text = body
    .map((line, index) => (index < start ? "" : line))
    .join("\n")
    .replace(/^\uFEFF/, "");
  if (new TextEncoder().encode(text).length > LONGEST_SOURCE)
    throw new CannotUpdate(`The file \`${name}\` is longer than ${LONGEST_SOURCE / 1024} KiB.`);
  const blocks = blocksOf(text);
  const [first = ""] = lines;
  return {
    lines,
    lineEnd: /(?:\r\n|\r|\n)$/.exec(first)?.[0] ?? "\n",
    sections: sectionsOf(blocks, lines.length),
  };
}

/** Lines `from` to `to` give way to others, which get the page's line ends; `from` may equal `to`. */
export type Edit = { readonly from: number; readonly to: number; readonly put: readonly string[] };

/** The page's text after the edits, which do not overlap. A page without a line end at its end keeps being one. */
export function edited({ lines, lineEnd }: Page, edits: readonly Edit[]): string {
  let text = "";
  let at = 0;
  for (const { from, to, put } of edits.toSorted((one, other) => one.from - other.from)) {
    text += lines.slice(at, from).join("");
    if (put.length > 0 && !isEnded(text)) text += lineEnd;
    text += put.map((line) => line + lineEnd).join("");
    at = to;
  }
  text += lines.slice(at).join("");
  return isEnded(lines.at(-1) ?? "") ? text : withoutEnd(text);
}

function withoutEnd(text: string): string {
  let end = text.length;
  while (isEnded(text[end - 1] ?? "x")) end -= 1;
  return text.slice(0, end);
}

function isEnded(text: string): boolean {
  return text === "" || /[\r\n]$/.test(text);
}

/** The part of a section before its first deeper heading, without blank lines at its end: `to` is after it. */
export function headOf(
  page: Page,
  section: PageSection,
): { readonly blocks: readonly Block[]; readonly to: number } {
  const deeper = section.blocks.findIndex((block) => block.kind === "heading");
  const blocks = deeper < 0 ? section.blocks : section.blocks.slice(0, deeper);
  const limit = section.blocks[deeper]?.from ?? section.to;
  return { blocks, to: lastLine(page, section.from, limit) };
}

/** After the last line that is not blank, from `from` up to `limit`. */
export function lastLine(page: Page, from: number, limit: number): number {
  let to = limit;
  while (to > from + 1 && (page.lines[to - 1] ?? "").trim() === "") to -= 1;
  return to;
}

/** The lines of a block as they stand, with LF. */
export function sourceOf(page: Page, block: Block): string {
  return withUnixLines(page.lines.slice(block.from, block.to).join("")).trim();
}

/** How titles are compared: `MISP  Core format:` is `misp core format`. */
export function titleKey(title: string): string {
  return title
    .normalize("NFKC")
    .toLowerCase()
    .split(/\s/)
    .filter((word) => word !== "")
    .join(" ")
    .replace(/(?<![:.])[:.]+$/, "");
}

/** What a Markdown heading says, as titles are compared. */
function headingKey(source: string): string {
  return titleKey(plainText(source.replace(/\s\{[#.:][^{}]{0,200}\}$/, "")));
}

function linesOf(content: string): readonly string[] {
  return content.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** The first line after the front matter; 0 where there is none. */
function frontMatterEnd(lines: readonly string[]): number {
  const [first = ""] = lines;
  if (first.replace(/^\uFEFF/, "").trimEnd() !== "---") return 0;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---");
  return end < 0 ? 0 : end + 1;
}

function sectionsOf(blocks: readonly Block[], lineCount: number): readonly PageSection[] {
  const sections: PageSection[] = [];
  // By level, the nearest heading after the block that is looked at; from the end, so that it is one walk.
  const next = Array<number>(7).fill(blocks.length);
  for (const [index, block] of [...blocks.entries()].toReversed()) {
    if (block.kind !== "heading") continue;
    const end = Math.min(...next.slice(1, block.level + 1));
    next[block.level] = index;
    sections.push({
      level: block.level,
      title: headingKey(block.source),
      from: block.from,
      to: blocks[end]?.from ?? lineCount,
      blocks: blocks.slice(index + 1, end),
    });
  }
  return sections.toReversed();
}
