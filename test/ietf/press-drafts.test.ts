/** The figure: what is written in an issue with all required sections becomes a draft that the IETF has nothing against. */
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRenderer, type Rendered, type Renderer } from "../../src/ietf/render.ts";
import { type SandboxBibliography, startBibliography } from "../../src/sandbox/bibliography.ts";
import { schema } from "../publication/draft/rfcxml.ts";
import { programPath } from "../support/programs.ts";
import { filesOf, type Given, orderOf, pressWith, STANDARDS, TERMS, TEXT_IN_MMARK } from "./press-support.ts";

let bibliography: SandboxBibliography;
beforeAll(async () => {
  bibliography = await startBibliography();
});
afterAll(() => bibliography.close());

const FENCE = "```";

const EVERYTHING = `# Exchange of indicators

An indicator **SHOULD** have a [type](#types), and a time as in RFC 3339.

## Types

| type | what | since |
| --- | :-: | --: |
| \`ip-src\` | an address | 1 |
| \`domain\` | a name, as in RFC 3986 | 2 |

1. First,
2. then[^why]:
   - nested,
   - and again.

[^why]: Because the order matters.

> Somebody said so.

${FENCE}json
{ "type": "ip-src", "value": "192.0.2.1", "comment": "${"a rather long comment ".repeat(8)}" }
${FENCE}

${FENCE}
+-----+     +-----+
|  A  |---->|  B  |
+-----+     +-----+
${FENCE}

## Examples with <tags> & "quotes"

See <https://www.misp-project.org/> and \`]]>\` or \`<!ENTITY x>\`. It MUST NOT be sent twice.
`;

const SAMPLES: Readonly<Record<string, Given>> = {
  "a short one": {},
  "with everything that people write": { text: EVERYTHING },
  "by two authors, one of whom gives a name only, and the other one none in ASCII": {
    details: {
      authors: [
        { name: "Zoë Österreich-Łęcka", organization: "Île d’Essai", email: null, country: "Österreich" },
        { name: "Li", organization: null, email: null, country: null },
      ],
    },
  },
  "by nobody": { details: { authors: [] } },
  "with a long title and no abbreviation": {
    text: `# ${"A format for the exchange of very many different things ".repeat(4)}\n\n## Things\n\nThey are JSON.\n`,
    details: { abbreviation: null },
  },
  "with sections of its own for all that a draft has": {
    text: "## Abstract\n\nThings (RFC 8259).\n\n## Introduction\n\nThings.\n\n## Security Considerations\n\nNone.\n\n## IANA Considerations\n\nNone.\n",
  },
  "without headings": { text: "A thing MUST be JSON, which is described in RFC 8259 and nowhere else.\n" },
  "for the IETF's own stream, in an area and a working group": {
    terms: {
      draft: {
        who: "committee",
        category: "std",
        stream: "IETF",
        ipr: "trust200902",
        area: "Security",
        workgroup: "Example Working Group",
      },
    },
  },
  "an update in Markdown": { text: EVERYTHING, pin: { proposal: "update", slug: "misp-taxonomy-format" } },
  "an update in mmark": { text: TEXT_IN_MMARK, pin: { proposal: "update", slug: "misp-core-format" } },
};

const validate = schema();
const xml2rfc = programPath("xml2rfc");
const mmark = programPath("mmark");

describe.each(Object.entries(SAMPLES))("a draft %s", (_, given) => {
  it("has no errors and no warnings of idnits, and is valid", { timeout: 60_000 }, async () => {
    const renders: Rendered[] = [];
    const order = orderOf(given);
    const made = await pressWith(bibliography.url, recording(renders)).make(order);
    const { notes } = made[0] ?? expect.fail("Nothing was made");
    expect(notes.nits).toEqual({ errors: 0, warnings: 0 });
    expect(notes.missing).toEqual([]);
    const { slug } = order.state.ballot?.opened.text ?? { slug: "" };
    const files = filesOf(made);
    const path = `${STANDARDS}:${slug}/${TERMS.source}`;
    expect(validate?.(files[`${path}.xml`] ?? "") ?? []).toEqual([]);
    if (xml2rfc === null) return;
    expect(renders).toMatchObject([{ made: "both", warnings: [] }]);
    expect(files[`${path}.txt`]).toContain(notes.draft);
    expect(files[`${path}.html`]).toContain("<!DOCTYPE html>");
  });
});

/** xml2rfc, where it is installed, and what it made. */
function recording(renders: Rendered[]): Renderer {
  const renderer = createRenderer({ program: xml2rfc ?? "xml2rfc-that-is-nowhere" });
  return {
    async render(xml, now) {
      const rendered = await renderer.render(xml, now);
      renders.push(rendered);
      return rendered;
    },
  };
}

describe.each(Object.entries(SAMPLES))("the source of a draft %s", (_, given) => {
  it("can be built by mmark, as the standards repository builds it", async () => {
    if (mmark === null) return;
    const order = orderOf(given);
    const files = filesOf(await pressWith(bibliography.url).make(order));
    const { slug } = order.state.ballot?.opened.text ?? { slug: "" };
    const built = spawnSync(mmark, {
      input: files[`${STANDARDS}:${slug}/${TERMS.source}`] ?? "",
      encoding: "utf8",
    });
    expect([built.status, built.stderr]).toEqual([0, ""]);
    const name = (xml: string) => /docName="([^"]*)"/.exec(xml)?.[1];
    expect(name(built.stdout)).toBe(name(files[`${STANDARDS}:${slug}/${TERMS.source}.xml`] ?? ""));
  });
});

describe("text and HTML", () => {
  it("are the same bytes whenever they are made", { timeout: 60_000 }, async () => {
    if (xml2rfc === null) return;
    const make = () => pressWith(bibliography.url, recording([])).make(orderOf());
    expect(filesOf(await make())).toEqual(filesOf(await make()));
  });
});
