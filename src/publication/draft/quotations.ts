/** Quotations, and the asides that GitHub writes as such. */
import { readBlocks, takeAttributes, type Walk } from "./blocks.ts";
import type { Block, Inline } from "./model.ts";

/** GitHub's alerts are asides that begin with their kind. */
const ALERT = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\](?:\n|$)/;

export function quotation(walk: Walk, line: number): Block {
  const { anchor } = takeAttributes(walk, line);
  const blocks = readBlocks(walk, "blockquote_close");
  const [first, ...rest] = blocks;
  const [opening, ...more] = first?.kind === "paragraph" ? first.content : [];
  const alert = opening?.kind === "text" ? ALERT.exec(opening.text) : null;
  if (
    walk.reading.dialect === "mmark" ||
    alert === null ||
    first?.kind !== "paragraph" ||
    opening?.kind !== "text"
  ) {
    return { kind: "quote", line, anchor, blocks, attribution: [] };
  }
  const kind = `${(alert[1] ?? "").charAt(0)}${(alert[1] ?? "").slice(1).toLowerCase()}`;
  const text = opening.text.slice(alert[0].length);
  const label: readonly Inline[] = [{ kind: "strong", content: [{ kind: "text", text: `${kind}:` }] }];
  const said: readonly Inline[] = text === "" ? more : [{ kind: "text", text: ` ${text}` }, ...more];
  return { kind: "aside", line, anchor, blocks: [{ ...first, content: [...label, ...said] }, ...rest] };
}
