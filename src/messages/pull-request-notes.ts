/** What a publication pull request tells of the files it brings: what is missing, what differs, what was found. */
import type { PressNotes, Remark } from "../publication/press-notes.ts";
import { codeBlock, codeSpan, inline } from "./escape.ts";
import { capitalized, count, fittedBullets, paragraphs, sentence } from "./parts.ts";

/** In characters: all the lists together leave room for the rest of a body. */
const LIST_BUDGET = 6_000;
const LONGEST_REMARK = 500;

/** The paragraphs about what was made of the text; `null` where nothing was made, and it is published as it is. */
export function pressNotes(notes: PressNotes): string | null {
  const told = paragraphs(
    made(notes),
    remarks(
      "**Only the authors can say this.** An Internet-Draft needs it, and the text lacks it. Please ask them, and add it to this branch:",
      notes.lacking,
    ),
    remarks("**Not as it was written.** The draft’s format cannot express this:", notes.unexpressed),
    missing(notes.missing),
    difference(notes.difference),
  );
  return told === "" ? null : told;
}

function made({ draft, nits, rendered }: PressNotes): string | null {
  if (draft === null) return null;
  return [
    `**Internet-Draft:** ${codeSpan(draft)}.`,
    nits === null ? null : found(nits),
    rendered === null ? null : inWords(rendered),
  ]
    .filter((part) => part !== null)
    .join(" ");
}

function found({ errors, warnings }: NonNullable<PressNotes["nits"]>): string {
  if (errors + warnings === 0) return "idnits found no error and no warning.";
  return `idnits found ${count(errors, "error")} and ${count(warnings, "warning")}.`;
}

function inWords(rendered: NonNullable<PressNotes["rendered"]>): string {
  return rendered.made === "both"
    ? "Text and HTML were made with xml2rfc."
    : sentence(rendered.because, LONGEST_REMARK);
}

function remarks(heading: string, all: readonly Remark[]): string | null {
  if (all.length === 0) return null;
  const written = all.map(({ line, what }) => {
    const said = sentence(what, LONGEST_REMARK);
    return line === 0 ? capitalized(said) : `Line ${line}: ${said}`;
  });
  return paragraphs(
    heading,
    fittedBullets(written, LIST_BUDGET, (left) => `${left} more`),
  );
}

function missing(all: PressNotes["missing"]): string | null {
  if (all.length === 0) return null;
  const written = all.map(({ name, because }) => `${inline(name)}: ${sentence(because, LONGEST_REMARK)}`);
  return paragraphs(
    "**References that are not written out.** The draft names them by their addresses, or not at all:",
    fittedBullets(written, LIST_BUDGET, (left) => `${left} more`),
  );
}

function difference(text: string | null): string | null {
  if (text === null || text.trim() === "") return null;
  return [
    "<details><summary>How the text differs from the one that was published before</summary>",
    "",
    codeBlock(text, "diff"),
    "",
    "</details>",
  ].join("\n");
}
