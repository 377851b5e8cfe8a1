/** What a standard is for, in plain words, for the register and the website. */
import { readDraft } from "./draft/read.ts";
import { allBlocks, plainText } from "./draft/walk.ts";
import { plainLine } from "./titles.ts";

/** A paragraph on a page that lists standards. In characters. */
const LONGEST_SUMMARY = 2_000;

/** The paragraphs of a Markdown text as one plain paragraph; `null`: it says nothing. */
export function summaryOf(markdown: string | null): string | null {
  if (markdown === null) return null;
  const read = readDraft(markdown, { dialect: "markdown" });
  if ("refused" in read) return null;
  const words = allBlocks(read.draft).flatMap((block) =>
    block.kind === "paragraph" ? [plainText(block.content)] : [],
  );
  return plainLine(words.join(" "), LONGEST_SUMMARY) || null;
}
