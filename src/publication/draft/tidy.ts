/** Inlines put in order: in one piece, with nothing that is nothing. */
import { splitBareCitations } from "./bare-citations.ts";
import { splitCapitals } from "./capitals.ts";
import type { Inline } from "./model.ts";
import type { Reading } from "./reading.ts";

/** No spaces and breaks at the edges: where markup was left out, they are all that is left of it. */
export function trimmed(inlines: readonly Inline[]): readonly Inline[] {
  const kept = [...inlines];
  for (let first = kept[0]; first !== undefined && isBlank(first); first = kept[0]) kept.shift();
  for (let last = kept.at(-1); last !== undefined && isBlank(last); last = kept.at(-1)) kept.pop();
  return kept.map((inline, at) => {
    if (inline.kind !== "text") return inline;
    const start = at === 0 ? inline.text.trimStart() : inline.text;
    return { ...inline, text: at === kept.length - 1 ? start.trimEnd() : start };
  });
}

function isBlank(inline: Inline): boolean {
  return inline.kind === "break" || (inline.kind === "text" && inline.text.trim() === "");
}

/** Text in one piece, its key words and bare citations found, and nothing empty. */
export function tidy(inlines: readonly Inline[], reading: Reading): readonly Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.kind === "text" && last?.kind === "text") {
      joined[joined.length - 1] = { kind: "text", text: last.text + inline.text };
    } else joined.push(deepTidy(inline, reading));
  }
  const full = joined
    .map((inline) => (inline.kind === "text" ? { ...inline, text: evenLines(inline.text) } : inline))
    .filter((inline) => inline.kind !== "text" || inline.text !== "");
  if (reading.dialect === "mmark") return full;
  return full.flatMap((inline) => {
    if (inline.kind !== "text") return [inline];
    return splitCapitals(inline.text).flatMap((piece) =>
      piece.kind === "text" ? splitBareCitations(piece.text) : [piece],
    );
  });
}

/** Spaces at the ends of lines mean nothing, nor do empty lines, however they were written. */
export function evenLines(text: string): string {
  if (!text.includes("\n")) return text;
  const lines = text.split("\n");
  const even = lines.map((line, at) => {
    let [from, to] = [0, line.length];
    while (at > 0 && (line[from] === " " || line[from] === "\t")) from += 1;
    while (at < lines.length - 1 && to > from && (line[to - 1] === " " || line[to - 1] === "\t")) to -= 1;
    return line.slice(from, to);
  });
  return even.filter((line, at) => line !== "" || at === 0 || at === lines.length - 1).join("\n");
}

function deepTidy(inline: Inline, reading: Reading): Inline {
  switch (inline.kind) {
    case "emphasis":
    case "strong":
    case "superscript":
    case "subscript":
      return { ...inline, content: tidy(inline.content, reading) };
    case "link":
    case "crossref":
      // Within a link, "RFC 8259" is its text, and MUST nobody's duty.
      return { ...inline, content: tidy(inline.content, { ...reading, dialect: "mmark" }) };
    default:
      return inline;
  }
}
