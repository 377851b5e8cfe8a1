/**
 * Where the sections of an issue begin and end.
 *
 * The specification is the hard one, for it is a document with headings of its own, some named like our sections
 * (`### description`). So it goes on until a section that has not been there yet; whoever puts it last, as the form
 * does, can paste anything. In the form's output only headings of the form's own level count. The form's optional
 * fields never end it: they are read before it only.
 */
import type { Charter } from "../charter/charter.ts";
import { type Block, blocksOf, countWords, plainText } from "./markdown.ts";

/** The form's fields that are not sections of the charter. */
export const KIND_FIELD = "Kind of proposal";
export const SHORT_NAME_FIELD = "Short name";

/** The form's fields that nobody needs to answer: the heading that the form gives each, and what else is read as it. */
export const OPTIONAL_FIELDS = {
  authors: ["Authors", "Author", "Editors"],
  abbreviation: ["Abbreviation"],
  keywords: ["Keywords"],
  implementations: [
    "Implementations",
    "Running implementations",
    "Running implementation",
    "Known implementations",
  ],
  security: ["Security considerations"],
} as const;
export type OptionalField = keyof typeof OPTIONAL_FIELDS;

/** GitHub writes every field of an issue form as a heading of this level. */
const FORM_LEVEL = 3;

const LONGEST_TITLE = 200;

/** What people leave where a link should have been. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(["link", "url", "http", "https", "file"]);

/** The headings we know, each with the section or field it means; and which of those is the specification. */
type Known = {
  readonly titles: ReadonlyMap<string, string>;
  readonly optional: ReadonlyMap<string, string>;
  readonly specification: string | null;
};

/** A block with its heading as it is compared; empty for what is no heading, or none of ours. */
type Titled = Block & { readonly name: string };

/** Where the walk has come to: a block, the section it is a heading of, and the sections so far. */
type Step = {
  readonly block: Block;
  readonly key: string | null;
  readonly isForm: boolean;
  readonly seen: ReadonlySet<string>;
};

export type Section = {
  readonly key: string;
  readonly level: number;
  readonly blocks: Block[];
  /** The first line of its text; and, once it is over, the first line after it. */
  from: number;
  to: number;
  words: number;
  /** It began with the form's `_No response_`. */
  unanswered: boolean;
};

/** Finds the section under a title; of several the first that says something. `null`: there is no such heading. */
export function sectionsIn(
  source: string,
  documentation: Charter["documentation"],
): (title: string) => Section | null {
  const known = knownTitles(documentation);
  const sections = sectionsOf(source, known);
  return (title) => {
    const name = normalTitle(title);
    const key = known.titles.get(name) ?? known.optional.get(name);
    const named = sections.filter((section) => section.key === key);
    return named.find((section) => section.words > 0) ?? named[0] ?? null;
  };
}

/** Worked out once for each charter: titles are Markdown. */
const worked = new WeakMap<Charter["documentation"], Known>();

function knownTitles(documentation: Charter["documentation"]): Known {
  const found = worked.get(documentation) ?? titlesOf(documentation);
  worked.set(documentation, found);
  return found;
}

function titlesOf(documentation: Charter["documentation"]): Known {
  const titles = new Map<string, string>();
  for (const field of [KIND_FIELD, SHORT_NAME_FIELD]) titles.set(normalTitle(field), normalTitle(field));
  const sections = documentation.sections.toReversed();
  // Titles go before aliases, and earlier sections before later ones, where a charter names one heading twice.
  for (const section of sections)
    for (const alias of section.aliases) titles.set(normalTitle(alias), normalTitle(section.title));
  for (const section of sections) titles.set(normalTitle(section.title), normalTitle(section.title));
  titles.delete("");
  const optional = new Map(
    Object.values(OPTIONAL_FIELDS).flatMap((names) =>
      names.map((name) => [normalTitle(name), normalTitle(names[0])] as const),
    ),
  );
  const specification = sections.find((section) => section.isSpecification);
  const key = specification === undefined ? null : normalTitle(specification.title);
  return { titles, optional, specification: key };
}

/** A heading as it is compared: `## 1. **Technical  Specification**:` is `technical specification`. */
function normalTitle(heading: string): string {
  if (heading.length > LONGEST_TITLE) return "";
  return plainText(heading)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^(?:[0-9]{1,3}\.)*[0-9]{1,3}[.):]?\s/, "")
    .replace(/[\s:.*_]+$/, "")
    .trim();
}

/** All sections in the order they stand, repeated ones too. One walk over the blocks. */
function sectionsOf(source: string, known: Known): readonly Section[] {
  const blocks = blocksOf(source).map(titled);
  const isForm = isFormOutput(blocks, known);
  const sections: Section[] = [];
  const seen = new Set<string>();
  let open: Section | null = null;
  for (const block of blocks) {
    const isAsked = !isForm || isFormHeading(block);
    const key: string | null = isAsked
      ? (keyOf(block, known) ?? optionalKeyOf(block, { open, isForm, seen }, known))
      : null;
    const ends: boolean = open !== null && endsAt(open, { block, key, isForm, seen }, known);
    if (open !== null && !ends) {
      addTo(open, block);
      continue;
    }
    if (open !== null) open.to = block.from;
    open = key === null ? null : sectionAt(block, key);
    if (open === null) continue;
    sections.push(open);
    seen.add(open.key);
  }
  return sections;
}

/** It is the form's output if the form's first question comes, at the form's level, before the specification. */
function isFormOutput(blocks: readonly Titled[], known: Known): boolean {
  const question = known.titles.get(normalTitle(KIND_FIELD));
  const first = blocks.find((block) => {
    const key = keyOf(block, known);
    return key !== null && (key === question || key === known.specification);
  });
  return first !== undefined && isFormHeading(first) && keyOf(first, known) === question;
}

function isFormHeading(block: Block): boolean {
  return block.level === FORM_LEVEL;
}

/** A heading's name is made once: it is asked for often, and there may be thousands. */
function titled(block: Block): Titled {
  return { ...block, name: block.kind === "heading" ? normalTitle(block.source) : "" };
}

function keyOf({ name }: Titled, known: Known): string | null {
  return known.titles.get(name) ?? null;
}

/**
 * An optional field's heading counts before the specification only, which is a document with headings such as these; and
 * by hand not below another heading.
 */
function optionalKeyOf(
  block: Titled,
  { open, isForm, seen }: Pick<Step, "isForm" | "seen"> & { readonly open: Section | null },
  known: Known,
): string | null {
  if (known.specification !== null && seen.has(known.specification)) return null;
  if (!isForm && open !== null && block.level > open.level) return null;
  return known.optional.get(block.name) ?? null;
}

function sectionAt(heading: Block, key: string): Section {
  const { level, to } = heading;
  return { key, level, blocks: [], from: to, to: Number.POSITIVE_INFINITY, words: 0, unanswered: false };
}

/** Does a section end where this block begins? */
function endsAt(open: Section, { block, key, isForm, seen }: Step, known: Known): boolean {
  if (block.kind !== "heading") return false;
  // Nothing was answered, so what follows belongs to another question, known to us or not.
  if (open.unanswered && open.words === 0) return isForm ? isFormHeading(block) : true;
  const isDeeper = !isForm && block.level > open.level;
  if (open.key !== known.specification) return key !== null || (!isForm && !isDeeper);
  // Its own heading again is a template's, left standing empty; below anything else it is the specification's own.
  if (key === known.specification) return open.blocks.every((said) => said.text.trim() === "");
  // A second `description` after the first is a heading of the specification's own.
  return key !== null && !seen.has(key) && !isDeeper;
}

function addTo(section: Section, block: Block): void {
  if (section.words === 0 && isNoResponse(block)) {
    section.unanswered = true;
    section.from = block.to;
    return;
  }
  section.blocks.push(block);
  if (block.kind !== "heading" && !isPlaceholder(block.text)) section.words += countWords(block.text);
}

function isNoResponse(block: Block): boolean {
  return block.kind === "paragraph" && /^[_*]No response[_*]$/i.test(block.source);
}

/** `Link:`, `https://` and the like, alone in a paragraph. */
function isPlaceholder(text: string): boolean {
  if (text.length > LONGEST_TITLE) return false;
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.every((word) => word === "" || PLACEHOLDERS.has(word));
}
