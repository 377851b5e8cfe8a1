import { assert, property, string } from "fast-check";
import { expect, it, test } from "vitest";
import { summaryOf } from "../../src/publication/summary.ts";
import { plainLine, proposedTitle } from "../../src/publication/titles.ts";

test.each([
  ["Proposal: a sighting format", "A sighting format"],
  ["proposal:Sightings", "Sightings"],
  ["[Proposal] Sightings", "Sightings"],
  ["[Proposal]: Sightings", "Sightings"],
  ["Update: the core format", "The core format"],
  ["Proposals of others", "Proposals of others"],
  ["Proposal:", "Proposal:"],
  ["Retirement – galaxies", "Galaxies"],
  ["éclair", "Éclair"],
])("the proposal %j asks for the standard %j", (title, standard) => {
  expect(proposedTitle(title)).toBe(standard);
});

it("a plain line is one line without what misleads, as long as it may be", () => {
  assert(
    property(string({ unit: "binary", maxLength: 80 }), (text) => {
      const line = plainLine(text, 20);
      expect(line.length).toBeLessThanOrEqual(20);
      expect(line.isWellFormed()).toBe(true);
      expect(line).not.toMatch(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/u);
    }),
  );
  expect(plainLine("a\u0000b\n\n c\u202Ed", 20)).toBe("a b c d");
});

test.each([
  ["A *format* for [things](https://example.org/), `as` they **are**.", "A format for things, as they are."],
  ["# Why\n\nOne.\n\n- two\n- three\n\n```\ncode\n```\n", "One. two three"],
  ["   ", null],
  ["word ".repeat(1_000), `${"word ".repeat(400).slice(0, -1)}…`],
])("what is described as %j is for: %j", (markdown, summary) => {
  expect(summaryOf(markdown)).toBe(summary);
});

it("nothing is described as nothing", () => {
  expect(summaryOf(null)).toBeNull();
});
