import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneLine, shortened } from "../../src/messages/one-line.ts";
import { HOSTILE } from "../support/hostile.ts";

describe("somebody's text as one plain line", () => {
  it.each([
    ["MISP core format", "MISP core format"],
    ["  two\r\nlines\tand a \u0000 zero ", "two lines and a zero"],
    ["fixes #1", "fixes #\u20601"],
    [
      "closes https://github.com/MISP/misp-rfc/issues/1",
      "closes https:\u2060//github.com/MISP/misp-rfc/issues/1",
    ],
    ["resolves GH-7, a high-level aim", "resolves GH-\u20607, a high-level aim"],
    ["@everyone", "@\u2060everyone"],
    ["\u202Eabc\u2066", "abc"],
    ['`code` "quoted" 🙂', '`code` "quoted" 🙂'],
    ["half a character: \uD83D", "half a character:"],
  ])("%j", (text, line) => {
    expect(oneLine(text, 72)).toBe(line);
  });

  it("is never longer than asked, and never two lines", () => {
    const texts = fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.constant(HOSTILE));
    fc.assert(
      fc.property(texts, fc.integer({ min: 5, max: 100 }), (text, longest) => {
        const line = oneLine(text, longest);
        expect(line.length).toBeLessThanOrEqual(longest);
        expect(line.isWellFormed()).toBe(true);
        expect(line).not.toMatch(/[\r\n\u2028\u2029]|@\w|#\d|:\/\/|GH-\d/i);
      }),
    );
  });

  it("cuts between characters", () => {
    expect(shortened("ab🙂cd", 4)).toBe("ab…");
    expect(shortened("ab🙂c", 5)).toBe("ab🙂c");
  });
});
