/** What a proposal says beside its text: the form's optional fields, and the two sections that a standard is described by. */
import type { Charter } from "../charter/charter.ts";
import { type Answer, answerLines, excerpt, plainLine, saysNothing, visible } from "./answers.ts";
import { readAuthors } from "./authors.ts";
import type { ProposalDetails } from "./entries.ts";
import { readImplementations } from "./implementations.ts";
import type { Block } from "./markdown.ts";
import { OPTIONAL_FIELDS, type OptionalField, type Section } from "./sections.ts";

/** In characters: the register takes no longer summary. */
const LONGEST_EXCERPT = 5_000;
const LONGEST_SECURITY = 10_000;

/** "Expected a <title> or title abbreviation of not more than 40 character for the page header": xml2rfc's own words. */
const LONGEST_ABBREVIATION = 40;

const MOST_KEYWORDS = 20;
const LONGEST_KEYWORD = 60;

export type DetailsReading = {
  readonly details: ProposalDetails;
  /** The optional fields whose answers cannot be taken, each by its heading, with a sentence that says why. */
  readonly refused: readonly { readonly title: string; readonly because: string }[];
};

/** `lines`: those of the issue, as the sections count them. An answer that is refused is as if it was not given. */
export function readDetails(
  documentation: Charter["documentation"],
  sectionOf: (title: string) => Section | null,
  lines: readonly string[],
): DetailsReading {
  const specification = documentation.sections.find((section) => section.isSpecification);
  const text = specification === undefined ? null : sectionOf(specification.title);
  const answerTo = (field: OptionalField) => {
    const section = sectionOf(OPTIONAL_FIELDS[field][0]);
    return section === null || section === text ? "" : sourceOf(section, lines);
  };
  const answers = {
    authors: readAuthors(answerTo("authors")),
    abbreviation: readAbbreviation(answerTo("abbreviation")),
    keywords: readKeywords(answerTo("keywords")),
    implementations: readImplementations(answerTo("implementations")),
    security: readSecurity(answerTo("security")),
  };
  const [description, objectives] = documentation.sections
    .filter((section) => !section.isSpecification)
    .map((section) => beginningOf(sectionOf(section.title), lines));
  return {
    details: {
      authors: answers.authors.value,
      abbreviation: answers.abbreviation.value,
      keywords: answers.keywords.value,
      implementations: answers.implementations.value,
      description: description ?? null,
      objectives: objectives ?? null,
      security: answers.security.value,
    },
    refused: Object.entries(answers).flatMap(([field, { refused }]) =>
      refused === null ? [] : [{ title: headingOf(field), because: refused }],
    ),
  };
}

function headingOf(field: string): string {
  return isOptionalField(field) ? OPTIONAL_FIELDS[field][0] : field;
}

function isOptionalField(field: string): field is OptionalField {
  return Object.hasOwn(OPTIONAL_FIELDS, field);
}

function readAbbreviation(answer: string): Answer<string | null> {
  const [line = "", ...more] = answerLines(answer);
  if (more.length > 0) return { value: null, refused: "The abbreviation is one line" };
  const text = plainLine(line);
  if (text === "") return { value: null, refused: null };
  const because = `An abbreviation stands at the top of each page, so it has at most ${LONGEST_ABBREVIATION} characters; this one has ${text.length}`;
  return text.length > LONGEST_ABBREVIATION
    ? { value: null, refused: because }
    : { value: text, refused: null };
}

function readKeywords(answer: string): Answer<readonly string[]> {
  const tooMany = { value: [], refused: `There are more than ${MOST_KEYWORDS} keywords` };
  const lines = answerLines(answer);
  // Empty and doubled ones are passed over, but not without end.
  const most = 5 * MOST_KEYWORDS;
  const written = lines.slice(0, most).flatMap((line) => plainLine(line).split(/[,;]/));
  if (lines.length > most || written.length > most) return tooMany;
  const keywords = new Map<string, string>();
  for (const each of written) {
    const keyword = each.trim().replace(/^#\s?/, "");
    if (!/[\p{L}\p{N}]/u.test(keyword)) continue;
    if (keyword.length > LONGEST_KEYWORD)
      return { value: [], refused: `${excerpt(keyword)} has more than ${LONGEST_KEYWORD} characters` };
    const key = keyword.toLowerCase();
    if (!keywords.has(key)) keywords.set(key, keyword);
  }
  return keywords.size > MOST_KEYWORDS ? tooMany : { value: [...keywords.values()], refused: null };
}

function readSecurity(answer: string): Answer<string | null> {
  const text = visible(answer).trim();
  if (text === "" || saysNothing(text)) return { value: null, refused: null };
  const because = `The section has more than ${LONGEST_SECURITY} characters. Put it into the specification`;
  return text.length > LONGEST_SECURITY ? { value: null, refused: because } : { value: text, refused: null };
}

/** A section's Markdown without a template's comments. Empty where nothing was answered. */
function sourceOf(section: Section, lines: readonly string[]): string {
  if (section.words === 0) return "";
  return [...piecesOf(section, lines)].map(({ source }) => source).join("\n");
}

/** Each block with the lines before it that belong to none; at the end those after all. */
function* piecesOf(
  section: Section,
  lines: readonly string[],
): Generator<{ readonly block: Block | null; readonly source: string }> {
  let from = section.from;
  for (const block of section.blocks) {
    const source = lines.slice(from, block.to).join("\n");
    from = block.to;
    // The target of a link says nothing either, but it is needed.
    const isComment = block.text.trim() === "" && source.trimStart().startsWith("<!--");
    if (!isComment) yield { block, source };
  }
  yield { block: null, source: lines.slice(from, Math.min(section.to, lines.length)).join("\n") };
}

/** As many whole blocks of a section as fit; the beginning of a first paragraph that is too long alone. */
function beginningOf(section: Section | null, lines: readonly string[]): string | null {
  if (section === null || section.words === 0) return null;
  const kept: { readonly block: Block | null; readonly source: string }[] = [];
  let length = 0;
  for (const piece of piecesOf(section, lines)) {
    length += piece.source.length + 1;
    if (length > LONGEST_EXCERPT) {
      if (kept.length === 0 && piece.block?.kind === "paragraph")
        kept.push({ ...piece, source: cut(piece.source) });
      break;
    }
    kept.push(piece);
  }
  const isCut = length > LONGEST_EXCERPT;
  const last = kept.findLastIndex(({ block }) => block !== null && block.kind !== "heading");
  const whole = isCut ? kept.slice(0, last + 1) : kept;
  const text = visible(whole.map(({ source }) => source).join("\n")).trim();
  return text === "" ? null : text;
}

/** At a space, if there is one; never half of a surrogate pair. */
function cut(paragraph: string): string {
  const start = paragraph.trimStart().slice(0, LONGEST_EXCERPT - 1);
  const space = start.search(/\s\S*$/);
  const end = space > LONGEST_EXCERPT / 2 ? space : start.length;
  return `${start
    .slice(0, end)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd()}…`;
}
