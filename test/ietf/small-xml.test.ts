import fc from "fast-check";
import { XmlDocument } from "libxml2-wasm";
import { describe, expect, it } from "vitest";
import { NotSmallXml, readSmallXml } from "../../src/ietf/small-xml.ts";

const LIMITS = { depth: 10, elements: 100 };

function whyNot(text: string): string {
  try {
    readSmallXml(text, LIMITS);
    return "read";
  } catch (error) {
    if (error instanceof NotSmallXml) return error.message;
    throw error;
  }
}

describe("a small piece of XML", () => {
  it("is read with its attributes, its text and XML's own entities", () => {
    expect(
      readSmallXml(
        `<?xml version="1.0"?>\n<!-- <b> --><a x='1 &gt; 0' y="it's">A &amp; B&#x21;<b/>&#8212;</a>\n`,
        LIMITS,
      ),
    ).toEqual({
      name: "a",
      attributes: { x: "1 > 0", y: "it's" },
      children: ["A & B!", { name: "b", attributes: {}, children: [] }, "—"],
    });
  });

  it.each([
    ["", "is not well-formed XML"],
    ["text", "is not well-formed XML"],
    ["<a>", "is not well-formed XML"],
    ["<a></b>", "is not well-formed XML"],
    ["</a>", "is not well-formed XML"],
    ["<a/><b/>", "is not well-formed XML"],
    ["<a x='1' x='2'/>", "is not well-formed XML"],
    ["<a x=1/>", "is not well-formed XML"],
    ["<a x='<'/>", "is not well-formed XML"],
    ["<a", "is not well-formed XML"],
    ["<!-- <a/>", "is not well-formed XML"],
    ["<a>&#x110000;</a>", "is not well-formed XML"],
    ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "has a declaration or a CDATA section"],
    ["<a><![CDATA[<b>]]></a>", "has a declaration or a CDATA section"],
    ["<a><?php ?></a>", "has a processing instruction"],
    ["<a>&nbsp;</a>", "has an entity that is not XML's own"],
    ["<a>&constructor;</a>", "has an entity that is not XML's own"],
    ["<a>AT&T</a>", "has an entity that is not XML's own"],
    ["<a>".repeat(11), "is nested too deeply"],
    [`<a>${"<b/>".repeat(101)}</a>`, "has too many elements"],
  ])("%s: %s", (text, because) => {
    expect(whyNot(text)).toBe(because);
  });

  it("holds no character that XML cannot write", () => {
    expect(readSmallXml("<a>x&#0;&#1;\u0002&#xFFFE;y</a>", LIMITS).children).toEqual(["xy"]);
  });

  it("is refused quickly, however it is made", () => {
    const hostile = ["<a>", "<a b='", "<a ", "&", "<!--", "</", "<a b=''", "\n", "<"];
    const begun = performance.now();
    for (const part of hostile) whyNot(`<r>${part.repeat(250_000 / part.length)}`);
    for (const part of hostile) whyNot(`<r ${part.repeat(250_000 / part.length)}`);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it("is never read where a real parser refuses it", () => {
    const piece = fc.constantFrom(
      "<a>",
      "</a>",
      "<b c='d'>",
      "</b>",
      "<e/>",
      "text",
      "&amp;",
      "&#65;",
      "<",
      ">",
      "'",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = `<a>${pieces.join("")}</a>`;
        if (whyNot(text) === "read") XmlDocument.fromString(text).dispose();
      }),
      { numRuns: 2_000 },
    );
  });
});
