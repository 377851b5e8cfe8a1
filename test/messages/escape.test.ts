import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { codeBlock, codeSpan, inline, link, mention, quote } from "../../src/messages/escape.ts";

const JOINER = "\u2060";

/**
 * As near to GitHub's rendering as markdown-it comes: HTML passes, bare addresses become links. Its guesses at e-mail
 * addresses allow a joiner in a host name, which GitHub's do not; `@` is looked for in the text instead.
 */
const github = new MarkdownIt({ html: true, linkify: true });
github.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false }).add("//", null);

const HOSTILE: readonly string[] = [
  "**bold** _it_ ~~gone~~ `code` ~one~ ***",
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "<!-- secretariat:status -->",
  "--> @everyone",
  "@octocat please \\@octocat `@octocat` &#64;octocat &commat;octocat &#x40;org/team",
  "closes #12, fixes owner/repo#3, resolves GH-4 and gh-5",
  "https://evil.example/x http://evil.example ftp://evil.example www.evil.example WWW.evil.example",
  "mail me@evil.example mailto:me@evil.example xmpp:me@evil.example",
  "[text](https://evil.example) ![img](https://evil.example/x.png) [ref][1] <https://evil.example>",
  "[1]: https://evil.example",
  "[^1]: a footnote",
  "a5c3785ed8d6a35868bc169f07e40e889087fd2e and a5c3785",
  "# heading",
  "## heading ##",
  "1. one",
  "1) one",
  "- item",
  "+ item",
  "* item",
  "- [ ] task",
  "> quote",
  "> [!NOTE]",
  "---",
  "===",
  "***",
  "```sh",
  "~~~",
  "    code",
  "\tcode",
  "a | b \\| c \\\\| d",
  ":--|--:",
  "$x$ and $$y$$ and :tada: :+1:",
  "&lt;b&gt; &amp;#64;octocat &amp;lt;",
  "two\nlines\r\n\r\n# heading\u2028three",
  "\u202Eevil\u202C \u0000\u0007\u001B[31m \uD800 \uFEFF",
  "ends with a backslash \\",
  "\\",
  "`",
  "``` `` `",
  '"quotes" \'and\' <a href="x">',
];

/** Untrusted text: Markdown's own marks in every order, and anything at all. */
const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        ..."\\`*_{}[]()#+-.!~=:^$|<>&@'\"/ \n\t1a".split(""),
        "&#64;",
        "&amp;",
        "<!--",
        "-->",
        "www.a.de",
        "https://a.de",
        "GH-1",
        "http",
        "abcdef0",
        "```",
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join("")),
);

const MENTION = /@[A-Za-z0-9]/;
const REFERENCES: readonly RegExp[] = [
  MENTION,
  /#[0-9]/,
  /\bGH-[0-9]/i,
  /\bwww\./i,
  /[a-z]:\/\//i,
  /:[a-z0-9+_-]+:/i,
  /\b[0-9a-f]{7,40}\b/i,
];

/** The rendered text; red if there is anything but text in it. */
function textOf(html: string): string {
  expect(html).not.toMatch(/<[a-z!/]/i);
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

function rendered(markdown: string): string {
  return github.render(markdown).replace(/^<p>|<\/p>\n$/g, "");
}

/** What a reader should see of a text that has no character references in it. */
function expected(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]/gu, "")
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

describe("inline", () => {
  it.each(HOSTILE)("leaves only text of %j", (text) => {
    const seen = textOf(rendered(inline(text)));
    for (const reference of REFERENCES) expect(seen).not.toMatch(reference);
    expect(seen).not.toContain("\n");
  });

  it("renders as just the text, whatever it is", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        fc.pre(!text.includes("&"));
        expect(textOf(rendered(inline(text, 1_000))).replaceAll(JOINER, "")).toBe(expected(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("is only text in a table cell, in a heading, and on a line after another", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const cell = inline(text);
        const table = github.render(`| a | b |\n| --- | --- |\n| ${cell} | last |\n`);
        const [before, after] = table.split(/<tbody>\n<tr>\n<td>/);
        expect(before).toMatch(/^<table>/);
        const [seen = "", ...rest] = (after ?? "").split("</td>\n");
        expect(textOf(rendered(cell))).toBe(textOf(seen));
        expect(rest).toEqual(["<td>last", "</tr>\n</tbody>\n</table>\n"]);
        expect(github.render(`## ${cell}`)).toMatch(/^<h2>[^<]*<\/h2>\n$/);
        expect(github.render(`Reason:\n${cell}`)).toMatch(/^<p>[^<]*<\/p>\n$/);
        expect(github.render(`**${cell}x**`)).toMatch(/^<p>[^<]*(?:<strong>[^<]*<\/strong>|[^<]*)<\/p>\n$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it("mentions, refers to and links nothing", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const seen = textOf(rendered(inline(text)));
        for (const reference of REFERENCES) expect(seen).not.toMatch(reference);
      }),
      { numRuns: 1_000 },
    );
  });

  it("decodes character references once, so that none of them hides a mention", () => {
    expect(inline("&#64;octocat &amp;#64;octocat &notanentity;")).toBe(
      `@${JOINER}octocat &amp;\\#${JOINER}64;octocat &amp;notanentity;`,
    );
  });

  it.each([
    ["MISP core format", "MISP core format"],
    ["Format v1.2 (draft) - see below!", "Format v1.2 (draft) - see below!"],
    ["threat_level_id", "threat\\_level\\_id"],
    ["1. First", "1\\. First"],
    ["a | b", "a \\| b"],
  ])("keeps %j readable in the source", (text, markdown) => {
    expect(inline(text)).toBe(markdown);
  });

  it("is bounded, and cuts no character in half", () => {
    expect(inline("😀".repeat(300))).toBe(`${"😀".repeat(255)}…`);
    expect(inline("a".repeat(256))).toBe("a".repeat(256));
    expect(inline("abcdef", 4)).toBe("abc…");
  });

  it.each(["", "  \n ", "\u202E"])("is empty where there is nothing to see: %j", (text) => {
    expect(inline(text)).toBe("");
  });

  it("takes no time on long hostile text", () => {
    const started = performance.now();
    for (const part of ["&", "&#", ":", "`", "a", " ", "\\", "@", "0"]) inline(part.repeat(65_536));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe("codeSpan", () => {
  it("shows the text as code and nothing else", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const html = rendered(codeSpan(text));
        if (expected(text) === "") {
          expect(html).toBe("");
          return;
        }
        expect(html).toMatch(/^<code>[^<]*<\/code>$/);
        const seen = textOf(html.slice("<code>".length, -"</code>".length));
        expect(seen.replaceAll(JOINER, "")).toBe(expected(text));
        expect(seen).not.toMatch(MENTION);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["plain", "`plain`"],
    ["a`b", "``a`b``"],
    ["`x`", "`` `x` ``"],
    ["a|b", "<code>a\\|b</code>"],
    ["@octocat", `\`@${JOINER}octocat\``],
    ["a5c3785ed8d6a35868bc169f07e40e889087fd2e", "`a5c3785ed8d6a35868bc169f07e40e889087fd2e`"],
  ])("writes %j as %s", (text, markdown) => {
    expect(codeSpan(text)).toBe(markdown);
  });

  it("keeps a table's cells apart", () => {
    const html = github.render(`| a | b |\n| --- | --- |\n| ${codeSpan("x | <b> `y`")} | last |\n`);
    expect(html).toContain("<td><code>x | &lt;b&gt; `y`</code></td>\n<td>last</td>");
  });
});

describe("codeBlock", () => {
  it("holds the text whole, and nothing in it closes the fence", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const tokens = github.parse(`${codeBlock(text, "yaml")}\n\nafter`, {});
        expect(tokens.map((token) => token.type)).toEqual([
          "fence",
          "paragraph_open",
          "inline",
          "paragraph_close",
        ]);
        expect(tokens[0]?.info).toBe("yaml");
        expect(tokens[0]?.content).not.toMatch(MENTION);
      }),
      { numRuns: 1_000 },
    );
  });

  it("has a longer fence than anything inside", () => {
    expect(codeBlock("```\ncode\n````\n")).toBe("`````\n```\ncode\n````\n`````");
  });

  it("is bounded", () => {
    expect(codeBlock("a".repeat(20_000)).length).toBeLessThan(10_100);
  });
});

describe("quote", () => {
  it("quotes every line, as text", () => {
    expect(quote("No examples.\n\n- and @octocat\n> said **no**, see #12")).toBe(
      `> No examples.\n>\n> \\- and @${JOINER}octocat\n> &gt; said \\*\\*no\\*\\*, see \\#${JOINER}12`,
    );
  });

  it("is one quotation of nothing but paragraphs", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const types = github.parse(quote(text), {}).map((token) => token.type);
        const inside = types
          .slice(1, -1)
          .filter((type) => !/^(?:paragraph_open|inline|paragraph_close)$/.test(type));
        expect(inside).toEqual([]);
        if (types.length > 0)
          expect([types.at(0), types.at(-1)]).toEqual(["blockquote_open", "blockquote_close"]);
        expect(github.render(quote(text)).replace(/<\/?(?:p|blockquote)>/g, "")).not.toMatch(/<[a-z!/]/i);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is empty where there is nothing to quote, and bounded", () => {
    expect(quote(" \n\n ")).toBe("");
    expect(quote("a".repeat(5_000))).toBe(`> ${"a".repeat(999)}…`);
  });
});

describe("mention", () => {
  it.each(["octocat", "a-b-c", "Octo-Cat", "mona_company", "x"])("mentions %s", (login) => {
    expect(mention(login)).toBe(`@${login}`);
  });

  it.each(["", "-x", "a b", "a/b", "dependabot[bot]", "a".repeat(40), "x\n@all", "<b>"])(
    "shows %j as text",
    (login) => {
      expect(mention(login).startsWith("@\u2060")).toBe(true);
      expect(textOf(rendered(mention(login)))).not.toMatch(MENTION);
    },
  );
});

describe("link", () => {
  it.each([
    ["https://github.com/o/r/issues/1#issuecomment-2", "https://github.com/o/r/issues/1#issuecomment-2"],
    ["https://e.org/a(b)|c d?x=1&lt;y&copy;", "https://e.org/a%28b%29%7Cc%20d?x=1&amp;lt;y&amp;copy;"],
    ['http://e.org/"><script>', "http://e.org/%22%3E%3Cscript%3E"],
  ])("links %j", (url, target) => {
    expect(link("a [b] *c*", url)).toBe(`[a \\[b\\] \\*c\\*](${target})`);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "//e.org",
    "/path",
    "",
    "https://user:pass@e.org/",
    "https://user@e.org/",
    "ftp://e.org",
  ])("does not link %j", (url) => {
    expect(link("a", url)).toBe("a");
  });

  it("is one link that leads where it should, with only text in it", () => {
    fc.assert(
      fc.property(hostileText, fc.webUrl({ withQueryParameters: true, withFragments: true }), (text, url) => {
        fc.pre(inline(text) !== "");
        const [paragraph] = github.parse(link(text, url), {}).filter((token) => token.type === "inline");
        const types = paragraph?.children?.map((token) => token.type) ?? [];
        expect(types.at(0)).toBe("link_open");
        expect(types.at(-1)).toBe("link_close");
        expect(types.slice(1, -1).every((type) => type === "text")).toBe(true);
        const href = String(paragraph?.children?.[0]?.attrGet("href"));
        expect(new URL(href).origin).toBe(new URL(url).origin);
      }),
      { numRuns: 500 },
    );
  });
});
