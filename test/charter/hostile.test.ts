import { array, assert, constantFrom, integer, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCharter } from "../../src/charter/parse.ts";
import { SMALLEST, told } from "./read.ts";

/** YAML that people get wrong, and that others make wrong. */
const BROKEN: readonly (readonly [string, string, string])[] = [
  ["a tab", "committee: X\nballot:\n\tlasts: 1 day", "3:1 : A tab indents this line -> spaces"],
  [
    "an @",
    "committee: X\nmembers:\n  - @ada",
    "3:5 : A value without quotes cannot begin with this character -> the value in double quotes; a login without its `@`",
  ],
  ["a second document", `${SMALLEST}---\ncommittee: Y`, "3:1 : A second document begins here"],
  ["no colon", "committee X\nmembers:\n  - ada", "1:1 : Something is missing here: a colon after a key"],
  ["two colons", "committee: X: Y", "1:12 : A second `key: value` begins inside a value"],
  [
    "an open list",
    "committee: X\nmembers: [ada\nballot: {}",
    "3:1 : A list or group that was opened before is not closed",
  ],
  ["an open quote", 'committee: "X\nmembers: [ada]', "2:15 : Something is missing here"],
  [
    "a crooked indent",
    "ballot:\n    lasts: 1 day\n   quorum: none",
    "3:1 : This line is not lined up with its neighbours",
  ],
  ["a bad escape", 'committee: "\\q"', "1:13 : This backslash in double quotes has no meaning"],
  ["a list as a key", "? [a]\n: b", "1:3 : A key here is not plain text"],
  ["a wrong directive", `%YAML 3.0\n---\n${SMALLEST}`, "1:7 : This directive has no meaning here"],
  [
    "a tag",
    "committee: !!str X\nmembers: [ada]",
    "1:18 committee: Tags such as `tag:yaml.org,2002:str` have no meaning here -> the value without the tag",
  ],
  ["a tag of its own", "committee: X\nmembers: !!js/function [ada]", "2:24 members: Tags such as"],
  [
    "an alias of nothing",
    "committee: X\nmembers: *all",
    "2:10 members: Nothing is called `&all` before this -> the value itself",
  ],
  ["an alias of itself", "committee: X\nmembers: &all [*all]", "2:16 members"],
  ["a NUL", "committee: X\0\nmembers: [ada]", "1:13 : The control character U+0000 stands here"],
  [
    "an escape for terminals",
    "committee: X\nmembers: [\u001B[31mada]",
    "2:11 : The control character U+001B stands here",
  ],
  ["65 KiB", `${SMALLEST}# ${"x".repeat(66_000)}`, "1:1 : The file is larger than 64 KiB"],
  [
    "33,000 letters of two bytes",
    `${SMALLEST}# ${"é".repeat(33_000)}`,
    "1:1 : The file is larger than 64 KiB",
  ],
];

describe("YAML that cannot be used", () => {
  it.each(BROKEN)("%s", (_, text, beginning) => {
    expect(told(text)[0]?.slice(0, beginning.length)).toBe(beginning);
  });

  it.each([
    [
      "deep nesting",
      `committee: X\nmembers: ${"[".repeat(30)}${"]".repeat(30)}`,
      "This is nested too deeply",
    ],
    [
      "a long list pointed at again and again",
      `committee: X\nmembers: [ada]\nx: &x [${"a,".repeat(5_000)}]\ny: [*x, *x, *x, *x]`,
      "The file has too many values",
    ],
    [
      "more aliases than a charter needs",
      `committee: X\nmembers: [&a ada, ${"*a, ".repeat(51)}]`,
      "The file has more than 50 aliases",
    ],
  ])("%s", (_, text, message) => {
    const answers = told(text).filter((answer) => answer.includes(message));
    expect(answers).toHaveLength(1);
  });

  it("does not move lines or columns for a byte order mark or CRLF", () => {
    expect(
      told("\uFEFFcommittee: 5\r\nmembers: [ada]\r\nzzz: 1").map((answer) => answer.split(":", 2).join(":")),
    ).toEqual(["1:12 committee", "3:1 zzz"]);
  });
});

const N = 65_000;
const HOSTILE: readonly (readonly [string, string])[] = [
  ["open lists", "[".repeat(N)],
  ["nested lists", "[".repeat(N / 2) + "]".repeat(N / 2)],
  ["nested groups", "{a: ".repeat(N / 4)],
  ["nested dashes", "- ".repeat(N / 2)],
  ["question marks", "? ".repeat(N / 2)],
  ["colons", ": ".repeat(N / 2)],
  ["quotes", '"'.repeat(N)],
  ["anchors", "&a ".repeat(20_000)],
  ["many keys", Array.from({ length: 8_000 }, (_, index) => `k${index}: 1`).join("\n")],
  ["one key often", "committee: x\n".repeat(5_000)],
  ["many members", `committee: x\nmembers: [${"A/b,".repeat(15_000)}]`],
  ["deep paths", `committee: x\nmembers: ${"[".repeat(300)}${"]".repeat(300)}`],
  ["many aliases", `committee: &a x\nmembers: [${"*a,".repeat(15_000)}]`],
  [
    "a bomb of aliases",
    `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]`).join("\n")}`,
  ],
  ["a long name", `committee: ${"x".repeat(60_000)}\nmembers: [${"y".repeat(4_000)}]`],
  ["a long key", `${"k".repeat(1_000)}: x\n${"l".repeat(60_000)}`],
];

describe("hostile files are refused quickly", () => {
  it.each(HOSTILE)("%s", (_, text) => {
    const started = performance.now();
    const parsed = parseCharter(text);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(parsed.ok).toBe(false);
    expectUsable(parsed);
  });
});

function expectUsable(parsed: ReturnType<typeof parseCharter>): void {
  if (parsed.ok) return;
  expect(parsed.problems.length).toBeGreaterThan(0);
  expect(parsed.problems.length).toBeLessThan(102);
  for (const { line, column, path, message, instead } of parsed.problems) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(path.length).toBeLessThan(400);
    expect(message).not.toBe("");
    expect(message.length).toBeLessThan(700);
    expect(instead).not.toBe("");
    expect(`${path}${message}${instead}`).not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
    expect(message.split("`").length % 2).toBe(1);
  }
}

describe("whatever the text, there is an answer", () => {
  it("for any text", () => {
    assert(
      property(string({ unit: "binary", maxLength: 200 }), (text) => expectUsable(parseCharter(text))),
      { numRuns: 500 },
    );
  });

  it("for pieces of charters in any order", () => {
    const piece = constantFrom(
      ..."committee: |members:|chairs:|ballot:|reactions:|documentation:|quorum: |lasts: |reminders: |- |[|]|{|}|, |\n|\n  |\n    |\t|ada|\"|'|&a |*a|!!str |? |: |<<: |# |---\n|>-\n|+1|5 members|__proto__: |~|`|@|\uFEFF|\r\n|%YAML 1.2\n".split(
        "|",
      ),
    );
    assert(
      property(array(piece, { maxLength: 40 }), (pieces) => expectUsable(parseCharter(pieces.join("")))),
      { numRuns: 1_000 },
    );
  });

  it("for a charter with one character changed", () => {
    const whole = `${SMALLEST}documentation:\n  - section: A\n    aliases: [B]\n    specification: true\nballot:\n  quorum: 2 members\n  reactions: {for: "+1"}\n`;
    assert(
      property(
        integer({ min: 0, max: whole.length - 1 }),
        string({ unit: "binary", maxLength: 2 }),
        (at, text) => expectUsable(parseCharter(whole.slice(0, at) + text + whole.slice(at + 1))),
      ),
      { numRuns: 500 },
    );
  });
});
