/** Citations as people write them in an issue: `RFC 8259`, `[RFC8259]`, `draft-ietf-foo-bar`. */
import type { Citation, Inline } from "./model.ts";

/** `[RFC 8259]` is a citation in full; a bare `RFC 8259` stays in the sentence and is cited after it. */
const BARE =
  /\[RFC ?(\d{1,5})\]|\bRFC ?(\d{1,5})\b(?:\s?\[RFC ?\2\])?|\bI-D\.([a-z0-9][a-z0-9-]{2,80}[a-z0-9])\b/g;

export function splitBareCitations(text: string): readonly Inline[] {
  const pieces: Inline[] = [];
  let from = 0;
  for (const found of text.matchAll(BARE)) {
    const [whole, bracketed, bare, draft] = found;
    const number = bracketed ?? bare;
    if (number !== undefined && Number(number) === 0) continue;
    const before = text.slice(from, found.index) + (bare === undefined ? "" : `RFC ${Number(bare)} `);
    if (before !== "") pieces.push({ kind: "text", text: before });
    pieces.push(cited(number === undefined ? `I-D.${draft ?? ""}` : `RFC${Number(number)}`));
    from = found.index + whole.length;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}

function cited(target: string): Citation {
  return { kind: "citation", line: 0, target, use: "by-use", hidden: false, section: null };
}
