/** From the approved text to the merged file: what maintainers do with the pull request. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sha256 } from "../../src/proposal/docket.ts";
import { HOME, type Story, story } from "../support/story.ts";
import { inPublication } from "../support/story-life.ts";
import { SPECIFICATION } from "../support/story-proposal.ts";

const DRAFTS = new URL("../../../shared/inputs/drafts/", import.meta.url);
const NAMES = ["misp-core-format", "misp-query-format", "misp-taxonomy-format", "sightingdb-format"];

/** GitHub takes 65,536 characters in an issue. A longer draft lies in a repository, and the issue links to it. */
const FITS_IN_ISSUE = 50_000;

const present = NAMES.filter((name) => existsSync(new URL(`${name}.md`, DRAFTS)));
if (present.length > 0) {
  story(`${present.join(", ")}: at the same time, each published byte for byte`, (s) =>
    publishes(s, present),
  );
} else {
  test("the drafts are not on this machine: there is nothing to publish", () => {
    console.info(`${DRAFTS} is not there; the story of the real drafts was not told`);
    expect(present).toEqual([]);
  });
}

async function publishes(s: Story, names: readonly string[]): Promise<void> {
  const drafts = names.map((name) => ({ name, text: readFileSync(new URL(`${name}.md`, DRAFTS), "utf8") }));
  const proposals = [];
  for (const { name, text } of drafts) {
    const linked = text.length > FITS_IN_ISSUE;
    if (linked) await s.sandbox.as("cedric").putFile(HOME, `drafts/${name}.md`, text);
    const specification = linked ? `${s.sandbox.url}/MISP/${HOME}/blob/main/drafts/${name}.md` : text;
    proposals.push(await s.proposes({ name, specification }));
  }
  await Promise.all(proposals.map((p) => p.says("iglocska", "/accept")));
  await s.passes("31 days");
  for (const p of proposals) await p.votes({ for: 4 });
  await s.passes("15 days");
  for (const [index, { name, text }] of drafts.entries()) {
    const p = s.proposal(index + 1);
    await p.merges();
    await p.hears("status", "comment-period-open", "feedback", "ballot", "decision", "published");
    expect(await s.sandbox.see.file(HOME, `${name}/raw.md`)).toBe(text);
    expect((await p.docket()).at(-1)).toMatchObject({
      kind: "published",
      files: [
        { path: `${name}/raw.md`, sha256: sha256(text), asVoted: true },
        { path: `decisions/000${p.number}.json`, asVoted: null },
      ],
    });
  }
}

story("a linked text is what it was when the ballot opened, whatever becomes of the file", async (s) => {
  const maintainer = s.sandbox.as("cedric");
  await maintainer.putFile(HOME, "drafts/sightings.md", SPECIFICATION);
  const specification = `${s.sandbox.url}/MISP/${HOME}/blob/main/drafts/sightings.md`;
  const p = await s.proposes({ specification });
  await p.says("iglocska", "/accept");
  await s.passes("31 days");
  await p.votes({ for: 5 });
  await maintainer.putFile(HOME, "drafts/sightings.md", "Something that nobody has voted on.\n");
  await s.passes("15 days");
  await p.merges();
  await p.hears("status", "comment-period-open", "feedback", "ballot", "decision", "published");
  expect(await s.sandbox.see.file(HOME, "sighting-format/raw.md")).toBe(SPECIFICATION);
});

story("closed unmerged: the App says so, and opens another one when a chair writes /publish", async (s) => {
  const p = await inPublication(s);
  const [first = 0] = await p.pulls();
  await s.sandbox.as("cedric").closePull(HOME, first);
  await s.settled();
  await p.hears("publication-stopped");
  await s.passes("40 days");
  expect(await p.pulls()).toEqual([first]);
  await p.says("mallory", "/publish");
  const [refusal] = await p.hears("reply");
  expect(refusal).toContain("@mallory");
  await p.says("adulau", "/publish");
  expect(await p.pulls()).toHaveLength(2);
  await p.merges();
  await p.hears("published");
  expect(await s.sandbox.see.file(HOME, "sighting-format/raw.md")).toBe(SPECIFICATION);
});

story("merged with a maintainer's change: the record says that it is not what was voted on", async (s) => {
  const p = await inPublication(s);
  const branch = "secretariat/0001-sighting-format";
  const edited = `${SPECIFICATION}\nA maintainer added this.\n`;
  await s.sandbox.as("cedric").putFile(HOME, "sighting-format/raw.md", edited, { branch });
  await s.settled();
  await s.passes("2 days");
  expect(await s.sandbox.see.file(HOME, "sighting-format/raw.md", branch)).toBe(edited);
  await p.merges();
  const [published] = await p.hears("published");
  expect(published).toContain("sighting-format/raw.md");
  expect((await p.docket()).at(-1)).toMatchObject({
    files: [{ path: "sighting-format/raw.md", sha256: sha256(edited), asVoted: false }, {}],
  });
});

story("the decision record tells a machine what was decided, by whom and how", async (s) => {
  const p = await inPublication(s);
  await p.merges();
  await p.hears("published");
  const record = JSON.parse((await s.sandbox.see.file(HOME, "decisions/0001.json")) ?? "");
  expect(JSON.stringify(record)).toContain(sha256(SPECIFICATION));
  expect(record).toMatchObject({ result: "approved" });
});
