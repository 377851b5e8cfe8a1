/** The files of a renewal and of a mark: the next revision and date, and nothing else of the text. */
import { describe, expect, it } from "vitest";
import type { Renderer } from "../../src/ietf/render.ts";
import { createUpkeepPress } from "../../src/ietf/upkeep-press.ts";
import { instant } from "../../src/proposal/instant.ts";
import { CannotUpdate } from "../../src/publication/file-update.ts";
import type { Upkeep } from "../../src/publication/maintenance/branches.ts";
import type { Standard } from "../../src/publication/register/model.ts";
import { standardIn } from "../../src/publication/register/model.ts";
import { readRegister, writeRegister } from "../../src/publication/register/text.ts";
import type { MadeUpkeep, UpkeepOrder } from "../../src/reconcile/maintenance-ports.ts";
import { SAMPLE_REGISTER } from "../../src/sandbox/sample-register.ts";
import { sampleDraft } from "../support/sample-draft.ts";
import { NO_PRINTER, PRINTER, STANDARDS, TERMS, WEBSITE, WORLD } from "./press-support.ts";

const SLUG = "misp-core-format";
const DRAFT = "draft-dulaunoy-misp-core-format";
const AT = instant("2027-06-01T08:00:00Z");
const EXPIRES = instant("2027-06-23T09:30:00Z");
const SOURCE = sampleDraft({ docName: `${DRAFT}-20`, date: "2026-12-20" });
const RAW = `${STANDARDS}:${SLUG}/raw.md`;

type Given = {
  readonly files?: Readonly<Record<string, string | null>>;
  readonly terms?: Partial<UpkeepOrder["terms"]>;
  readonly standard?: Partial<Standard>;
  readonly renderer?: Renderer;
};

async function make(what: Upkeep, given: Given = {}): Promise<MadeUpkeep> {
  const known = standardIn(SAMPLE_REGISTER, SLUG);
  if (known === null) throw new Error("The sample register has no core format");
  const standard: Standard = { ...known, ...given.standard };
  const standards = SAMPLE_REGISTER.standards.map((each) => (each.slug === SLUG ? standard : each));
  const register = writeRegister({ ...SAMPLE_REGISTER, standards });
  const files: Readonly<Record<string, string | null>> = {
    ...WORLD,
    [`${STANDARDS}:register.json`]: register,
    [RAW]: SOURCE,
    ...given.files,
  };
  const order: UpkeepOrder = {
    what,
    home: { owner: "MISP", name: "misp-rfc" },
    committee: "MISP Standard Committee",
    standards: { owner: "MISP", name: "misp-rfc" },
    terms: { ...TERMS, ...given.terms },
    expiring: {
      standard,
      draft: DRAFT,
      revision: standard.revision ?? "",
      expires: EXPIRES,
      hasExpired: false,
    },
    at: AT,
    read: async ({ owner, name }, path) => files[`${owner}/${name}:${path}`] ?? null,
  };
  return createUpkeepPress({ bibliography: null, renderer: given.renderer ?? PRINTER }).make(order);
}

const filesOf = ({ targets }: MadeUpkeep) =>
  Object.fromEntries(
    targets.flatMap(({ repository: { owner, name }, files }) =>
      files.map(({ path, content }) => [`${owner}/${name}:${path}`, content]),
    ),
  );

describe("a renewal", () => {
  it("changes revision and date, and makes everything else anew; the website comes first, without news", async () => {
    const made = await make("renewal");
    const files = filesOf(made);
    expect(made).toMatchObject({ draft: `${DRAFT}-21`, remarks: [] });
    expect(Object.keys(files)).toEqual([
      `${WEBSITE}:rfc/misp-standard-core.txt`,
      `${WEBSITE}:rfc/misp-standard-core.html`,
      RAW,
      `${RAW}.xml`,
      `${RAW}.txt`,
      `${RAW}.html`,
      `${STANDARDS}:register.json`,
      `${STANDARDS}:README.md`,
    ]);
    expect(files[RAW]).toBe(SOURCE.replace(`${DRAFT}-20`, `${DRAFT}-21`).replace("2026-12-20", "2027-06-01"));
    expect(files[`${RAW}.xml`]).toContain('<date year="2027" month="June" day="1"');
    const register = readRegister(files[`${STANDARDS}:register.json`] ?? null);
    const before = standardIn(SAMPLE_REGISTER, SLUG);
    expect(standardIn(register, SLUG)).toEqual({
      ...before,
      revision: "21",
      dates: { published: AT, expires: "2027-12-03T08:00:00Z", retired: null },
    });
    expect(files[`${STANDARDS}:README.md`]).toContain("Current Internet-Draft: [21]");
    expect(made.targets.map(({ carries, fixed }) => [carries, fixed])).toEqual([
      ["website", []],
      ["standards", [`${SLUG}/raw.md`]],
    ]);
  });

  it("is the same whenever it is made", async () => {
    expect(await make("renewal")).toEqual(await make("renewal"));
  });

  it("without xml2rfc leaves text, HTML and the website as they are, and says so", async () => {
    const made = await make("renewal", { renderer: NO_PRINTER });
    expect(Object.keys(filesOf(made))).toEqual([
      RAW,
      `${RAW}.xml`,
      `${STANDARDS}:register.json`,
      `${STANDARDS}:README.md`,
    ]);
    expect(made.remarks).toEqual([expect.stringContaining("xml2rfc is not installed here")]);
  });

  it("comes in one pull request where the website is kept beside the standards", async () => {
    const website = {
      ...TERMS.website,
      repository: { owner: "misp", name: "MISP-RFC" },
    } as UpkeepOrder["terms"]["website"];
    const page = WORLD[`${WEBSITE}:standards.md`] ?? "";
    const made = await make("renewal", {
      terms: { website },
      files: { [`${STANDARDS}:standards.md`]: page },
    });
    expect(made.targets.map(({ carries }) => carries)).toEqual(["both"]);
    expect(made.targets[0]?.files.map(({ path }) => path)).toContain("rfc/misp-standard-core.txt");
  });

  it("takes away the mark of one that has expired", async () => {
    const marked = filesOf(await make("mark"));
    const files = { [`${WEBSITE}:standards.md`]: marked[`${WEBSITE}:standards.md`] ?? "" };
    expect(files[`${WEBSITE}:standards.md`]).toContain("has expired on 2027-06-23");
    const made = filesOf(await make("renewal", { standard: { status: "expired" }, files }));
    expect(made[`${WEBSITE}:standards.md`]).not.toContain("has expired");
    expect(made[`${STANDARDS}:register.json`]).toContain('"status": "published"');
  });

  it("names a draft whose title block left the revision out", async () => {
    const bare = SOURCE.replace(`${DRAFT}-20`, DRAFT);
    const made = filesOf(await make("renewal", { files: { [RAW]: bare } }));
    expect(made[RAW]).toContain(`docName = "${DRAFT}-21"`);
  });

  it.each<[string, Given, RegExp]>([
    ["no source", { files: { [RAW]: null } }, /There is no file `misp-core-format\/raw\.md`/],
    [
      "another revision",
      { files: { [RAW]: SOURCE.replace("-20", "-19") } },
      /is draft-dulaunoy-misp-core-format-20, and the name in its title block is draft-dulaunoy-misp-core-format-19\. One of the two/,
    ],
    [
      "another draft",
      { files: { [RAW]: SOURCE.replace("core-format-20", "other-20") } },
      /One of the two has to be mended/,
    ],
    ["no title block", { files: { [RAW]: "# A standard\n" } }, /the name in its title block is none/],
    [
      "a hostile name",
      { files: { [RAW]: SOURCE.replace(`${DRAFT}-20`, "draft-x](http://evil)-20") } },
      /title block is none/,
    ],
    [
      "binary data",
      { files: { [RAW]: `${SOURCE}\u0000` } },
      /cannot be made into an Internet-Draft\. Line \d+ holds the control character/,
    ],
    ["no register", { files: { [`${STANDARDS}:register.json`]: "{" } }, /The register cannot be read/],
    ["no further revision", { standard: { revision: "99" } }, /has reached revision 99/],
    ["no page", { files: { [`${WEBSITE}:standards.md`]: null } }, /There is no file `standards\.md`/],
    [
      "a template that is not there",
      { terms: { website: TERMS.website && { ...TERMS.website, templates: { section: "t.md" } } } },
      /names the file `t\.md` as the template/,
    ],
  ])("with %s says what to mend", async (_, given, words) => {
    const making = make("renewal", given);
    await expect(making).rejects.toThrow(words);
    await expect(making).rejects.toBeInstanceOf(CannotUpdate);
  });
});

describe("a mark", () => {
  it("says in register, list and page that the draft has expired, and when", async () => {
    const files = filesOf(await make("mark"));
    expect(Object.keys(files)).toEqual([
      `${WEBSITE}:standards.md`,
      `${STANDARDS}:register.json`,
      `${STANDARDS}:README.md`,
    ]);
    const marked = standardIn(readRegister(files[`${STANDARDS}:register.json`] ?? null), SLUG);
    expect(marked).toMatchObject({ status: "expired", revision: "20", dates: { expires: EXPIRES } });
    expect(files[`${STANDARDS}:README.md`]).toContain("Expired Internet-Draft: [20]");
  });

  it("is the register's alone where the committee keeps no page", async () => {
    const made = await make("mark", { terms: { website: null, readme: null } });
    expect(made.targets).toMatchObject([{ carries: "standards", files: [{ path: "register.json" }] }]);
  });

  it("of a standard that has no section says so", async () => {
    const page = "# Standards\n\n## Another\n\nText.\n";
    await expect(make("mark", { files: { [`${WEBSITE}:standards.md`]: page } })).rejects.toThrow(
      "has no section for the standard",
    );
  });
});
