import { expect, test } from "vitest";
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

test("a write of whose end nothing was heard is remembered by the next look", async () => {
  const committee = await inCommentPeriod();
  const { port, world } = committee;
  const { writeDocket } = port;
  Object.assign(port, {
    async writeDocket(...given: Parameters<typeof writeDocket>) {
      await writeDocket(...given);
      throw new GitHubFailure("GitHub answered 502", { status: 502, retryAt: null });
    },
  });
  committee.comment("ada", "/extend 2 weeks Because of the holidays.");
  const before = world.docketWrites;
  await expect(committee.pass()).rejects.toThrow("502");
  expect(world.docketWrites).toBe(before + 1);
  expect(await remembered(committee)).toBe(`commit ${before}`);
  Object.assign(port, { writeDocket });
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
