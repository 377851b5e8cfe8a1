/** From the approved text to the field's own formats, over two repositories. */
import { expect } from "vitest";
import { sha256 } from "../../src/proposal/docket.ts";
import { standardIn } from "../../src/publication/register/model.ts";
import { readRegister } from "../../src/publication/register/text.ts";
import { sampleStandardsPage } from "../../src/sandbox/sample-pages.ts";
import { CHARTER, HOME, story } from "../support/story.ts";
import { inPublication, inVote } from "../support/story-life.ts";

const SITE = "misp-standard.org";

const PRESS = `${CHARTER}publication:
  draft: { who: misp }
  register: register.json
  readme: README.md
  website: { repository: MISP/${SITE}, address: "https://www.misp-standard.org" }
`;

story(
  "a proposal written in an issue becomes a draft, and stands in register, list, website and news",
  async (s) => {
    s.sandbox.requests.reset();
    const p = await inPublication(s);
    const { see, as } = s.sandbox;
    const [site] = (await see.pulls(SITE)).map(({ number }) => Number(number));
    const branch = "secretariat/0001-sighting-format";
    const raw = (await see.file(HOME, "sighting-format/raw.md", branch)) ?? "";
    expect(raw).toContain('docName = "draft-misp-sighting-format-00"');
    expect(await see.file(HOME, "sighting-format/raw.md.xml", branch)).toContain(
      '<reference anchor="RFC2119"',
    );
    await p.merges();
    expect(await p.stage()).toBe("publication");
    await as("cedric").mergePull(SITE, site ?? 0);
    await s.settled();
    await p.hears("published");
    const register = readRegister(await see.file(HOME, "register.json"));
    expect(standardIn(register, "sighting-format")).toMatchObject({ status: "published", revision: "00" });
    expect(await see.file(HOME, "README.md")).toContain("* [sighting-format](sighting-format/raw.md");
    const page = (await see.file(SITE, "standards.md")) ?? "";
    expect(page.startsWith(sampleStandardsPage())).toBe(true);
    expect(page).toContain("## A sighting format\n");
    const news = (await see.files(SITE)).find((path) => path.startsWith("_posts/"));
    expect(news).toMatch(/^_posts\/[0-9-]{10}-Sighting-Format\.md$/);
    expect((await p.docket()).at(-1)).toMatchObject({
      kind: "published",
      files: expect.arrayContaining([
        expect.objectContaining({ path: "sighting-format/raw.md", sha256: sha256(raw), asVoted: true }),
      ]),
    });
    expect(s.sandbox.requests.total).toBeLessThanOrEqual(100);
  },
  { charter: PRESS },
);

story(
  "a page without a place for the standard: the proposal says what to mend, no pull request is open, and then both are",
  async (s) => {
    const page = sampleStandardsPage();
    await s.sandbox.as("cedric").putFile(SITE, "standards.md", "No list of standards.\n");
    const p = await inVote(s);
    await p.votes({ for: 6 });
    await s.passes("15 days");
    await p.hears("decision", "trouble");
    expect(await p.pulls()).toEqual([]);
    expect(await s.sandbox.see.pulls(SITE)).toEqual([]);
    expect((await p.comment("trouble")).body).toContain("neither a heading of the first level nor a section");
    await s.sandbox.as("cedric").putFile(SITE, "standards.md", page);
    await s.recovers();
    expect(await p.pulls()).toHaveLength(1);
    expect(await s.sandbox.see.pulls(SITE)).toHaveLength(1);
  },
  { charter: PRESS },
);
