/**
 * A strict reader for small pieces of XML from elsewhere. It knows elements, attributes, text, comments and XML's own
 * entities, and refuses the rest: declarations and entities are where XML hides its bombs. One step a character.
 */

export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
};

/** Why a text is not such a piece, as the end of a sentence: "it …". */
export class NotSmallXml extends Error {}

type Open = { name: string; attributes: Record<string, string>; children: (XmlElement | string)[] };

export type XmlLimits = { readonly depth: number; readonly elements: number };

const NAME = /^[A-Za-z_][A-Za-z0-9_.:-]{0,60}/;
const ATTRIBUTE =
  /^[ \t\r\n]{1,500}([A-Za-z_][A-Za-z0-9_.:-]{0,60})[ \t\r\n]{0,500}=[ \t\r\n]{0,500}("[^"<]*"|'[^'<]*')/;
const TAG_END = /^[ \t\r\n]{0,500}(\/?)>/;
const PROLOG = /^\uFEFF?[ \t\r\n]{0,500}(?:<\?xml [^?<>]{0,200}\?>)?/;
const ENTITIES = new Map([
  ["amp;", "&"],
  ["lt;", "<"],
  ["gt;", ">"],
  ["quot;", '"'],
  ["apos;", "'"],
]);

/** The one element that a text holds. Throws `NotSmallXml`. */
export function readSmallXml(text: string, limits: XmlLimits): XmlElement {
  const holder: Open = { name: "", attributes: {}, children: [] };
  const open: Open[] = [holder];
  let elements = 0;
  let at = PROLOG.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    const top = open.at(-1) ?? holder;
    if (text[at] !== "<") {
      const end = endOf(text, "<", at);
      top.children.push(plain(text.slice(at, end)));
      at = end;
    } else if (text.startsWith("<!--", at)) {
      at = afterThe(text, "-->", at + 4);
    } else if (text[at + 1] === "/") {
      const end = afterThe(text, ">", at);
      if (open.length < 2 || text.slice(at + 2, end - 1).trim() !== top.name) malformed();
      open.pop();
      at = end;
    } else {
      const tag = readTag(text, at);
      elements += 1;
      if (elements > limits.elements) throw new NotSmallXml("has too many elements");
      if (open.length > limits.depth) throw new NotSmallXml("is nested too deeply");
      top.children.push(tag.element);
      if (!tag.closed) open.push(tag.element);
      at = tag.end;
    }
  }
  if (open.length > 1) malformed();
  return onlyElement(holder.children);
}

function readTag(text: string, start: number): { element: Open; closed: boolean; end: number } {
  if (text[start + 1] === "!") throw new NotSmallXml("has a declaration or a CDATA section");
  if (text[start + 1] === "?") throw new NotSmallXml("has a processing instruction");
  const name = NAME.exec(text.slice(start + 1, start + 80))?.[0] ?? malformed();
  // A tag ends at the first `>` outside its values; a window keeps each look at it short.
  let rest = text.slice(start + 1 + name.length, start + 1 + name.length + LONGEST_TAG);
  let end = start + 1 + name.length;
  const attributes = new Map<string, string>();
  for (let found = ATTRIBUTE.exec(rest); found !== null; found = ATTRIBUTE.exec(rest)) {
    const [whole, key = "", quoted = ""] = found;
    if (attributes.has(key) || attributes.size >= MOST_ATTRIBUTES) malformed();
    attributes.set(key, plain(quoted.slice(1, -1)));
    rest = rest.slice(whole.length);
    end += whole.length;
  }
  const closing = TAG_END.exec(rest) ?? malformed();
  const element = { name, attributes: Object.fromEntries(attributes), children: [] };
  return { element, closed: closing[1] === "/", end: end + closing[0].length };
}

const LONGEST_TAG = 8_192;
const MOST_ATTRIBUTES = 50;

/** The text that is meant, without the characters that XML 1.0 has no way to write. */
function plain(written: string): string {
  const meant = written.replaceAll(/&([^;&]{0,12};?)/g, (_, entity: string) => characterOf(entity));
  return meant.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "");
}

function characterOf(entity: string): string {
  const [, decimal, hexadecimal] = /^#(?:([0-9]{1,7})|x([0-9a-fA-F]{1,6}));$/.exec(entity) ?? [];
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
  if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : malformed();
  const known = ENTITIES.get(entity);
  if (known === undefined) throw new NotSmallXml("has an entity that is not XML's own");
  return known;
}

function onlyElement(children: readonly (XmlElement | string)[]): XmlElement {
  const said = children.filter((child) => typeof child !== "string" || child.trim() !== "");
  const [only, ...others] = said;
  if (only === undefined || typeof only === "string" || others.length > 0) return malformed();
  return only;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}

function afterThe(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? malformed() : found + mark.length;
}

function malformed(): never {
  throw new NotSmallXml("is not well-formed XML");
}
