/** Tables. */
import { takeAttributes, takeInlines, type Walk } from "./blocks.ts";
import { onOneLine } from "./captions.ts";
import type { Alignment, Cell, Table } from "./model.ts";

export function readTable(walk: Walk, line: number): Table {
  const { anchor } = takeAttributes(walk, line);
  const columns: Alignment[] = [];
  const rows: Cell[][] = [];
  while (walk.at < walk.tokens.length) {
    const token = walk.tokens[walk.at];
    walk.at += 1;
    if (token?.type === "table_close") break;
    if (token?.type === "tr_open") rows.push([]);
    if (token?.type !== "th_open" && token?.type !== "td_open") continue;
    if (token.type === "th_open") columns.push(alignment(String(token.attrGet("style") ?? "")));
    rows.at(-1)?.push(onOneLine(takeInlines(walk)));
  }
  const [header = [], ...body] = rows;
  return { kind: "table", line, anchor, caption: [], columns, header, rows: body };
}

function alignment(style: string): Alignment {
  if (style.endsWith("left")) return "left";
  if (style.endsWith("right")) return "right";
  return style.endsWith("center") ? "center" : null;
}
