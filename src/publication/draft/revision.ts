/** The next revision of a source, with the smallest change: what was voted on stays, byte for byte. */
import { dateText } from "./mmark-title-writer.ts";
import type { DraftDate } from "./model.ts";
import { readTitleBlock, type TitleBlock, titleBlockOf } from "./title-block.ts";

export type Revision = {
  /** With its number: `draft-dulaunoy-misp-core-format-21`. */
  readonly docName: string;
  readonly date: DraftDate;
};

/**
 * An mmark source at another revision: only the lines of its title block that say its revision and its date change, or
 * are added there. `null`: it has no title block, or one whose lines cannot be changed so.
 */
export function withRevision(text: string, { docName, date }: Revision): string | null {
  const lines = text.split("\n");
  const block = titleBlockOf(lines);
  if (block === null) return null;
  const named = withName(lines, block, docName);
  const dated = withDate(named.lines, { ...block, to: block.to + named.added }, date);
  return says(dated, docName, date) ? dated.join("\n") : null;
}

type Change = { readonly lines: readonly string[]; readonly added: number };

function withName(lines: readonly string[], block: TitleBlock, docName: string): Change {
  const own = findKey(lines, block, "", "docname");
  const series = findKey(lines, block, "seriesinfo", "value");
  const name = own === null ? null : stringIn(lines[own] ?? "");
  const changed = [...lines];
  if (series !== null) changed[series] = withValue(lines[series] ?? "", JSON.stringify(docName));
  // A name without its revision stays where the series has it.
  const isBare = series !== null && name === docName.slice(0, -3);
  if (own !== null && !isBare) changed[own] = withValue(lines[own] ?? "", JSON.stringify(docName));
  if (own !== null || series !== null) return { lines: changed, added: 0 };
  return inserted(changed, block, `docName = ${JSON.stringify(docName)}`);
}

function withDate(lines: readonly string[], block: TitleBlock, date: DraftDate): readonly string[] {
  const at = findKey(lines, block, "", "date");
  if (at === null) return inserted(lines, block, `date = ${dateText(date)}`).lines;
  return lines.map((line, here) => (here === at ? withValue(line, dateText(date)) : line));
}

/** After the last line of the title block that belongs to no table. */
function inserted(lines: readonly string[], block: TitleBlock, line: string): Change {
  let after = block.style === "fenced" ? block.from : block.from - 1;
  for (const { at, table, key } of keysOf(lines, block)) if (table === "" && key !== "") after = at;
  const end = (lines[block.from] ?? "").endsWith("\r") ? "\r" : "";
  const written = `${block.style === "prefixed" ? "% " : ""}${line}${end}`;
  return { lines: [...lines.slice(0, after + 1), written, ...lines.slice(after + 1)], added: 1 };
}

type Key = { readonly at: number; readonly table: string; readonly key: string };

/** The assignments of a title block with the table that each stands in, in lower case. */
function keysOf(lines: readonly string[], block: TitleBlock): readonly Key[] {
  const keys: Key[] = [];
  let table = "";
  for (let at = block.from; at < block.to; at += 1) {
    const line = bare(lines[at] ?? "", block);
    const header = /^\[\[?\s*([A-Za-z0-9_.-]+)\s*\]/.exec(line)?.[1];
    if (header !== undefined) table = header.toLowerCase();
    else keys.push({ at, table, key: /^([A-Za-z0-9_-]+)\s*=/.exec(line)?.[1]?.toLowerCase() ?? "" });
  }
  return keys;
}

function findKey(lines: readonly string[], block: TitleBlock, table: string, key: string): number | null {
  return keysOf(lines, block).find((each) => each.table === table && each.key === key)?.at ?? null;
}

function bare(line: string, { style }: TitleBlock): string {
  return (style === "prefixed" ? line.replace(/^% ?/, "") : line).trim();
}

function stringIn(line: string): string {
  return /=\s*["']([^"']*)["']/.exec(line)?.[1] ?? "";
}

/** The line with another value; its indentation, its spaces and its comment stay. */
function withValue(line: string, value: string): string {
  const found = /^([^=]*=[ \t]*)(?:"[^"]*"|'[^']*'|[^\s#"']*)(.*)$/s.exec(line);
  return found ? `${found[1]}${value}${found[2]}` : line;
}

function says(lines: readonly string[], docName: string, date: DraftDate): boolean {
  const block = titleBlockOf(lines);
  if (block === null) return false;
  const { front } = readTitleBlock(lines, block);
  const { year, month, day } = front.date ?? { year: 0, month: null, day: null };
  return front.docName === docName && year === date.year && month === date.month && day === date.day;
}
