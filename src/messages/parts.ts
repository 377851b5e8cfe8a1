/** The small pieces that messages are put together from: counts, names, tables, pinned texts. */
import type { TextPin } from "../proposal/entries.ts";
import type { FilePin, Person } from "../proposal/facts.ts";
import { codeSpan, inline, link, mention } from "./escape.ts";
import { fileUrl, type WebUrl } from "./web.ts";

/** A body that GitHub certainly takes: it refuses comments of more than 65,536 characters. */
export const MESSAGE_LIMIT = 60_000;

/** GitHub notifies the first 50 people mentioned in a comment (rust-lang/triagebot#345). */
export const MENTION_LIMIT = 50;

/** Paragraphs of a message; those that say nothing are left out. */
export function paragraphs(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join("\n\n");
}

export function bullets(...items: readonly (string | null)[]): string {
  return items
    .filter((item) => item !== null)
    .map((item) => `- ${item}`)
    .join("\n");
}

/** `1 vote`, `2 votes`, `96,306 bytes`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], conjunction: "and" | "or" = "and"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${conjunction} ${items[items.length - 1]}`;
}

/** Somebody's words as a sentence of its own: shown as text, and ended with a full stop. */
export function sentence(text: string, longest = 300): string {
  const written = inline(text, longest);
  return /[.?!…]$/.test(written) ? written : `${written}.`;
}

/** A person's name in a sentence; it notifies nobody. */
export function named(person: Person | null): string {
  return person === null ? "a deleted account" : inline(person.login, 60);
}

/** Begins a sentence that speaks to somebody, and notifies them; for a deleted account there is nobody to speak to. */
export function addressed(person: Person | null, sentence: string): string {
  return person === null ? capitalized(sentence) : `${mention(person.login)}: ${sentence}`;
}

export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Names with commas, as many as fit; how many were left out is said. */
export function names(people: readonly Person[], budget = 8_000): string {
  if (people.length === 0) return "nobody";
  return fitted(people.map(named), ", ", budget, (left) => ` and ${left} more`);
}

/** Mentions of everybody that GitHub would notify; the others by name. */
export function mentions(people: readonly Person[], budget = 8_000): string {
  const written = people.map((person, index) => called(person, index));
  return fitted(written, ", ", budget, (left) => ` and ${left} more`);
}

/** The nth person of a message: mentioned while GitHub would notify them. */
export function called(person: Person, index: number): string {
  return index < MENTION_LIMIT ? mention(person.login) : named(person);
}

export type Table = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the last line says when rows were left out. */
  readonly leftOut: (rows: number) => string;
};

/** A table whose cells are Markdown already, as long as `budget` allows. */
export function table({ head, rows, leftOut }: Table, budget = 40_000): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const top = `${line(head)}\n${line(head.map(() => "---"))}\n`;
  return top + fitted(rows.map(line), "\n", budget, (left) => `\n\n${leftOut(left)}`);
}

/** A list of as many items as fit; how many were left out is its last item. */
export function fittedBullets(
  items: readonly string[],
  budget: number,
  more: (left: number) => string,
): string {
  return fitted(
    items.map((item) => `- ${item}`),
    "\n",
    budget,
    (left) => `\n- … and ${more(left)}.`,
  );
}

/** As many items as fit into `budget` characters, and a word about the rest. */
function fitted(
  items: readonly string[],
  separator: string,
  budget: number,
  rest: (left: number) => string,
): string {
  let length = 0;
  const end = items.findIndex((item) => {
    length += item.length + separator.length;
    return length > budget;
  });
  if (end === -1) return items.join(separator);
  return items.slice(0, end).join(separator) + rest(items.length - end);
}

/** Seven hex digits, as GitHub shows a commit. */
export function shortCommit(commit: string): string {
  return hex(commit, 7);
}

export function shortDigest(sha256: string): string {
  return hex(sha256, 12);
}

/** Hex digits as they are, to be copied; `codeSpan` would put an invisible character between them. */
function hex(digits: string, shown = 64): string {
  return /^[0-9a-f]+$/.test(digits) ? `\`${digits.slice(0, shown)}\`` : codeSpan(digits.slice(0, shown));
}

export function fileLink(file: FilePin, web: WebUrl): string {
  const name = `${file.owner}/${file.name}: ${file.path}`;
  return `${link(name, fileUrl(web, file))} at commit ${shortCommit(file.commit)}`;
}

/** Which text exactly: where it was read, its size, and the digest by which it can be checked. */
export function pinned(text: TextPin, web: WebUrl): string {
  // A retirement needs no specification: what is decided on is then the issue's own words.
  if (text.bytes === 0) return `this issue’s title and text (SHA-256 ${shortDigest(text.issue)})`;
  const source =
    text.source === "issue" ? "the specification in this issue" : `the file ${fileLink(text.source, web)}`;
  return `${source} (${count(text.bytes, "byte")}, SHA-256 ${shortDigest(text.text)})`;
}

/** The short name, and what becomes of it: whoever sees it before the ballot can still mend it. */
export function standardFolder(text: Pick<TextPin, "slug">): string {
  return `${codeSpan(text.slug)}, the folder of the standard`;
}

/** Folded away: the digests in full, for whoever checks. */
export function digestDetails(text: TextPin): string {
  const specification = `Specification, ${count(text.bytes, "byte")} of UTF-8, kept beside the docket: SHA-256 ${hex(text.text)}`;
  return [
    "<details><summary>Digests in full</summary>",
    "",
    bullets(
      text.bytes === 0 ? null : specification,
      `This issue’s title and text: SHA-256 ${hex(text.issue)}`,
    ),
    "",
    "</details>",
  ].join("\n");
}
