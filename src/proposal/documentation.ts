/** A proposal's documentation: which of the charter's sections an issue has, and whether they say enough. */
import type { Charter, ProposalKind } from "../charter/charter.ts";
import type { SectionFinding } from "./desired-state.ts";
import { type DetailsReading, readDetails } from "./details.ts";
import type { ProposalDetails } from "./entries.ts";
import { countWords, piecesOf, plainText, withUnixLines } from "./markdown.ts";
import { KIND_FIELD, type Section, SHORT_NAME_FIELD, sectionsIn } from "./sections.ts";

type Specification =
  | { readonly from: "issue"; readonly text: string }
  | { readonly from: "link"; readonly link: string };

export type DocumentationReading = {
  /** `null` where the issue does not say; it is then held to what a new standard needs. */
  readonly kind: ProposalKind | null;
  readonly shortName: string | null;
  /**
   * One for each section that this kind of proposal needs, in the charter's order, and one for each optional field
   * whose answer cannot be used.
   */
  readonly findings: readonly SectionFinding[];
  /** The text ends in one LF and has no blank lines around it; it is otherwise as it was pasted, with LF. */
  readonly specification: Specification | null;
  readonly details: ProposalDetails;
  readonly complete: boolean;
};

export type RefusedLink = { readonly link: string; readonly because: string };

/** A short name is cut here; a longer one is a sentence. In characters. */
const LONGEST_ANSWER = 200;
const LONGEST_LINK_PARAGRAPH = 2_048;

/** How many words may stand beside a link that is the whole specification: `See the draft:`. */
const WORDS_BESIDE_LINK = 3;

/** The last reading under each charter: in one pass the same body is read for several rules. */
const lastReadings = new WeakMap<
  Charter["documentation"],
  {
    readonly body: string;
    readonly refusedLink: RefusedLink | undefined;
    readonly reading: DocumentationReading;
  }
>();

/** Reads an issue's body. `refusedLink`: the link of the specification, where it was looked at and cannot be used. */
export function readDocumentation(
  documentation: Charter["documentation"],
  body: string,
  refusedLink?: RefusedLink,
): DocumentationReading {
  const last = lastReadings.get(documentation);
  if (last !== undefined && last.body === body && sameLink(last.refusedLink, refusedLink))
    return last.reading;
  const reading = readAnew(documentation, body, refusedLink);
  lastReadings.set(documentation, { body, refusedLink, reading });
  return reading;
}

function sameLink(one: RefusedLink | undefined, other: RefusedLink | undefined): boolean {
  return one?.link === other?.link && one?.because === other?.because;
}

function readAnew(
  documentation: Charter["documentation"],
  body: string,
  refusedLink: RefusedLink | undefined,
): DocumentationReading {
  const source = withUnixLines(body);
  const lines = source.split("\n");
  const sectionOf = sectionsIn(source, documentation);
  const kind = kindFrom(sectionOf(KIND_FIELD));
  const title = documentation.sections.find((section) => section.isSpecification)?.title;
  const specification = specificationFrom(title === undefined ? null : sectionOf(title), lines);
  const refused =
    specification?.from === "link" && specification.link === refusedLink?.link ? refusedLink : null;
  const { details, refused: unusable } = readDetails(documentation, sectionOf, lines);
  const required = documentation.sections
    .filter((section) => section.requiredFor.includes(kind ?? "new"))
    .map((section) => {
      const linked = section.isSpecification && specification?.from === "link";
      return findingOf(section, sectionOf(section.title), linked, section.isSpecification ? refused : null);
    });
  const findings = [...required, ...unusable.map(unusableField)];
  return {
    kind,
    shortName: shortNameFrom(sectionOf(SHORT_NAME_FIELD)),
    findings,
    specification,
    details,
    complete: findings.every((finding) => finding.state === "present"),
  };
}

function findingOf(
  section: SectionFinding["section"],
  found: Section | null,
  linked: boolean,
  refused: RefusedLink | null,
): SectionFinding {
  const words = found?.words ?? 0;
  const because = refused?.because ?? null;
  if (found === null) return { section, state: "missing", words, because };
  if (refused !== null) return { section, state: "link refused", words, because };
  if (words === 0) return { section, state: "empty", words, because };
  const state = linked || words >= section.minimumWords ? "present" : "too short";
  return { section, state, words, because };
}

/** An answer that nobody has to give, but that has to be right where it is given: it goes into the published text. */
function unusableField({ title, because }: DetailsReading["refused"][number]): SectionFinding {
  const section = { title, aliases: [], minimumWords: 0, isSpecification: false, requiredFor: [] };
  return { section, state: "not usable", words: 0, because };
}

/** The first thing that an answer says, as one line of plain text. */
function answerText(section: Section | null): string {
  const block = section?.blocks.find((candidate) => countWords(candidate.text) > 0);
  if (block === undefined) return "";
  return plainText((block.kind === "paragraph" ? block.source : block.text).slice(0, LONGEST_ANSWER));
}

function kindFrom(section: Section | null): ProposalKind | null {
  const [first = ""] = answerText(section)
    .toLowerCase()
    .split(/[^a-z]/, 1);
  switch (first) {
    case "new":
    case "update":
    case "retirement":
      return first;
    default:
      return null;
  }
}

function shortNameFrom(section: Section | null): string | null {
  const text = answerText(section);
  return text === "" ? null : text;
}

function specificationFrom(section: Section | null, lines: readonly string[]): Specification | null {
  if (section === null || section.words === 0) return null;
  const link = loneLink(section);
  if (link !== null) return { from: "link", link };
  const own = lines.slice(section.from, Math.min(section.to, lines.length));
  const first = own.findIndex((line) => line.trim() !== "");
  const last = own.findLastIndex((line) => line.trim() !== "");
  return { from: "issue", text: `${own.slice(first, last + 1).join("\n")}\n` };
}

/**
 * The link that a section consists of: one paragraph, in it exactly one http(s) address (plain, `<…>` or a Markdown
 * link) and at most three words beside it.
 */
function loneLink(section: Section): string | null {
  const [block, ...more] = section.blocks.filter((candidate) => countWords(candidate.text) > 0);
  if (block?.kind !== "paragraph" || more.length > 0 || block.source.length > LONGEST_LINK_PARAGRAPH)
    return null;
  const links: string[] = [];
  let beside = 0;
  for (const piece of piecesOf(block.source)) {
    if (piece.kind === "image") return null;
    if (piece.kind === "link") links.push(piece.url);
    else
      for (const word of piece.text.split(/\s+/))
        if (/^[(<"']?https?:\/\//i.test(word)) links.push(bareAddress(word));
        else beside += countWords(word);
  }
  const [link, ...others] = links;
  if (link === undefined || others.length > 0 || beside > WORDS_BESIDE_LINK) return null;
  return isWebAddress(link) ? link : null;
}

/** An address in running text, without the brackets and stops around it. */
function bareAddress(word: string): string {
  return word.replace(/^[(<"']/, "").replace(/[)>"'.,;:!?]{1,8}$/, "");
}

function isWebAddress(link: string): boolean {
  const url = URL.parse(link);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") && url.hostname !== "";
}
