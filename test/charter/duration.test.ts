import { assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST, parseDuration, SHORTEST } from "../../src/charter/duration.ts";
import { durationInWords } from "../../src/charter/words.ts";
import { seconds } from "../../src/proposal/instant.ts";

describe("a span of time", () => {
  it.each([
    ["1 minute", 60],
    ["45 minutes", 2_700],
    ["36 hours", 129_600],
    ["1 day", 86_400],
    ["30 days", 2_592_000],
    ["2 weeks", 1_209_600],
    ["  30   Days ", 2_592_000],
    ["730 days", 63_072_000],
    ["104 weeks", 62_899_200],
  ])("%j is %i seconds", (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each([
    "",
    "30",
    "days",
    "0 days",
    "-1 days",
    "+1 days",
    "1.5 days",
    "1e3 days",
    "0x10 days",
    "030 days",
    "30days",
    "30 d",
    "30 seconds",
    "1 month",
    "1 year",
    "731 days",
    "105 weeks",
    "99999999999999999999 days",
    "30 days later",
    "30\ndays",
    "٣٠ days",
    `30 ${"x".repeat(100_000)}`,
  ])("%j is none", (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  it("in words is read back", () => {
    assert(
      property(integer({ min: SHORTEST / 60, max: LONGEST / 60 }), (minutes) => {
        const span = seconds(minutes * 60);
        expect(parseDuration(durationInWords(span))).toBe(span);
      }),
    );
  });

  it.each([
    [60, "1 minute"],
    [90, "90 seconds"],
    [3_600, "1 hour"],
    [129_600, "36 hours"],
    [86_400, "1 day"],
    [1_209_600, "14 days"],
  ])("%i seconds are %j", (span, words) => {
    expect(durationInWords(seconds(span))).toBe(words);
  });
});
