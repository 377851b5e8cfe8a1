import { describe, expect, it } from "vitest";
import { difference } from "../../src/publication/difference.ts";

const PROSE =
  "An event is a JSON object. It has a time, which is that of its making. It has attributes, each with a type and a value; and it has no more.";

describe("what an update changes", () => {
  it("is nothing where the texts are the same, line ends aside", () => {
    expect(difference("a/raw.md", "# A\n\nB.\n", "# A\n\nB.\n")).toBeNull();
    expect(difference("a/raw.md", "# A\n\nB.\n", "\uFEFF# A\r\n\r\nB.\r\n")).toBeNull();
  });

  it("is shown by sentences, though a paragraph is one line", () => {
    const changed = PROSE.replace("attributes", "objects");
    expect(difference("a/raw.md", `# A\n\n${PROSE}\n`, `# A\n\n${changed}\n`)).toBe(
      [
        "--- a/raw.md",
        "+++ a/raw.md",
        "@@ -3,4 +3,4 @@",
        " An event is a JSON object.",
        " It has a time, which is that of its making.",
        "-It has attributes, each with a type and a value;",
        "+It has objects, each with a type and a value;",
        " and it has no more.",
        "",
      ].join("\n"),
    );
  });

  it("is cut at whole lines, and says how many are left", () => {
    const lines = (word: string) => Array.from({ length: 900 }, (_, at) => `${word} number ${at}`).join("\n");
    const shown = difference("a/raw.md", lines("An old line,"), lines("A new line,")) ?? "";
    expect(shown.length).toBeLessThanOrEqual(20_000);
    expect(shown).toMatch(/\n-An old line, number \d+\n… and \d+ more lines\n$/);
    const left = Number(/and (\d+) more/.exec(shown)?.[1]);
    expect(shown.split("\n").length - 2 + left).toBe(3 + 2 * 900 + 2);
  });

  it("is cut within a line that alone is too long", () => {
    const shown = difference("a/raw.md", "a", `${"x".repeat(50_000)}😀`) ?? "";
    expect(shown.length).toBeLessThanOrEqual(20_000);
    expect(shown).toContain("… and ");
  });

  it("of two texts that have nothing in common is a word, and takes no time", () => {
    const lines = (word: string) => Array.from({ length: 60_000 }, (_, at) => `${word}${at}`).join("\n");
    const before = process.cpuUsage();
    expect(difference("a/raw.md", lines("a"), lines("b"))).toBe("The two texts differ in nearly everything.");
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });
});
