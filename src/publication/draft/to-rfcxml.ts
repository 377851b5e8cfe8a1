/** The way out: a draft as RFCXML, version 3 (RFC 7991 as xml2rfc 3.x has it). */
import { anchors, xmlName } from "./anchors.ts";
import { bibliographyEntry, bibliographyUrl, citedTargets } from "./citations.ts";
import type { Bibliography, Draft, Section } from "./model.ts";
import { reference } from "./raw-reference.ts";
import { blocksToXml } from "./rfcxml-blocks.ts";
import { frontToXml, rfcAttributes } from "./rfcxml-front.ts";
import { type FootnoteNames, inlinesToText, inlinesToXml } from "./rfcxml-inlines.ts";
import { allBlocks, allSections } from "./walk.ts";
import { type Element, element, xmlText } from "./xml.ts";

const BLOCKS: ReadonlySet<string> = new Set(
  (
    "front middle back title seriesInfo author date area workgroup keyword abstract note section references reference " +
    "t ul ol dl li dt dd table thead tbody tr figure artwork sourcecode blockquote aside xi:include"
  ).split(" "),
);

/**
 * Well-formed and, but for what has to be included, valid against RFCXML's schema. Documents that neither the text nor the bibliography
 * describes are included by their address (XInclude); `includedIn` says which.
 */
export function toRfcXml(draft: Draft, bibliography: Bibliography): string {
  const notes = footnoteNames(draft);
  const included = includedIn(draft, bibliography).length > 0;
  const root = element(
    "rfc",
    { ...rfcAttributes(draft.front), "xmlns:xi": included ? "http://www.w3.org/2001/XInclude" : null },
    [frontToXml(draft, notes), middle(draft, notes), ...back(draft, bibliography, notes)],
  );
  return xmlText(root, BLOCKS);
}

/** What is cited and described nowhere: a document with XInclude builds only where its address answers. */
export function includedIn(draft: Draft, bibliography: Bibliography): readonly string[] {
  const own = ownReferences(draft);
  return citedTargets(draft)
    .map(({ target }) => target)
    .filter((target) => described(target, own, bibliography) === null && bibliographyEntry(target) !== null);
}

function middle(draft: Draft, notes: FootnoteNames): Element {
  const sections = draft.middle.map((each) => section(each, notes));
  const empty = element("section", { anchor: "introduction" }, [element("name", {}, ["Introduction"])]);
  return element("middle", {}, sections.length > 0 ? sections : [empty]);
}

function section(each: Section, notes: FootnoteNames): Element {
  return element("section", { anchor: each.anchor, numbered: each.numbered ? null : "false" }, [
    element("name", {}, inlinesToXml(each.title, notes)),
    ...blocksToXml(each.blocks, "section", notes),
    ...each.sections.map((inner) => section(inner, notes)),
  ]);
}

function back(draft: Draft, bibliography: Bibliography, notes: FootnoteNames): readonly Element[] {
  const parts = [
    ...references(draft, bibliography),
    ...draft.back.map((each) => section(each, notes)),
    ...endnotes(draft, notes),
  ];
  return parts.length === 0 ? [] : [element("back", {}, parts)];
}

function references(draft: Draft, bibliography: Bibliography): readonly Element[] {
  const own = ownReferences(draft);
  const list = (name: string, normative: boolean) => {
    const entries = citedTargets(draft)
      .filter((cited) => cited.normative === normative)
      .flatMap(({ target }) => described(target, own, bibliography) ?? included(target));
    return entries.length === 0 ? [] : [element("references", {}, [element("name", {}, [name]), ...entries])];
  };
  const lists = [...list("Normative References", true), ...list("Informative References", false)];
  // RFC 7322, section 4.8.6, has both under one heading; a text with such a section of its own has them after it.
  if (lists.length < 2 || draft.middle.some(({ title }) => inlinesToText(title) === "References"))
    return lists;
  return [element("references", {}, [element("name", {}, ["References"]), ...lists])];
}

function ownReferences(draft: Draft): ReadonlyMap<string, string> {
  return new Map(draft.references.map(({ anchor, xml }) => [anchor, xml]));
}

/** The author's own description of a document goes before the bibliography's. */
function described(
  target: string,
  own: ReadonlyMap<string, string>,
  bibliography: Bibliography,
): Element | null {
  for (const source of [own.get(target), bibliography.get(target)]) {
    const found = source === undefined ? null : reference(source, target);
    if (found !== null) return found;
  }
  return null;
}

function included(target: string): readonly Element[] {
  const entry = bibliographyEntry(target);
  return entry === null ? [] : [element("xi:include", { href: bibliographyUrl(entry) })];
}

/** A draft has no footnotes: they are an appendix of their own, and numbered there. */
function footnoteNames(draft: Draft): FootnoteNames {
  const taken = [
    ...allSections(draft).map(({ anchor }) => anchor),
    ...allBlocks(draft).flatMap(({ anchor }) => (anchor === null ? [] : [anchor])),
    ...citedTargets(draft).map(({ target }) => xmlName(target)),
  ];
  const free = anchors(taken);
  return new Map(
    draft.footnotes.map(({ label }, at) => [
      label,
      { anchor: free.take(`footnote-${at + 1}`), number: at + 1 },
    ]),
  );
}

function endnotes(draft: Draft, notes: FootnoteNames): readonly Element[] {
  if (draft.footnotes.length === 0) return [];
  const items = draft.footnotes.map(({ label, blocks }) => {
    const inside = blocksToXml(blocks, "item", notes);
    return element(
      "li",
      { anchor: notes.get(label)?.anchor ?? null },
      inside.length > 0 ? inside : [element("t")],
    );
  });
  const taken = new Set(allSections(draft).map(({ anchor }) => anchor));
  const anchor = taken.has("footnotes") ? null : "footnotes";
  return [element("section", { anchor }, [element("name", {}, ["Notes"]), element("ol", {}, items)])];
}
