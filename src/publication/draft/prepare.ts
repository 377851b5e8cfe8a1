/** From a text that was read to the draft that is made of it, and to its source in mmark. */
import { complete } from "./complete.ts";
import type { DraftDetails } from "./complete-front.ts";
import { dateText } from "./mmark-title-writer.ts";
import { type Draft, type FrontMatter, NO_FRONT, type ReadDraft, type Unexpressed } from "./model.ts";
import { readDraft } from "./read.ts";
import { withRevision } from "./revision.ts";
import { readTitleBlock, titleBlockOf } from "./title-block.ts";
import { toMmark } from "./to-mmark.ts";

export type Prepared = {
  readonly draft: Draft;
  /** With its revision. */
  readonly name: string;
  /** What only the authors can say. */
  readonly lacking: readonly Unexpressed[];
  /** What stands differently from how it was written, by the lines of the input. */
  readonly changed: readonly Unexpressed[];
  /** The source of the draft in mmark; lines count in this. */
  readonly raw: string;
};

/**
 * What becomes of a text that has a title block, and so is an mmark draft already: it stays byte for byte, or takes
 * another revision and date in that block, or is written anew as every other text is.
 */
export type Keeping = "as written" | "revised" | "anew";

/** Makes a draft of what was read from the source, with all that its details and the IETF's customs give it. */
export function prepareDraft(
  read: ReadDraft,
  source: string,
  details: DraftDetails,
  keeping: Keeping,
): Prepared {
  const { draft, lacking, changed } = complete(read.draft, details);
  const kept =
    keeping !== "anew" && hasTitleBlock(source) ? keptSource(read, source, details, keeping) : null;
  const raw = kept ?? toMmark(draft);
  return { name: details.docName, lacking, changed, raw, draft: readAgain(raw, draft, details) };
}

/** Is the text an mmark draft, with a title block of its own? */
export function hasTitleBlock(text: string): boolean {
  return titleBlockOf(linesOf(text)) !== null;
}

/** What the title block of a text says; of one without, nothing. */
export function frontOf(text: string): FrontMatter {
  const lines = linesOf(text);
  const block = titleBlockOf(lines);
  return block === null ? NO_FRONT : readTitleBlock(lines, block).front;
}

/** As it is read: without a byte order mark, whatever ends the lines. */
function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split("\n");
}

/** `null`: the title block cannot be changed, and the source has to be written anew. */
function keptSource(
  { draft: { front } }: ReadDraft,
  source: string,
  { docName, date }: DraftDetails,
  keeping: "as written" | "revised",
): string | null {
  const isSame = front.docName === docName && front.date !== null && dateText(front.date) === dateText(date);
  return keeping === "as written" || isSame ? source : withRevision(source, { docName, date });
}

/**
 * The draft as it is read from its mmark source: what is checked and published is then what the source says, and lines
 * count in it.
 */
function readAgain(raw: string, draft: Draft, details: DraftDetails): Draft {
  const again = readDraft(raw, { dialect: "mmark" });
  return "refused" in again ? draft : complete(again.draft, details).draft;
}
