import { expect, test } from "vitest";
import { sha256 } from "../../src/proposal/docket.ts";
import { known, unknown } from "../../src/proposal/facts.ts";
import { GitHubFailure } from "../../src/reconcile/ports.ts";
import {
  body,
  CHARTER,
  inCommentPeriod,
  inVote,
  MEMBERS,
  SPECIFICATION,
  vote,
} from "../support/committee.ts";
import { failingRead, of } from "../support/doubts.ts";

test("whoever edits the App's comments cannot make another one the ballot", async () => {
  const committee = await inVote();
  vote(committee, { against: 8 });
  committee.forward(0, 3_600);
  const [status] = of(committee, "status");
  Object.assign(status ?? {}, {
    body: "<!-- secretariat:ballot -->\nVote here.",
    updatedAt: committee.world.now,
  });
  await committee.pass();
  committee.react("ivy", status?.id ?? 0, "+1");
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.stage()).toBe("rejected");
});

test("a ballot whose key line was edited away is still the ballot, and gets its text back", async () => {
  const committee = await inVote();
  vote(committee, { for: 5 });
  committee.forward(1);
  const [ballot] = of(committee, "ballot");
  Object.assign(ballot ?? {}, { body: "Nothing to see here.", updatedAt: committee.world.now });
  await committee.pass();
  expect(of(committee, "ballot").map((each) => each.id)).toEqual([ballot?.id]);
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.world.docket?.find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    comment: ballot?.id,
    result: "approved",
  });
});

test("a ballot that is deleted again and again is posted again and again: nobody can stop a vote", async () => {
  const committee = await inVote();
  for (let times = 0; times < 3; times++) {
    committee.forward(1);
    committee.world.comments = committee.world.comments.filter(
      (each) => !each.body.includes("secretariat:ballot -->"),
    );
    await committee.pass();
    expect(of(committee, "ballot")).toHaveLength(1);
  }
});

test("a vote cast in the last second and shown a minute later counts", async () => {
  const committee = await inVote();
  vote(committee, { for: 1, against: 1 });
  committee.forward(14);
  const ballot = committee.ours("ballot").id;
  const read = committee.port.read;
  committee.port.read = async (ref, want) => {
    const facts = await read(ref, want);
    return want.fact === "reactions" && facts.reactions?.known
      ? { reactions: known(facts.reactions.value.filter((each) => each.user?.login !== "cleo")) }
      : facts;
  };
  committee.react("cleo", ballot, "+1");
  committee.forward(0, 60);
  await committee.pass();
  committee.port.read = read;
  committee.forward(0, 600);
  await committee.closeBallot();
  expect(committee.world.docket?.find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    result: "approved",
  });
});

test("a text that was changed after the comment period is not put to the vote", async () => {
  for (const onEdit of ["note", "restart"]) {
    const committee = await inCommentPeriod({
      charterText: `${CHARTER}comment_period:\n  on_edit: ${onEdit}\n`,
    });
    committee.forward(32);
    committee.world.body = body(
      "A text that nobody could comment on, put here when the period was over, in many words indeed, and in enough of them to count as one.\n",
    );
    await committee.pass();
    expect(committee.stage()).toBe("vote");
    expect(committee.world.docket?.find((entry) => entry.kind === "ballot-opened")?.text.text).toBe(
      sha256(SPECIFICATION),
    );
    expect(committee.ours("status").body).toContain("edited");
  }
});

test("an edit after the ballot's deadline is no edit during the ballot", async () => {
  const committee = await inVote();
  committee.forward(14, 60);
  committee.world.body = body(`${SPECIFICATION}\nLate.\n`);
  await committee.pass();
  expect(committee.kinds()).not.toContain("text-flagged");
});

test("a stranger's command that cannot be judged holds up the close of a ballot for a day at most", async () => {
  const charterText = CHARTER.replace("[ada]", "[team: MISP/chairs]");
  const committee = await inVote({ charterText });
  vote(committee, { for: 5 });
  committee.world.rosters = { ...committee.world.rosters, chairs: unknown("The team cannot be read.") };
  committee.comment("mallory", "/withdraw Because I say so.");
  committee.forward(14, 3_600);
  await committee.closeBallot();
  expect(committee.stage()).toBe("vote");
  committee.forward(1);
  await committee.closeBallot();
  expect(committee.kinds()).toContain("ballot-closed");
});

test("who withdraws after everyone has voted comes too late, although nobody has looked yet", async () => {
  const committee = await inVote({ charterText: `${CHARTER}ballot:\n  closes: when everyone has voted\n` });
  vote(committee, { against: 9 });
  committee.forward(0, 1_800);
  committee.comment("pia", "/withdraw I lose.");
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  committee.forward(0, 300);
  await committee.pass();
  expect(committee.stage()).toBe("rejected");
});

test("who withdraws before the last vote withdraws", async () => {
  const committee = await inVote({ charterText: `${CHARTER}ballot:\n  closes: when everyone has voted\n` });
  vote(committee, { against: 8 });
  committee.forward(0, 1_800);
  committee.comment("pia", "/withdraw I lose.");
  committee.forward(0, 60);
  committee.react("ivy", committee.ours("ballot").id, "-1");
  await committee.pass();
  expect(committee.stage()).toBe("withdrawn");
});

test("an early close happens with the last vote, not with the look that found it", async () => {
  const committee = await inVote({ charterText: `${CHARTER}ballot:\n  closes: when everyone has voted\n` });
  vote(committee, { for: 9 });
  const at = committee.world.now;
  committee.forward(0, 1_800);
  await committee.closeBallot();
  expect(committee.world.docket?.find((entry) => entry.kind === "ballot-closed")?.at).toBe(at);
});

test("a short ballot that was posted late is not over before anybody could vote", async () => {
  const committee = await inCommentPeriod({
    charterText: `${CHARTER}ballot:\n  lasts: 30 minutes\n  reminders: []\n`,
  });
  committee.forward(31);
  committee.world.failOn = (action) => action.do === "create comment" && action.key === "ballot";
  await committee.pass().catch(() => undefined);
  committee.world.failOn = null;
  committee.forward(0, 50 * 60);
  await committee.pass();
  expect(committee.kinds()).toContain("ballot-prolonged");
  expect(committee.stage()).toBe("vote");
});

test("a team of chairs that GitHub cannot show holds up a result for a day at most", async () => {
  const committee = await inVote({ charterText: CHARTER.replace("[ada]", "[team: MISP/chairs]") });
  vote(committee, { for: 6 });
  committee.comment("mallory", "/withdraw Because I say so.");
  failingRead(committee, "roster");
  committee.forward(14, 3_600);
  await expect(committee.pass()).rejects.toThrow("502");
  committee.forward(1);
  await committee.closeBallot();
  expect(committee.kinds()).toContain("ballot-closed");
});

test("a wait for GitHub's limits is no reason to decide without the chairs, however overdue a result is", async () => {
  const committee = await inVote({ charterText: CHARTER.replace("[ada]", "[team: MISP/chairs]") });
  vote(committee, { for: 6 });
  committee.comment("ada", "/withdraw We found a better way.");
  const { read } = committee.port;
  committee.port.read = async (ref, want) => {
    if (want.fact !== "roster") return read(ref, want);
    throw new GitHubFailure("not its turn", { status: 429, retryAt: null, paced: true });
  };
  committee.forward(16);
  await expect(committee.pass()).rejects.toThrow("not its turn");
  committee.port.read = read;
  await committee.pass();
  expect(committee.stage()).toBe("withdrawn");
});

test("an electorate that becomes unknown again later changes nothing about an open ballot", async () => {
  const committee = await inVote();
  committee.world.rosters = { ...committee.world.rosters, members: unknown("The team is gone.") };
  for (const login of MEMBERS) committee.react(login, committee.ours("ballot").id, "+1");
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.stage()).toBe("publication");
});
