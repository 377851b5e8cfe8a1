import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  blocksOf,
  countWords,
  decodeEntities,
  LONGEST_SOURCE,
  piecesOf,
  plainText,
  slashLines,
  withoutComments,
  withUnixLines,
} from "../../src/proposal/markdown.ts";

const KIB_64 = 65_536;

/** 64 KiB of each thing that has brought some Markdown parser to its knees. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ["quotes in quotes", filled(">")],
  ["quotes in quotes, spaced", filled("> ")],
  ["a quote on every line", filled(">\n")],
  ["open brackets", filled("[")],
  ["open links", filled("[a](")],
  ["open images", filled("![")],
  ["stars", filled("*")],
  ["emphasis that never ends", filled("**a *b ")],
  ["underscores", filled("_a__")],
  ["backticks", filled("`")],
  ["backticks of every length", Array.from({ length: 360 }, (_, n) => "`".repeat(n)).join(" ")],
  ["lists in lists", Array.from({ length: 360 }, (_, n) => `${"  ".repeat(n)}- a`).join("\n")],
  ["lists in lists, on one line", filled("- ")],
  ["lists and quotes in each other", filled("> - ")],
  ["numbered lists", filled("1. ")],
  ["tables", filled("|a|b|\n|-|-|\n")],
  ["one wide table", `${filled("|").slice(32_768)}\n${filled("|-").slice(32_768)}\n`],
  ["one long table", `a|b\n-|-\n${filled("x\n")}`],
  ["open comments", filled("<!--")],
  ["open comments in a paragraph", filled("a <!-- ")],
  ["closed comments", filled("<!-- --> ")],
  ["open tags", filled("<a ")],
  ["open declarations", filled("a <!A ")],
  ["open CDATA", filled("a <![CDATA[")],
  ["line feeds", filled("\n")],
  ["spaces", filled(" ")],
  ["tabs", filled("\t")],
  ["slashes", filled("/")],
  ["spaces before slashes", filled("   /\n")],
  ["ampersands", filled("&")],
  ["headings", filled("# a\n")],
  ["reference definitions", filled("[a]: b 'c\n")],
  ["a word without end", filled("a")],
  ["Thai without end", filled("ก")],
  ["nulls", filled("\0")],
];

/** Fences and comments that stay open, and lists nested beyond the limit, take what follows with them. */
const SWALLOWING = /comments|^backticks$|^lists|^numbered/;

function filled(part: string): string {
  return part.repeat(Math.ceil(KIB_64 / part.length)).slice(0, KIB_64);
}

describe("blocksOf", () => {
  it("hands out the blocks at the top level with their lines", () => {
    const source =
      "# One\ntext\n\nTwo\n---\n> # no\n\n- # no\n\n```\n# no\n```\n\n    # no\n<!--\n# no\n-->\n### Three ###";
    expect(
      blocksOf(source).map(({ kind, level, from, to, source: own }) => [kind, level, from, to, own]),
    ).toEqual([
      ["heading", 1, 0, 1, "One"],
      ["paragraph", 0, 1, 2, "text"],
      ["heading", 2, 3, 5, "Two"],
      ["quote", 0, 5, 6, ""],
      ["other", 0, 7, 9, ""],
      ["other", 0, 9, 12, ""],
      ["other", 0, 13, 14, ""],
      ["other", 0, 14, 17, ""],
      ["heading", 3, 17, 18, "Three"],
    ]);
  });

  it.each([
    ["a <!-- b --> c", "a  c"],
    ["<!-- a\n\nb -->", ""],
    ["<!-- a", ""],
    ["<details>\n<summary>a</summary>\n</details>", "a"],
    ["<https://example.org>", "<https://example.org>"],
    ["```xml\n<!-- a --><b>\n```", "<!-- a --><b>\n"],
    ["| a | b |\n|---|---|\n| c | d |", "a b c d"],
    ["> - a\n>   - b", "a b"],
  ])("knows what %j says", (source, text) => {
    const said = blocksOf(source)
      .map((block) => block.text)
      .join("\n");
    expect(said.replace(/\s+/g, " ").trim()).toBe(text.replace(/\s+/g, " ").trim());
  });

  it("reads what GitHub allows, and nothing longer", () => {
    expect(blocksOf("a".repeat(LONGEST_SOURCE))).toHaveLength(1);
    expect(blocksOf("a".repeat(LONGEST_SOURCE + 1))).toEqual([]);
    expect(blocksOf("ä".repeat(LONGEST_SOURCE / 2))).toHaveLength(1);
    expect(blocksOf(`${"ä".repeat(LONGEST_SOURCE / 2)}a`)).toEqual([]);
  });

  it("never throws, and its blocks follow one another within the text", () => {
    const part = fc.constantFrom(
      ..."#>-*+`~|<![]()&\\/\n\t ax1.:=\0é".split(""),
      "\n\n",
      "<!--",
      "-->",
      "```\n",
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 80 }).map((parts) => parts.join("")),
        (source) => {
          let line = 0;
          for (const block of blocksOf(source)) {
            expect(block.from).toBeGreaterThanOrEqual(line);
            expect(block.to).toBeGreaterThan(block.from);
            line = block.to;
          }
          expect(line).toBeLessThanOrEqual(source.split("\n").length);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("64 KiB of hostile text", () => {
  // Measured: at most 0.1 s each; the limit, in microseconds of the processor, leaves room for a slow machine, and none for quadratic work.
  it.each(HOSTILE)("takes no time: %s", (_, source) => {
    const started = process.cpuUsage();
    const blocks = blocksOf(source);
    for (const block of blocks) countWords(block.text);
    slashLines(source);
    piecesOf(source);
    piecesOf(source.slice(0, 4_096));
    withoutComments(source);
    decodeEntities(source);
    withUnixLines(source);
    countWords(source);
    expect(process.cpuUsage(started).user).toBeLessThan(1_500_000);
  });

  it.each(HOSTILE.filter(([name]) => !SWALLOWING.test(name)))(
    "hides no heading that comes after: %s",
    (_, source) => {
      const last = blocksOf(`${source}\n\n# After`).at(-1);
      expect([last?.kind, last?.source]).toEqual(["heading", "After"]);
    },
  );
});

it("loses sections to a list nested beyond the limit, and makes none up", () => {
  const list = Array.from({ length: 60 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n");
  expect(blocksOf(`# Before\n\n${list}\n\n# After`).map((block) => block.source)).toEqual(["Before", ""]);
});

describe("piecesOf and plainText", () => {
  it("tell links from text", () => {
    expect(piecesOf("See [the *draft*](https://e.org/a) or <https://e.org/b>, ![not](c)")).toEqual([
      { kind: "text", text: "See " },
      { kind: "link", text: "the draft", url: "https://e.org/a" },
      { kind: "text", text: " or " },
      { kind: "link", text: "https://e.org/b", url: "https://e.org/b" },
      { kind: "text", text: ", " },
      { kind: "image", text: "not" },
    ]);
  });

  it.each([
    ["**Bold** and `code` <!-- hidden --> <b>x</b>", "Bold and code x"],
    ["two\nlines", "two lines"],
    ["\\*not\\* &amp; so", "*not* & so"],
    ["misp_core_format", "misp_core_format"],
  ])("read %j", (source, text) => {
    expect(plainText(source)).toBe(text);
  });
});

describe("slashLines", () => {
  it.each([
    ["/a", [0]],
    ["/a\n  /b\n\t/c", [0, 5, 9]],
    ["x /a", []],
    ["`x\n/a`", []],
    ["<!-- x\n/a -->", []],
    ["[x\n/a](https://e.org)", []],
    ["\\/a", []],
    ["&#47;a", []],
    ["**/a**", []],
    ["`x`\n/a", [4]],
  ])("finds the lines of %j", (source, offsets) => {
    expect(slashLines(source)).toEqual(offsets);
  });
});

describe("countWords", () => {
  it.each([
    ["", 0],
    [" \n\t ", 0],
    ["-- … !? * 🙂", 0],
    ["one", 1],
    ["don't count well-known words twice", 5],
    ["https://example.org/a/b?c=d", 1],
    ["Größe naïve Ελληνικά кириллица עברית العربية", 6],
    ["標準 委員会", 3],
    ["30 days", 2],
  ])("counts %j as %i", (text, words) => {
    expect(countWords(text)).toBe(words);
  });

  it("adds up", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (one, other) => {
        expect(countWords(`${one}\n${other}`)).toBe(countWords(one) + countWords(other));
      }),
    );
  });
});

describe("withoutComments and decodeEntities", () => {
  it.each([
    ["a<!-- b -->c<!---->d", "acd"],
    ["a <!-- b", "a <!-- b"],
    ["a --> b", "a --> b"],
    ["<!-- a <!-- b --> c -->", " c -->"],
  ])("leave out the comments of %j", (text, kept) => {
    expect(withoutComments(text)).toBe(kept);
  });

  it.each([
    ["&#64;&commat;&#x40;", "@@@"],
    ["&amp;#64;", "&#64;"],
    ["&nonsense; &# &; \\@", "&nonsense; &# &; \\@"],
  ])("decode %j", (text, decoded) => {
    expect(decodeEntities(text)).toBe(decoded);
  });
});
