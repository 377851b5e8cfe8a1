import { expect, test } from "vitest";
import { after as later, SETTLING, seconds } from "../../src/proposal/instant.ts";
import { lastCommit } from "../../src/reconcile/last-docket.ts";
import { GitHubFailure, type StoredDocket } from "../../src/reconcile/ports.ts";
import { type Committee, inCommentPeriod } from "../support/committee.ts";

function remembered({ notes, world }: Committee): Promise<string | null> {
  const store = {
    recall: async (key: string) => notes.get(key) ?? null,
    remember: async () => expect.fail("only asked"),
  };
  return lastCommit(store, { id: world.issueId });
}

const BAD_GATEWAY = new GitHubFailure("GitHub answered 502", { status: 502, retryAt: null });

/** A pass whose write to the docket is answered by a failure, done or not. */
async function passFailing({ port, pass }: Committee, isDone: boolean, failure = BAD_GATEWAY): Promise<void> {
  const { writeDocket } = port;
  Object.assign(port, {
    async writeDocket(...given: Parameters<typeof writeDocket>) {
      if (isDone) await writeDocket(...given);
      throw failure;
    },
  });
  await expect(pass()).rejects.toThrow(failure.message);
  Object.assign(port, { writeDocket });
}

/** A pass that is shown a docket as it was before. */
async function passOnOld({ port, pass }: Committee, old: StoredDocket): Promise<void> {
  const { readDocket } = port;
  Object.assign(port, { readDocket: async () => old });
  await expect(pass()).rejects.toThrow("kept changing");
  Object.assign(port, { readDocket });
}

/** Somebody deletes the branch, what GitHub still knows of it leads to a docket with so many entries, and a chair wants it back. */
async function deleteAndRestore({ world, pass, comment }: Committee, known: number): Promise<void> {
  world.docket = null;
  world.docketHistory = world.docketHistory.filter(({ length }) => length <= known);
  await expect(pass()).rejects.toThrow("is gone");
  comment("ada", "/restore");
  await pass();
}

test("a write of whose end nothing was heard is remembered by the next look", async () => {
  const committee = await inCommentPeriod();
  const { world } = committee;
  committee.comment("ada", "/extend 2 weeks Because of the holidays.");
  const before = world.docketWrites;
  await passFailing(committee, true);
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
    await passFailing(committee, isDone);
    const written = world.docket?.at(-1);
    await deleteAndRestore(committee, before.length);
    expect(committee.kinds()).toEqual([...before, "extended", "restored"]);
    if (isDone) expect(world.docket?.at(-2)).toEqual(written);
  },
);

test("the text that was being written comes back with its entry", async () => {
  const committee = await inCommentPeriod();
  const { world } = committee;
  const before = committee.kinds();
  world.body = `${world.body}\nOne more sentence.`;
  await passFailing(committee, true);
  const text = world.docket?.at(-1);
  world.texts.clear();
  await deleteAndRestore(committee, before.length);
  expect(world.docket?.at(-2)).toEqual(text);
  expect(world.texts.size).toBe(1);
});

test("what a later look has not found was not written, and does not come back", async () => {
  const committee = await inCommentPeriod();
  const { world } = committee;
  const before = committee.kinds();
  committee.comment("ada", "/extend 2 weeks Because of the holidays.");
  await passFailing(committee, false);
  world.comments.pop();
  committee.forward(0, 60);
  // Nothing else asks for a look this soon.
  expect(await committee.pass()).toBe(later(world.now, seconds(SETTLING - 60)));
  committee.forward(0, SETTLING - 60);
  await committee.pass();
  await deleteAndRestore(committee, before.length);
  expect(committee.kinds()).toEqual([...before, "restored"]);
});

test("what GitHub has refused was not written, and does not come back", async () => {
  const committee = await inCommentPeriod();
  const before = committee.kinds();
  committee.comment("ada", "/extend 2 weeks Because of the holidays.");
  const paced = new GitHubFailure("not asked", { status: 429, retryAt: null, paced: true });
  await passFailing(committee, false, paced);
  committee.world.comments.pop();
  await deleteAndRestore(committee, before.length);
  expect(committee.kinds()).toEqual([...before, "restored"]);
});

test("what lost the race, by an old read, does not come back instead of what won it", async () => {
  const committee = await inCommentPeriod();
  const { world, port, ref } = committee;
  const before = committee.kinds();
  const old = await port.readDocket(ref);
  committee.comment("ada", "/extend 2 weeks Because of the holidays.");
  await passFailing(committee, true);
  const won = world.docket?.at(-1);
  committee.forward(0, 5);
  await passOnOld(committee, old);
  await deleteAndRestore(committee, before.length);
  expect(committee.kinds()).toEqual([...before, "extended", "restored"]);
  expect(world.docket?.at(-2)).toEqual(won);
});

test("an order to restore is carried out although an old read made it look needless", async () => {
  const committee = await inCommentPeriod();
  const { world, port, ref } = committee;
  const before = committee.kinds();
  const { readDocket } = port;
  const old = await readDocket(ref);
  world.docket = null;
  committee.comment("ada", "/restore");
  Object.assign(port, { readDocket: async () => old });
  await passFailing(committee, false);
  Object.assign(port, { readDocket });
  await committee.pass();
  expect(committee.kinds()).toEqual([...before, "restored"]);
});

test("what follows on another docket than the one that is left does not come back", async () => {
  const committee = await inCommentPeriod();
  const before = committee.kinds();
  committee.comment("ada", "/extend 2 weeks Because of the holidays.");
  await passFailing(committee, true);
  await deleteAndRestore(committee, 2);
  expect(committee.kinds().slice(0, 3)).toEqual([...before.slice(0, 2), "restored"]);
});

const told = (id: string) =>
  ({ kind: "key-changed", from: "first", to: { id, key: `${id} in full` }, vouched: null }) as const;

test.each([
  ["second", ["extended", "restored"]],
  ["third", ["restored"]],
])(
  "where the key was changed to the second one and then seals as the %s, the docket names that one alone",
  async (sealing, kinds) => {
    const committee = await inCommentPeriod();
    const { port, ref } = committee;
    const before = committee.kinds();
    const { readDocket, recoverDocket } = port;
    const old = { ...(await readDocket(ref)), keyChange: told("second") };
    Object.assign(port, { readDocket: async () => old });
    committee.comment("ada", "/extend 2 weeks Because of the holidays.");
    await passFailing(committee, true);
    Object.assign(port, {
      readDocket,
      async recoverDocket(...given: Parameters<typeof recoverDocket>) {
        const found = await recoverDocket(...given);
        return found && { ...found, keyChange: told(sealing) };
      },
    });
    await deleteAndRestore(committee, before.length);
    expect(committee.kinds().slice(before.length, before.length + 1 + kinds.length)).toEqual([
      "key-changed",
      ...kinds,
    ]);
    expect(committee.world.docket?.find(({ kind }) => kind === "key-changed")).toMatchObject(told(sealing));
  },
);

test("a note from before there were attempts still tells of an older docket", async () => {
  const committee = await inCommentPeriod();
  const { notes, world } = committee;
  const name = `docket issue ${world.issueId}`;
  const { attempt: _, ...old } = JSON.parse(notes.get(name) ?? "");
  notes.set(name, JSON.stringify(old));
  world.docket = world.docketHistory[0] ?? null;
  world.docketWrites++;
  await expect(committee.pass()).rejects.toThrow("older version");
});
