/** The form's optional fields: what an Internet-Draft and the register want to know besides the charter's sections. */
import type { Charter } from "../charter/charter.ts";
import { isEmail } from "../charter/names.ts";
import { piecesOf, plainText, withUnixLines } from "./markdown.ts";
import { OPTIONAL_FIELDS, type Section, sectionsIn } from "./sections.ts";

/** Somebody who wrote a specification, in plain text as they gave it. */
type Author = {
  readonly name: string;
  readonly organization: string | null;
  /** `null` unless they gave one. */
  readonly email: string | null;
  readonly country: string | null;
};

/** A program that does what the specification says. */
type Implementation = { readonly name: string; readonly url: string | null };

export type FormFields = {
  readonly authors: readonly Author[];
  readonly implementations: readonly Implementation[];
  readonly keywords: readonly string[];
  readonly abbreviation: string | null;
  /** What could not be taken as it was written, a sentence each, for the proposer. Plain text. */
  readonly notes: readonly string[];
};

const MOST_AUTHORS = 200;
const MOST_IMPLEMENTATIONS = 50;
const MOST_KEYWORDS = 20;

/** In characters. */
const LONGEST = { name: 100, organization: 200, country: 60, keyword: 60, abbreviation: 40, line: 1_000 };

/** Reads an issue's body. What is missing is empty, what is too much is cut and noted; never throws. */
export function formFields(documentation: Charter["documentation"], body: string): FormFields {
  const sectionOf = sectionsIn(withUnixLines(body), documentation);
  const notes: string[] = [];
  const linesOf = (field: keyof typeof OPTIONAL_FIELDS) => answerLines(sectionOf(OPTIONAL_FIELDS[field]));
  return {
    authors: firstOf(
      linesOf("authors").flatMap((line) => authorFrom(line, notes) ?? []),
      MOST_AUTHORS,
      "authors",
      notes,
    ),
    implementations: firstOf(
      linesOf("implementations").flatMap((line) => implementationFrom(line, notes) ?? []),
      MOST_IMPLEMENTATIONS,
      "implementations",
      notes,
    ),
    keywords: firstOf(keywordsFrom(linesOf("keywords"), notes), MOST_KEYWORDS, "keywords", notes),
    abbreviation: abbreviationFrom(linesOf("abbreviation"), notes),
    notes,
  };
}

/** What an answer says line by line, without the marks of lists; as Markdown still. */
function answerLines(section: Section | null): readonly string[] {
  const blocks = section?.blocks.filter((block) => block.kind !== "heading") ?? [];
  return blocks
    .flatMap((block) => block.text.split("\n"))
    .map((line) => line.replace(/^\s*(?:[-*+]|[0-9]{1,3}[.)])\s/, "").trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
}

function authorFrom(line: string, notes: string[]): Author | null {
  if (isTooLong(line, LONGEST.line, "line about an author", notes)) return null;
  const [bracketed, address] = /<([^<>\s@]{1,64}@[^<>\s@]{1,254})>/.exec(line) ?? ["", null];
  const parts = line
    .replace(bracketed, "")
    .split(line.includes(";") ? ";" : ",")
    .map(shown)
    .filter((part) => part !== "");
  const email = address ?? parts.find((part) => part.includes("@")) ?? null;
  const [name, organization = null, country = null, ...more] = parts.filter((part) => part !== email);
  if (name === undefined) {
    notes.push("An author is given without a name, and left out.");
    return null;
  }
  if (more.length > 0)
    notes.push(`What is said of the author ${quoted(name)} after the country is left out.`);
  return {
    name: cut(name, LONGEST.name, "name of an author", notes),
    organization: organization && cut(organization, LONGEST.organization, "name of an organization", notes),
    email: emailFrom(email, notes),
    country: country && cut(country, LONGEST.country, "name of a country", notes),
  };
}

function emailFrom(text: string | null, notes: string[]): string | null {
  if (text === null) return null;
  const address = text.replace(/^<|>$/g, "").replace(/^mailto:/i, "");
  if (isEmail(address)) return address;
  notes.push(`${quoted(text)} is not an e-mail address, and left out.`);
  return null;
}

function implementationFrom(line: string, notes: string[]): Implementation | null {
  if (isTooLong(line, LONGEST.line, "line about an implementation", notes)) return null;
  const pieces = piecesOf(line);
  const linked = pieces.find((piece) => piece.kind === "link");
  const written = linked?.url ?? line.split(/\s+/).find((word) => /^<?https?:\/\//i.test(word));
  const url = written === undefined ? null : webAddress(written);
  const words = pieces.map((piece) => piece.text).join("");
  const name = clean(words.replace(/<?https?:\/\/\S*/gi, " ")).replace(/[\s:;,–—-]+$/u, "");
  if (name === "" && url === null) return null;
  return { name: cut(name || host(url ?? ""), LONGEST.name, "name of an implementation", notes), url };
}

function keywordsFrom(lines: readonly string[], notes: string[]): readonly string[] {
  const words = lines
    .filter((line) => !isTooLong(line, 2 * LONGEST.line, "line of keywords", notes))
    .flatMap((line) => line.split(/[,;]/))
    .map(shown)
    .filter((word) => word !== "" && !isTooLong(word, LONGEST.keyword, "keyword", notes));
  return words.filter(
    (word, at) => words.findIndex((other) => other.toLowerCase() === word.toLowerCase()) === at,
  );
}

function abbreviationFrom([line]: readonly string[], notes: string[]): string | null {
  if (line === undefined || isTooLong(line, LONGEST.line, "abbreviation", notes)) return null;
  const text = shown(line);
  return text === "" ? null : cut(text, LONGEST.abbreviation, "abbreviation", notes);
}

/** Markdown as it reads, without what cannot be seen. */
function shown(text: string): string {
  return clean(plainText(text));
}

function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

function webAddress(written: string): string | null {
  const url = URL.parse(written.replace(/^[<("']/, "").replace(/[>)"'.,;:]{1,8}$/, ""));
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return url.username === "" && url.password === "" ? url.href : null;
}

function host(url: string): string {
  return URL.parse(url)?.hostname ?? "";
}

function isTooLong(text: string, longest: number, what: string, notes: string[]): boolean {
  if (text.length <= longest) return false;
  notes.push(`A ${what} is longer than ${longest} characters, and left out.`);
  return true;
}

/** At most so many characters; never half of a surrogate pair. */
function cut(text: string, longest: number, what: string, notes: string[]): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  notes.push(`The ${what} ${quoted(text)} is cut at ${longest} characters.`);
  return characters.slice(0, longest).join("").trimEnd();
}

function firstOf<T>(items: readonly T[], most: number, what: string, notes: string[]): readonly T[] {
  if (items.length <= most) return items;
  notes.push(`Only the first ${most} of ${items.length} ${what} are taken.`);
  return items.slice(0, most);
}

function quoted(text: string): string {
  const characters = [...text];
  return `“${characters.length > 60 ? `${characters.slice(0, 59).join("")}…` : text}”`;
}
