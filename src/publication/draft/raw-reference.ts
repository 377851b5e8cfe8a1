/** `<reference>` elements from outside, from an author or a bibliography, held to what the schema allows. */
import { xmlName } from "./anchors.ts";
import type { RawReference } from "./model.ts";
import { type Element, element, parseElement, type Xml } from "./xml.ts";

/** A reference of a text, or what is wrong with it. */
export function readReference(source: string, line: number): RawReference | { readonly wrong: string } {
  const parsed = parseElement(source);
  if (parsed === null) return { wrong: "not well-formed XML" };
  const anchor = parsed.attributes.anchor ?? "";
  if (anchor === "") return { wrong: "without an anchor" };
  if (reference(source, anchor) === null) return { wrong: "without a title" };
  return { line, anchor, xml: source.trim() };
}

/** The element under the name that the draft cites it by; `null`: it is none, or has no title. */
export function reference(source: string, name: string): Element | null {
  const parsed = parseElement(source);
  if (parsed?.name === "referencegroup") return group(parsed, name);
  return parsed?.name === "reference" ? single(parsed, name) : null;
}

function group(parsed: Element, name: string): Element | null {
  const members = elements(parsed, "reference").map((each) => single(each, each.attributes.anchor ?? ""));
  const whole = members.filter((each) => each !== null);
  if (whole.length === 0 || whole.length < members.length) return null;
  return element(
    "referencegroup",
    { anchor: xmlName(name), target: parsed.attributes.target ?? null },
    whole,
  );
}

function single(parsed: Element, name: string): Element | null {
  const [front] = elements(parsed, "front");
  const title = front === undefined ? undefined : elements(front, "title")[0];
  if (front === undefined || title === undefined || textWithin(title).trim() === "") return null;
  const target = parsed.attributes.target ?? null;
  const after = parsed.children.flatMap((child) => (typeof child === "string" ? [] : later(child)));
  const quoteTitle = yesOrNo(parsed.attributes.quoteTitle);
  return element("reference", { anchor: xmlName(name), target, quoteTitle }, [
    frontOf(front, title),
    ...after,
  ]);
}

function frontOf(front: Element, title: Element): Element {
  const authors = elements(front, "author").map(author);
  const [date] = elements(front, "date");
  return element("front", {}, [
    element("title", pick(title, ["abbrev", "ascii"]), [oneLine(textWithin(title))]),
    // The schema asks for an author; one without a name is how RFCXML says that there is none.
    ...(authors.length > 0 ? authors : [element("author")]),
    ...(date === undefined
      ? []
      : [element("date", pick(date, ["day", "month", "year"]), [oneLine(textWithin(date))])]),
  ]);
}

const AUTHOR = ["initials", "asciiInitials", "surname", "asciiSurname", "fullname", "asciiFullname"];

function author(source: Element): Element {
  const [organization] = elements(source, "organization");
  const role = source.attributes.role === "editor" ? "editor" : null;
  const inside =
    organization === undefined
      ? []
      : [
          element("organization", pick(organization, ["abbrev", "ascii"]), [
            oneLine(textWithin(organization)),
          ]),
        ];
  return element("author", { ...pick(source, AUTHOR), role }, inside);
}

function later(child: Element): readonly Element[] {
  const text = oneLine(textWithin(child));
  switch (child.name) {
    case "seriesInfo": {
      const { name = "", value = "" } = child.attributes;
      return name === "" || value === "" ? [] : [element("seriesInfo", { name, value })];
    }
    case "refcontent":
    case "annotation":
      return text === "" ? [] : [element(child.name, {}, [text])];
    default:
      return [];
  }
}

function elements(parent: Element, name: string): readonly Element[] {
  return parent.children.filter(
    (child): child is Element => typeof child !== "string" && child.name === name,
  );
}

function textWithin(xml: Xml): string {
  return typeof xml === "string" ? xml : xml.children.map(textWithin).join("");
}

function pick({ attributes }: Element, names: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(names.map((name) => [name, attributes[name] ?? null]));
}

function yesOrNo(value: string | undefined): string | null {
  return value === "true" || value === "false" ? value : null;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
