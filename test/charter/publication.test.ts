/** The group `publication`: what may stand there, what it means, and what is answered to mistakes. */
import { describe, expect, it } from "vitest";
import { isEmail, parseAddress, parseFile } from "../../src/charter/names.ts";
import { publicationSummary } from "../../src/messages/publication-summary.ts";
import { DAY } from "../../src/proposal/instant.ts";
import { charterOf, SMALLEST, told } from "./read.ts";

/** With these two nothing else in `publication` lacks anything. */
const BOTH = "draft: { who: misp }, register: register.json";

function publicationOf(inside: string) {
  return charterOf(`${SMALLEST}publication: { ${inside} }\n`).publication;
}

function toldOf(inside: string): readonly string[] {
  return told(`${SMALLEST}publication: { ${inside} }\n`);
}

describe("what a key means", () => {
  it("nothing more is done than was before, where nothing more is asked for", () => {
    const { draft, website, register, readme, ietf, maintenance } = publicationOf("source: a.md");
    expect([draft, website, register, readme, ietf, maintenance]).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it("a group with its least has defaults for the rest", () => {
    const { draft, website, maintenance } = publicationOf(
      `${BOTH}, website: { repository: MISP/site }, maintenance: {}`,
    );
    expect(draft).toEqual({
      who: "misp",
      category: "info",
      stream: "independent",
      ipr: "trust200902",
      area: null,
      workgroup: null,
    });
    expect(website).toEqual({
      repository: { owner: "MISP", name: "site" },
      address: null,
      page: "standards.md",
      posts: "_posts",
      files: "rfc",
      templates: {},
    });
    expect(maintenance).toEqual({ before: 30 * DAY });
  });

  it("each value is taken as it is written", () => {
    const terms = publicationOf(`
      draft: { who: misp2, category: std, stream: IETF, ipr: pre5378Trust200902, area: Security, workgroup: MISP WG },
      register: docs/register.json, readme: docs/README.md, ietf: { submitter: "o'neil+ietf@example.org" },
      maintenance: { before: 6 weeks },
      website: {
        repository: MISP/misp-standard.org, address: "HTTPS://WWW.misp-standard.org/", page: pages/all.md,
        posts: None, files: assets/rfc/, templates: { section: t/section.liquid, status: t/s, post: t/p, item: t/i }
      }`);
    expect(terms).toEqual({
      standards: null,
      decisions: "decisions",
      source: "raw.md",
      draft: {
        who: "misp2",
        category: "std",
        stream: "IETF",
        ipr: "pre5378Trust200902",
        area: "Security",
        workgroup: "MISP WG",
      },
      register: "docs/register.json",
      readme: "docs/README.md",
      ietf: { submitter: "o'neil+ietf@example.org" },
      maintenance: { before: 42 * DAY },
      website: {
        repository: { owner: "MISP", name: "misp-standard.org" },
        address: "https://www.misp-standard.org",
        page: "pages/all.md",
        posts: null,
        files: "assets/rfc",
        templates: { section: "t/section.liquid", status: "t/s", post: "t/p", item: "t/i" },
      },
    });
  });
});

/** What stands in `publication` in line 3, and the beginning of each answer without its place. */
const WRONG: readonly (readonly [string, readonly string[]])[] = [
  ["draft: {}", ["publication.draft.who: `publication.draft.who` is missing -> small letters and digits"]],
  [
    "draft: misp",
    ["publication.draft: `misp` is not the terms of an Internet-Draft -> at least `who: NAME`"],
  ],
  ["draft: { who: MISP }", ["publication.draft.who: `MISP` is not a part of a draft's name"]],
  ["draft: { who: mi-sp }", ["publication.draft.who: `mi-sp` is not a part of a draft's name"]],
  ["draft: { who: 4711 }", ["publication.draft.who: `publication.draft.who` is a number, not text"]],
  [`draft: { who: ${"m".repeat(31)} }`, ["publication.draft.who: `mmm"]],
  [
    "draft: { who: misp, category: informational }",
    ["publication.draft.category: `informational` is not a category of drafts"],
  ],
  [
    "draft: { who: misp, stream: ietf }",
    ["publication.draft.stream: `ietf` is not a stream of the RFC series; did you mean `IETF`? -> `IETF`"],
  ],
  [
    "draft: { who: misp, ipr: none }",
    ["publication.draft.ipr: `none` is not a name of the IETF Trust's terms"],
  ],
  ['draft: { who: misp, area: "a\\nb" }', ["publication.draft.area: `a\uFFFDb` is not a line of text"]],
  [
    "draft: { who: misp, workgruop: x }",
    [
      "publication.draft.workgruop: There is no key `workgruop` in `publication.draft`; did you mean `workgroup`?",
    ],
  ],
  [
    "page: standards.md",
    ["publication.page: There is no key `page` in `publication` -> `page` under `publication.website`"],
  ],

  [
    "readme: README.md",
    [
      "publication.readme: The list of standards is made from the register, and this charter has no `register` -> `register:",
    ],
  ],
  [
    "website: { repository: A/b }",
    ["publication.website: The website is made from the register, and this charter has no `register`"],
  ],
  [
    "ietf: { submitter: a@b.org }",
    [
      "publication.ietf: Only Internet-Drafts can be submitted to the IETF, and this charter has no `draft` -> `draft: { who: NAME }`",
    ],
  ],
  [
    "maintenance: {}",
    [
      "publication.maintenance: Only Internet-Drafts expire, and this charter has no `draft`",
      "publication.maintenance: When a draft expires is written in the register, and this charter has no `register`",
    ],
  ],

  [
    `${BOTH}, website: {}`,
    ["publication.website.repository: `publication.website.repository` is missing -> its owner and its name"],
  ],
  [
    `${BOTH}, website: { repository: site }`,
    ["publication.website.repository: `site` is not a repository that GitHub allows"],
  ],
  [
    `${BOTH}, website: { repository: A/b, address: "javascript:alert(1)" }`,
    ["publication.website.address: `javascript:alert(1)` is not the address of a website"],
  ],
  [
    `${BOTH}, website: { repository: A/b, templates: { news: a } }`,
    [
      "publication.website.templates.news: There is no key `news` in `publication.website.templates` -> one of `section`, `status`, `post`, `item`",
    ],
  ],
  [
    `${BOTH}, website: { repository: A/b, posts: [] }`,
    ["publication.website.posts: `publication.website.posts` is a list, not a safe folder or `none`"],
  ],

  [
    `${BOTH}, ietf: { submitter: adulau }`,
    ["publication.ietf.submitter: `adulau` is not an e-mail address -> the e-mail address of an account"],
  ],
  [
    `${BOTH}, maintenance: { before: 185 days }`,
    [
      "publication.maintenance.before: A draft expires 185 days after it was posted, so nothing can be done 185 days before -> a whole number",
    ],
  ],
  [
    `${BOTH}, maintenance: { before: never }`,
    ["publication.maintenance.before: `never` is not a span of time"],
  ],
];

describe("a mistake is answered where it stands", () => {
  it.each(WRONG)("%s", (inside, beginnings) => {
    const answers = toldOf(inside).map((answer) => answer.replace(/^3:\d+ /, ""));
    expect(answers.map((answer, index) => answer.slice(0, beginnings[index]?.length))).toEqual(beginnings);
  });

  it("also in its own line and column", () => {
    const text = `${SMALLEST}publication:\n  register: register.json\n  website:\n    repository: A/b\n    page: ../x\n`;
    expect(told(text)[0]).toMatch(
      /^7:11 publication\.website\.page: `\.\.\/x` is not a safe path of a file -> /,
    );
  });
});

const HOSTILE_PATHS = [
  "../../.github/workflows/x.yml",
  ".github/workflows/x.yml",
  ".git/config",
  "a/../b",
  "/etc/passwd",
  "a//b",
  "a b",
  "C:/x",
  "a/-x",
  "a/b.",
  "x".repeat(101),
  `${"x/".repeat(101)}x`,
];

describe.each([
  ["register", (path: string) => `draft: { who: misp }, register: ${path}`],
  ["readme", (path: string) => `${BOTH}, readme: ${path}`],
  ["website.page", (path: string) => `${BOTH}, website: { repository: A/b, page: ${path} }`],
  ["website.posts", (path: string) => `${BOTH}, website: { repository: A/b, posts: ${path} }`],
  ["website.files", (path: string) => `${BOTH}, website: { repository: A/b, files: ${path} }`],
  [
    "website.templates.post",
    (path: string) => `${BOTH}, website: { repository: A/b, templates: { post: ${path} } }`,
  ],
])("%s is a safe path", (key, written) => {
  it.each(HOSTILE_PATHS)("and not %s", (path) => {
    const [answer, ...more] = toldOf(written(JSON.stringify(path)));
    expect(answer).toMatch(/^3:\d+ publication\./);
    expect(answer).toContain(` publication.${key}: `);
    expect(answer).toContain("` is not a safe ");
    expect(more).toEqual([]);
  });
});

/** What cannot be told apart in one repository. */
const CLASHES: readonly (readonly [string, string | null])[] = [
  [
    `${BOTH}, readme: register.json`,
    "publication.readme: `register.json` cannot be both `readme` and `register`",
  ],
  [
    `${BOTH}, readme: REGISTER.json`,
    "publication.readme: `REGISTER.json` cannot be both `readme` and `register`",
  ],
  [
    `draft: { who: misp }, register: decisions`,
    "publication.register: `decisions` cannot be both `register` and `decisions`",
  ],
  [`${BOTH}, decisions: register.json/all`, "publication.register: `register.json` cannot be both"],
  [`register: core/raw.md`, "publication.register: `core/raw.md` lies where the text of a standard could be"],
  [
    `register: core/raw.md.xml`,
    "publication.register: `core/raw.md.xml` lies where the text of a standard could be",
  ],
  [
    `register: core/raw.md/register.json`,
    "publication.register: `core/raw.md/register.json` lies where the text of a standard could be",
  ],
  [
    `decisions: core/raw.md, source: RAW.md`,
    "publication.decisions: `core/raw.md` lies where the text of a standard could be",
  ],
  [
    `register: docs, decisions: docs/`,
    "publication.register: `docs` cannot be both `register` and `decisions`",
  ],
  [`register: raw.md`, null],
  [`register: a/core/raw.md`, null],
  [`register: decisions/register.json`, null],
  // The website in a repository of its own may have files of the same names.
  [`standards: A/a, ${BOTH}, readme: README.md, website: { repository: A/b, page: README.md }`, null],
  [
    `standards: A/b, ${BOTH}, readme: README.md, website: { repository: a/B, page: readme.md }`,
    "publication.website.page: `readme.md` cannot be both `page` and `readme`",
  ],
  [
    `standards: A/b, ${BOTH}, website: { repository: A/b, posts: decisions }`,
    "publication.website.posts: `decisions` cannot be both `posts` and `decisions`",
  ],
  [
    `standards: A/b, ${BOTH}, website: { repository: A/b, page: core/raw.md }`,
    "publication.website.page: `core/raw.md` lies where the text of a standard could be",
  ],
  [`standards: A/b, ${BOTH}, website: { repository: A/b, posts: none }`, null],
  [`${BOTH}, website: { repository: A/b, posts: rfc }`, "publication.website.posts: `rfc` cannot be both"],
  [
    `${BOTH}, website: { repository: A/b, files: _posts }`,
    "publication.website.files: `_posts` cannot be both",
  ],
  [
    `${BOTH}, website: { repository: A/b, files: standards.md/x }`,
    "publication.website.files: `standards.md/x` cannot be both",
  ],
  [`${BOTH}, website: { repository: A/b, posts: news, files: news/rfc }`, null],
];

describe("no two things share a place", () => {
  it.each(CLASHES)("%s", (inside, beginning) => {
    if (beginning === null) expect(publicationOf(inside)).toBeDefined();
    else {
      const [answer = "", ...more] = toldOf(inside);
      expect(answer.replace(/^3:\d+ /, "").slice(0, beginning.length)).toBe(beginning);
      expect(more).toEqual([]);
    }
  });
});

describe("names", () => {
  it.each([
    ["https://www.misp-standard.org", "https://www.misp-standard.org"],
    ["http://example.org/site/", "http://example.org/site"],
    ["ftp://example.org", null],
    ["//example.org", null],
    ["https://", null],
    ["https://ada:secret@example.org", null],
    ["https://example.org/?a", null],
    ["https://example.org/#a", null],
    ["https://example.org/a b", null],
    ["https://example.org/<b>", null],
    ["https://example.org/\u0000", null],
    ["https://example.org/ä", null],
    [`https://example.org/${"a".repeat(300)}`, null],
  ])("the address %j is %j", (text, expected) => {
    expect(parseAddress(text)).toBe(expected);
  });

  it.each(["a@b.org", "o'neil@example.org", "first.last+tag@mail.example.co.uk", "A_1@x-y.lu"])(
    "%j is an e-mail address",
    (text) => expect(isEmail(text)).toBe(true),
  );

  it.each([
    "",
    "a",
    "a@b",
    "@b.org",
    "a@",
    "a@b@c.org",
    ".a@b.org",
    "a..b@b.org",
    "a@-b.org",
    "a@b-.org",
    "a@b..org",
    "a b@c.org",
    "<a@b.org>",
    "a`@b.org",
    "a|b@c.org",
    "a@b.org\n",
    "ä@b.org",
    `${"a".repeat(65)}@b.org`,
    `a@${"b".repeat(64)}.org`,
    `a@${"b.".repeat(130)}org`,
  ])("%j is none", (text) => expect(isEmail(text)).toBe(false));

  it.each(["register.json", "a/b/c", "_data/register.json"])("%j is a file", (text) =>
    expect(parseFile(text)).toBe(text),
  );
  it.each(["", "a/", "/a", ".a"])("%j is none", (text) => expect(parseFile(text)).toBe(null));
});

it("says in plain sentences what it means", () => {
  const terms = publicationOf(`
    standards: MISP/misp-rfc, draft: { who: misp, area: Security }, register: register.json, readme: README.md,
    ietf: { submitter: a@example.org }, maintenance: {},
    website: { repository: MISP/site, address: "https://example.org", templates: { post: t/post.liquid } }`);
  expect(publicationSummary(terms)).toMatchInlineSnapshot(`
    [
      "Approved proposals go to MISP/misp-rfc: the text as raw.md in the folder of the standard, the decision in decisions/.",
      "A text becomes an Internet-Draft, draft-misp-NAME-NN: category info, stream independent, ipr trust200902, area Security.",
      "The register of standards is register.json in MISP/misp-rfc.",
      "The list of standards in README.md there is kept up to date.",
      "The website is MISP/site, https://example.org: the page standards.md, news in _posts/, the standards as text and HTML in rfc/. Its own templates: post from t/post.liquid.",
      "Merged drafts are submitted to the IETF by a@example.org.",
      "An issue asks for the next revision of a draft 30 days before it expires.",
    ]
  `);
  expect(publicationSummary({ ...terms, website: null, ietf: null })).toHaveLength(5);
});

it("says of a website without news and address that it has none", () => {
  const { website, ...terms } = publicationOf(`${BOTH}, website: { repository: MISP/site, posts: none }`);
  expect(publicationSummary({ ...terms, website })).toContain(
    "The website is MISP/site: the page standards.md, without news, the standards as text and HTML in rfc/.",
  );
});
