/** What somebody asks of the secretariat in a comment. */
import { parseDuration } from "../charter/duration.ts";
import type { CommandName } from "./entries.ts";
import type { Seconds } from "./instant.ts";
import { type Block, blocksOf, withoutComments, withUnixLines } from "./markdown.ts";
import { LONGEST_SEARCHED, slashLinesIn } from "./slash.ts";

export type Command =
  | { readonly name: "accept" | "publish" | "submit" | "restore" | "status" | "help" }
  | { readonly name: "return" | "decline" | "withdraw"; readonly reason: string | null }
  | { readonly name: "extend"; readonly span: Seconds | null; readonly reason: string | null };

/** Reasons go into the docket and into messages; a longer one is cut there. In characters. */
export const LONGEST_REASON = 1_000;

/** One line that is a command: its number in the comment, and what stands after the command's name. */
type CommandLine = { readonly line: number; readonly name: CommandName; readonly rest: string };

const MAYBE = /^[ \t]*\/(?:accept|return|decline|extend|withdraw|publish|submit|restore|status|help)/im;

/**
 * The first command of a comment, `null` where there is none. A command stands at the start of a line of an ordinary
 * paragraph: those in code, quotes, lists, tables, headings, links and HTML comments are only spoken about.
 */
export function parseCommand(whole: string): Command | null {
  const body = whole.slice(0, LONGEST_SEARCHED);
  // Nearly all comments hold no command: one look spares parsing them.
  if (!MAYBE.test(body)) return null;
  const source = withUnixLines(body);
  const blocks = blocksOf(source);
  const lines = source.split("\n");
  const [first, second] = commandLines(blocks).take(2);
  if (first === undefined) return null;
  const quote = blocks.find((block) => block.kind === "quote" && block.from > first.line);
  const end = Math.min(second?.line ?? lines.length, quote?.from ?? lines.length);
  return commandFrom(first.name, [first.rest, ...lines.slice(first.line + 1, end)].join("\n"));
}

function* commandLines(blocks: readonly Block[]): Generator<CommandLine, void> {
  for (const { line, word, rest } of slashLinesIn(blocks)) {
    const name = commandName(word);
    if (name !== null) yield { line, name, rest };
  }
}

function commandName(name: string): CommandName | null {
  switch (name) {
    case "accept":
    case "return":
    case "decline":
    case "extend":
    case "withdraw":
    case "publish":
    case "submit":
    case "restore":
    case "status":
    case "help":
      return name;
    default:
      return null;
  }
}

function commandFrom(name: CommandName, rest: string): Command {
  switch (name) {
    case "accept":
    case "publish":
    case "submit":
    case "restore":
    case "status":
    case "help":
      return { name };
    case "return":
    case "decline":
    case "withdraw":
      return { name, reason: reasonFrom(rest) };
    case "extend":
      return { name, ...extensionFrom(rest) };
  }
}

/** `14 days REASON`, also `by 14 days: REASON`. Without a span that can be read, all of it is the reason. */
function extensionFrom(rest: string): { span: Seconds | null; reason: string | null } {
  const text = rest.trimStart();
  const match = /^(?:(?:by|for)\s+)?([0-9]{1,7})\s+([a-z]{1,12})(?=[\s.,:;]|$)/i.exec(text);
  const span = match === null ? null : parseDuration(`${match[1]} ${match[2]}`);
  return match === null || span === null
    ? { span: null, reason: reasonFrom(text) }
    : { span, reason: reasonFrom(text.slice(match[0].length)) };
}

/** What is left of a comment as a reason: without HTML comments and a leading colon or dash, and bounded. */
function reasonFrom(rest: string): string | null {
  const text = withoutComments(rest)
    .toWellFormed()
    .trim()
    .replace(/^[-–—:;,.]+(?:\s+|$)/, "");
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  const lines = text.split("\n").map((line) => line.trimEnd());
  return cut(lines.join("\n"));
}

function cut(text: string): string {
  const characters = [...text.slice(0, 2 * LONGEST_REASON + 2)];
  if (characters.length <= LONGEST_REASON) return text;
  return `${characters
    .slice(0, LONGEST_REASON - 1)
    .join("")
    .trimEnd()}…`;
}
