/** Inlines as RFCXML. */
import { xmlName } from "./anchors.ts";
import type { Citation, Inline } from "./model.ts";
import { plainText } from "./walk.ts";
import { element, type Xml } from "./xml.ts";

export type FootnoteNames = ReadonlyMap<string, { readonly anchor: string; readonly number: number }>;

/** What one piece of text may hold by its place; `within`: the emphasis around it, which may not repeat itself. */
type Place = { readonly footnotes: FootnoteNames; readonly within: readonly string[] };

export function inlinesToXml(inlines: readonly Inline[], footnotes: FootnoteNames): readonly Xml[] {
  return run(inlines, { footnotes, within: [] });
}

/** Inlines for places that hold text alone, such as a table's title in an attribute. */
export function inlinesToText(inlines: readonly Inline[]): string {
  return plainText(inlines).replace(/\s+/g, " ").trim();
}

function run(inlines: readonly Inline[], place: Place): readonly Xml[] {
  return inlines.flatMap((inline) => one(inline, place));
}

function one(inline: Inline, place: Place): readonly Xml[] {
  switch (inline.kind) {
    case "text":
      return [inline.text];
    case "code":
      return [element("tt", {}, [inline.text])];
    case "bcp14":
      return [element("bcp14", {}, [inline.text])];
    case "emphasis":
      return span("em", inline.content, place);
    case "strong":
      return span("strong", inline.content, place);
    case "superscript":
      return span("sup", inline.content, place);
    case "subscript":
      return span("sub", inline.content, place);
    case "link":
      return [link(inline.url, inlinesToText(inline.content))];
    case "image":
      return image(inline.url, inline.alternative);
    case "citation":
      return inline.hidden ? [] : [citation(inline)];
    case "crossref":
      return [element("xref", { target: inline.target }, words(inline.content))];
    case "footnote":
      return footnote(inline.label, place);
    case "index":
      return [index(inline)];
    case "break":
      // `sub` and `sup` hold no line break.
      return place.within.some((name) => name === "sub" || name === "sup") ? [" "] : [element("br")];
  }
}

function span(name: string, content: readonly Inline[], place: Place): readonly Xml[] {
  // `em` within `em` is not in the schema, and says no more than one.
  if (place.within.includes(name)) return run(content, place);
  return [element(name, {}, run(content, { ...place, within: [...place.within, name] }))];
}

/** An address as its own text is shown once, in angle brackets. */
export function link(url: string, text: string): Xml {
  const target = address(url);
  return text === "" || text === url || text === target
    ? element("eref", { target, brackets: "angle" })
    : element("eref", { target }, [text]);
}

function image(url: string, alternative: string): readonly Xml[] {
  return [alternative === "" ? "Image: " : `Image “${alternative}”: `, link(url, "")];
}

function citation({ target, section }: Citation): Xml {
  return element("xref", { target: xmlName(target), section, sectionFormat: section === null ? null : "of" });
}

/** `xref` holds words and their emphasis. */
function words(content: readonly Inline[]): readonly Xml[] {
  const text = inlinesToText(content);
  return text === "" ? [] : [text];
}

function footnote(label: string, { footnotes }: Place): readonly Xml[] {
  const note = footnotes.get(label);
  if (note === undefined) return [`[${label}]`];
  // Without a link: xml2rfc shows a link's number alone with `format="none"` only, and idnits takes every attribute of
  // that name for the element, which is deprecated.
  return [element("sup", {}, [String(note.number)])];
}

function index({ item, subitem, primary }: Extract<Inline, { readonly kind: "index" }>): Xml {
  return element("iref", { item, subitem, primary: primary ? "true" : null });
}

/** An address of ASCII, as RFC 3986 has it. */
function address(url: string): string {
  return url.replace(/[^\x21-\x7E]|["<>\\^`{|}]/gu, (character) => {
    try {
      return encodeURIComponent(character);
    } catch {
      return "";
    }
  });
}
