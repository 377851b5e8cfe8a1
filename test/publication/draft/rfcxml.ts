/** RFCXML as a test looks at it: valid or not, and the shape of what it says. */
import { readFileSync } from "node:fs";
import { RelaxNGValidator, XmlCData, XmlDocument, XmlElement, type XmlNode, XmlText } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
import { inputPath } from "../../support/inputs.ts";

/** Why a document is not valid RFCXML; empty: it is. `null`: the schema is not there. */
export type Validate = (xml: string) => readonly string[];

export function schema(): Validate | null {
  const path = inputPath("schema/v3.rng");
  if (path === null) return null;
  xmlRegisterFsInputProviders();
  const validator = RelaxNGValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(path), { url: path }));
  return (xml) => {
    try {
      const document = XmlDocument.fromString(xml);
      try {
        validator.validate(document);
        return duplicateAnchors(document);
      } finally {
        document.dispose();
      }
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  };
}

/** The schema's own ID type is not checked by the library. */
function duplicateAnchors(document: XmlDocument): readonly string[] {
  const anchors = document.find("//@anchor").map((attribute) => attribute.content);
  const targets = document.find("//xref/@target").map((attribute) => attribute.content);
  const known = new Set(anchors);
  return [
    ...anchors.filter((anchor, at) => anchors.indexOf(anchor) !== at).map((anchor) => `Twice: ${anchor}`),
    ...anchors
      .filter((anchor) => !/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(anchor))
      .map((anchor) => `No name: ${anchor}`),
    ...targets.filter((target) => !known.has(target)).map((target) => `Nowhere: ${target}`),
  ];
}

/** One line a thing: what stands where, white space aside. Two documents that say the same have the same lines. */
export type Shape = { readonly sections: readonly string[]; readonly lines: readonly string[] };

export function shapeOf(xml: string): Shape {
  const document = XmlDocument.fromString(xml);
  try {
    const sections: string[] = [];
    const lines: string[] = [];
    for (const part of ["abstract", "middle", "back"]) {
      for (const element of document.find(`//${part}`)) {
        if (element instanceof XmlElement) visit(element, part, sections, lines);
      }
    }
    return { sections, lines };
  } finally {
    document.dispose();
  }
}

function visit(element: XmlElement, path: string, sections: string[], lines: string[]): void {
  for (const child of elementsOf(element)) {
    if (child.name === "references") continue;
    if (child.name === "name") continue;
    const place = `${path}/${child.name}`;
    if (child.name === "section") {
      const anchor = child.attr("anchor")?.value ?? "";
      const name = elementsOf(child).find((each) => each.name === "name");
      sections.push(`${place} #${anchor} ${name === undefined ? "" : text(name)}`);
      visit(child, place, sections, lines);
    } else if (isLeaf(child)) lines.push(`${place}${attributes(child)}: ${text(child)}`);
    else {
      lines.push(`${place}${attributes(child)}`);
      visit(child, place, sections, lines);
    }
  }
}

const SHOWN = ["anchor", "type", "start", "spacing", "align", "src"];

function attributes(element: XmlElement): string {
  const shown = SHOWN.map((name) => [name, element.attr(name)?.value ?? ""] as const);
  return shown.map(([name, value]) => (value === "" ? "" : ` ${name}=${value}`)).join("");
}

const BLOCKS = new Set(
  "t ul ol dl li dt dd table thead tbody tr th td figure artwork sourcecode blockquote aside".split(" "),
);

/** A list item that holds one paragraph alone says what it says without it. */
function isLeaf(element: XmlElement): boolean {
  const inside = elementsOf(element).filter((child) => BLOCKS.has(child.name));
  if (["li", "dd", "td", "th"].includes(element.name))
    return inside.length === 0 || (inside.length === 1 && inside[0]?.name === "t");
  return inside.length === 0 && element.name !== "figure";
}

function text(element: XmlElement): string {
  return words(element).replace(/\s+/g, " ").trim();
}

function words(node: XmlNode): string {
  if (node instanceof XmlText || node instanceof XmlCData) return node.content;
  if (!(node instanceof XmlElement)) return "";
  const inside = [...childrenOf(node)].map(words).join("");
  switch (node.name) {
    case "xref":
      return inside === "" ? `[${node.attr("target")?.value ?? ""}]` : inside;
    case "eref":
      return inside === "" ? (node.attr("target")?.value ?? "") : inside;
    case "br":
      return " ";
    default:
      return inside;
  }
}

function elementsOf(element: XmlElement): readonly XmlElement[] {
  return [...childrenOf(element)].filter((child) => child instanceof XmlElement);
}

function* childrenOf(element: XmlElement): Generator<XmlNode> {
  for (let child = element.firstChild; child !== null; child = child.next) yield child;
}
