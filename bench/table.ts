/** The figures as a table for people, which is Markdown too, and as JSON for programs. */
import { type Figure, verdictOf } from "./figures.ts";

export type Machine = {
  readonly node: string;
  readonly cores: number;
  readonly processor: string;
  /** How many processes wanted a core, in the last minute: before the bench, and after it. */
  readonly load: readonly [number, number];
};

const HEAD = ["row", "what", "figure", "lowest to highest", "target", ""];

/** One line a figure. */
export function tableOf(figures: readonly Figure[]): string {
  const lines = [HEAD, ...figures.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column]?.length ?? 0)));
  const rule = widths.map((width) => "-".repeat(width));
  const [head = [], ...rest] = lines;
  return [head, rule, ...rest]
    .map((cells) => `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`)
    .join("\n");
}

function cellsOf(figure: Figure): readonly string[] {
  const { row, what, unit, range, note } = figure;
  const said = figure.figure === null ? "not measured" : `${rounded(figure.figure)} ${unit}`.trim();
  const between = range === null ? "" : `${rounded(range[0])} to ${rounded(range[1])}`;
  const verdict = verdictOf(figure) === "no target" ? "" : verdictOf(figure);
  const about = note === null ? what : `${what} (${note})`;
  return [row, about, said, between, targetOf(figure), verdict];
}

function targetOf({ target, unit }: Figure): string {
  if (target === null) return "";
  const words =
    "atMost" in target ? `at most ${rounded(target.atMost)}` : `at least ${rounded(target.atLeast)}`;
  return `${words} ${unit}`.trim();
}

/** Three digits say enough of a measurement. */
function rounded(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

export function jsonOf(figures: readonly Figure[], machine: Machine): string {
  const rows = figures.map((figure) => ({ ...figure, verdict: verdictOf(figure) }));
  return JSON.stringify({ machine, rows });
}
