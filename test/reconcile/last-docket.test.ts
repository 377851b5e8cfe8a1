import { expect, test } from "vitest";
import { SETTLING } from "../../src/proposal/instant.ts";
import { lastCommit } from "../../src/reconcile/last-docket.ts";
import { GitHubFailure } from "../../src/reconcile/ports.ts";
import { type Committee, inCommentPeriod } from "../support/committee.ts";

function remembered({ notes, world }: Committee): Promise<string | null> {
  const store = {
    recall: async (key: string) => notes.get(key) ?? null,
    remember: async () => expect.fail("only asked"),
  };
  return lastCommit(store, { id: world.issueId });
}

/** A pass whose write to the docket is answered by a 502, done or not. */
async function passUnheard({ port, pass }: Committee, isDone: boolean): Promise<void> {
  const { writeDocket } = port;
  Object.assign(port, {
    async writeDocket(...given: Parameters<typeof writeDocket>) {
      if (isDone) await writeDocket(...given);
      throw new GitHubFailure("GitHub answered 502", { status: 502, retryAt: null });
    },
  });
  await expect(pass()).rejects.toThrow("502");
  Object.assign(port, { writeDocket });
}

/** Somebody deletes the branch, and what GitHub still knows of it leads to a docket with so many entries. */
async function deleteBranch({ world, pass }: Committee, known: number): Promise<void> {
  world.docket = null;
  world.docketHistory = world.docketHistory.filter(({ length }) => length <= known);
  await expect(pass()).rejects.toThrow("is gone");
}

test("a write of whose end nothing was heard is remembered by the next look", async () => {
  const committee = await inCommentPeriod();
  const { world } = committee;
  committee.comment("ada", "/extend 2 weeks Because of the holidays.");
  const before = world.docketWrites;
  await passUnheard(committee, true);
  expect(world.docketWrites).toBe(before + 1);
  expect(await remembered(committee)).toBe(`commit ${before}`);
  await committee.pass();
  expect(world.docketWrites).toBe(before + 1);
  expect(await remembered(committee)).toBe(`commit ${before + 1}`);
});

test("what was written before the store was lost is remembered by the next look", async () => {
  const committee = await inCommentPeriod();
  committee.notes.clear();
  await committee.pass();
  expect(await remembered(committee)).toBe(`commit ${committee.world.docketWrites}`);
});

test.each([true, false])(
  "what was being written when the branch was deleted is brought back with the rest (done: %s)",
  async (isDone) => {
    const committee = await inCommentPeriod();
    const { world } = committee;
    const before = committee.kinds();
    committee.comment("ada", "/extend 2 weeks Because of the holidays.");
    await passUnheard(committee, isDone);
    const written = world.docket?.at(-1);
    await deleteBranch(committee, before.length);
    committee.comment("ada", "/restore");
    await committee.pass();
    expect(committee.kinds()).toEqual([...before, "extended", "restored"]);
    if (isDone) expect(world.docket?.at(-2)).toEqual(written);
  },
);

test("the text that was being written comes back with its entry", async () => {
  const committee = await inCommentPeriod();
  const { world } = committee;
  const before = committee.kinds();
  world.body = `${world.body}\nOne more sentence.`;
  await passUnheard(committee, true);
  const text = world.docket?.at(-1);
  world.texts.clear();
  await deleteBranch(committee, before.length);
  committee.comment("ada", "/restore");
  await committee.pass();
  expect(world.docket?.at(-2)).toEqual(text);
  expect(world.texts.size).toBe(1);
});

test("what a later look has not found was not written, and does not come back", async () => {
  const committee = await inCommentPeriod();
  const { world } = committee;
  const before = committee.kinds();
  committee.comment("ada", "/extend 2 weeks Because of the holidays.");
  await passUnheard(committee, false);
  world.comments.pop();
  committee.forward(0, SETTLING);
  await committee.pass();
  await deleteBranch(committee, before.length);
  committee.comment("ada", "/restore");
  await committee.pass();
  expect(committee.kinds()).toEqual([...before, "restored"]);
});
