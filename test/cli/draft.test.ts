import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { XmlDocument } from "libxml2-wasm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { draft } from "../../src/cli/draft.ts";
import { type SandboxBibliography, startBibliography } from "../../src/sandbox/bibliography.ts";
import { inputPath } from "../support/inputs.ts";
import { programPath } from "../support/programs.ts";

const MARKDOWN = `## Abstract

A thing that machines can read.

## Introduction

A thing is JSON, as RFC 8259 has it. It MUST be one object.

- one
- two

\`\`\`json
{ "thing": true }
\`\`\`

## Security Considerations

None are known.
`;

const DAY = new Date().toISOString().slice(0, 10);

const MMARK = `%%%
Title = "Thing format"
docName = "draft-example-thing-format"
category = "info"
ipr = "trust200902"
date = ${DAY}T00:00:00Z

[seriesInfo]
name = "Internet-Draft"
value = "draft-03"
stream = "independent"

[[author]]
initials = "A."
surname = "Example"
fullname = "Ada Example"
%%%

.# Abstract

A thing.

{mainmatter}

# Introduction

It is JSON [@!RFC8259].

# Security Considerations

None are known.

# IANA Considerations

This document has no IANA actions.

{backmatter}
`;

let bibliography: SandboxBibliography;
let folder: string;
beforeAll(async () => {
  bibliography = await startBibliography();
});
afterAll(() => bibliography.close());

async function told(content: string | Uint8Array, ...options: string[]) {
  const file = join(folder, "thing.md");
  await writeFile(file, content);
  const environment = { BIBLIOGRAPHY_URL: bibliography.url, XML2RFC: join(folder, "no-xml2rfc") };
  const { exit, lines } = await draft([file, ...options], environment);
  return { exit, lines, text: lines.join("\n").replaceAll(folder, "DIR") };
}

describe("npm run draft", { timeout: 30_000 }, () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "draft-cli-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });
  it("says what a clean draft has become", async () => {
    const { exit, text } = await told(MMARK, "--out", join(folder, "out"));
    expect(text).toMatchInlineSnapshot(`
      "draft-example-thing-format-03: 3 sections, 0 errors and 0 warnings of idnits
        xml2rfc is not installed here, so the text and HTML are left to the repository's own build.
        wrote DIR/out/raw.md
        wrote DIR/out/draft-example-thing-format-03.xml"
    `);
    expect(exit).toBe(0);
    expect(await readFile(join(folder, "out", "raw.md"), "utf8")).toBe(MMARK);
    const xml = await readFile(join(folder, "out", "draft-example-thing-format-03.xml"), "utf8");
    XmlDocument.fromString(xml).dispose();
    expect(xml).toContain("The JavaScript Object Notation (JSON) Data Interchange Format");
  });

  it("ends in one line of JSON, and asks nobody offline", async () => {
    const asked = bibliography.asked.length;
    const { lines } = await told(MMARK, "--json", "--offline");
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual({
      name: "draft-example-thing-format-03",
      sections: [
        { title: "Introduction", anchor: "introduction", line: 25 },
        { title: "Security Considerations", anchor: "security-considerations", line: 29 },
        { title: "IANA Considerations", anchor: "iana-considerations", line: 33 },
      ],
      nits: { errors: 0, warnings: 0, list: [] },
      unexpressed: [],
      files: [],
    });
    expect(bibliography.asked).toHaveLength(asked);
  });

  it("shows an error on its line, and exits with 1", async () => {
    const { exit, text } = await told(
      MMARK.replace('ipr = "trust200902"', 'ipr = "none"').replace("None are known.", ""),
    );
    expect(text).toContain("\n  line 29: error INVALID_SECURITY_CONSIDERATIONS_SECTION: ");
    expect(exit).toBe(1);
  });

  it("takes what the command line says before what the text says", async () => {
    const options = [
      "--name",
      "draft-other-name-07",
      "--title",
      "Other",
      "--author",
      "Grace Brewster Hopper",
    ];
    const { text } = await told(MARKDOWN, ...options, "--date", "2026-01-31", "--out", join(folder, "out"));
    expect(text).toContain("draft-other-name-07: ");
    const xml = await readFile(join(folder, "out", "draft-other-name-07.xml"), "utf8");
    expect(xml).toContain("<title>Other</title>");
    expect(xml).toMatch(/<author initials="G\. B\." surname="Hopper" fullname="Grace Brewster Hopper"/);
    expect(xml).toMatch(/<date year="2026" month="January" day="31"/);
  });

  it("makes mmark of Markdown, with what an Internet-Draft needs", async () => {
    const out = join(folder, "out");
    const { exit, text } = await told(
      MARKDOWN,
      "--title",
      "A Thing",
      "--author",
      "Ada Example",
      "--out",
      out,
    );
    expect([exit, text.split("\n")[0]]).toEqual([
      0,
      "draft-unnamed-a-thing-00: 4 sections, 0 errors and 0 warnings of idnits",
    ]);
    const raw = await readFile(join(out, "raw.md"), "utf8");
    expect(raw).toContain('docName = "draft-unnamed-a-thing-00"');
    expect(raw).toContain("[@!RFC8259]");
    expect(raw).toContain("# IANA Considerations\n\nThis document has no IANA actions.");
    // What is made of that source is the same again.
    const again = await told(raw, "--out", join(folder, "again"));
    expect(again.exit).toBe(0);
    const xml = "draft-unnamed-a-thing-00.xml";
    expect(await readFile(join(folder, "again", xml), "utf8")).toBe(await readFile(join(out, xml), "utf8"));
  });

  it("changes only the revision and the date of mmark", async () => {
    const out = join(folder, "out");
    await told(MMARK, "--name", "draft-example-thing-format-04", "--date", "2026-12-20", "--out", out);
    const raw = await readFile(join(out, "raw.md"), "utf8");
    const changed = raw.split("\n").filter((line) => !MMARK.split("\n").includes(line));
    expect(changed).toEqual(["date = 2026-12-20T00:00:00Z", 'value = "draft-example-thing-format-04"']);
  });

  it("counts lines in the source that it wrote", async () => {
    const out = join(folder, "out");
    const { exit, text } = await told(MARKDOWN.replace("None are known.", ""), "--out", out);
    expect(exit).toBe(1);
    const line = Number(/line (\d+): error INVALID_SECURITY_CONSIDERATIONS_SECTION/.exec(text)?.[1]);
    const raw = await readFile(join(out, "raw.md"), "utf8");
    expect(raw.split("\n")[line - 1]).toBe("# Security Considerations");
  });

  it("includes by address what the bibliography could not give, and says so", async () => {
    bibliography.misbehave("down");
    const { exit, text } = await told(MMARK, "--out", join(folder, "out"));
    bibliography.misbehave("none");
    expect(exit).toBe(0);
    expect(text).toContain("The IETF's bibliography could not be asked for RFC8259: it answered 502.");
    expect(text).toContain("The text and HTML were not made: the references to RFC8259 are not written out");
    const xml = await readFile(join(folder, "out", "draft-example-thing-format-03.xml"), "utf8");
    expect(xml).toContain(
      '<xi:include href="https://bib.ietf.org/public/rfc/bibxml/reference.RFC.8259.xml"/>',
    );
  });

  it.each<[string, string | Uint8Array]>([
    ["binary data", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0])],
    ["invalid UTF-8", Buffer.from("caf\xe9", "latin1")],
    ["nothing", ""],
    ["6 MB", Buffer.alloc(6_000_000, "word ")],
  ])("does not take %s for a draft", async (_, content) => {
    const { exit, text } = await told(content, "--json", "--out", join(folder, "out"));
    expect(exit).toBe(2);
    expect(text).toMatch(/^DIR\/thing\.md cannot be read/);
    expect(await readdir(folder)).toEqual(["thing.md"]);
  });

  it("reads no device to its end", async () => {
    expect((await draft(["/dev/zero"])).lines).toEqual([
      "/dev/zero cannot be read: it is longer than 5242880 bytes",
    ]);
    expect(await draft([folder])).toMatchObject({ exit: 2 });
    expect(await draft([join(folder, "none.md")])).toMatchObject({ exit: 2 });
  });

  it.each([
    [[], "Usage: npm run draft"],
    [["a.md", "b.md"], "Usage: npm run draft"],
    [["--nonsense", "a.md"], "Unknown option '--nonsense'"],
    [["a.md", "--name", "../../etc/passwd"], "--name must be like"],
    [["a.md", "--date", "tomorrow"], "--date must be like"],
  ])("does not guess at %j", async (args, word) => {
    const { exit, lines } = await draft(args);
    expect(exit).toBe(2);
    expect(lines[0]).toContain(word);
  });

  it("writes where it is told, whatever the text calls itself", async () => {
    const evil = MMARK.replace("draft-example-thing-format", "../../.github/workflows/x");
    const { text } = await told(evil, "--out", join(folder, "out"));
    expect(text).toContain("line 1: the docName in the title block, which is no draft's name");
    const entries = await readdir(folder, { recursive: true });
    expect(
      entries.every((entry) => /^(?:thing\.md|out|out\/raw\.md|out\/draft-[a-z0-9-]+\.xml)$/.test(entry)),
    ).toBe(true);
  });

  it("exits with that on the command line", async () => {
    const file = join(folder, "thing.md");
    await writeFile(file, "\u0000");
    const run = promisify(execFile)(process.execPath, ["src/cli/draft.ts", "--json", file]);
    await expect(run).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("cannot be read as a draft"),
    });
  });
});

/** The draft's row in docs/drafts.md: errors, warnings and the codes that it names. */
async function documented(name: string): Promise<[number, number, string[]]> {
  const page = await readFile("docs/drafts.md", "utf8");
  const row = page.split("\n").find((line) => line.startsWith(`| \`${name}\` |`)) ?? "";
  const [, , errors, warnings, words = ""] = row.split("|");
  const codes = [...words.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code ?? "");
  return [Number(errors), Number(warnings), codes];
}

describe.concurrent("the committee's drafts", () => {
  it.each(["misp-core-format", "misp-query-format", "misp-taxonomy-format", "sightingdb-format"])(
    "%s has the nits that docs/drafts.md names",
    async (name) => {
      const path = inputPath(`drafts/${name}.md`);
      if (path === null) return;
      const { exit, lines } = await draft([path, "--json"], { BIBLIOGRAPHY_URL: bibliography.url });
      const { nits } = JSON.parse(lines.at(-1) ?? "");
      expect(exit).toBe(0);
      const codes = nits.list.map(({ code }: { code: string }) => code);
      expect([nits.errors, nits.warnings, codes]).toEqual(await documented(name));
    },
    30_000,
  );

  it("sightingdb-format is rendered too", async () => {
    const program = programPath("xml2rfc");
    const path = inputPath("drafts/sightingdb-format.md");
    if (program === null || path === null) return;
    const out = await mkdtemp(join(tmpdir(), "draft-cli-"));
    const environment = { BIBLIOGRAPHY_URL: bibliography.url, XML2RFC: program };
    const { lines } = await draft([path, "--json", "--out", out], environment);
    expect(JSON.parse(lines.at(-1) ?? "").files).toEqual(
      ["raw.md", ...["xml", "txt", "html"].map((kind) => `draft-tricaud-sightingdb-format-00.${kind}`)].map(
        (file) => join(out, file),
      ),
    );
    expect(await readFile(join(out, "draft-tricaud-sightingdb-format-00.txt"), "utf8")).toContain(
      "This document has no IANA actions.",
    );
    await rm(out, { recursive: true });
  }, 30_000);
});
