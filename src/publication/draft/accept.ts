/** What may be read as a draft at all: text of a reasonable size. */
import type { NotADraft } from "./model.ts";

/** In UTF-8 bytes; the longest of the committee's drafts has a tenth of it. */
const LONGEST_DRAFT = 1_048_576;

/** Longer lines than any prose or table has; the scanner's worst cases are within one line. */
const LONGEST_LINE = 65_536;

/** The text with LF line ends and no byte order mark, or why it is none. */
export function accept(input: string | Uint8Array): { readonly text: string } | NotADraft {
  const size = typeof input === "string" ? byteLength(input) : input.byteLength;
  if (size > LONGEST_DRAFT)
    return refuse(`The text is ${size} bytes long; a draft has at most ${LONGEST_DRAFT}.`);
  const decoded = typeof input === "string" ? input : utf8(input);
  if (decoded === null) return refuse("The text is not valid UTF-8.");
  const text = decoded
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .replaceAll("\f", " ");
  if (text.trim() === "") return refuse("The text is empty.");
  return unfit(text) ?? { text };
}

function unfit(text: string): NotADraft | null {
  if (!text.isWellFormed()) return refuse("The text holds half a character (a lone UTF-16 surrogate).");
  const lines = text.split("\n");
  for (const [at, line] of lines.entries()) {
    const control = CONTROL.exec(line)?.[0];
    if (control !== undefined) {
      const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      return refuse(
        `Line ${at + 1} holds the control character U+${code}, which a text does not have.`,
        at + 1,
      );
    }
    if (line.length > LONGEST_LINE)
      return refuse(`Line ${at + 1} is ${line.length} characters long.`, at + 1);
  }
  return null;
}

// What XML 1.0 cannot hold, and the C1 controls, which it discourages; tabs and form feeds are white space.
const CONTROL = /(?!\t)\p{Cc}|[\uFFFE\uFFFF]/u;

function refuse(refused: string, line: number | null = null): NotADraft {
  return { refused, line };
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
