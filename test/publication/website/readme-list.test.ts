import { describe, expect, it } from "vitest";
import { CannotUpdate } from "../../../src/publication/file-update.ts";
import type { Standard } from "../../../src/publication/register/model.ts";
import { standardItem } from "../../../src/publication/website/readme-list.ts";
import { HOSTILE } from "../../support/hostile.ts";
import { input } from "../../support/inputs.ts";
import { PUBLISHED, standard } from "../register/samples.ts";

const README = `# Standards

* [sighting-format](elsewhere) is no item of a list of standards.

## Formats in use and implemented

* [core](core/raw.md.txt) ([markdown source](core/raw.md)) which describes the core. Current Internet-Draft: [16](https://tools.ietf.org/html/draft-x-core)
* [galaxy](galaxy/raw.md.txt) which describes galaxies,
  on two lines. Current Internet-Draft: [06](https://datatracker.ietf.org/doc/draft-x-galaxy/)

## Format in design phase and implemented in at least one software prototype

* modules which describes the [modules](https://example.org/) protocol.

## Format in design phase

* voting which describes voting.
* other, later.

# Contribution

Welcome.
`;

const RETIRED = { status: "retired", dates: { published: null, expires: null, retired: PUBLISHED } } as const;

const LISTED = { source: "raw.md", hasText: true, submitted: true };

function put(readme: string | null, more: Partial<Standard> = {}, listed = LISTED): string {
  return standardItem("README.md", { standard: standard(more), ...listed }).update(readme);
}

/** What a change takes away (`-`) and brings (`+`). */
function changes(more: Partial<Standard>, readme = README): readonly string[] {
  const [before, after] = [readme.split("\n"), put(readme, more).split("\n")];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

describe("the lists of standards", () => {
  it("get a new one at the end of the list of its status", () => {
    const item =
      "* [sighting-format](sighting-format/raw.md.txt) ([markdown source](sighting-format/raw.md)): A format for sightings. Current Internet-Draft: [00](https://datatracker.ietf.org/doc/draft-dulaunoy-sighting-format/)";
    const end =
      "  on two lines. Current Internet-Draft: [06](https://datatracker.ietf.org/doc/draft-x-galaxy/)\n";
    expect(put(README)).toBe(README.replace(end, `${end}${item}\n`));
    expect(put(put(README))).toBe(put(README));
  });

  it.each<[string, Partial<Standard>, readonly string[]]>([
    [
      "the next revision, in people's own words",
      { slug: "core", draft: "draft-x-core", revision: "17" },
      [
        "- * [core](core/raw.md.txt) ([markdown source](core/raw.md)) which describes the core. Current Internet-Draft: [16](https://tools.ietf.org/html/draft-x-core)",
        "+ * [core](core/raw.md.txt) ([markdown source](core/raw.md)) which describes the core. Current Internet-Draft: [17](https://datatracker.ietf.org/doc/draft-x-core/)",
      ],
    ],
    [
      "an item of two lines",
      { slug: "galaxy", draft: "draft-x-galaxy", revision: "07" },
      [
        "- * [galaxy](galaxy/raw.md.txt) which describes galaxies,",
        "-   on two lines. Current Internet-Draft: [06](https://datatracker.ietf.org/doc/draft-x-galaxy/)",
        "+ * [galaxy](galaxy/raw.md.txt) ([markdown source](galaxy/raw.md)) which describes galaxies,",
        "+   on two lines. Current Internet-Draft: [07](https://datatracker.ietf.org/doc/draft-x-galaxy/)",
      ],
    ],
    [
      "an expiry, where it stands",
      { slug: "core", status: "expired", draft: "draft-x-core", revision: "16" },
      [
        "- * [core](core/raw.md.txt) ([markdown source](core/raw.md)) which describes the core. Current Internet-Draft: [16](https://tools.ietf.org/html/draft-x-core)",
        "+ * [core](core/raw.md.txt) ([markdown source](core/raw.md)) which describes the core. Expired Internet-Draft: [16](https://datatracker.ietf.org/doc/draft-x-core/)",
      ],
    ],
    [
      "a retirement, where there is no list of those",
      { slug: "core", ...RETIRED },
      [
        "- * [core](core/raw.md.txt) ([markdown source](core/raw.md)) which describes the core. Current Internet-Draft: [16](https://tools.ietf.org/html/draft-x-core)",
        "+ * [core](core/raw.md.txt) ([markdown source](core/raw.md)) which describes the core. Retired on 2026-12-20.",
      ],
    ],
  ])("show %s", (_, more, expected) => {
    expect(changes(more)).toEqual(expected);
  });

  it("have a standard in one list only: it moves", () => {
    const moved = put(README, { slug: "modules", draft: null, revision: null });
    const item =
      "* [modules](modules/raw.md.txt) ([markdown source](modules/raw.md)) which describes the [modules](https://example.org/) protocol.";
    expect(moved.indexOf(item)).toBeLessThan(moved.indexOf("## Format in design phase and"));
    expect(moved.match(/modules\/raw\.md\.txt/g)).toHaveLength(1);
    expect(moved.split("\n")).not.toContain(
      "* modules which describes the [modules](https://example.org/) protocol.",
    );
    expect(moved).toContain("prototype\n\n## Format in design phase\n");
    const back = put(moved, { slug: "modules", draft: null, revision: null, status: "implemented" });
    expect(back).toContain(`software prototype\n\n${item}\n\n## Format in design phase\n`);
  });

  it("move a standard up and down, and touch nothing else", () => {
    for (const slug of ["voting", "other"]) {
      const lines = put(README, { slug, draft: null }).split("\n");
      const without = lines.filter((line) => !line.includes(`[${slug}](`));
      expect(without).toEqual(README.split("\n").filter((line) => !line.startsWith(`* ${slug}`)));
    }
  });

  it("have retired standards under a heading of their own, if there is one", () => {
    const readme = `${README}\n## Retired formats\n\nNone.\n`;
    const moved = put(readme, { slug: "core", ...RETIRED });
    expect(moved).toContain("## Retired formats\n\n* [core](core/raw.md.txt)");
    expect(moved).toContain("## Formats in use and implemented\n\n* [galaxy]");
  });

  it.each<[string, Partial<Standard>, string]>([
    ["published", {}, "## Formats in use"],
    ["implemented", { status: "implemented" }, "## Format in design phase and implemented"],
    ["in design", { status: "in design" }, "## Format in design phase\n"],
    [
      "in design, with a prototype",
      { status: "in design", implementations: [{ name: "x", url: null }] },
      "## Format in design phase and implemented",
    ],
  ])("know where a standard belongs that is %s", (_, more, heading) => {
    const readme = put(README, more);
    const section = readme.slice(readme.indexOf(heading));
    expect(section.slice(3).split("\n#", 1)[0]).toContain("* [sighting-format](sighting-format/");
  });

  it("keep CRLF, and a file without a line end at its end", () => {
    const windows = (text: string) => text.replaceAll("\n", "\r\n");
    expect(put(windows(README))).toBe(windows(put(README)));
    const [short] = README.split("\n\n## Format in design phase and");
    const [expected] = put(README).split("\n\n## Format in design phase and");
    expect(put(short ?? "")).toBe(expected);
    const last = "## In use\n\n* x\n\n## In design\n\n* sighting-format soon.";
    expect(put(last).endsWith("## In design")).toBe(true);
  });
});

describe("a file that has no such lists", () => {
  it.each<[string, string | null, Partial<Standard>, string]>([
    ["no file", null, {}, "There is no file `README.md`."],
    ["nothing", "", {}, "has no heading for standards that are “in use”"],
    [
      "other headings",
      "# Standards\n\n## Contribution\n",
      {},
      "has no heading for standards that are “in use”",
    ],
    ["no place", "## In use\n", { status: "in design" }, "has no heading for standards that are “in design”"],
    ["two such items", "## In use\n\n* sighting-format a\n* sighting-format b\n", {}, "have 2 items"],
    ["300 KB", `## In use\n\n${"x".repeat(300_000)}`, {}, "is longer than 256 KiB"],
  ])("with %s is left as it is", (_, readme, more, because) => {
    expect(() => put(readme, more)).toThrow(CannotUpdate);
    expect(() => put(readme, more)).toThrow(because);
  });
});

describe("what is not there", () => {
  const fresh = (listed: Partial<typeof LISTED>, readme = README) =>
    put(readme, {}, { ...LISTED, ...listed })
      .split("\n")
      .find((line) => line.startsWith("* [sighting-format](sighting"));

  it("is not linked to: the text of a standard, and a page of the datatracker", () => {
    expect(fresh({ hasText: false, submitted: false })).toBe(
      "* [sighting-format](sighting-format/raw.md): A format for sightings. Current Internet-Draft: 00",
    );
    expect(fresh({ hasText: false })).toContain("[00](https://datatracker.ietf.org/");
  });

  it("is linked to once it is there, and the datatracker for ever", () => {
    const without = put(README, {}, { ...LISTED, hasText: false, submitted: false });
    expect(put(without)).toBe(put(README));
    expect(put(put(README), { revision: "01" }, { ...LISTED, submitted: false })).toContain("[01](https:");
  });

  it("is not marked as retired: a standard that no list has", () => {
    expect(put(README, RETIRED)).toBe(README);
  });
});

describe("hostile words", () => {
  it("are text in one item", () => {
    const [added = "", ...more] = changes({ title: HOSTILE, summary: HOSTILE });
    expect(more).toEqual([]);
    expect(added).not.toMatch(/[<{`]/);
    expect(added.match(/\]\(/g)).toHaveLength(3);
  });

  it("of a template of the committee's own have to be an item", () => {
    const own = (item: string) =>
      standardItem("README.md", { standard: standard(), ...LISTED }, { item }).update(README);
    expect(own("- {{ standard.title }}")).toContain("- Sighting format\n");
    expect(() => own("{{ standard.title }}")).toThrow("does not begin with the mark of a list");
  });

  it.each([
    ["items", `## In use\n\n${"* x\n".repeat(60_000)}`],
    ["headings", "## In use\n## In design\n".repeat(8_000)],
    ["brackets", `## In use\n\n* ${"[".repeat(100_000)}`],
    ["spaces", `## In use\n\n* sighting-format ${" ".repeat(100_000)}x`],
  ])("and very many %s take no time", (_, readme) => {
    // Of the processor, not of a busy machine's clock. In microseconds.
    const started = process.cpuUsage();
    expect(put(readme)).toContain("[sighting-format](");
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});

describe("the committee's own README", () => {
  const readme = input("website/misp-rfc-README.md");

  it.runIf(readme !== null)("gets a new standard, a revision, and one out of design", () => {
    const lines = (text: string) => text.split("\n");
    const [before, added] = [lines(readme ?? ""), lines(put(readme))];
    expect(added.filter((line) => !before.includes(line))).toHaveLength(1);
    expect(before.every((line) => added.includes(line))).toBe(true);
    const draft = "draft-dulaunoy-misp-core-format";
    const core = put(readme, { slug: "misp-core-format", draft, revision: "21" });
    expect(lines(core).filter((line) => !before.includes(line))).toEqual([
      before
        .find((line) => line.includes("[misp-core-format]"))
        ?.replace(/\[16\].*/, `[21](https://datatracker.ietf.org/doc/${draft}/)`),
    ]);
    const modules = put(readme, { slug: "misp-modules-protocol", draft: null });
    expect(modules.match(/^\* .*misp-modules-protocol/gm)).toHaveLength(1);
    expect(modules.indexOf("[misp-modules-protocol]")).toBeLessThan(
      modules.indexOf("## MISP Format in design"),
    );
  });
});
