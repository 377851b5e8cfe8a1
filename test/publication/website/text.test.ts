import { assert, property, string } from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { linkTarget, markdownText, yamlText } from "../../../src/publication/website/text.ts";

const markdown = new MarkdownIt({ html: true, linkify: false });

/** What a page shows of a text, with its markup, if it has any. */
function html(text: string): string {
  return markdown.render(text).trim();
}

describe("text of others", () => {
  it.each([
    ["MISP core format", "MISP core format"],
    ["threat actors).  The objective", "threat actors).  The objective"],
    ["misp_core_format", "misp_core_format"],
    ["{{ site.github }} {% include x %}", "&#123;&#123; site.github &#125;&#125; &#123;% include x %&#125;"],
    ["<script>alert(1)</script> & &lt;", "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &amp;lt;"],
    ["[x](javascript:alert(1))", "&#91;x&#93;(javascript:alert(1))"],
    ["# heading", "&#35; heading"],
    ["- item", "&#45; item"],
    ["1. item", "1&#46; item"],
    [
      "_a_ *b* `c` ~~d~~ a|b $$x$$ [^1]",
      "&#95;a&#95; &#42;b&#42; &#96;c&#96; &#126;&#126;d&#126;&#126; a&#124;b &#36;&#36;x&#36;&#36; &#91;&#94;1&#93;",
    ],
    ["a\n\n## b\r\n---", "a &#35;&#35; b ---"],
    ["a\u202Eb\u0007c\u2066", "abc"],
  ])("%j is %j", (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  it("shows as just this text, and has nothing for Liquid", () => {
    assert(
      property(string({ unit: "grapheme-ascii", maxLength: 60 }), (text) => {
        const escaped = markdownText(text);
        expect(escaped).not.toMatch(/[{}<>[\]]/);
        const plain = escaped.trim();
        const shown = html(plain);
        expect(shown).toBe(plain === "" ? "" : `<p>${html_of(text)}</p>`);
      }),
      { numRuns: 500 },
    );
  });

  it("in front matter is one text", () => {
    assert(
      property(string({ unit: "binary", maxLength: 60 }), (text) => {
        expect(parse(`title: ${yamlText(text)}`)).toEqual({ title: markdownText(text) });
      }),
    );
    expect(yamlText('a"\n---\nlayout: x')).toBe('"a\\" --- layout: x"');
  });

  it("may not be endless", () => {
    expect(() => markdownText("x".repeat(20_001))).toThrow(RangeError);
  });
});

describe("an address", () => {
  it.each([
    ["https://www.misp-standard.org/rfc/x.txt", "https://www.misp-standard.org/rfc/x.txt"],
    ["/rfc/x.txt", "/rfc/x.txt"],
    ["https://example.org/a(b)[c]{{d}}", "https://example.org/a%28b%29%5Bc%5D%7B%7Bd%7D%7D"],
    ['https://example.org/a b"<c>', "https://example.org/a%20b%22%3Cc%3E"],
    ["/a{{b}}ü", "/a%7B%7Bb%7D%7D%C3%BC"],
  ])("%j leads to %j", (address, target) => {
    expect(linkTarget(address)).toBe(target);
  });

  it.each([
    "javascript:alert(1)",
    "//evil.example/",
    "data:text/html,x",
    "x",
    "",
    "https://a:b@example.org/",
    "ftp://x/",
  ])("%j leads nowhere", (address) => {
    expect(() => linkTarget(address)).toThrow(RangeError);
  });
});

/** The characters as HTML writes them. */
function html_of(text: string): string {
  return text
    .trim()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
