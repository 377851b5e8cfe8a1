/** idnits on the pull request: its result where a maintainer looks, and again on each push. */
import { expect } from "vitest";
import { list, object, text } from "../../src/sandbox/json.ts";
import { sampleDraft } from "../support/sample-draft.ts";
import { CHARTER, HOME, type Story, story } from "../support/story.ts";
import { inPublication } from "../support/story-life.ts";

const DRAFTS = `${CHARTER}publication:\n  draft:\n    who: misp\n`;
const BRANCH = "secretariat/0001-sighting-format";
const PATH = "sighting-format/raw.md";

/** The conclusions of the checks on the newest commit of the pull request, and the annotated lines. */
async function checksOn(s: Story, pull: number) {
  const head = text(object((await s.sandbox.see.pull(HOME, pull)).head).sha);
  const runs = (await s.sandbox.see.checkRuns(HOME, head)).filter(({ name }) => name === "idnits");
  return Promise.all(
    runs.map(async ({ id, conclusion }) => {
      const path = `/repos/MISP/${HOME}/check-runs/${id}/annotations`;
      const notes = list(await s.sandbox.as("cedric").ask("GET", path));
      return { conclusion, lines: notes.map((note) => `${note.path}:${note.start_line}`) };
    }),
  );
}

story(
  "a draft is checked when it is proposed to be merged, after each push, and once a commit",
  async (s) => {
    const date = s.sandbox.clock.now().slice(0, 10);
    const p = await inPublication(s, { specification: sampleDraft({ date }) });
    const [pull = 0] = await p.pulls();
    const [first, ...more] = await checksOn(s, pull);
    expect(more).toEqual([]);
    // It took two months to be approved: its date is old by now.
    expect(first?.lines).toEqual([`${PATH}:8`]);

    const mended = sampleDraft({ date: s.sandbox.clock.now().slice(0, 10) });
    await s.sandbox.as("cedric").putFile(HOME, PATH, mended, { branch: BRANCH });
    await s.settled();
    expect(await checksOn(s, pull)).toEqual([{ conclusion: "success", lines: [] }]);

    await s.sandbox
      .as("cedric")
      .putFile(HOME, PATH, "% nothing that anybody could read\n\u0007", { branch: BRANCH });
    await s.settled();
    expect(await checksOn(s, pull)).toEqual([{ conclusion: "failure", lines: [`${PATH}:2`] }]);

    await s.restarts("lost");
    await s.sweeps();
    expect(await checksOn(s, pull)).toHaveLength(1);
    await p.merges();
    await p.hears("published");
  },
  { charter: DRAFTS },
);

story(
  "a push that GitHub told nobody of is found by the sweep",
  async (s) => {
    const p = await inPublication(s, { specification: sampleDraft() });
    const [pull = 0] = await p.pulls();
    await s.restarts("kept", async () => {
      await s.sandbox
        .as("cedric")
        .putFile(HOME, PATH, sampleDraft({ docName: "nothing" }), { branch: BRANCH });
    });
    await s.sweeps();
    expect(await checksOn(s, pull)).toMatchObject([{ conclusion: "failure" }]);
    await p.merges();
    await p.hears("published");
  },
  { charter: DRAFTS },
);

story("a committee that makes no drafts has no check of them", async (s) => {
  const p = await inPublication(s);
  const [pull = 0] = await p.pulls();
  await s.sweeps();
  expect(await checksOn(s, pull)).toEqual([]);
  await p.merges();
  await p.hears("published");
});
