/** Every regular expression of the App, on a megabyte of the text that is worst for it. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { literalsOf, worstTime } from "./support/regular-expressions.ts";

const MEGABYTE = 1_000_000;
/** In milliseconds of the processor. In proportion, they take at most 30; with the square of the length, minutes. */
const IN_TIME = 500;

/** These never see more than so many characters of anybody's text, and are timed on as many. */
const BOUNDED = new Map<string, readonly [most: number, because: string]>([
  ["/\\/+$/", [4_000, "addresses in the operator's own environment"]],
  ["/\\B(?=(?:\\d{3})+$)/g", [20, "numbers that the App has counted"]],
  ["/[\\s:.*_]+$/", [300, "headings; longer ones are no section's name"]],
  [
    "/[#.][^\\s\"']+|[A-Za-z-]+=\"[^\"]*\"|[A-Za-z-]+='[^']*'/g",
    [500, "the attributes of a block, which are cut before they are read"],
  ],
]);

/** The sandbox is a GitHub on one's own machine, and sees no stranger's text. */
const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.startsWith("sandbox/"),
);
const sources = files.map((file) => readFileSync(`src/${file}`, "utf8"));
const literals = new Map(
  sources.flatMap(literalsOf).map((literal) => [`/${literal.source}/${literal.flags}`, literal]),
);

describe("the scan", () => {
  it("tells a regular expression from a division, a comment, a string and a template", () => {
    const code = [
      "const a = b / c / d; // /no/",
      'const e = "/no/" + `/no/ #{x / y} #{/yes1/u.test(`#{"}"}`) ? 1 / 2 : "`"} /no/`;',
      "/* /no/ */ if (/[/]yes2\\//g.test(f)) return /yes3/;",
      "const g = { h: /yes4/ }; i = (j + k) / 2 / l;",
    ]
      .join("\n")
      .replaceAll("#{", "${");
    expect(literalsOf(code).map(({ source }) => source)).toEqual(["yes1", "[/]yes2\\/", "yes3", "yes4"]);
  });

  it("finds those of the App, and there are no others", () => {
    expect(literals.size).toBeGreaterThan(200);
    for (const { source, flags } of literals.values())
      expect(() => new RegExp(source, flags), source).not.toThrow();
    for (const source of sources) expect(source).not.toMatch(/\bRegExp\(/);
  });

  it("tells what is in proportion from what is not", () => {
    expect(worstTime({ source: "\\s+$", flags: "" }, 20_000)).toBeGreaterThan(IN_TIME / 10);
    expect(worstTime({ source: "\\s+", flags: "" }, 20_000)).toBeLessThan(IN_TIME / 10);
    expect(worstTime({ source: "^(?:a+)+$", flags: "" }, 100, 500)).toBe(Number.POSITIVE_INFINITY);
  });
});

it("no regular expression takes long on a megabyte", () => {
  const slow = [...literals].flatMap(([name, literal]) => {
    const took = worstTime(literal, BOUNDED.get(name)?.[0] ?? MEGABYTE);
    return took < IN_TIME ? [] : [`${name}: ${took} ms`];
  });
  expect(slow).toEqual([]);
}, 120_000);

it("those that only see short texts are still there", () => {
  expect([...literals.keys()]).toEqual(expect.arrayContaining([...BOUNDED.keys()]));
});
