/** The title block of an mmark text: where it stands, and what its TOML says. */
import { parse, TomlError } from "smol-toml";
import { NO_FRONT, type Unexpressed } from "./model.ts";
import { type Front, frontFrom } from "./title-values.ts";

/** A title block is a page at most; TOML without a bound on size and depth could be made to cost far more. */
const LONGEST = 65_536;
const DEEPEST = 16;

/** Lines count from 0; `from` to `to` (exclusive) are the whole block, marks included. */
export type TitleBlock = {
  readonly style: "fenced" | "prefixed";
  readonly from: number;
  readonly to: number;
};

/** Where the title block of a text stands; `null`: it has none. An opening `%%%` without an end opens none. */
export function titleBlockOf(lines: readonly string[]): TitleBlock | null {
  const from = lines.findIndex((line) => line.trim() !== "");
  const first = lines[from] ?? "";
  if (/^%%%\s*$/.test(first)) {
    const end = lines.findIndex((line, at) => at > from && /^%%%\s*$/.test(line));
    return end < 0 ? null : { style: "fenced", from, to: end + 1 };
  }
  if (!/^% ?[A-Za-z[#]/.test(first)) return null;
  let to = from + 1;
  while (to < lines.length && (lines[to] ?? "").startsWith("%")) to += 1;
  return { style: "prefixed", from, to };
}

/** The TOML of a block, line for line as in the text, so that a mistake is found at its own line. */
function tomlOf(lines: readonly string[], block: TitleBlock): string {
  const { from, to, style } = block;
  if (style === "fenced") return lines.slice(from + 1, to - 1).join("\n");
  return lines
    .slice(from, to)
    .map((line) => line.replace(/^% ?/, ""))
    .join("\n");
}

/** What the title block says. What cannot be read is reported with its line; nothing is thrown. */
export function readTitleBlock(lines: readonly string[], block: TitleBlock): Front {
  const toml = tomlOf(lines, block);
  const first = block.from + (block.style === "fenced" ? 2 : 1);
  if (toml.length > LONGEST) {
    return { front: NO_FRONT, unexpressed: [{ line: first, what: "a title block that is far too long" }] };
  }
  try {
    return frontFrom(parse(toml, { maxDepth: DEEPEST }), (key) => lineOf(toml, key) + first);
  } catch (error) {
    return { front: NO_FRONT, unexpressed: [unreadable(error, first)] };
  }
}

function unreadable(error: unknown, first: number): Unexpressed {
  const line = error instanceof TomlError ? first + error.line - 1 : first;
  const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
  return { line, what: `the title block, which is not valid TOML (${why.slice(0, 200)})` };
}

/** The line of the first assignment to a key, from 0. */
function lineOf(toml: string, key: string): number {
  const at = toml
    .split("\n")
    .findIndex((line) => line.trimStart().toLowerCase().startsWith(key.toLowerCase()));
  return Math.max(at, 0);
}
