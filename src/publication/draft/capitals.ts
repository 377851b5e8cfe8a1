/** The key words of BCP 14: "when, and only when, they appear in all capitals" (RFC 8174). */
import type { Inline } from "./model.ts";

const WORDS =
  /\b(?:MUST NOT|MUST|SHALL NOT|SHALL|SHOULD NOT|SHOULD|NOT RECOMMENDED|RECOMMENDED|REQUIRED|MAY|OPTIONAL)\b/g;

type Piece = Extract<Inline, { readonly kind: "text" | "bcp14" }>;

/** A text with its key words apart. `MUST_NOT` and `MAYDAY` hold none. */
export function splitCapitals(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(WORDS)) {
    if (found.index > from) pieces.push({ kind: "text", text: text.slice(from, found.index) });
    pieces.push({ kind: "bcp14", text: found[0] });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}

export function hasCapitals(text: string): boolean {
  return text.search(WORDS) >= 0;
}
