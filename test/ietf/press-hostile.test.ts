/** Bad input: each ends in a sentence that says what is wrong, or in good files. */
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRenderer } from "../../src/ietf/render.ts";
import { slugOf } from "../../src/proposal/slug.ts";
import { CannotUpdate } from "../../src/publication/file-update.ts";
import { standardIn } from "../../src/publication/register/model.ts";
import { readRegister } from "../../src/publication/register/text.ts";
import { type SandboxBibliography, startBibliography } from "../../src/sandbox/bibliography.ts";
import { schema } from "../publication/draft/rfcxml.ts";
import {
  filesOf,
  type Given,
  orderOf,
  pressWith,
  STANDARDS,
  TERMS,
  TEXT_IN_MMARK,
  TEXT_OF_ISSUE,
  WEBSITE,
} from "./press-support.ts";

let bibliography: SandboxBibliography;
beforeAll(async () => {
  bibliography = await startBibliography();
});
afterAll(() => bibliography.close());

const validate = schema();

async function print(given: Given, renderer?: Parameters<typeof pressWith>[1]) {
  const order = orderOf(given);
  const made = await pressWith(bibliography.url, renderer).make(order);
  const files = filesOf(made);
  const { slug } = order.state.ballot?.opened.text ?? { slug: "" };
  const xml = files[`${STANDARDS}:${slug}/raw.md.xml`] ?? "";
  const register = readRegister(files[`${STANDARDS}:register.json`] ?? "");
  return { files, xml, notes: made[0]?.notes, standard: standardIn(register, slug) };
}

/** A clear word, and nothing made. */
async function refuses(given: Given, sentence: string | RegExp): Promise<void> {
  const failure = await print(given).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CannotUpdate);
  expect(failure).toMatchObject({ message: expect.stringMatching(sentence) });
}

describe("a text that is no draft is refused with the reason, and with what can be done", () => {
  it.each<[string, string, RegExp]>([
    [
      "of 5 MB",
      `# Title\n\n${"words and words\n".repeat(330_000)}`,
      /is 5280009 bytes long; a draft has at most 1048576/,
    ],
    ["with binary data", `# Title\n\n\u0000\u0001\u0002\u0003`, /Line 3 holds the control character U\+0000/],
    ["with a control character", "# Title\n\nA bell\u0007.\n", /Line 3 holds the control character U\+0007/],
    ["with half a character", "# Title\n\nHalf \ud83d.\n", /half a character/],
    ["with a line without end", `# Title\n\n${"x".repeat(70_000)}\n`, /Line 3 is 70000 characters long/],
  ])("%s", async (_, text, sentence) => {
    await refuses({ text }, /^The text that was voted on cannot be made into an Internet-Draft\. /);
    await refuses({ text }, sentence);
    await refuses(
      { text },
      /published as it is: that is what the App does where the charter’s `publication` has no `draft`\.$/,
    );
  });
});

describe("good files come of", () => {
  it.each<[string, Given]>([
    [
      "XML, CDATA and entities in code",
      {
        text: '# T\n\n`<a/>]]>&lt;`\n\n```xml\n<!DOCTYPE x [<!ENTITY e "e">]>\n<![CDATA[ ]]> &e; <?x?>\n```\n',
      },
    ],
    ["XML in prose", { text: '# T\n\n<rfc><!ENTITY x SYSTEM "file:///etc/passwd"> &x; ]]> <script>\n' }],
    ["two hundred authors", { details: { authors: people(200) } }],
    [
      "markup and mentions in everything",
      {
        pin: { title: "Proposal: <b>@all</b> {{ site }} ](x) \u202e#1" },
        text: "A thing is a thing, `{{ x }}`.\n",
        details: {
          authors: [
            { name: '<b> "quoted" & co', organization: "]]>", email: "x@example.org", country: "{% raw %}" },
          ],
          abbreviation: "</title>",
          keywords: ['"', "<keyword>", "\u0000"],
          implementations: [{ name: "[x](javascript:1)", url: "javascript:alert(1)" }],
          description: "{{ site.x }} <script>alert(1)</script> @everybody",
        },
      },
    ],
    [
      "a title of 300 characters",
      { text: `# ${"long ".repeat(60)}\n\n## A\n\nText.\n`, pin: { title: "long ".repeat(60) } },
    ],
    ["a title of 3,000 characters", { text: TEXT_IN_MMARK.replace("MISP core format", "x".repeat(3_000)) }],
  ])("%s", async (_, given) => {
    const { xml, standard, files, notes } = await print(given);
    expect(validate?.(xml) ?? []).toEqual([]);
    expect(xml).not.toContain("<!ENTITY");
    expect(standard?.title.length).toBeLessThanOrEqual(300);
    const onPages = ["standards.md", "_posts/2027-01-03-Sighting-Format.md"].map(
      (path) => files[`${WEBSITE}:${path}`],
    );
    expect(onPages.join("\n")).not.toMatch(/<script|<b>|\{\{|\]\(javascript:/);
    expect(notes?.nits?.errors).toBe(0);
  });

  it("a title block that is a bomb: it stays as it was voted on, and all else is the proposal's", async () => {
    const bomb = `a${".a".repeat(20_000)} = ${"[".repeat(5_000)}`;
    const text = `%%%\nTitle = "T"\n${bomb}\n%%%\n\n# Introduction\n\nText.\n`;
    const { files, xml, notes } = await print({ text });
    expect(files[`${STANDARDS}:sighting-format/raw.md`]).toBe(text);
    expect(validate?.(xml) ?? []).toEqual([]);
    expect(xml).toContain("<title");
    expect(xml).toContain("Sighting format</title>");
    expect(notes?.unexpressed.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^the title block, which is not valid TOML/),
    ]);
  });

  it("an update of such a text: written anew, since its revision cannot be changed", async () => {
    const text = "%%%\nTitle = [[[\n%%%\n\n# Introduction\n\nText.\n";
    const { files } = await print({ text, pin: { proposal: "update", slug: "misp-core-format" } });
    const raw = files[`${STANDARDS}:misp-core-format/raw.md`] ?? "";
    expect(raw).toContain('docName = "draft-dulaunoy-misp-core-format-21"');
    expect(raw).toContain('Title = "MISP core format"');
  });
});

describe("nothing is written", () => {
  it.each([
    "../../.github/workflows/x",
    ".github/workflows/x",
    "con",
    "x/../../y",
    "a\u0000b",
    "x".repeat(500),
  ])("outside the standard's own folder, for the short name %j", async (shortName) => {
    const slug = slugOf(shortName, "Title");
    const { files } = await print({ pin: { slug } });
    const paths = Object.keys(files).map((path) => path.slice(path.indexOf(":") + 1));
    const known =
      /^(?:decisions\/0012\.json|register\.json|README\.md|standards\.md|_posts\/[A-Za-z0-9-]+\.md)$/;
    const own = new RegExp(`^(?:${slug}/raw\\.md(?:\\.xml|\\.txt|\\.html)?|rfc/${slug}\\.(?:txt|html))$`);
    expect(slug).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(paths.filter((path) => !known.test(path) && !own.test(path))).toEqual([]);
  });

  it("under a name that nobody has made safe", async () => {
    await expect(print({ pin: { slug: "../../.github/workflows/x" } })).rejects.toThrow("Not a slug");
  });

  it.each<[string, string, string | null, RegExp]>([
    [
      "a website page without headings",
      `${WEBSITE}:standards.md`,
      "Nothing here.\n",
      /neither a heading of the first level/,
    ],
    ["a website page that is not there", `${WEBSITE}:standards.md`, null, /There is no file `standards\.md`/],
    [
      "a list without headings",
      `${STANDARDS}:README.md`,
      "Nothing here.\n",
      /has no heading for standards that are “in use”/,
    ],
    ["a list that is not there", `${STANDARDS}:README.md`, null, /There is no file `README\.md`/],
    ["a register that is none", `${STANDARDS}:register.json`, "{}", /The register cannot be read/],
    [
      "a register of another version",
      `${STANDARDS}:register.json`,
      '{"format":"secretariat register","version":9}',
      /is not 1/,
    ],
  ])("where there is %s", async (_, path, content, sentence) => {
    await refuses({ files: { [path]: content } }, sentence);
  });

  it("where a template of the committee's own cannot be used", async () => {
    const website = TERMS.website && { ...TERMS.website, templates: { section: "t.md" } };
    const files = { [`${STANDARDS}:t.md`]: "{% for x in (1..100000000) %}x{% endfor %}" };
    await refuses({ terms: { website }, files }, /^The template `section` cannot be used/);
  });
});

describe("xml2rfc", () => {
  it.each<[string, string, RegExp]>([
    ["that hangs", "sleep 30", /did not finish in time/],
    ["that prints too much", "head -c 5000000 /dev/zero; sleep 30", /wrote more than 200000 bytes/],
    [
      "that writes too much",
      "head -c 5000000 /dev/zero > draft.txt; sleep 30",
      /wrote more than 200000 bytes/,
    ],
    ["that fails", "exit 3", /could not render the draft/],
    ["that makes nothing", "exit 0", /without its files/],
  ])(
    "%s holds up nothing: text and HTML are missing, and the pull request says why",
    async (_, script, why) => {
      const folder = await mkdtemp(join(tmpdir(), "press-"));
      const program = join(folder, "xml2rfc");
      await writeFile(program, `#!/bin/sh\n${script}\n`);
      await chmod(program, 0o755);
      const renderer = createRenderer({
        program,
        timeoutMs: script === "sleep 30" ? 400 : 20_000,
        mostBytes: 200_000,
      });
      const { files, notes } = await print({ text: TEXT_OF_ISSUE }, renderer);
      await rm(folder, { recursive: true });
      expect(notes?.rendered).toMatchObject({ made: "nothing", because: expect.stringMatching(why) });
      expect(Object.keys(files)).toContain(`${STANDARDS}:sighting-format/raw.md.xml`);
      expect(Object.keys(files)).not.toContain(`${STANDARDS}:sighting-format/raw.md.txt`);
    },
  );
});

describe("a bibliography", () => {
  it.each(["not xml", "bomb", "huge", "slow"] as const)("that is %s leaves inclusions", async (mishap) => {
    bibliography.misbehave(mishap);
    try {
      const { xml, notes } = await print({});
      expect(xml).toContain("<xi:include");
      expect(notes?.missing.length).toBe(3);
      expect(notes?.rendered).toMatchObject({ made: "nothing" });
    } finally {
      bibliography.misbehave("none");
    }
  });
});

function people(count: number) {
  return Array.from({ length: count }, (_, at) => ({
    name: `Person ${at} Example`,
    organization: null,
    email: null,
    country: null,
  }));
}
