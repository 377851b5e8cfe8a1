/** What becomes of a ballot while the App is suspended, uninstalled, or installed with less than it needs. */
import { expect } from "vitest";
import { type Story, story } from "../support/story.ts";
import { inVote } from "../support/story-life.ts";
import type { Proposal } from "../support/story-proposal.ts";

/** A ballot with votes that nobody looks at any more; some come in time while the App is away, some late. */
async function votesWhileAway(s: Story, p: Proposal): Promise<void> {
  await s.passes("3 days");
  await p.vote("omar-b", "+1");
  await s.passes("20 days");
  await p.vote("petra-v", "-1");
  await p.vote("quentin-d", "-1");
  await p.vote("sofia-r", "-1");
}

async function decidedOnWhatStood(p: Proposal): Promise<void> {
  await p.hears("decision");
  expect((await p.docket()).find(({ kind }) => kind === "ballot-closed")).toMatchObject({
    result: "approved",
    tally: { for: { length: 3 }, against: { length: 1 }, outside: { late: 3 } },
  });
}

async function halfVoted(s: Story): Promise<Proposal> {
  const p = await inVote(s);
  await p.vote("adulau", "+1");
  await p.vote("iglocska", "+1");
  await p.vote("chrisr3d", "-1");
  await s.passes("2 hours");
  return p;
}

story("the App is suspended during a ballot, and let back after its deadline", async (s) => {
  const p = await halfVoted(s);
  await s.sandbox.estate.suspend();
  await votesWhileAway(s, p);
  expect(await p.stage()).toBe("vote");
  expect((await s.failures()).join()).toContain("suspended");
  await s.sandbox.estate.unsuspend();
  await s.settled();
  await s.passes("11 minutes");
  await decidedOnWhatStood(p);
});

// GitHub takes the tokens of an installation back with it, and a client doubts that for seconds: a new process has none.

story("the App is uninstalled during a ballot, and installed again after its deadline", async (s) => {
  const p = await halfVoted(s);
  await s.restarts("kept", s.sandbox.estate.uninstall);
  await votesWhileAway(s, p);
  expect(await p.stage()).toBe("vote");
  expect((await s.failures()).join()).toContain("The App is not installed on misp/misp-rfc");
  await s.sandbox.estate.install();
  await s.settled();
  await s.passes("11 minutes");
  await decidedOnWhatStood(p);
});

story("installed again with less than it needs: it says so, and goes on when that is granted", async (s) => {
  const p = await halfVoted(s);
  const { estate, world } = s.sandbox;
  await s.restarts("kept", async () => {
    await estate.uninstall();
    await estate.install({ ...world.permissions, contents: "read" });
  });
  await votesWhileAway(s, p);
  const [said] = await p.hears("trouble");
  expect(said).toContain("needs write access to contents");
  expect(await p.stage()).toBe("vote");
  await estate.grant(world.permissions);
  await s.settled();
  await s.passes("11 minutes");
  await decidedOnWhatStood(p);
});
