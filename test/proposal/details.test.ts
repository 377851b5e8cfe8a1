/** What a proposal says beside its text: the form's optional fields, from the issue's body to the details that are pinned. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_SECTIONS } from "../../src/charter/defaults.ts";
import { readDocumentation } from "../../src/proposal/documentation.ts";
import type { ProposalDetails, ProposedAuthor } from "../../src/proposal/entries.ts";

const SECTIONS = { sections: DEFAULT_SECTIONS };
const TEXT = "A format is a format is a format. ".repeat(5).trim();

/** An issue as GitHub writes it from the form; what is not given was not answered. */
function form(answers: Readonly<Record<string, string>> = {}): string {
  const fields = {
    "Kind of proposal": "New standard",
    "Short name": "core",
    Description: TEXT,
    Objectives: TEXT,
    Implementations: "",
    Authors: "",
    Abbreviation: "",
    Keywords: "",
    "Security considerations": "",
    "Technical specification": TEXT,
  };
  return Object.entries({ ...fields, ...answers })
    .map(([label, answer]) => `### ${label}\n\n${answer === "" ? "_No response_" : answer}`)
    .join("\n\n");
}

function detailsOf(answers: Readonly<Record<string, string>>): ProposalDetails {
  const { details, findings } = readDocumentation(SECTIONS, form(answers));
  expect(findings.filter((finding) => finding.state !== "present")).toEqual([]);
  return details;
}

/** Why an answer is refused; the proposal is then not complete, and has nothing of that field. */
function refusalOf(field: string, answer: string): string | null {
  const { findings, complete } = readDocumentation(SECTIONS, form({ [field]: answer }));
  const refused = findings.filter((finding) => finding.state === "not usable");
  expect(refused.map((finding) => finding.section.title)).toEqual(complete ? [] : [field]);
  return refused[0]?.because ?? null;
}

function author(name: string, about: Partial<ProposedAuthor> = {}): ProposedAuthor {
  return { name, organization: null, email: null, country: null, ...about };
}

const EMAIL = { email: "ada@example.org" };
const ALL = { organization: "Example", country: "Luxembourg", ...EMAIL };

const AUTHORS: readonly (readonly [string, ProposedAuthor])[] = [
  ["Ada Lovelace, Example, Luxembourg <ada@example.org>", author("Ada Lovelace", ALL)],
  ["Ada Lovelace", author("Ada Lovelace")],
  ["Ada <ada@example.org>", author("Ada", EMAIL)],
  ["Ada < ada@example.org >", author("Ada", EMAIL)],
  ["Ada ada@example.org", author("Ada", EMAIL)],
  ["Ada (ada@example.org), Example", author("Ada", { organization: "Example", ...EMAIL })],
  ["Ada, ada@example.org, Example, Luxembourg", author("Ada", ALL)],
  ["Ada <mailto:ada@example.org>", author("Ada", EMAIL)],
  ["Ada [mail](mailto:ada@example.org)", author("Ada", EMAIL)],
  ["Ada [ada@example.org](mailto:ada@example.org)", author("Ada", EMAIL)],
  ["Ada, Example", author("Ada", { organization: "Example" })],
  ["Ada (Example)", author("Ada", { organization: "Example" })],
  ["Ada (Example, Luxembourg) <ada@example.org>", author("Ada", ALL)],
  ["Ada (Example), Luxembourg", author("Ada", { organization: "Example", country: "Luxembourg" })],
  ["Ada – Example", author("Ada", { organization: "Example" })],
  ["Ada - Example", author("Ada", { organization: "Example" })],
  ["Ada Lovelace-King", author("Ada Lovelace-King")],
  ["Ada, Incident Response (CIRCL)", author("Ada", { organization: "Incident Response (CIRCL)" })],
  ["Ada, Example, Inc.", author("Ada", { organization: "Example, Inc." })],
  [
    "Ada, Lab 3, Example, Luxembourg",
    author("Ada", { organization: "Lab 3, Example", country: "Luxembourg" }),
  ],
  ["Ada, , Example,", author("Ada", { organization: "Example" })],
  ["- Ada", author("Ada")],
  ["* **Ada**", author("Ada")],
  ["1. Ada", author("Ada")],
  ["2) [Ada](https://example.org/ada)", author("Ada")],
  ["Ada (@ada)", author("Ada")],
  ["Ada, Example, https://example.org", author("Ada", { organization: "Example" })],
  ["Ada, Smith &amp; Sons", author("Ada", { organization: "Smith & Sons" })],
  ["Zoë Ångström", author("Zoë Ångström")],
  ["Zoe\u0308", author("Zoë")],
  ["山田太郎, 例示大学, 日本", author("山田太郎", { organization: "例示大学", country: "日本" })],
  ["أحمد بن علي", author("أحمد بن علي")],
  ["Conan O'Brien, Jr.", author("Conan O'Brien, Jr.")],
  ["A\u0007da\u202E <ada@\u2060example.org>", author("Ada", EMAIL)],
];

describe("authors", () => {
  it.each(AUTHORS)("%j", (line, expected) => {
    expect(detailsOf({ Authors: line }).authors).toEqual([expected]);
  });

  it("stand one a line, in their order", () => {
    const lines = "- Ada, Example\n\n- Grace\n<!-- and\nothers -->\n```\nEdsger <e@example.org>\n```\n";
    expect(detailsOf({ Authors: lines }).authors.map(({ name }) => name)).toEqual(["Ada", "Grace", "Edsger"]);
  });

  it.each(["", "None", "n/a.", "-", "…", "<!-- who? -->"])("may be nobody: %j", (answer) => {
    expect(detailsOf({ Authors: answer }).authors).toEqual([]);
  });

  it.each([
    ["<ada@example.org>", "“<ada@example.org>” does not begin with a name. Write one author a line, such as"],
    ["@ada", "“@ada” does not begin with a name"],
    ["4711", "“4711” does not begin with a name"],
    ["Ada <ada@localhost>", "“Ada <ada@localhost>” has an e-mail address that cannot be right"],
    ["Ada <ada at example.org>", "“Ada <ada at example.org>” has no e-mail address between < and >"],
    ["Ada <a@b.org>, Bob <b@b.org>", "“Ada <a@b.org>, Bob <b@b.org>” has more than one e-mail address"],
    ["| Ada | Example |", "“| Ada | Example |” does not begin with a name"],
    ["Ada{evil}", "“Ada{evil}” does not begin with a name"],
    ["x".repeat(101), `“${"x".repeat(59)}…” has a name of more than 100 characters`],
    [`Ada, ${"x".repeat(201)}`, `“Ada, ${"x".repeat(54)}…” has an organization of more than 200 characters`],
    [`Ada, x, ${"y".repeat(61)}`, `“Ada, x, ${"y".repeat(51)}…” has a country of more than 60 characters`],
    [`Ada ${"x ".repeat(300)}`, `“Ada ${"x ".repeat(27)}x…” has more than 500 characters`],
  ])("are refused where one cannot be read: %j", (line, because) => {
    expect(refusalOf("Authors", `Grace Hopper\n${line}`)?.slice(0, because.length)).toBe(because);
  });

  it("are at most 50", () => {
    const people = (count: number) =>
      Array.from({ length: count }, (_, index) => `Author ${index}`).join("\n");
    expect(detailsOf({ Authors: people(50) }).authors).toHaveLength(50);
    expect(refusalOf("Authors", people(51))).toMatch(/^There are 51 authors, and at most 50 can be named/);
    expect(refusalOf("Authors", people(200))).toMatch(/^There are 200 authors/);
  });
});

describe("implementations", () => {
  const url = "https://github.com/MISP/MISP";
  it.each([
    [`MISP ${url}`, { name: "MISP", url }],
    [`- MISP: ${url}.`, { name: "MISP", url }],
    [`MISP (${url})`, { name: "MISP", url }],
    [`${url} - MISP`, { name: "MISP", url }],
    [`[MISP](${url})`, { name: "MISP", url }],
    [`[MISP](${url}): the first`, { name: "MISP: the first", url }],
    [`**MISP** <${url}>`, { name: "MISP", url }],
    [url, { name: "github.com/MISP/MISP", url }],
    ["MISP, closed source", { name: "MISP, closed source", url: null }],
    ["[MISP](javascript:alert(1))", { name: "[MISP](javascript:alert(1))", url: null }],
    ["ftp://example.org/x", { name: "ftp://example.org/x", url: null }],
    ["PyMISP https://例え.jp/a b", { name: "PyMISP b", url: "https://xn--r8jz45g.jp/a" }],
  ])("%j", (line, expected) => {
    expect(detailsOf({ Implementations: line }).implementations).toEqual([expected]);
  });

  it.each(["None yet.", "_No response_", "n/a"])("may be none: %j", (answer) => {
    expect(detailsOf({ Implementations: answer }).implementations).toEqual([]);
  });

  it.each([
    ["MISP https://a.org https://b.org", "has more than one address"],
    ["MISP https://ada:secret@example.org", "has an address that cannot be one on the web"],
    ["MISP https://", "has an address that cannot be one on the web"],
    ["x".repeat(201), "has a name of more than 200 characters"],
    [`MISP ${"x ".repeat(2_000)}`, "has more than 2500 characters"],
  ])("are refused where one cannot be read: %j", (line, because) => {
    expect(refusalOf("Implementations", line)).toContain(
      `” ${because}. Write one implementation a line, such as`,
    );
  });

  it("are at most 50", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `Tool ${index}`).join("\n");
    expect(detailsOf({ Implementations: many(50) }).implementations).toHaveLength(50);
    expect(refusalOf("Implementations", many(51))).toBe(
      "There are 51 implementations, and at most 50 can be named",
    );
  });
});

describe("keywords and abbreviation", () => {
  it.each([
    ["JSON, threat intelligence", ["JSON", "threat intelligence"]],
    ["- JSON\n- `sharing`\n", ["JSON", "sharing"]],
    ["JSON; json; #JSON, ,", ["JSON"]],
    ["none", []],
  ])("keywords: %j", (answer, expected) => {
    expect(detailsOf({ Keywords: answer }).keywords).toEqual(expected);
  });

  it("keywords are at most 20, and short", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`).join(", ");
    expect(detailsOf({ Keywords: many(20) }).keywords).toHaveLength(20);
    expect(refusalOf("Keywords", many(21))).toBe("There are more than 20 keywords");
    expect(refusalOf("Keywords", "k,".repeat(101))).toBe("There are more than 20 keywords");
    expect(detailsOf({ Keywords: "k".repeat(60) }).keywords).toHaveLength(1);
    expect(refusalOf("Keywords", "k".repeat(61))).toBe(`“${"k".repeat(59)}…” has more than 60 characters`);
  });

  it("an abbreviation is one line of at most 40 characters", () => {
    expect(detailsOf({ Abbreviation: "MISP *core* format" }).abbreviation).toBe("MISP core format");
    expect(detailsOf({ Abbreviation: "x".repeat(40) }).abbreviation).toHaveLength(40);
    expect(refusalOf("Abbreviation", "x".repeat(41))).toMatch(/at most 40 characters; this one has 41$/);
    expect(refusalOf("Abbreviation", "one\n\ntwo")).toBe("The abbreviation is one line");
  });
});

describe("Markdown", () => {
  it("of description, objectives and security considerations is kept", () => {
    const markdown =
      "Words of *some* kind, [a link][1], and more.\n\n- one\n- two\n\n```\n### Authors\n```\n\n[1]: https://example.org";
    const details = detailsOf({
      Description: `${TEXT}\n\n${markdown}`,
      Objectives: `<!-- why? -->\n\n${TEXT}\n\n<!-- and\n\nso on -->`,
      "Security considerations": markdown,
    });
    expect(details).toMatchObject({
      description: `${TEXT}\n\n${markdown}`,
      objectives: TEXT,
      security: markdown,
    });
  });

  it("of a long description is cut after a whole block", () => {
    const paragraph = "word ".repeat(400).trim();
    const long = `# Why\n\n${paragraph}\n\n${paragraph}\n\n# How\n\n${paragraph}\n\n${paragraph}`;
    expect(detailsOf({ Description: long }).description).toBe(`# Why\n\n${paragraph}\n\n${paragraph}`);
  });

  it("of one long paragraph is cut after a word", () => {
    const cut = detailsOf({ Description: "word ".repeat(2_000) }).description ?? "";
    expect(cut).toMatch(/word…$/);
    expect(cut.length).toBeGreaterThan(4_900);
    expect(cut.length).toBeLessThanOrEqual(5_000);
    const unspaced = detailsOf({ Description: `${"😀".repeat(4_000)} ${TEXT}` }).description ?? "";
    expect(unspaced.isWellFormed()).toBe(true);
    expect(unspaced).toMatch(/😀…$/u);
  });

  it("of a long block of code is left out rather than broken", () => {
    expect(detailsOf({ Description: `~~~\n${"word ".repeat(2_000)}\n~~~` }).description).toBeNull();
  });

  it("of security considerations is refused rather than cut", () => {
    expect(detailsOf({ "Security considerations": "x".repeat(10_000) }).security).toHaveLength(10_000);
    expect(refusalOf("Security considerations", "x".repeat(10_001))).toBe(
      "The section has more than 10000 characters. Put it into the specification",
    );
    expect(detailsOf({ "Security considerations": "N/A" }).security).toBeNull();
  });

  it("has nothing that cannot be seen", () => {
    expect(detailsOf({ Description: `${TEXT}\u0000\u0007\u202E\uFFFE` }).description).toMatch(
      /format\.\uFFFD?$/,
    );
  });
});

describe("where the fields are", () => {
  it("an answer ends where an optional field begins", () => {
    expect(detailsOf({ Objectives: TEXT, Authors: "Ada" }).objectives).toBe(TEXT);
  });

  it("the specification has headings of the same names", () => {
    const specification = `# Format\n\n${TEXT}\n\n### Authors\n\n${"x ".repeat(600)}\n\n### Security considerations\n\nNone.\n\n### Keywords\n\na\n`;
    const read = readDocumentation(
      SECTIONS,
      form({ Authors: "Ada", "Technical specification": specification }),
    );
    expect(read.specification).toEqual({ from: "issue", text: `${specification.trimEnd()}\n` });
    expect(read.details).toMatchObject({ authors: [author("Ada")], security: null, keywords: [] });
    expect(read.complete).toBe(true);
  });

  it("the specification has them too where the form has no optional fields", () => {
    const body = `### Kind of proposal\n\nNew standard\n\n### Description\n\n${TEXT}\n\n### Objectives\n\n${TEXT}\n\n### Technical specification\n\n${TEXT}\n\n### Authors\n\nAda`;
    const read = readDocumentation(SECTIONS, body);
    expect(read.specification).toEqual({ from: "issue", text: `${TEXT}\n\n### Authors\n\nAda\n` });
    expect(read.details.authors).toEqual([]);
  });

  it("by hand they stand before the specification, at the level of its sections", () => {
    const before = `## Description\n\n${TEXT}\n\n### Authors\n\nnot here\n\n## Authors\n\nAda\n\n## Objectives\n\n${TEXT}\n\n`;
    const after = `## Specification\n\n${TEXT}\n\n## Keywords\n\nnot here`;
    const read = readDocumentation(SECTIONS, before + after);
    expect(read.details).toMatchObject({ authors: [author("Ada")], keywords: [] });
    expect(read.details.description).toContain("### Authors\n\nnot here");
    expect(read.specification).toMatchObject({ text: `${TEXT}\n\n## Keywords\n\nnot here\n` });
  });

  it("a charter's own section of that name is what it is in the charter, and the answer too", () => {
    const own = { ...DEFAULT_SECTIONS[0], title: "People", aliases: ["Authors"], minimumWords: 1 };
    const sections = [
      ...DEFAULT_SECTIONS.slice(1),
      { isSpecification: false, requiredFor: ["new" as const], ...own },
    ];
    const read = readDocumentation({ sections }, form({ Authors: "Ada" }));
    expect(read.complete).toBe(true);
    expect(read.details.authors).toEqual([author("Ada")]);
    const text = DEFAULT_SECTIONS.map((section) =>
      section.isSpecification ? { ...section, aliases: ["Authors"] } : section,
    );
    const body = `## Description\n\n${TEXT}\n\n## Goals\n\n${TEXT}\n\n## Authors\n\nAda`;
    expect(readDocumentation({ sections: text }, body).details.authors).toEqual([]);
  });

  it("a charter with one section beside the specification has no objectives", () => {
    const sections = DEFAULT_SECTIONS.filter((section) => section.title !== "Objectives");
    const { details } = readDocumentation({ sections }, form());
    expect(details.description).toContain(TEXT);
    expect(details.objectives).toBeNull();
  });
});

describe("whatever is written", () => {
  /** In each of five fields, which together are half of what GitHub takes. */
  const LENGTH = 25_000;
  const HOSTILE = [
    "a",
    "(",
    "<",
    "a@b.org ",
    "a,",
    "- a\n",
    "<!--",
    "[a](",
    "https://",
    " ",
    "\u0000",
    "\uD800",
    "# a\n",
    "```\n",
    "*a ",
    "[a]: b\n\n",
  ];

  it.each(HOSTILE)("answers of nothing but %j take no time and stay bounded", (piece) => {
    const text = piece.repeat(LENGTH / piece.length);
    const fields = ["Authors", "Implementations", "Keywords", "Abbreviation", "Security considerations"];
    const body = form(Object.fromEntries(fields.map((field) => [field, text])));
    // Of the processor, not of a busy machine's clock. In microseconds.
    const started = process.cpuUsage();
    expectBounded(readDocumentation(SECTIONS, body).details);
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });

  it("a body of a megabyte, which is no issue's, has nothing", () => {
    const body = form({ Authors: "Ada\n".repeat(250_000) });
    expect(readDocumentation(SECTIONS, body).details.authors).toEqual([]);
  });

  it("it is read without an exception, and what is kept is bounded and can be seen", () => {
    const text = fc.string({ unit: "binary", maxLength: 200 });
    const piece = fc.constantFrom(
      ..."- |Ada|, |(|)|<|>|@|a@b.org|https://|[x](|mailto:|\n|\n\n|### |# |<!--|-->|```|&lt;|\u202E|\u0000|\\".split(
        "|",
      ),
    );
    const answer = fc.oneof(
      text,
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(answer, answer, answer, (one, two, three) => {
        const body = form({
          Authors: one,
          Implementations: two,
          Keywords: three,
          Description: two,
          "Security considerations": three,
        });
        expectBounded(readDocumentation(SECTIONS, body).details);
      }),
      { numRuns: 150 },
    );
  });

  it("what was filled in is read back", () => {
    const word = fc
      .string({ unit: fc.constantFrom(..."abcXYZäß山'"), minLength: 2, maxLength: 12 })
      .filter(
        (text) =>
          /^\p{L}.*\p{L}$/u.test(text) &&
          !/^(?:inc|ltd|ll[cp]|corp|gmbh|[js]r|phd|n\/?a|no|none|nothing|tbd)$/i.test(text),
      );
    const words = fc.array(word, { minLength: 2, maxLength: 4 }).map((list) => list.join(" "));
    const mailbox = fc.string({ unit: fc.constantFrom(..."abc019"), minLength: 1, maxLength: 10 });
    const person = fc.record({
      name: words,
      organization: words,
      country: fc.option(words),
      email: fc.option(mailbox.map((name) => `${name}@example.org`)),
    });
    const tool = fc.record({
      name: words,
      url: fc.option(mailbox.map((name) => `https://example.org/${name}`)),
    });
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 5 }),
        fc.array(tool, { maxLength: 5 }),
        fc.uniqueArray(words, { maxLength: 20, selector: (text) => text.toLowerCase() }),
        (authors, implementations, keywords) => {
          const details = detailsOf({
            Authors: authors.map(written).join("\n"),
            Implementations: implementations.map(({ name, url }) => `${name} ${url ?? ""}`.trim()).join("\n"),
            Keywords: keywords.join(", "),
          });
          expect(details).toMatchObject({ authors, implementations, keywords });
        },
      ),
      { numRuns: 100 },
    );
  });
});

function written({ name, organization, country, email }: ProposedAuthor): string {
  const parts = [name, organization, country].filter((part) => part !== null);
  return `${parts.join(", ")}${email === null ? "" : ` <${email}>`}`;
}

/** What the register and a draft's front matter can take. */
function expectBounded(details: ProposalDetails): void {
  expect(details.authors.length).toBeLessThanOrEqual(50);
  expect(details.implementations.length).toBeLessThanOrEqual(50);
  expect(details.keywords.length).toBeLessThanOrEqual(20);
  const lines = [
    ...details.authors.flatMap((one) => [one.name, one.organization, one.country, one.email]),
    ...details.implementations.flatMap((one) => [one.name, one.url?.slice(0, 200) ?? null]),
    ...details.keywords,
    details.abbreviation,
  ].filter((line) => line !== null);
  for (const line of lines) {
    expect(line.length).toBeLessThanOrEqual(254);
    expect(line).toMatch(/^[ -~\u00A0-\u2027\u202F-\u2065\u206A-\uFFFD]+$/);
    expect(line).toBe(line.trim());
    expect(line.isWellFormed()).toBe(true);
  }
  const markdown = [details.description, details.objectives, details.security].filter(
    (text) => text !== null,
  );
  for (const text of markdown) {
    expect(text.length).toBeLessThanOrEqual(10_000);
    expect(text).not.toMatch(/[^\P{Cc}\n\t]|[\u202A-\u202E\uFFFE\uFFFF]/u);
    expect(text.isWellFormed()).toBe(true);
  }
}
