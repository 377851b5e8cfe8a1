import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkReference } from "../../src/ietf/reference.ts";
import { readSmallXml } from "../../src/ietf/small-xml.ts";

const FRONT = '<front><title>T</title><author fullname="A. B."/></front>';

describe("a reference from elsewhere", () => {
  it("is written anew: what is not shown, or is no more in use, is left out", () => {
    const answer = `<?xml version="1.0" encoding="UTF-8"?>
      <reference anchor="OTHER" target="https://www.rfc-editor.org/info/rfc8259" onclick="x">
        <front><title>JSON &amp; "friends"</title>
          <author fullname="T. Bray" role="editor"><organization/></author>
          <date month="December" year="2017"/><abstract><t>Long.</t></abstract></front>
        <seriesInfo name="RFC" value="8259"/><format type="TXT" octets="1"/></reference>`;
    expect(checkReference(answer, "RFC8259")).toMatchInlineSnapshot(`
      {
        "ok": true,
        "xml": "<reference anchor="RFC8259" target="https://www.rfc-editor.org/info/rfc8259">
        <front>
          <title>JSON &amp; "friends"</title>
          <author fullname="T. Bray" role="editor">
            <organization/>
          </author>
          <date month="December" year="2017"/>
        </front>
        <seriesInfo name="RFC" value="8259"/>
      </reference>",
      }
    `);
  });

  it("keeps its anchor to itself within a group", () => {
    const group = `<referencegroup anchor="x">${["RFC1", "RFC2"].map((anchor) => `<reference anchor="${anchor}">${FRONT}</reference>`).join("")}</referencegroup>`;
    const once = checkReference(group, "BCP14");
    expect(once.ok && [...once.xml.matchAll(/anchor="([^"]*)"/g)].map(([, anchor]) => anchor)).toEqual([
      "BCP14",
      "BCP14.RFC1",
      "BCP14.RFC2",
    ]);
    expect(once.ok && checkReference(once.xml, "BCP14")).toEqual(once);
  });

  it.each([
    ["<html/>", "is not a reference"],
    ["<reference/>", "has no front"],
    ["<reference><front/></reference>", "has no title"],
    ["<reference><front><title>T</title></front></reference>", "has no author"],
    [`<reference>${FRONT}${FRONT}</reference>`, "has no front"],
    [`<reference>${FRONT}<script/></reference>`, "holds what no reference holds"],
    [`<reference>${FRONT}words</reference>`, "holds what no reference holds"],
    [`<reference>${FRONT}<seriesInfo name="RFC"/></reference>`, "has a series without a name or a number"],
    [
      `<reference>${FRONT.replace("/>", ' role="king"/>')}</reference>`,
      "has an author in a role that there is not",
    ],
    ["<referencegroup/>", "is a group without a reference"],
    [`<referencegroup><reference>${FRONT}</reference></referencegroup>`, "has a reference without an anchor"],
    [`<reference>${FRONT}</reference>${" ".repeat(300_000)}`, "is too long"],
  ])("%s: %s", (answer, because) => {
    expect(checkReference(answer, "X")).toEqual({ ok: false, because });
  });

  it("says what it said before, whatever its title", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (title) => {
        const escaped = title.replaceAll(/[^A-Za-z0-9]/gu, (one) => `&#${one.codePointAt(0)};`);
        const checked = checkReference(
          `<reference>${FRONT.replace(">T<", `>x${escaped}x<`)}</reference>`,
          "X",
        );
        if (!checked.ok) throw new Error(checked.because);
        expect(readSmallXml(checked.xml, { depth: 9, elements: 9 }).attributes).toEqual({ anchor: "X" });
        expect(checkReference(checked.xml, "X")).toEqual(checked);
      }),
      { numRuns: 40 },
    );
  });
});
