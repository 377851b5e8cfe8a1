/**
 * What a bibliography answers, made safe: only what a reference of RFCXML v3 may hold (RFC 7991, section 2.40) is taken
 * over, and all of it is written anew. Nothing of the answer reaches a draft as it came.
 */
import { create } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces.js";
import { NotSmallXml, readSmallXml, type XmlElement } from "./small-xml.ts";

/** In bytes. References are a few kilobytes; groups such as STD 97 are larger. */
export const LONGEST_REFERENCE = 256 * 1024;

const LIMITS = { depth: 12, elements: 2_000 };

type Shape = {
  readonly attributes: readonly string[];
  /** Elements it may hold; text only where there are none. */
  readonly holds: readonly string[];
};

const NAMES_OF_A_PERSON = [
  "fullname",
  "initials",
  "surname",
  "asciiFullname",
  "asciiInitials",
  "asciiSurname",
];

const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ["referencegroup", { attributes: ["anchor", "target"], holds: ["reference"] }],
  ["reference", { attributes: ["anchor", "target"], holds: ["front", "seriesInfo", "refcontent"] }],
  ["front", { attributes: [], holds: ["title", "seriesInfo", "author", "date"] }],
  ["author", { attributes: [...NAMES_OF_A_PERSON, "role"], holds: ["organization"] }],
  ["title", { attributes: ["abbrev", "ascii"], holds: [] }],
  ["organization", { attributes: ["abbrev", "ascii"], holds: [] }],
  ["date", { attributes: ["day", "month", "year"], holds: [] }],
  ["seriesInfo", { attributes: ["name", "value"], holds: [] }],
  ["refcontent", { attributes: [], holds: [] }],
]);

const AT_MOST_ONE = new Set(["organization", "date"]);

/** What a list of references does not show, or what version 3 of the vocabulary has given up. */
const LEFT_OUT = new Set([
  "format",
  "abstract",
  "keyword",
  "area",
  "workgroup",
  "address",
  "annotation",
  "note",
]);

export type CheckedReference =
  | { readonly ok: true; readonly xml: string }
  | { readonly ok: false; readonly because: string };

/** The `<reference>` or `<referencegroup>` in an answer, under the name by which a draft cites it. Never throws. */
export function checkReference(answer: string, anchor: string): CheckedReference {
  try {
    if (answer.length > LONGEST_REFERENCE) throw new NotSmallXml("is too long");
    const root = readSmallXml(answer, LIMITS);
    assertReference(root);
    return { ok: true, xml: written(called(root, anchor)) };
  } catch (error) {
    if (error instanceof NotSmallXml) return { ok: false, because: error.message };
    throw error;
  }
}

/** The members of a group may be cited by themselves too: within the group each has a name of its own. */
function called(element: XmlElement, anchor: string): XmlElement {
  const children = element.children.map((child) =>
    typeof child !== "string" && child.name === "reference"
      ? called(child, nameWithin(anchor, child.attributes.anchor ?? ""))
      : child,
  );
  return { name: element.name, attributes: { ...element.attributes, anchor }, children };
}

function nameWithin(group: string, member: string): string {
  return member.startsWith(`${group}.`) ? member : `${group}.${member}`;
}

/** Where the RFCXML schema wants one of something, one there must be. */
function assertReference(element: XmlElement): void {
  if (element.name === "referencegroup") {
    const members = childrenCalled(element, "reference");
    if (members.length === 0) throw new NotSmallXml("is a group without a reference");
    for (const member of members) {
      if (!/^[A-Za-z_][A-Za-z0-9_.-]{0,100}$/.test(member.attributes.anchor ?? ""))
        throw new NotSmallXml("has a reference without an anchor");
      assertReference(member);
    }
    return;
  }
  if (element.name !== "reference") throw new NotSmallXml("is not a reference");
  const [front, ...more] = childrenCalled(element, "front");
  if (front === undefined || more.length > 0) throw new NotSmallXml("has no front");
  if (childrenCalled(front, "title").length !== 1) throw new NotSmallXml("has no title");
  const authors = childrenCalled(front, "author");
  if (authors.length === 0) throw new NotSmallXml("has no author");
  if (authors.some(({ attributes: { role } }) => role !== undefined && role !== "editor"))
    throw new NotSmallXml("has an author in a role that there is not");
  const series = [element, front].flatMap((part) => childrenCalled(part, "seriesInfo"));
  if (series.some(({ attributes: { name, value } }) => name === undefined || value === undefined))
    throw new NotSmallXml("has a series without a name or a number");
}

function childrenCalled(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => typeof child !== "string").filter((child) => child.name === name);
}

function written(root: XmlElement): string {
  const builder = create().ele(root.name, attributesOf(root));
  takeOver(root, builder);
  return builder.end({ headless: true, prettyPrint: true });
}

function takeOver(from: XmlElement, to: XMLBuilder): void {
  const { holds = [] } = SHAPES.get(from.name) ?? {};
  for (const child of inOrder(from, holds)) {
    if (typeof child === "string") to.txt(child);
    else takeOver(child, to.ele(child.name, attributesOf(child)));
  }
}

/** The text of an element that holds only text, or its elements in the order that the schema wants. */
function inOrder(element: XmlElement, holds: readonly string[]): readonly (XmlElement | string)[] {
  if (holds.length === 0) return [textOf(element)].filter((text) => text !== "");
  for (const child of element.children) {
    if (
      typeof child === "string"
        ? child.trim() !== ""
        : !holds.includes(child.name) && !LEFT_OUT.has(child.name)
    )
      throw new NotSmallXml("holds what no reference holds");
  }
  return holds.flatMap((name) =>
    childrenCalled(element, name).slice(0, AT_MOST_ONE.has(name) ? 1 : undefined),
  );
}

function textOf(element: XmlElement): string {
  const parts = element.children.map((child) => (typeof child === "string" ? child : textOf(child)));
  return parts
    .join("")
    .replaceAll(/[ \t\r\n]+/g, " ")
    .trim();
}

function attributesOf(element: XmlElement): Record<string, string> {
  const { attributes = [] } = SHAPES.get(element.name) ?? {};
  return Object.fromEntries(Object.entries(element.attributes).filter(([name]) => attributes.includes(name)));
}
