import { describe, expect, it } from "vitest";
import { checkNits } from "../../src/ietf/nits.ts";
import { instant } from "../../src/proposal/instant.ts";

const NAME = "draft-example-thing-00";
const NOW = instant("2026-11-23T12:00:00Z");

const CLEAN = `<?xml version="1.0" encoding="UTF-8"?>
<rfc version="3" ipr="trust200902" docName="${NAME}" submissionType="independent" category="info">
<front><title>A Thing</title><seriesInfo name="Internet-Draft" value="${NAME}"/>
<author fullname="Ada Example" initials="A." surname="Example"><organization>Example</organization></author>
<date year="2026" month="11" day="23"/><abstract><t>A thing.</t></abstract></front>
<middle><section anchor="introduction"><name>Introduction</name><t>See <xref target="RFC8259"/> and <xref target="RFC2119"/>.</t><t><xref target="A"/><xref target="B"/></t></section>
<section anchor="security-considerations"><name>Security Considerations</name><t>None are known.</t></section>
<section anchor="iana-considerations"><name>IANA Considerations</name><t>This document has no IANA actions.</t></section></middle>
<back><references><name>References</name><references><name>Normative References</name>
${["RFC8259", "RFC2119"].map((anchor) => `<reference anchor="${anchor}"><front><title>T</title><author fullname="X"/></front></reference>`).join("")}
</references><references><name>Informative References</name>
${["A", "B"].map((anchor) => `<reference anchor="${anchor}"><front><title>T</title><author fullname="X"/></front></reference>`).join("")}
</references></references></back></rfc>`;

async function nitsOf(xml: string, options: { text?: string; timeoutMs?: number; now?: typeof NOW } = {}) {
  return checkNits({ name: NAME, xml, now: NOW, ...options });
}

describe("idnits", { timeout: 30_000 }, () => {
  it("finds nothing in a clean draft", async () => {
    expect(await nitsOf(CLEAN)).toEqual({ errors: 0, warnings: 0, list: [] });
  });

  it.each([
    ["no abstract", /<abstract>.*<\/abstract>/, "", "error", "MISSING_ABSTRACT_SECTION"],
    ["another name", `docName="${NAME}"`, 'docName="draft-20"', "error", "FILENAME_DOCNAME_MISMATCH"],
    ["no licence", ' ipr="trust200902"', "", "error", "MISSING_IPR_ATTRIBUTE"],
    ["an empty section", "<t>None are known.</t>", "", "error", "INVALID_SECURITY_CONSIDERATIONS_SECTION"],
    ["an old element", "<t>None are", "<list/><t>None are", "warning", "DEPRECATED_ELEMENT"],
    ["a reference nobody cites", ' and <xref target="RFC2119"/>', "", "warning", "REFERENCE_NOT_USED"],
    ["broken XML", "</middle>", "", "error", "XML_PARSING_FAILED"],
    ["a strange stream", '"independent"', '"mine"', "error", "SUBMISSION_TYPE_INVALID"],
  ])("finds %s", async (_, from, to, severity, code) => {
    const changed = CLEAN.replace(from, to);
    expect(changed).not.toBe(CLEAN);
    const { list, errors, warnings } = await nitsOf(changed);
    expect(list).toContainEqual(expect.objectContaining({ severity, code, line: null }));
    expect({ errors, warnings }).toEqual({
      errors: list.filter((nit) => nit.severity === "error").length,
      warnings: list.filter((nit) => nit.severity === "warning").length,
    });
  });

  it("judges the date by the time that it is told", async () => {
    const { list } = await nitsOf(CLEAN, { now: instant("2027-11-23T12:00:00Z") });
    expect(list).toEqual([
      {
        severity: "warning",
        code: "DOC_DATE_IN_PAST",
        message: "The document date is 365 days in the past. Is this intentional?",
        line: null,
        reference: "https://authors.ietf.org/en/rfcxml-vocabulary#date",
      },
    ]);
  });

  it("hands over where in the XML it is, for the line", async () => {
    const places: unknown[] = [];
    const lineOf = ({
      anchor,
      element,
      path,
    }: {
      anchor: string | null;
      element: string | null;
      path: string | null;
    }) => {
      places.push({ anchor, element, path });
      return 7;
    };
    const xml = CLEAN.replace("None are", "<vspace/>None are");
    const { list } = await checkNits({ name: NAME, xml, now: NOW, lineOf });
    expect(list).toMatchObject([{ code: "DEPRECATED_ELEMENT", line: 7 }]);
    expect(places).toEqual([
      { anchor: "security-considerations", element: "vspace", path: "rfc.middle.section[1].t.vspace" },
    ]);
  });

  it("takes from the text only what the XML cannot show", async () => {
    const text = `\n\n\nNetwork Working Group\n\n${"x".repeat(90)}\n`;
    const { list } = await nitsOf(CLEAN, { text });
    expect(list.map(({ code }) => code)).toEqual(["LINE_TOO_LONG"]);
  });

  it("that does not come to an end is an error, and not a clean draft", async () => {
    const { errors, list } = await nitsOf(CLEAN.replace("A thing.", "a.".repeat(500_000)), { timeoutMs: 1 });
    expect(errors).toBe(1);
    expect(list).toMatchObject([
      { code: "IDNITS_NOT_FINISHED", message: expect.stringContaining("0.001 seconds") },
    ]);
    // The thread is gone, and the next draft gets another.
    expect(await nitsOf(CLEAN)).toMatchObject({ errors: 0 });
  });

  it.each<[string, string, string | undefined]>([
    ["nothing", "", "XML_PARSING_FAILED"],
    ["no XML", "\u0000\uFFFF", "XML_PARSING_FAILED"],
    ["deep XML", "<a>".repeat(50_000), "XML_PARSING_FAILED"],
    [
      "an entity bomb",
      CLEAN.replace("<rfc", `<!DOCTYPE rfc [${bomb()}]><rfc`).replace("A thing.", "&e9;"),
      undefined,
    ],
    ["1 MB of domains", CLEAN.replace("A thing.", "a.".repeat(500_000)), undefined],
    ["another document", "<html><body/></html>", "FILENAME_DOCNAME_MISMATCH"],
  ])("is not harmed by %s", async (_, xml, code) => {
    const { list } = await nitsOf(xml, { timeoutMs: 10_000 });
    expect(list[0]?.code).toBe(code);
  });
});

function bomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
  );
  return `<!ENTITY e0 "ten letter">${levels.join("")}`;
}
