import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Standard, standardIn } from "../../src/publication/register/model.ts";
import { readRegister, writeRegister } from "../../src/publication/register/text.ts";
import type { MadeTarget } from "../../src/reconcile/ports.ts";
import { type SandboxBibliography, startBibliography } from "../../src/sandbox/bibliography.ts";
import { SAMPLE_REGISTER } from "../../src/sandbox/sample-register.ts";
import {
  DECIDED,
  filesOf,
  type Given,
  NO_PRINTER,
  orderOf,
  pressWith,
  STANDARDS,
  TERMS,
  TEXT_IN_MMARK,
  TEXT_OF_ISSUE,
  type TestOrder,
  WEBSITE,
  WORLD,
} from "./press-support.ts";

let bibliography: SandboxBibliography;
beforeAll(async () => {
  bibliography = await startBibliography();
});
afterAll(() => bibliography.close());

type Printed = {
  readonly made: readonly MadeTarget[];
  readonly notes: MadeTarget["notes"];
  readonly files: Readonly<Record<string, string>>;
  /** The content of a file of the standards. */
  file(path: string): string;
  standard(): Standard | null;
};

async function printed(order: TestOrder, renderer?: Parameters<typeof pressWith>[1]): Promise<Printed> {
  const made = await pressWith(bibliography.url, renderer).make(order);
  const files = filesOf(made);
  const slug = order.state.ballot?.opened.text.slug ?? "";
  const file = (path: string) => files[`${STANDARDS}:${path}`] ?? "";
  const notes = made[0]?.notes;
  if (notes === undefined) throw new Error("Nothing was made");
  return { made, notes, files, file, standard: () => standardIn(readRegister(file("register.json")), slug) };
}

const print = (given: Given = {}) => printed(orderOf(given));

/** The sample register with one standard otherwise. */
function registerWith(slug: string, more: Partial<Standard>): Record<string, string> {
  const standards = SAMPLE_REGISTER.standards.map((each) =>
    each.slug === slug ? { ...each, ...more } : each,
  );
  return { [`${STANDARDS}:register.json`]: writeRegister({ ...SAMPLE_REGISTER, standards }) };
}

const CORE: Given = {
  text: TEXT_IN_MMARK.replace("exchange events", "exchange events and attributes"),
  pin: { proposal: "update", slug: "misp-core-format", title: "Proposal: attributes in the core format" },
  files: { [`${STANDARDS}:misp-core-format/raw.md`]: TEXT_IN_MMARK },
};

describe("a new standard", () => {
  it("becomes these files, from what is read in these", async () => {
    const order = orderOf();
    const { files } = await printed(order);
    expect(Object.keys(files)).toEqual([
      `${STANDARDS}:sighting-format/raw.md`,
      `${STANDARDS}:sighting-format/raw.md.xml`,
      `${STANDARDS}:sighting-format/raw.md.txt`,
      `${STANDARDS}:sighting-format/raw.md.html`,
      `${STANDARDS}:decisions/0012.json`,
      `${STANDARDS}:register.json`,
      `${STANDARDS}:README.md`,
      `${WEBSITE}:standards.md`,
      `${WEBSITE}:rfc/sighting-format.txt`,
      `${WEBSITE}:rfc/sighting-format.html`,
      `${WEBSITE}:_posts/2027-01-03-Sighting-Format.md`,
    ]);
    expect(order.asked).toEqual([
      `${STANDARDS}:register.json`,
      `${STANDARDS}:README.md`,
      `${WEBSITE}:standards.md`,
    ]);
  });

  it("is the same, byte for byte, whenever it is made", async () => {
    const [once, again] = [await print(), await print()];
    expect(again.made).toEqual(once.made);
  });

  it("is a draft of the day of the decision, named after committee and standard", async () => {
    const { file, notes } = await print();
    expect(file("sighting-format/raw.md")).toContain('docName = "draft-misp-sighting-format-00"');
    expect(file("sighting-format/raw.md")).toContain("date = 2027-01-03T00:00:00Z");
    expect(file("sighting-format/raw.md.xml")).toContain('docName="draft-misp-sighting-format-00"');
    expect(notes).toEqual({
      draft: "draft-misp-sighting-format-00",
      lacking: [],
      unexpressed: [],
      missing: [],
      nits: { errors: 0, warnings: 0 },
      rendered: { made: "both" },
      difference: null,
    });
  });

  it.each([
    ["sighting-format", "draft-misp-sighting-format-00"],
    ["misp-sighting-format", "draft-misp-sighting-format-00"],
    ["misp", "draft-misp-misp-00"],
    [`a${"-very-long-name".repeat(4)}`, `draft-misp-a${"-very-long-name".repeat(3)}-very-lo-00`],
  ])("with the short name %s is the draft %s", async (slug, name) => {
    const { notes } = await print({ pin: { slug } });
    expect(notes.draft).toBe(name);
    expect(`${name}.xml`.length).toBeLessThanOrEqual(72);
    expect(notes.nits).toEqual({ errors: 0, warnings: 0 });
  });

  it("takes no other standard's name", async () => {
    const files = registerWith("misp-galaxy-format", { draft: "draft-misp-sighting-format" });
    expect((await print({ files })).notes.draft).toBe("draft-misp-sighting-format-p12-00");
  });

  it("stands in the register with all that is known of it", async () => {
    const { standard } = await print();
    expect(standard()).toMatchObject({
      title: "Sighting format",
      abbreviation: "Sightings",
      summary:
        "A format to exchange sightings of indicators between the instances of a sharing community, with their time and source.",
      status: "published",
      draft: "draft-misp-sighting-format",
      revision: "00",
      editors: [
        {
          name: "Ada Example",
          organization: "Example CSIRT",
          email: "ada@example.org",
          country: "Luxembourg",
        },
      ],
      keywords: ["sighting", "indicator"],
      implementations: [{ name: "MISP", url: "https://github.com/MISP/MISP" }],
      proposals: [
        {
          repository: "MISP/misp-rfc",
          number: 12,
          kind: "new",
          decided: DECIDED,
          decision: "decisions/0012.json",
          revision: "00",
        },
      ],
      dates: { published: DECIDED, expires: "2027-07-07T09:30:01Z", retired: null },
    });
  });

  it("is on the website and in the list, and all else there stays", async () => {
    const { files, file } = await print();
    const page = files[`${WEBSITE}:standards.md`] ?? "";
    expect(page.startsWith(WORLD[`${WEBSITE}:standards.md`] ?? "-")).toBe(true);
    expect(page).toContain("## Sighting format\n");
    expect(page).toContain("[TXT](https://www.misp-standard.org/rfc/sighting-format.txt)");
    expect(file("README.md")).toContain("\n* [sighting-format](sighting-format/raw.md.txt) (");
    expect(files[`${WEBSITE}:_posts/2027-01-03-Sighting-Format.md`]).toContain(
      "Introducing the standard Sighting format",
    );
  });

  it("without an author is the committee's, and lacks one", async () => {
    const { notes, file, standard } = await print({ details: { authors: [] } });
    expect(notes.lacking).toEqual([{ line: 0, what: "an author; the committee stands in the place of one" }]);
    expect(file("sighting-format/raw.md.xml")).toContain(
      "<organization>MISP Standard Committee</organization>",
    );
    expect(notes.nits).toEqual({ errors: 0, warnings: 0 });
    expect(standard()?.editors).toEqual([]);
  });

  it("without security considerations says so, and none are invented", async () => {
    const { notes, file } = await print({ details: { security: null } });
    expect(notes.lacking.map(({ what }) => what)).toEqual([
      expect.stringContaining("Security Considerations"),
    ]);
    expect(file("sighting-format/raw.md")).not.toContain("Security Considerations");
  });

  it("that the register has already is refused before anything is made", async () => {
    const order = orderOf({ pin: { slug: "misp-core-format" } });
    let rendered = 0;
    const renderer: Parameters<typeof pressWith>[1] = {
      render: async () => {
        rendered += 1;
        return { made: "both", text: "", html: "", warnings: [] };
      },
    };
    await expect(printed(order, renderer)).rejects.toThrow(
      "The register has a standard named misp-core-format already, and it is published.",
    );
    expect([rendered, order.asked]).toEqual([0, [`${STANDARDS}:register.json`]]);
  });

  it("that was in design is published under its name", async () => {
    const { standard, notes } = await print({ pin: { slug: "misp-modules-protocol" } });
    expect(notes.draft).toBe("draft-misp-modules-protocol-00");
    expect(standard()).toMatchObject({ status: "published", revision: "00" });
  });
});

describe("a text that is an mmark draft already", () => {
  it("is published byte for byte, and its XML has the day of the decision", async () => {
    const text = TEXT_IN_MMARK.replaceAll("core", "query").replaceAll("\n", "\r\n");
    const { file, notes, standard } = await print({ text, pin: { slug: "misp-query-format" } });
    expect(file("misp-query-format/raw.md")).toBe(text);
    expect(file("misp-query-format/raw.md.xml")).toContain('<date year="2027" month="January" day="3"/>');
    expect(notes).toMatchObject({ draft: "draft-dulaunoy-misp-query-format-20", lacking: [] });
    expect(notes.nits).toEqual({ errors: 0, warnings: 0 });
    expect(standard()).toMatchObject({
      title: "MISP query format",
      draft: "draft-dulaunoy-misp-query-format",
      revision: "20",
      editors: [{ name: "Alexandre Dulaunoy", organization: "CIRCL" }],
    });
  });

  it("has its own authors, whoever proposes it", async () => {
    const query: Given = {
      text: TEXT_IN_MMARK.replaceAll("core", "query"),
      pin: { slug: "misp-query-format" },
    };
    const { notes, standard } = await print({ ...query, details: { authors: [] } });
    expect(notes.lacking).toEqual([]);
    expect(standard()?.editors.map(({ name }) => name)).toEqual(["Alexandre Dulaunoy"]);
    const proposed = await print(query);
    expect(proposed.standard()?.editors).toEqual(standard()?.editors);
  });

  it("but with another standard's name gets its own in what is made of it", async () => {
    const { file, notes } = await print({ text: TEXT_IN_MMARK, pin: { slug: "misp-query-format" } });
    expect(file("misp-query-format/raw.md")).toBe(TEXT_IN_MMARK);
    expect(notes.draft).toBe("draft-misp-query-format-00");
    expect(notes.lacking).toEqual([
      {
        line: 1,
        what: "a name of its own: the docName in its title block is that of the standard misp-core-format, so that draft-misp-query-format stands in the draft",
      },
    ]);
  });
});

describe("an update", () => {
  it("is the next revision: only the title block's revision and date change beyond what was voted on", async () => {
    const { file, notes, standard } = await print(CORE);
    const voted = (CORE.text ?? "").split("\n");
    const raw = file("misp-core-format/raw.md").split("\n");
    expect(raw.filter((line, at) => line !== voted[at])).toEqual([
      "date = 2027-01-03T00:00:00Z",
      'value = "draft-dulaunoy-misp-core-format-21"',
    ]);
    expect(raw).toHaveLength(voted.length);
    expect(notes).toMatchObject({ draft: "draft-dulaunoy-misp-core-format-21", lacking: [] });
    expect(notes.nits).toEqual({ errors: 0, warnings: 0 });
    expect(standard()).toMatchObject({
      title: "MISP core format",
      revision: "21",
      summary: null,
      files: "misp-standard-core",
      editors: [{ name: "Alexandre Dulaunoy" }],
      dates: { published: DECIDED },
    });
  });

  it("shows how the text differs from the one that stands", async () => {
    const { notes } = await print(CORE);
    expect(notes.difference).toMatchInlineSnapshot(`
      "--- misp-core-format/raw.md
      +++ misp-core-format/raw.md
      @@ -5,9 +5,9 @@
       docName = "draft-dulaunoy-misp-core-format"
       ipr = "trust200902"
      -date = 2024-01-02T00:00:00Z
      +date = 2027-01-03T00:00:00Z
       
       [seriesInfo]
       name = "Internet-Draft"
      -value = "draft-20"
      +value = "draft-dulaunoy-misp-core-format-21"
       stream = "independent"
       status = "informational"
      @@ -22,5 +22,5 @@
       .# Abstract
       
      -The format in which instances exchange events.
      +The format in which instances exchange events and attributes.
       
       {mainmatter}
      "
    `);
  });

  it("is on the website in its place, under the names that its files have there", async () => {
    const { files } = await print(CORE);
    expect(Object.keys(files)).toContain(`${WEBSITE}:rfc/misp-standard-core.txt`);
    expect(files[`${WEBSITE}:standards.md`]).toBe(WORLD[`${WEBSITE}:standards.md`]);
  });

  it.each([
    ["the register", "25", "20", "26"],
    ["the source that stands", "20", "25", "26"],
  ])("goes on from %s, whichever is further", async (_, registered, standing, next) => {
    const current = TEXT_IN_MMARK.replace("draft-20", `draft-${standing}`);
    const files = {
      ...registerWith("misp-core-format", { revision: registered }),
      [`${STANDARDS}:misp-core-format/raw.md`]: current,
    };
    expect((await print({ ...CORE, files })).notes.draft).toBe(`draft-dulaunoy-misp-core-format-${next}`);
  });

  it("written in an issue goes on as the standard it is of", async () => {
    const { file, notes, standard } = await print({
      ...CORE,
      text: "Events are JSON.\n",
      details: { authors: [] },
    });
    expect(file("misp-core-format/raw.md")).toContain('Title = "MISP core format"');
    expect(file("misp-core-format/raw.md")).toContain('fullname = "Andras Iklody"');
    expect(notes.draft).toBe("draft-dulaunoy-misp-core-format-21");
    expect(standard()?.title).toBe("MISP core format");
  });

  it("written in an issue keeps the standard's own summary: its description is about the change", async () => {
    const files = {
      ...CORE.files,
      ...registerWith("misp-core-format", { summary: "How events are exchanged." }),
    };
    const { file, standard } = await print({ ...CORE, files, text: "Events are JSON.\n" });
    expect(file("misp-core-format/raw.md")).toContain(".# Abstract\n\nHow events are exchanged.\n");
    expect(file("misp-core-format/raw.md")).not.toContain("sightings");
    expect(standard()?.summary).toBe("How events are exchanged.");
  });

  it("of a standard whose revision nobody knows says so", async () => {
    const { notes } = await print({
      text: TEXT_OF_ISSUE,
      pin: { proposal: "update", slug: "sightingdb-format" },
    });
    expect(notes.draft).toBe("draft-tricaud-sightingdb-format-00");
    expect(notes.lacking).toEqual([{ line: 0, what: expect.stringContaining("a number to go on from") }]);
  });

  it("after revision 99 is refused", async () => {
    const files = { ...CORE.files, ...registerWith("misp-core-format", { revision: "99" }) };
    await expect(print({ ...CORE, files })).rejects.toThrow("has reached revision 99");
  });

  it.each<[string, Given, string]>([
    [
      "that the register does not know",
      { pin: { proposal: "update", slug: "no-such-format" } },
      'The register has no standard named "no-such-format".',
    ],
    [
      "that was retired",
      { ...CORE, files: registerWith("misp-core-format", { status: "retired" }) },
      "The standard misp-core-format was retired, and has no further revisions.",
    ],
    [
      "that neither a register nor a file knows",
      { pin: { proposal: "update" }, terms: { register: null } },
      "There is no file `sighting-format/raw.md` in MISP/misp-rfc",
    ],
  ])("of a standard %s is refused", async (_, given, sentence) => {
    await expect(print(given)).rejects.toThrow(sentence);
  });

  it("without a register goes on from what stands", async () => {
    const { notes, files } = await print({ ...CORE, terms: { register: null } });
    expect(notes.draft).toBe("draft-dulaunoy-misp-core-format-21");
    expect(Object.keys(files)).not.toContain(`${STANDARDS}:register.json`);
  });
});

describe("what was merged before", () => {
  it.each<[string, Given]>([
    ["a new standard", {}],
    ["an update", CORE],
  ])("is not another revision: %s of which only the website is missing", async (_, given) => {
    const first = await print(given);
    const order = orderOf({ ...given, files: { ...given.files, ...first.files } });
    const rest = await printed({ ...order, plans: order.plans.slice(1) });
    expect(rest.made).toHaveLength(1);
    expect(rest.notes.draft).toBe(first.notes.draft);
    const onSite = Object.entries(first.files).filter(([path]) => path.startsWith(WEBSITE));
    expect(rest.files).toEqual(Object.fromEntries(onSite));
  });
});

describe("a retirement", () => {
  const RETIREMENT: Given = {
    text: "",
    pin: { proposal: "retirement", slug: "misp-galaxy-format", title: "Proposal: retire galaxies" },
    files: { [`${STANDARDS}:misp-galaxy-format/raw.md.txt`]: "Galaxies" },
  };

  it("is marked where the standard stands, and makes no draft", async () => {
    const { files, file, notes, standard } = await print(RETIREMENT);
    expect(Object.keys(files)).toEqual([
      `${STANDARDS}:decisions/0012.json`,
      `${STANDARDS}:register.json`,
      `${STANDARDS}:README.md`,
      `${WEBSITE}:standards.md`,
      `${WEBSITE}:_posts/2027-01-03-Misp-Galaxy-Format.md`,
    ]);
    expect(standard()).toMatchObject({
      title: "MISP galaxy format",
      status: "retired",
      dates: { retired: DECIDED, expires: null },
    });
    expect(file("README.md")).toContain(
      "([markdown source](misp-galaxy-format/raw.md)) which describes the MISP galaxy format. Retired on 2027-01-03.\n",
    );
    expect(files[`${WEBSITE}:standards.md`]).toContain("Status: this standard was retired on 2027-01-03");
    expect(notes.draft).toBeNull();
  });

  it("of what was never published leaves the website as it is", async () => {
    const slug = "misp-modules-protocol";
    const { files, standard } = await print({ ...RETIREMENT, pin: { proposal: "retirement", slug } });
    expect(standard()?.status).toBe("retired");
    expect(files[`${WEBSITE}:standards.md`]).toBe(WORLD[`${WEBSITE}:standards.md`]);
  });

  it("without a register finds the standard by its files", async () => {
    const { files } = await print({
      text: "",
      pin: { proposal: "retirement", slug: "threat-actor-naming", title: "Retire the naming of actors" },
      terms: { register: null },
      files: {
        [`${STANDARDS}:threat-actor-naming/raw.md`]: "# Naming\n",
        [`${WEBSITE}:rfc/threat-actor-naming.txt`]: "Naming",
      },
    });
    expect(files[`${WEBSITE}:standards.md`]).toContain("Status: this standard was retired");
  });
});

describe("what cannot be made is never linked to", () => {
  it("without xml2rfc the website links to the source, and the pull request says why", async () => {
    const { files, file, notes, standard } = await printed(orderOf(), NO_PRINTER);
    expect(Object.keys(files).filter((path) => /\.(?:txt|html)$/.test(path))).toEqual([]);
    expect(notes.rendered).toEqual({
      made: "nothing",
      because:
        "xml2rfc is not installed here, so the text and HTML are left to the repository's own build. Until they are made, the website links to the standard’s source.",
    });
    const url = "https://github.com/MISP/misp-rfc/blob/HEAD/sighting-format/raw.md";
    expect(standard()?.links).toEqual([{ label: "Specification", text: "Source", url }]);
    expect(file("README.md")).toContain("* [sighting-format](sighting-format/raw.md):");
    expect(Object.values(files).join("\n")).not.toContain("rfc/sighting-format.");
  });

  it("an update without xml2rfc leaves the links to what stands, and says so", async () => {
    const { notes, standard } = await printed(orderOf(CORE), NO_PRINTER);
    expect(notes.rendered).toMatchObject({ because: expect.stringContaining("the revision before") });
    expect(standard()?.links.map(({ text }) => text)).toEqual(["TXT", "HTML", "MISP Project"]);
  });

  it("a text that the repository's own build made is linked to", async () => {
    const files = { ...CORE.files, [`${STANDARDS}:misp-core-format/raw.md.txt`]: "The text." };
    const { file } = await printed(orderOf({ ...CORE, files }), NO_PRINTER);
    expect(file("README.md")).toContain("[misp-core-format](misp-core-format/raw.md.txt) (");
    const without = await printed(orderOf(CORE), NO_PRINTER);
    expect(without.file("README.md")).toContain("[misp-core-format](misp-core-format/raw.md) ");
  });

  it("the IETF's datatracker has no page for what is not submitted", async () => {
    const ietf = { submitter: "secretary@example.org" };
    expect((await print()).file("README.md")).not.toContain("/doc/draft-misp-sighting-format/");
    expect((await print({ terms: { ietf } })).file("README.md")).toContain(
      "/doc/draft-misp-sighting-format/",
    );
  });

  it("a bibliography that is down leaves an inclusion, no text, and a word", async () => {
    bibliography.misbehave("down");
    try {
      const { file, files, notes } = await print();
      expect(file("sighting-format/raw.md.xml")).toContain("<xi:include");
      expect(notes.missing.map(({ name }) => name)).toEqual(["RFC2119", "RFC8174", "RFC8259"]);
      expect(notes.missing[0]?.because).toContain("it answered 502");
      expect(notes.rendered).toMatchObject({
        made: "nothing",
        because: expect.stringContaining("are not written out in the draft"),
      });
      expect(Object.keys(files)).not.toContain(`${STANDARDS}:sighting-format/raw.md.txt`);
    } finally {
      bibliography.misbehave("none");
    }
  });
});

describe("the charter", () => {
  it("that wants nothing more gets the text that was voted on, and nothing is read", async () => {
    const order = orderOf({ terms: { draft: null, website: null, register: null, readme: null } });
    const { files, notes } = await printed(order);
    expect(Object.keys(files)).toEqual([
      `${STANDARDS}:sighting-format/raw.md`,
      `${STANDARDS}:decisions/0012.json`,
    ]);
    expect(files[`${STANDARDS}:sighting-format/raw.md`]).toBe(TEXT_OF_ISSUE);
    expect(order.asked).toEqual([]);
    expect(notes.draft).toBeNull();
  });

  it("that wants no drafts gets the text as it is, in register and website", async () => {
    const { files, file, standard } = await print({ terms: { draft: null } });
    expect(file("sighting-format/raw.md")).toBe(TEXT_OF_ISSUE);
    expect(standard()).toMatchObject({ draft: null, revision: null, dates: { expires: null } });
    expect(standard()?.editors.map(({ name }) => name)).toEqual(["Ada Example"]);
    expect(files[`${WEBSITE}:standards.md`]).toContain("/blob/HEAD/sighting-format/raw.md)");
  });

  it("that keeps the website with the standards gets all in one pull request", async () => {
    const website = TERMS.website && { ...TERMS.website, repository: { owner: "misp", name: "MISP-rfc" } };
    const page = { [`${STANDARDS}:standards.md`]: WORLD[`${WEBSITE}:standards.md`] ?? null };
    const { made } = await print({ terms: { website }, files: page });
    expect(made).toHaveLength(1);
    expect(made[0]?.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["register.json", "standards.md", "rfc/sighting-format.html"]),
    );
  });

  it("that keeps list and sections on one page gets both changes of it", async () => {
    const website = TERMS.website && {
      ...TERMS.website,
      repository: { owner: "MISP", name: "misp-rfc" },
      page: "README.md",
      posts: null,
    };
    const { file, made } = await print({ terms: { website } });
    expect(made[0]?.files.filter(({ path }) => path === "README.md")).toHaveLength(1);
    expect(file("README.md")).toContain("* [sighting-format](sighting-format/raw.md.txt)");
    expect(file("README.md")).toContain("## Sighting format\n");
  });

  it("may name templates, which lie in the committee's own repository", async () => {
    const website = TERMS.website && { ...TERMS.website, templates: { post: "templates/post.md" } };
    const files = { [`${STANDARDS}:templates/post.md`]: "News of {{ standard.title }}\n" };
    const made = await print({ terms: { website }, files });
    expect(made.files[`${WEBSITE}:_posts/2027-01-03-Sighting-Format.md`]).toBe("News of Sighting format\n");
    await expect(print({ terms: { website } })).rejects.toThrow(
      "The charter names the file `templates/post.md` as the template `post`, and there is no such file in MISP/misp-rfc.",
    );
  });
});
