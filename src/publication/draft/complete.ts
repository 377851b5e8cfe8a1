/** What an Internet-Draft needs and a text lacks, added as the IETF expects it; what cannot be added is named. */
import { anchors } from "./anchors.ts";
import { citationsSorted, withoutCitations } from "./complete-citations.ts";
import { completeCode } from "./complete-code.ts";
import { completeFront, type DraftDetails } from "./complete-front.ts";
import type { Block, Draft, Section, Unexpressed } from "./model.ts";
import { readDraft } from "./read.ts";
import { requirementsLanguage, usesKeyWords } from "./requirements.ts";
import { allBlocks, allSections, plainText } from "./walk.ts";

export type Completed = {
  readonly draft: Draft;
  /** What only the authors can say; nothing of it is made up. */
  readonly lacking: readonly Unexpressed[];
  /** What stands differently from how it was written, and where. */
  readonly changed: readonly Unexpressed[];
};

/** The draft with everything that its details and the IETF's customs give it. */
export function complete(draft: Draft, details: DraftDetails): Completed {
  const changed: Unexpressed[] = [];
  const remark = (line: number, what: string) => changed.push({ line, what });
  const taken = anchors([
    ...allSections(draft).map(({ anchor }) => anchor),
    ...allBlocks(draft).flatMap(({ anchor }) => (anchor === null ? [] : [anchor])),
    ...draft.references.map(({ anchor }) => anchor),
  ]);
  const named = (title: string, blocks: readonly Block[]): Section => ({
    line: 0,
    title: [{ kind: "text", text: title }],
    anchor: taken.take(title.toLowerCase().replaceAll(" ", "-")),
    named: false,
    numbered: true,
    blocks,
    sections: [],
  });
  const fronted: Draft = { ...draft, front: completeFront(draft.front, details) };
  const abstracted = withAbstract(fronted, details, remark);
  const introduced = withIntroduction(abstracted, details, named);
  const secured = withSecurity(introduced, details, named);
  const required = withRequirements(secured, named);
  const assigned = withIana(required, named);
  const finished = completeCode(citationsSorted(assigned), remark);
  return { draft: finished, lacking: lackingIn(finished), changed };
}

type Named = (title: string, blocks: readonly Block[]) => Section;

/** An abstract stands alone, in indexes and on web pages, so nothing in it points elsewhere (RFC 7322, section 4.3). */
function withAbstract(
  draft: Draft,
  { abstract }: DraftDetails,
  remark: (line: number, what: string) => void,
): Draft {
  const own = draft.abstract.length > 0 ? draft.abstract : written(abstract);
  return { ...draft, abstract: withoutCitations(own, remark) };
}

function withIntroduction(draft: Draft, { introduction }: DraftDetails, named: Named): Draft {
  if (has(draft, isIntroduction)) return draft;
  const blocks = written(introduction);
  if (blocks.length === 0) return draft;
  return { ...draft, middle: [named("Introduction", blocks), ...draft.middle] };
}

function withSecurity(draft: Draft, { security }: DraftDetails, named: Named): Draft {
  if (has(draft, isSecurity)) return draft;
  const blocks = written(security);
  return blocks.length === 0 ? draft : inserted(draft, named("Security Considerations", blocks));
}

/** RFC 8126, section 9.1: a draft that asks nothing of IANA says so. */
function withIana(draft: Draft, named: Named): Draft {
  if (has(draft, (title) => title === "iana considerations")) return draft;
  const text = "This document has no IANA actions.";
  return inserted(draft, named("IANA Considerations", [paragraph(text)]));
}

/** At the end of the introduction, or on its own where the text has none. */
function withRequirements(draft: Draft, named: Named): Draft {
  if (!usesKeyWords(draft)) return draft;
  const section = named("Requirements Language", requirementsLanguage());
  const at = draft.middle.findIndex((each) => isIntroduction(titleOf(each)));
  if (at < 0) return { ...draft, middle: [section, ...draft.middle] };
  return {
    ...draft,
    middle: draft.middle.map((each, here) =>
      here === at ? { ...each, sections: [...each.sections, section] } : each,
    ),
  };
}

/** After the security considerations, or before the thanks and the references at the end. */
function inserted(draft: Draft, section: Section): Draft {
  const titles = draft.middle.map(titleOf);
  const security = titles.findIndex(isSecurity);
  const closing = titles.findIndex((title) => /^(?:acknowledg|contributors|references$|authors)/.test(title));
  const at = security >= 0 ? security + 1 : closing >= 0 ? closing : titles.length;
  return { ...draft, middle: [...draft.middle.slice(0, at), section, ...draft.middle.slice(at)] };
}

function lackingIn(draft: Draft): readonly Unexpressed[] {
  const lacks = (missing: boolean, what: string) => (missing ? [{ line: 0, what }] : []);
  return [
    ...lacks(draft.front.title === null, "a title"),
    ...lacks(draft.front.authors.length === 0, "an author"),
    ...lacks(draft.abstract.length === 0, "an abstract"),
    ...lacks(!has(draft, isIntroduction), "a section “Introduction”"),
    ...lacks(
      !has(draft, isSecurity),
      "a section “Security Considerations”, which every Internet-Draft has (RFC 3552)",
    ),
  ];
}

function has(draft: Draft, test: (title: string) => boolean): boolean {
  return [...draft.middle, ...draft.back].some((section) => test(titleOf(section)));
}

function isSecurity(title: string): boolean {
  return /^(?:privacy and )?security (?:and privacy )?considerations?$/.test(title);
}

function isIntroduction(title: string): boolean {
  return title === "introduction" || title === "overview";
}

function titleOf(section: Section): string {
  return plainText(section.title).replace(/\s+/g, " ").trim().toLowerCase();
}

/** What somebody wrote as Markdown, without its headings' ranks. */
function written(text: string | null | undefined): readonly Block[] {
  if (text === null || text === undefined) return [];
  const read = readDraft(text, { dialect: "markdown" });
  if ("refused" in read) return [];
  return [...read.draft.abstract, ...read.draft.middle.flatMap((section) => unranked(section, true))];
}

function unranked(section: Section, first: boolean): readonly Block[] {
  const heading: Block = {
    kind: "paragraph",
    line: 0,
    anchor: null,
    content: [{ kind: "strong", content: section.title }],
  };
  const isMade = first && titleOf(section) === "introduction" && section.line === section.blocks[0]?.line;
  return [
    ...(isMade ? [] : [heading]),
    ...section.blocks,
    ...section.sections.flatMap((inner) => unranked(inner, false)),
  ];
}

function paragraph(text: string): Block {
  return { kind: "paragraph", line: 0, anchor: null, content: [{ kind: "text", text }] };
}
