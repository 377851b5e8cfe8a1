/** What becomes of a proposal when something happens to the repository that it lies in. */
import { expect } from "vitest";
import { HOME, type Story, story } from "../support/story.ts";
import { inCommentPeriod, inPublication, inVote, WHOLE_LIFE } from "../support/story-life.ts";

const OWNER = "adulau";
const REPOSITORY = `/repos/MISP/${HOME}`;

/** An owner changes something in the repository's settings. */
async function sets(s: Story, change: Readonly<Record<string, unknown>>): Promise<void> {
  await s.sandbox.as(OWNER).ask("PATCH", REPOSITORY, change);
  await s.settled();
}

async function moves(s: Story, to: string): Promise<void> {
  await s.sandbox.estate.moveRepository(HOME, to);
  await s.settled();
}

/** The names that the App asks GitHub for, since the log was emptied. */
function asked(s: Story): readonly string[] {
  return s.sandbox.requests.log.filter(({ by }) => by === "installation").map(({ path }) => path);
}

story(
  "a repository is renamed during a ballot: it goes on, no vote is lost, and nothing is said twice",
  async (s) => {
    const p = await inVote(s);
    await p.votes({ for: 3 });
    await s.passes("2 days");
    await moves(s, "MISP/standards");
    await p.vote("petra-v", "+1");
    await p.vote("adulau", "-1");
    await p.vote("quentin-d", "-1");
    await s.passes("15 days");
    const [decision] = await p.hears("decision");
    expect(decision).toContain("petra-v");
    expect(await p.kinds()).toEqual(WHOLE_LIFE.slice(0, -1));
    expect((await p.docket()).find(({ kind }) => kind === "ballot-closed")).toMatchObject({
      tally: { for: { length: 3 }, against: { length: 1 }, conflicting: { length: 1 } },
    });
    expect((await p.comment("status")).body).toContain("MISP/standards/blob/dockets/");
    s.sandbox.requests.reset();
    await s.passes("1 day");
    expect(asked(s).filter((path) => path.includes(HOME))).toEqual([]);
    await p.merges();
    await p.hears("published");
  },
);

story("webhooks of a renaming are lost: the next look under the old name finds the new one", async (s) => {
  const p = await inVote(s);
  await p.votes({ for: 5 });
  s.sandbox.deliveries.next({ fault: "drop", event: "repository" });
  await moves(s, "MISP/standards");
  await s.passes("15 days");
  await p.hears("decision");
});

story("an older docket that is put back is found although the repository was renamed before", async (s) => {
  s.allow.history = true;
  const p = await inCommentPeriod(s);
  const path = "0001/docket.json";
  const old = (await s.sandbox.see.file(HOME, path, "dockets")) ?? "";
  await s.passes("31 days");
  await p.hears("feedback", "ballot");
  await s.passes("1 hour");
  await s.sandbox.as(OWNER).putFile(HOME, path, old, { branch: "dockets" });
  await moves(s, "MISP/standards");
  await s.passes("1 hour");
  await p.hears("trouble");
  await p.says(OWNER, "/restore");
  await s.recovers();
  expect(await p.stage()).toBe("vote");
});

story(
  "a repository moves to another owner while its publication is open: the merge is seen all the same",
  async (s) => {
    const p = await inPublication(s);
    await moves(s, "CIRCL/standards");
    await s.passes("2 days");
    await p.merges();
    // The pull request names the proposal by the owner of that time, so its webhook names nobody: the daily look finds it.
    await p.hears();
    await s.passes("1 day");
    await p.hears("published");
    expect(await p.kinds()).toEqual(WHOLE_LIFE);
  },
);

story("a repository moves where the App is not installed, and comes back after the deadline", async (s) => {
  const p = await inVote(s);
  await p.votes({ for: 5, against: 1 });
  await s.passes("2 hours");
  await s.sandbox.estate.giveRepository(HOME, false);
  await s.passes("3 days");
  // A token is good for an hour; after that GitHub makes none for the repository.
  expect(await s.failures()).toEqual([]);
  await s.restarts();
  await s.passes("20 days");
  expect((await s.failures()).join()).toContain("The App is not installed on misp/misp-rfc");
  expect(await p.stage()).toBe("vote");
  await s.sandbox.estate.giveRepository(HOME, true);
  await s.settled();
  await s.passes("11 minutes");
  await p.hears("decision");
});

story(
  "an archived repository: nothing is recorded, and what has passed is acted on when it is unarchived",
  async (s) => {
    const p = await inVote(s);
    await p.votes({ for: 4, against: 3 });
    await s.passes("2 hours");
    const before = await p.docket();
    await sets(s, { archived: true });
    await s.passes("20 days");
    expect(await p.docket()).toEqual(before);
    const [failure, ...others] = await s.failures();
    expect(failure).toMatch(/^proposal misp\/misp-rfc#1: .*archived/);
    expect(failure).not.toContain("needs write access");
    expect(others).toEqual([]);
    await sets(s, { archived: false });
    await s.passes("11 minutes");
    await p.hears("decision");
    expect((await p.docket()).find(({ kind }) => kind === "ballot-closed")).toMatchObject({
      at: before.find((entry) => entry.kind === "ballot-opened")?.closesAt,
      tally: { for: { length: 4 }, against: { length: 3 } },
    });
  },
);

story("a repository is made private: nothing changes for those who may see it", async (s) => {
  const p = await inVote(s);
  await sets(s, { private: true });
  await p.votes({ for: 5 });
  await s.passes("15 days");
  await p.hears("decision");
  await p.merges();
  await p.hears("published");
});

story(
  "the default branch is renamed: the charter is read from it, and the publication goes into it",
  async (s) => {
    const p = await inVote(s);
    await p.votes({ for: 5 });
    const owner = s.sandbox.as(OWNER);
    await owner.createBranch(HOME, "trunk");
    await sets(s, { default_branch: "trunk" });
    await owner.deleteBranch(HOME, "main");
    const charter = (await s.sandbox.see.file(HOME, ".github/committee.yml", "trunk")) ?? "";
    const without = charter.replace("reviewers: [iglocska, chrisr3d]", "reviewers: [chrisr3d]");
    await owner.putFile(HOME, ".github/committee.yml", without, { branch: "trunk" });
    await s.settled();
    const other = await s.proposes({ name: "other" });
    await other.says("iglocska", "/accept");
    expect((await other.hears("status", "reply"))[1]).toContain("does not name you as a reviewer");
    await s.passes("15 days");
    await p.hears("decision");
    const [pull] = await p.pulls();
    expect(await s.sandbox.see.pull(HOME, pull ?? 0)).toMatchObject({ base: { ref: "trunk" } });
    await p.merges();
    await p.hears("published");
  },
);
