import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_SECTIONS } from "../../src/charter/defaults.ts";
import { readDocumentation } from "../../src/proposal/documentation.ts";
import { formFields } from "../../src/proposal/form-fields.ts";

const REQUIRED = { sections: DEFAULT_SECTIONS };
const PROSE =
  "A format is a format, and it says what a format has to say, in as many words as it takes to say it.";

/** An issue as GitHub writes it from the form. */
function form(answers: Readonly<Record<string, string>>): string {
  const fields = {
    "Kind of proposal": "New standard",
    "Short name": "core",
    Description: PROSE,
    Objectives: PROSE,
    Authors: "",
    "Running implementation": "",
    Keywords: "",
    Abbreviation: "",
    "Technical specification": PROSE,
  };
  return Object.entries({ ...fields, ...answers })
    .map(([label, answer]) => `### ${label}\n\n${answer === "" ? "_No response_" : answer}`)
    .join("\n\n");
}

function read(answers: Readonly<Record<string, string>>) {
  return formFields(REQUIRED, form(answers));
}

function author(name: string, organization: string | null = null, email: string | null = null) {
  return { name, organization, email, country: null };
}

describe("authors", () => {
  it.each([
    ["Ada Lovelace", [author("Ada Lovelace")]],
    [
      "Ada Lovelace; Analytical Engines, Ltd.; ada@example.org; United Kingdom",
      [
        {
          ...author("Ada Lovelace", "Analytical Engines, Ltd.", "ada@example.org"),
          country: "United Kingdom",
        },
      ],
    ],
    ["Ada, Engines, ada@example.org", [author("Ada", "Engines", "ada@example.org")]],
    ["ada@example.org; Ada", [author("Ada", null, "ada@example.org")]],
    ["Ada; Engines; ; France", [{ ...author("Ada", "Engines"), country: "France" }]],
    ["Ada\nEmmy; Göttingen", [author("Ada"), author("Emmy", "Göttingen")]],
    ["- Ada\n- Emmy", [author("Ada"), author("Emmy")]],
    ["1. Ada\n2. Emmy", [author("Ada"), author("Emmy")]],
    ["* **Ada Lovelace** <ada@example.org>", [author("Ada Lovelace", null, "ada@example.org")]],
    ["Ada; <ada@example.org>", [author("Ada", null, "ada@example.org")]],
    ["渡辺 綾; 東京大学", [author("渡辺 綾", "東京大学")]],
    ["_No response_", []],
  ])("%j", (answer, authors) => {
    expect(read({ Authors: answer }).authors).toEqual(authors);
  });

  it("are at most 200, and the rest is not dropped in silence", () => {
    const lines = (count: number) => Array.from({ length: count }, (_, at) => `Author ${at}`).join("\n");
    expect(read({ Authors: lines(200) })).toMatchObject({ authors: { length: 200 }, notes: [] });
    const { authors, notes } = read({ Authors: lines(10_000) });
    expect(authors).toHaveLength(200);
    expect(notes).toEqual(["Only the first 200 of 10000 authors are taken."]);
  });

  it("say what of them cannot be taken", () => {
    const answer = [
      `${"x".repeat(300)}; Org`,
      "Ada; Org; ada@localhost",
      "Emmy; Org; Germany; Erlangen",
      `Long; ${"y".repeat(2_000)}`,
      "only@example.org",
    ].join("\n");
    expect(read({ Authors: answer })).toMatchObject({
      authors: [
        { name: "x".repeat(100) },
        { name: "Ada", email: null },
        { name: "Emmy", country: "Germany" },
      ],
      notes: [
        `The name of an author “${"x".repeat(59)}…” is cut at 100 characters.`,
        "“ada@localhost” is not an e-mail address, and left out.",
        "What is said of the author “Emmy” after the country is left out.",
        "A line about an author is longer than 1000 characters, and left out.",
        "An author is given without a name, and left out.",
      ],
    });
  });

  it("have no control characters and no marks that turn the direction of reading", () => {
    expect(read({ Authors: "A\u202Eda\u0007 L\u200Eovelace" }).authors).toEqual([author("A da L ovelace")]);
  });
});

describe("running implementations", () => {
  it.each([
    ["MISP https://github.com/MISP/MISP", { name: "MISP", url: "https://github.com/MISP/MISP" }],
    ["[MISP](https://github.com/MISP/MISP)", { name: "MISP", url: "https://github.com/MISP/MISP" }],
    ["- MISP: <https://www.misp-project.org/>.", { name: "MISP", url: "https://www.misp-project.org/" }],
    ["https://example.org/x", { name: "example.org", url: "https://example.org/x" }],
    ["Our prototype", { name: "Our prototype", url: null }],
    ["[x](javascript:alert(1)) y", { name: "[x](javascript:alert(1)) y", url: null }],
    ["X https://ada:secret@example.org/", { name: "X", url: null }],
  ])("%j", (answer, expected) => {
    expect(read({ "Running implementation": answer }).implementations).toEqual([expected]);
  });
});

describe("keywords and the abbreviation", () => {
  it.each([
    ["a, b; c", ["a", "b", "c"]],
    ["- a\n- B\n- b", ["a", "B"]],
    ["threat **intelligence**", ["threat intelligence"]],
    [",,;", []],
  ])("%j", (answer, keywords) => {
    expect(read({ Keywords: answer }).keywords).toEqual(keywords);
  });

  it("are few and short", () => {
    const { keywords, abbreviation, notes } = read({
      Keywords: `${"k".repeat(61)}, ${Array.from({ length: 30 }, (_, at) => `k${at}`).join(", ")}`,
      Abbreviation: "A title that is a good deal longer than forty characters",
    });
    expect(keywords).toHaveLength(20);
    expect(abbreviation).toBe("A title that is a good deal longer than");
    expect(notes).toEqual([
      "A keyword is longer than 60 characters, and left out.",
      "Only the first 20 of 30 keywords are taken.",
      "The abbreviation “A title that is a good deal longer than forty characters” is cut at 40 characters.",
    ]);
  });
});

describe("the fields beside the sections", () => {
  it("are no part of the section before them", () => {
    const body = form({ Objectives: "Too few.", Authors: PROSE });
    const { findings } = readDocumentation(REQUIRED, body);
    expect(findings.map(({ section, state, words }) => [section.title, state, words])).toContainEqual([
      "Objectives",
      "too short",
      2,
    ]);
  });

  it("do not end a specification that has headings of their names", () => {
    const specification = `${PROSE}\n\n### Authors\n\nAda\n\n### Keywords\n\nx`;
    const old = `### Kind of proposal\n\nNew standard\n\n### Description\n\n${PROSE}\n\n### Objectives\n\n${PROSE}\n\n### Technical specification\n\n${specification}`;
    for (const body of [old, form({ "Technical specification": specification })]) {
      expect(readDocumentation(REQUIRED, body).specification).toEqual({
        from: "issue",
        text: `${specification}\n`,
      });
    }
    expect(formFields(REQUIRED, old).authors).toEqual([]);
  });

  it("are empty where an older form did not ask for them", () => {
    expect(formFields(REQUIRED, PROSE)).toEqual({
      authors: [],
      implementations: [],
      keywords: [],
      abbreviation: null,
      notes: [],
    });
  });

  it("may be sections of a charter, and are read all the same", () => {
    const sections = [
      ...DEFAULT_SECTIONS,
      {
        title: "Authors",
        aliases: [],
        minimumWords: 1,
        isSpecification: false,
        requiredFor: ["new"] as const,
      },
    ];
    const body = form({ Authors: "Ada Lovelace" });
    expect(formFields({ sections }, body).authors).toEqual([author("Ada Lovelace")]);
    expect(readDocumentation({ sections }, body).complete).toBe(true);
  });

  it("end a specification where a charter makes one of them a section", () => {
    const sections = [
      ...DEFAULT_SECTIONS,
      {
        title: "Keywords",
        aliases: [],
        minimumWords: 1,
        isSpecification: false,
        requiredFor: ["new"] as const,
      },
    ];
    const body = `## Technical specification\n\n${PROSE}\n\n## Keywords\n\na, b\n`;
    expect(readDocumentation({ sections }, body).specification).toEqual({
      from: "issue",
      text: `${PROSE}\n`,
    });
    expect(formFields({ sections }, body).keywords).toEqual(["a", "b"]);
  });

  it("can hold any text", () => {
    assert(
      property(string({ unit: "binary", maxLength: 300 }), (text) => {
        const answers = { Authors: text, "Running implementation": text, Keywords: text, Abbreviation: text };
        const { authors, abbreviation } = read(answers);
        for (const { name } of authors) {
          expect(name.length).toBeGreaterThan(0);
          expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
        expect([...(abbreviation ?? "")].length).toBeLessThanOrEqual(40);
      }),
    );
  });
});
