import { describe, expect, it } from "vitest";
import { CannotUpdate } from "../../../src/publication/file-update.ts";
import { render } from "../../../src/publication/website/liquid.ts";
import { Markup } from "../../../src/publication/website/text.ts";

const VALUES = {
  title: "<b> {{ x }}",
  url: "https://example.org/(x)",
  date: "2026-12-20T09:30:05Z",
  list: ["a", "<"],
  nothing: null,
  kept: new Markup("**as it is**"),
};

function rendered(template: string): string {
  return render("post", template, VALUES);
}

describe("a template", () => {
  it.each([
    ["{{ title }}", "&lt;b&gt; &#123;&#123; x &#125;&#125;"],
    ["{{ title | upcase }}", "&lt;B&gt; &#123;&#123; X &#125;&#125;"],
    ["{{ title | yaml }}", '"&lt;b&gt; &#123;&#123; x &#125;&#125;"'],
    ["[x]({{ url | url }})", "[x](https://example.org/%28x%29)"],
    ["{{ date | date: '%Y-%m-%d, %-d %B %b %H:%M:%S' }}", "2026-12-20, 20 December Dec 09:30:05"],
    ["{% for x in list %}{{ x }};{% endfor %}", "a;&lt;;"],
    ["{{ kept }} {{ nothing }}.", "**as it is** ."],
    ["{{ nothing | default: title }}", "&lt;b&gt; &#123;&#123; x &#125;&#125;"],
    ["{% if missing %}x{% else %}y{% endif %}", "y"],
    ["{% assign x = '<i>' %}{{ x }}", "&lt;i&gt;"],
    ["{% raw %}{{ site.url }}{% endraw %}", "{{ site.url }}"],
    ["a\r\nb", "a\nb"],
    ["{{ kept | append: '<' }}", "&#42;&#42;as it is&#42;&#42;&lt;"],
  ])("%j is %j", (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each<[string, string, string]>([
    ["an unknown filter", "{{ title | shout }}", "undefined filter: shout"],
    ["an unknown variable", "{{ titel }}", "undefined variable: titel"],
    ["an unknown tag", "{% frobnicate %}", 'tag "frobnicate" not found'],
    ["the raw filter", "{{ title | raw }}", "undefined filter: raw"],
    ["a file to include", "{% include 'x' %}", 'tag "include" not found'],
    ["a file to render", "{% render '../../../etc/passwd' %}", 'tag "render" not found'],
    ["a layout", "{% layout 'x' %}", 'tag "layout" not found'],
    ["the clock", "{{ 'now' | date: '%Y' }}", "A timestamp without a zone"],
    ["a tag that stays open", "{% if title %}x", "not closed"],
    ["the inside of a value", "{{ title.constructor }}", "undefined variable"],
    ["a list as a text", "{{ list }}", "a list or a group is shown where a text belongs"],
    ["a wrong address", "{{ title | url }}", "not on the web"],
  ])("with %s is answered with a sentence", (_, template, because) => {
    expect(() => rendered(template)).toThrow(CannotUpdate);
    expect(() => rendered(template)).toThrow("The template `post` cannot be used: ");
    expect(() => rendered(template)).toThrow(because);
  });

  it.each<[string, string]>([
    ["an endless loop", "{% for i in (1..999999999) %}x{% endfor %}"],
    ["loops in loops", `${"{% for i in (1..1000) %}".repeat(6)}${"{% endfor %}".repeat(6)}`],
    ["loops that write", `{% for i in (1..100000) %}${"x".repeat(10_000)}{% endfor %}`],
    [
      "loops that keep",
      `{% capture x %}{% for i in (1..100000) %}${"x".repeat(10_000)}{% endfor %}{% endcapture %}{{ x }}`,
    ],
    [
      "a value that doubles",
      `{% assign x = "xx" %}{% for i in (1..60) %}{% assign x = x | append: x %}{% endfor %}{{ x }}`,
    ],
    [
      "a capture that doubles",
      `{% assign x = "xx" %}{% for i in (1..30) %}{% capture x %}{{ x }}{{ x }}{% endcapture %}{% endfor %}{{ x }}`,
    ],
    ["64 KiB and one", "x".repeat(65_537)],
    ["open braces", "{{".repeat(30_000)],
    ["open tags", "{%".repeat(30_000)],
    ["deep nesting", `${"{% if title %}".repeat(4_000)}x`],
    ["a long chain", `{{ title${" | upcase | append: 'x'".repeat(2_600)} }}`],
  ])("with %s stops soon", (_, template) => {
    const started = performance.now();
    try {
      expect(rendered(template).length).toBeLessThan(262_145);
    } catch (error) {
      expect(error).toBeInstanceOf(CannotUpdate);
    }
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it("that takes long without taking memory stops after a second", () => {
    const deep = `${"{% for x in list %}".repeat(30)}${"{% endfor %}".repeat(30)}`;
    const started = performance.now();
    expect(() => rendered(deep)).toThrow("template render limit exceeded");
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it("may write 256 KiB and not more", () => {
    expect(() => rendered(`{% for i in (1..100) %}${"x".repeat(10_000)}{% endfor %}`)).toThrow(
      "it writes more than 256 KiB",
    );
  });
});
