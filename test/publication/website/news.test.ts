import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { CannotUpdate } from "../../../src/publication/file-update.ts";
import {
  type News,
  newsPost,
  specificationLinks,
  standardFiles,
} from "../../../src/publication/website/news.ts";
import { HOSTILE } from "../../support/hostile.ts";
import { input } from "../../support/inputs.ts";
import { PUBLISHED, standard } from "../register/samples.ts";

const NEWS: News = {
  standard: standard({ implementations: [{ name: "MISP", url: "https://github.com/MISP/MISP" }] }),
  committee: "MISP Standard Committee",
  kind: "new",
  date: PUBLISHED,
  proposal: { name: "MISP/misp-rfc#12", url: "https://github.com/MISP/misp-rfc/issues/12" },
};

function frontMatter(post: string): unknown {
  return parse(post.split("---\n")[1] ?? "");
}

describe("the news of a publication", () => {
  it("is a post of its day", () => {
    const { path, update } = newsPost("_posts", NEWS);
    expect(path).toBe("_posts/2026-12-20-Sighting-Format.md");
    expect(update(null)).toMatchInlineSnapshot(`
      "---
      layout: posts
      title: "MISP Standard Committee - Introducing the standard Sighting format"
      modified:
      categories: blog
      excerpt: "The MISP Standard Committee has approved and published a new standard: Sighting format."
      tags: []
      image:
        feature:
      date: 2026-12-20T09:30:00+00:00
      header:
        overlay_image: /assets/images/ball.jpg
        overlay_filter: 0.4
      ---

      **The MISP Standard Committee has approved and published a new standard: Sighting format.**

      A format for sightings.

      ### Access the standard

      - Specification: [TXT](https://www.misp-standard.org/rfc/sighting-format.txt) - [HTML](https://www.misp-standard.org/rfc/sighting-format.html)

      ### Running implementations

      - [MISP](https://github.com/MISP/MISP)

      ### How it was decided

      The proposal, the comments on it and the committee's decision are public: [MISP/misp-rfc&#35;12](https://github.com/MISP/misp-rfc/issues/12).
      "
    `);
  });

  it.each<[News["kind"], string]>([
    ["new", "The MISP Standard Committee has approved and published a new standard: Sighting format."],
    ["update", "The MISP Standard Committee has approved and published a new revision of Sighting format."],
    ["retirement", "The MISP Standard Committee has retired the standard Sighting format."],
  ])("of the kind %s says so", (kind, excerpt) => {
    const post = newsPost("_posts", { ...NEWS, kind, proposal: null }).update(null);
    expect(frontMatter(post)).toMatchObject({ excerpt });
    expect(post).toContain(`**${excerpt}**`);
    expect(post).not.toContain("How it was decided");
  });

  it("may be a template of the committee's own", () => {
    const own = { post: "{{ headline }}, {{ date | date: '%-d %B %Y' }}" };
    expect(newsPost("_posts", NEWS, own).update(null)).toBe(
      "MISP Standard Committee - Introducing the standard Sighting format, 20 December 2026\n",
    );
  });

  it("is not led astray by hostile words", () => {
    const hostile = standard({ title: `"\n---\nlayout: x {{ site }}${HOSTILE}`, summary: HOSTILE });
    const post = newsPost("_posts", { ...NEWS, standard: hostile }).update(null);
    expect(frontMatter(post)).toMatchObject({ layout: "posts", date: "2026-12-20T09:30:00+00:00" });
    expect(post.match(/^---$/gm)).toHaveLength(2);
    expect(post).not.toMatch(/\{\{|\{%|<[a-z!/]/i);
  });

  it("does not climb out of its folder", () => {
    for (const slug of ["../../.github/workflows/x", "a/b", "a\nb", "x".repeat(500)])
      expect(() => newsPost("_posts", { ...NEWS, standard: standard({ slug }) })).toThrow(CannotUpdate);
  });

  const sample = input("website/2024-12-31-Naming-Threat-Actor.md");
  it.runIf(sample !== null)("has the front matter of the website's own posts", () => {
    const own = frontMatter(newsPost("_posts", NEWS).update(null));
    const theirs = frontMatter(sample ?? "");
    expect(Object.keys(Object(own))).toEqual(Object.keys(Object(theirs)));
    expect(own).toMatchObject({
      layout: "posts",
      categories: "blog",
      tags: [],
      header: Object(theirs).header,
    });
  });
});

describe("the standard's files on the website", () => {
  const website = { files: "rfc", address: "https://www.misp-standard.org" };

  it("are those that were rendered, under the name that they have there", () => {
    const files = (name: string | null, html: string | null) =>
      standardFiles(website, standard({ files: name }), { txt: "text", html }).map(({ path, update }) => [
        path,
        update("old"),
      ]);
    expect(files(null, "html")).toEqual([
      ["rfc/sighting-format.txt", "text"],
      ["rfc/sighting-format.html", "html"],
    ]);
    expect(files("misp-standard-core", null)).toEqual([["rfc/misp-standard-core.txt", "text"]]);
    expect(() => files("../../.github/workflows/x", null)).toThrow(CannotUpdate);
  });

  it("are linked to by the site's address, if it is known", () => {
    const urls = (address: string | null) =>
      specificationLinks({ ...website, address }, standard()).map(({ url }) => url);
    expect(urls("https://www.misp-standard.org")).toEqual([
      "https://www.misp-standard.org/rfc/sighting-format.txt",
      "https://www.misp-standard.org/rfc/sighting-format.html",
    ]);
    expect(urls(null)).toEqual(["/rfc/sighting-format.txt", "/rfc/sighting-format.html"]);
  });
});
