import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { branchName, slugOf } from "../../src/proposal/slug.ts";

const anyName = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc
    .array(
      fc.constantFrom("../", "--", "/", ".lock", "@{", "a", "-", "..", "~", "^", ":", "\\", "\n", " ", "É"),
    )
    .map((parts) => parts.join("")),
);

describe("slugOf", () => {
  it.each([
    ["misp-core-format", "any title", "misp-core-format"],
    ["  MISP Core_Format ", "any title", "misp-core-format"],
    [null, "Proposal: MISP core format", "proposal-misp-core-format"],
    ["", "Title", "title"],
    ["🙂", "Title", "title"],
    ["../../etc/passwd", "Title", "etc-passwd"],
    ["a\nb\r\nc", "Title", "a-b-c"],
    ['"quoted" --> @everyone', "Title", "quoted-everyone"],
    ["--force", "Title", "force"],
    ["main.lock", "Title", "main-lock"],
    ["x@{1}", "Title", "x-1"],
    ["Größe, Øresund & Łódź: Æther İstanbul", "Title", "grosse-oresund-lodz-aether-istanbul"],
    ["ﬁne １２ Å", "Title", "fine-12-a"],
    ["標準", "🙂", "proposal"],
    [null, "", "proposal"],
    [null, "..", "proposal"],
    ["CON", "Title", "con-proposal"],
    [`${"a".repeat(63)}-bcd`, "Title", "a".repeat(63)],
  ])("of %j and %j is %s", (shortName, title, slug) => {
    expect(slugOf(shortName, title)).toBe(slug);
  });

  it("is always a safe name, and its own slug", () => {
    fc.assert(
      fc.property(fc.option(anyName), anyName, (shortName, title) => {
        const slug = slugOf(shortName, title);
        expect(slug).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
        expect(slug.length).toBeLessThanOrEqual(64);
        expect(slugOf(slug, "")).toBe(slug);
      }),
      { numRuns: 500 },
    );
  });
});

describe("branchName", () => {
  it.each([
    [12, "core-format", 1, "secretariat/0012-core-format"],
    [12, "core-format", 2, "secretariat/0012-core-format-2"],
    [12_345, "x", 1, "secretariat/12345-x"],
  ])("of %i, %s, attempt %i is %s", (number, slug, attempt, branch) => {
    expect(branchName(number, slug, attempt)).toBe(branch);
  });

  it.each([
    [0, "x", 1],
    [1.5, "x", 1],
    [1, "x", 0],
    [1, "", 1],
    [1, "../x", 1],
    [1, "X", 1],
    [1, "x-", 1],
    [1, "x.lock", 1],
  ])("refuses %j, %j, %j", (number, slug, attempt) => {
    expect(() => branchName(number, slug, attempt)).toThrow(RangeError);
  });

  it("keeps git's rules for branch names", () => {
    fc.assert(
      fc.property(
        anyName,
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 1, max: 50 }),
        (name, number, attempt) => {
          const branch = branchName(number, slugOf(name, ""), attempt);
          // https://git-scm.com/docs/git-check-ref-format
          for (const part of branch.split("/")) expect(part).toMatch(/^[^.].*(?<!\.lock)$/);
          expect(branch).not.toMatch(/\.\.|[\p{Cc} ~^:?*[\\]|^\/|\/$|\/\/|\.$|@\{|^@$|^-/u);
          expect(branch.length).toBeLessThanOrEqual(100);
        },
      ),
    );
  });

  it("is what git itself takes for a branch", () => {
    const names = fc
      .sample(anyName, 3)
      .map((name, index) => branchName(index + 1, slugOf(name, ""), index + 1));
    for (const name of names) {
      expect(execFileSync("git", ["check-ref-format", "--branch", name], { encoding: "utf8" })).toBe(
        `${name}\n`,
      );
    }
  });
});
