import { describe, expect, it } from "vitest";
import type { Seat } from "../../src/charter/charter.ts";
import {
  isFileName,
  isHeading,
  isLogin,
  isOneLine,
  parseFolder,
  parseName,
  parseRepository,
} from "../../src/charter/names.ts";
import { nearest } from "../../src/charter/nearest.ts";
import { seatInWords, seatName } from "../../src/charter/words.ts";

/** One row a value: is it allowed? */
const TABLES: readonly (readonly [
  string,
  (text: string) => unknown,
  readonly string[],
  readonly string[],
])[] = [
  [
    "a login",
    isLogin,
    ["adulau", "a", "A-b-9", "4711", "mona_acme", "x".repeat(39)],
    [
      "",
      "-a",
      "a-",
      "a--b",
      "a_b_c",
      "_a",
      "a_",
      "a b",
      "a.b",
      "é",
      "a\n",
      "dependabot[bot]",
      "x".repeat(40),
    ],
  ],
  [
    "a person or team",
    parseName,
    ["adulau", "@adulau", "MISP/standard-committee", "@MISP/standard-committee", "MISP/team_1"],
    ["", "@", "@@a", "MISP/", "/x", "MISP/a b", "MISP/a/b", "MISP/-x", "MISP/Standard Committee", "team:x"],
  ],
  [
    "a repository",
    parseRepository,
    ["MISP/misp-rfc", "MISP/misp-standard.org", "a/.github", "a/_"],
    [
      "misp-rfc",
      "MISP/",
      "/x",
      "MISP/x/y",
      "MISP/.",
      "MISP/..",
      "MISP/x.git",
      "MISP/a b",
      "https://github.com/a/b",
    ],
  ],
  [
    "a folder",
    parseFolder,
    ["decisions", "decisions/", "docs/decisions", "a.b/c-d_e"],
    [
      "",
      "/",
      "/a",
      "a//b",
      "../a",
      "a/..",
      ".",
      "./a",
      ".github",
      "a/.git",
      "a\\b",
      "a b",
      "a//",
      "x".repeat(201),
    ],
  ],
  [
    "a file name",
    isFileName,
    ["raw.md", "a", "_x.txt", "draft-01.md"],
    ["", ".md", "..", "a/b", "a ", "a.", "-x", "raw\u0000.md", "x".repeat(101)],
  ],
  [
    "a line",
    isOneLine,
    ["MISP Standard Committee", "Ausschuß", "委員会", "A 1", "`x`"],
    ["", " ", "---", "a\nb", "a\u2028b", "a\u0000b", "a\u202Eb", "a\tb", "\uD800a"],
  ],
  [
    "a heading",
    isHeading,
    ["Objectives", "Technical specification", "C++ (2nd part)", "目的"],
    ["# A", "A:", "*A*", "_A_", "`A`", "<A>", "[A]", "a|b", "a\\b", "..."],
  ],
];

describe.each(TABLES)("%s", (_, read, allowed, refused) => {
  it.each(allowed)("may be %j", (text) => {
    expect([false, null]).not.toContain(read(text));
  });
  it.each(refused)("may not be %j", (text) => {
    expect([false, null]).toContain(read(text));
  });
});

describe("a seat", () => {
  const about = { organization: null, sector: null };
  it.each<[Seat, string]>([
    [{ kind: "user", login: "adulau", ...about }, "adulau"],
    [{ kind: "user", login: "adulau", organization: "CIRCL", sector: null }, "adulau (CIRCL)"],
    [{ kind: "user", login: "adulau", organization: "CIRCL", sector: "CSIRT" }, "adulau (CIRCL, CSIRT)"],
    [{ kind: "team", organizationLogin: "MISP", slug: "academia", ...about }, "MISP/academia"],
  ])("%j is %j", (seat, words) => {
    expect(seatInWords(seat)).toBe(words);
  });

  it("has a name that reads back", () => {
    for (const text of ["adulau", "MISP/standard-committee"]) {
      const name = parseName(text);
      expect(name === null ? null : seatName({ ...name, ...about })).toBe(text);
    }
  });
});

describe("the nearest word", () => {
  const words = ["lasts", "quorum", "comment_period", "specification", "for"];
  it.each([
    ["qourum", "quorum"],
    ["quorums", "quorum"],
    ["QUORUM", "quorum"],
    ["comment-period", "comment_period"],
    ["Comment Period", "comment_period"],
    ["coment_priod", "comment_period"],
    ["spec", "specification"],
    ["last", "lasts"],
    ["fro", "for"],
    ["xyz", null],
    ["foooo", null],
    ["", null],
    ["q".repeat(100_000), null],
  ])("to %j is %j", (word, expected) => {
    expect(nearest(word, words)).toBe(expected);
  });
});
