import { expect, test } from "vitest";
import { unknown } from "../../src/proposal/facts.ts";
import { CHARTER, type Committee, inVote, MEMBERS, vote } from "../support/committee.ts";
import { failingRead } from "../support/doubts.ts";

function takesAway(committee: Committee, login: string): void {
  committee.unreact(login, committee.ours("ballot").id);
}

function deletesBallot(committee: Committee): void {
  const { id } = committee.ours("ballot");
  committee.world.comments = committee.world.comments.filter((each) => each.id !== id);
}

function closed(committee: Committee) {
  const entry = committee.world.docket?.find((each) => each.kind === "ballot-closed");
  if (entry?.kind !== "ballot-closed") throw new Error("The ballot is not closed");
  const { tally, result } = entry;
  return { for: tally.for.length, against: tally.against.length, silent: tally.silent.length, result };
}

test("a vote that is taken away after the deadline counts", async () => {
  const committee = await inVote();
  vote(committee, { for: 3, against: 2 });
  committee.forward(14, 1);
  await committee.pass();
  takesAway(committee, "ada");
  takesAway(committee, "ben");
  committee.forward(0, 11 * 60);
  await committee.pass();
  expect(closed(committee)).toMatchObject({ for: 3, against: 2, result: "approved" });
});

test("a vote that was on record counts, although the App was down when it was taken away after the deadline", async () => {
  const committee = await inVote();
  vote(committee, { for: 3, against: 2 });
  committee.forward(1);
  await committee.pass();
  committee.forward(14);
  takesAway(committee, "ada");
  await committee.closeBallot();
  expect(closed(committee)).toMatchObject({ for: 3, against: 2 });
});

test("a vote that is taken away in time, and was seen to be, does not count", async () => {
  const committee = await inVote();
  vote(committee, { for: 3, against: 2 });
  committee.forward(1);
  await committee.pass();
  takesAway(committee, "ada");
  committee.forward(0, 3_600);
  await committee.pass();
  committee.forward(14);
  await committee.closeBallot();
  expect(closed(committee)).toMatchObject({ for: 2, against: 2, silent: 5, result: "rejected" });
});

test("who changes the vote in time is counted with the last one, although nobody looked in between", async () => {
  const committee = await inVote();
  vote(committee, { for: 3 });
  committee.forward(1);
  await committee.pass();
  committee.forward(12);
  takesAway(committee, "ada");
  committee.react("ada", committee.ours("ballot").id, "-1");
  committee.forward(3);
  await committee.closeBallot();
  expect(closed(committee)).toMatchObject({ for: 2, against: 1 });
});

test("who is late to change the vote is counted with the one that was in time", async () => {
  const committee = await inVote();
  vote(committee, { for: 3 });
  committee.forward(13);
  await committee.pass();
  committee.forward(1, 60);
  takesAway(committee, "ada");
  committee.react("ada", committee.ours("ballot").id, "-1");
  committee.forward(1);
  await committee.closeBallot();
  expect(closed(committee)).toMatchObject({ for: 3, against: 0 });
});

test("votes on a ballot that is deleted after the deadline count", async () => {
  const committee = await inVote();
  vote(committee, { for: 5, against: 2 });
  committee.forward(14, 1);
  await committee.pass();
  deletesBallot(committee);
  committee.forward(0, 11 * 60);
  await committee.pass();
  expect(closed(committee)).toMatchObject({ for: 5, against: 2, result: "approved" });
  expect(committee.kinds()).not.toContain("ballot-prolonged");
});

test("votes on record are carried over to a ballot that is posted anew, until their voter votes there", async () => {
  const committee = await inVote();
  vote(committee, { for: 3, against: 1 });
  committee.forward(1);
  await committee.pass();
  deletesBallot(committee);
  committee.forward(0, 3_600);
  await committee.pass();
  expect(committee.ours("ballot").body).toContain("| 3 | 1 | 0 | 0 | 5 |");
  committee.react("ada", committee.ours("ballot").id, "-1");
  committee.react("ivy", committee.ours("ballot").id, "-1");
  committee.forward(0, 7_200);
  await committee.pass();
  committee.forward(20);
  await committee.closeBallot();
  expect(closed(committee)).toMatchObject({ for: 2, against: 3, silent: 4, result: "rejected" });
});

test("votes are put on record when they change, at most once an hour", async () => {
  const committee = await inVote();
  for (const login of MEMBERS.slice(0, 6)) {
    committee.react(login, committee.ours("ballot").id, "+1");
    await committee.pass();
    committee.forward(0, 15 * 60);
  }
  await committee.pass();
  const records = committee.world.docket?.filter((entry) => entry.kind === "votes-recorded") ?? [];
  expect(records.map((entry) => entry.kind === "votes-recorded" && entry.votes.length)).toEqual([1, 5]);
});

test("a ballot is decided on two looks after its deadline that agree, some minutes apart", async () => {
  const committee = await inVote();
  vote(committee, { for: 2, against: 1 });
  const ballot = committee.ours("ballot").id;
  committee.forward(14);
  committee.react("ivy", ballot, "-1");
  committee.react("hal", ballot, "-1");
  const made = committee.world.comments.find((each) => each.id === ballot);
  const late = (made?.reactionsMade ?? []).splice(-2);
  committee.forward(0, 11 * 60);
  await committee.pass();
  made?.reactionsMade.push(...late);
  committee.forward(0, 6 * 60);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  committee.forward(0, 4 * 60);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  committee.forward(0, 60);
  await committee.pass();
  expect(closed(committee)).toMatchObject({ for: 2, against: 3, result: "rejected" });
});

test("votes are put on record, although a command cannot be judged", async () => {
  const charterText = CHARTER.replace("[ada]", "[team: MISP/chairs]");
  const committee = await inVote({ charterText });
  vote(committee, { for: 5 });
  committee.world.rosters = { ...committee.world.rosters, chairs: unknown("The team cannot be read.") };
  committee.comment("mallory", "/withdraw Because I say so.");
  committee.forward(14, 1);
  await committee.pass();
  expect(committee.world.docket?.at(-1)?.kind).toBe("votes-recorded");
});

test("nothing is recorded or decided where the reactions cannot be read", async () => {
  const committee = await inVote();
  vote(committee, { for: 5 });
  const mend = failingRead(committee, "reactions");
  committee.forward(15);
  await expect(committee.pass()).rejects.toThrow("502");
  expect(committee.kinds()).not.toContain("votes-recorded");
  mend();
  await committee.closeBallot();
  expect(closed(committee)).toMatchObject({ for: 5 });
});
