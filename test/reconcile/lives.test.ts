import { expect, test } from "vitest";
import { brokenLink, sha256 } from "../../src/proposal/docket.ts";
import { known, unknown } from "../../src/proposal/facts.ts";
import { after, DAY, MINUTE, seconds } from "../../src/proposal/instant.ts";
import {
  body,
  CHARTER,
  convene,
  inCommentPeriod,
  inPublication,
  inVote,
  SPECIFICATION,
  vote,
} from "../support/committee.ts";
import { person, seated } from "../support/model-github.ts";

const EARLY = `${CHARTER}ballot:\n  closes: when everyone has voted\n`;

test("a proposal is adopted: intake, assessment, comment period, vote, publication", async () => {
  const committee = await inPublication();
  expect(committee.stage()).toBe("publication");
  committee.forward(1);
  committee.merge();
  await committee.pass();
  expect(committee.kinds()).toEqual([
    "received",
    "documented",
    "accepted",
    "comment-period-opened",
    "comment-period-closed",
    "ballot-opened",
    "ballot-posted",
    "votes-recorded",
    "ballot-closed",
    "publication-opened",
    "published",
  ]);
  expect(committee.stage()).toBe("published");
  expect(committee.world.state).toBe("closed");
  expect(brokenLink(committee.world.docket ?? [])).toBeNull();
});

test("what is published is the text that was voted on, byte for byte", async () => {
  const committee = await inVote();
  committee.world.body = body("Something else entirely that nobody has voted on, in many words.\n");
  await committee.pass();
  vote(committee, { for: 5 });
  committee.forward(15);
  await committee.closeBallot();
  const [file] = committee.world.pullRequests[0]?.files ?? [];
  expect(file).toEqual({ path: "sighting-format/raw.md", content: SPECIFICATION });
  expect(committee.kinds()).toContain("text-flagged");
});

test("a second pass does nothing, at every stage", async () => {
  for (const reach of [inCommentPeriod, inVote, inPublication]) {
    const committee = await reach();
    const before = { actions: committee.world.actions.length, writes: committee.world.docketWrites };
    await committee.pass();
    expect({ actions: committee.world.actions.length, writes: committee.world.docketWrites }).toEqual(before);
  }
});

test("a tie fails", async () => {
  const committee = await inVote();
  vote(committee, { for: 4, against: 4, abstain: 1 });
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.stage()).toBe("rejected");
  expect(committee.world.state).toBe("closed");
});

test("abstentions are neither for nor against", async () => {
  const committee = await inVote();
  vote(committee, { for: 2, against: 1, abstain: 6 });
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.stage()).toBe("publication");
});

test("no votes: not approved", async () => {
  const committee = await inVote();
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.stage()).toBe("rejected");
});

test("no quorum: prolonged once if the charter says so, then rejected", async () => {
  const charterText = `${CHARTER}ballot:\n  quorum: at least 1/2 of members\n  prolong_once: 7 days\n`;
  const committee = await inVote({ charterText });
  vote(committee, { for: 4 });
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.stage()).toBe("vote");
  expect(committee.kinds().filter((kind) => kind === "ballot-prolonged")).toHaveLength(1);
  committee.forward(8);
  await committee.closeBallot();
  expect(committee.stage()).toBe("rejected");
  expect(committee.world.docket?.at(-1)).toMatchObject({ kind: "ballot-closed", result: "no quorum" });
});

test("a vote made after the deadline does not count, although the App was down", async () => {
  const committee = await inVote();
  vote(committee, { for: 1 });
  committee.forward(14, 1);
  for (const late of ["ben", "cleo", "dan"]) committee.react(late, committee.ours("ballot").id, "-1");
  committee.forward(3);
  await committee.closeBallot();
  expect(committee.stage()).toBe("publication");
  expect(committee.world.docket?.find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    tally: { outside: { late: 3 } },
  });
});

test("nothing is closed early", async () => {
  const committee = await inVote();
  vote(committee, { for: 9 });
  committee.forward(14);
  await committee.pass();
  committee.forward(0, 1);
  expect(await committee.pass()).toBe("2026-04-16T09:10:01Z");
  committee.forward(0, 10 * 60 - 1);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  committee.forward(0, 1);
  await committee.pass();
  expect(committee.stage()).toBe("publication");
  expect(committee.world.docket?.find((entry) => entry.kind === "ballot-closed")?.at).toBe(
    "2026-04-16T09:00:00Z",
  );
});

test("a charter may close a ballot once everyone has voted, and two looks some minutes apart have seen it", async () => {
  const committee = await inVote({ charterText: EARLY });
  vote(committee, { for: 8 });
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  committee.react("ivy", committee.ours("ballot").id, "-1");
  const seenAt = committee.world.now;
  expect(await committee.pass()).toBe(after(seenAt, seconds(5 * MINUTE)));
  expect(committee.stage()).toBe("vote");
  committee.forward(0, 5 * MINUTE - 1);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  committee.forward(0, 1);
  await committee.pass();
  expect(committee.stage()).toBe("publication");
});

test("a vote that is taken away between the two looks lets the ballot go on", async () => {
  const committee = await inVote({ charterText: EARLY });
  vote(committee, { for: 9 });
  await committee.pass();
  committee.unreact("ivy", committee.ours("ballot").id);
  committee.forward(0, 5 * MINUTE);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  committee.react("ivy", committee.ours("ballot").id, "-1");
  committee.forward(0, 5 * MINUTE);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  committee.forward(0, 5 * MINUTE);
  await committee.pass();
  expect(committee.world.docket?.find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    tally: { against: [{ voter: person("ivy") }] },
  });
});

test("a ballot that everyone has voted on, and that is posted anew, is looked at there before it ends", async () => {
  const committee = await inVote({ charterText: EARLY });
  vote(committee, { for: 9 });
  await committee.pass();
  const { world } = committee;
  world.comments = world.comments.filter((each) => !each.body.includes("secretariat:ballot -->"));
  // What was made in the last ten minutes is not missed.
  committee.forward(0, 11 * MINUTE);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  committee.react("ivy", committee.ours("ballot").id, "-1");
  committee.forward(0, 5 * MINUTE);
  await committee.pass();
  committee.forward(0, 5 * MINUTE);
  await committee.pass();
  expect(world.docket?.find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    comment: committee.ours("ballot").id,
    tally: { against: [{ voter: person("ivy") }] },
  });
});

test("while somebody has made two choices, not everyone has voted: it can still be mended", async () => {
  const committee = await inVote({ charterText: EARLY });
  vote(committee, { for: 9 });
  committee.react("ivy", committee.ours("ballot").id, "-1");
  await committee.pass();
  expect(committee.stage()).toBe("vote");
});

test("a ballot that was posted late is prolonged for quorum all the same, if there is none", async () => {
  const charterText = `${CHARTER}ballot:\n  quorum: at least 1/2 of members\n  prolong_once: 7 days\n`;
  const committee = await inVote({ charterText });
  committee.forward(10);
  committee.world.comments = committee.world.comments.filter(
    (each) => !each.body.includes("secretariat:ballot -->"),
  );
  await committee.pass();
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.kinds().filter((kind) => kind === "ballot-prolonged")).toHaveLength(2);
  expect(committee.stage()).toBe("vote");
});

test("a voter with two choices has voted and chosen nothing", async () => {
  const committee = await inVote();
  vote(committee, { for: 2, against: 1 });
  committee.react("ada", committee.ours("ballot").id, "-1");
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.stage()).toBe("rejected");
  expect(committee.world.docket?.at(-1)).toMatchObject({ tally: { conflicting: [person("ada")] } });
});

test("the electorate is frozen when the ballot opens", async () => {
  const committee = await inVote();
  committee.world.rosters = { ...committee.world.rosters, members: known(["zoe"].map(seated)) };
  vote(committee, { for: 3 });
  committee.react("zoe", committee.ours("ballot").id, "-1");
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.world.docket?.find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    result: "approved",
    tally: { outside: { people: [person("zoe")] } },
  });
});

test("an electorate that cannot be read opens no ballot, and the status says why", async () => {
  const committee = await inCommentPeriod();
  committee.world.rosters = {
    ...committee.world.rosters,
    members: unknown("The account @hal does not exist."),
  };
  committee.forward(31);
  const dueAt = await committee.pass();
  expect(committee.stage()).toBe("comment");
  expect(committee.ours("status").body).toContain("does not exist");
  expect(dueAt).not.toBeNull();
  committee.world.rosters = { ...committee.world.rosters, members: known(["hal", "ivy"].map(seated)) };
  await committee.pass();
  expect(committee.stage()).toBe("vote");
});

test("a ballot that was posted late, or deleted and posted again, runs its full term", async () => {
  const committee = await inVote();
  committee.forward(10);
  committee.world.comments = committee.world.comments.filter(
    (each) => !each.body.includes("secretariat:ballot -->"),
  );
  await committee.pass();
  expect(committee.world.docket?.at(-1)).toMatchObject({
    kind: "ballot-prolonged",
    tally: null,
    closesAt: after(committee.world.now, seconds(14 * DAY)),
  });
  vote(committee, { for: 3 });
  committee.forward(5);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  committee.forward(10);
  await committee.closeBallot();
  expect(committee.stage()).toBe("publication");
});

test("returned with a reason, then mended: assessed again once the text has changed", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.comment("ben", "/return Please define the count.");
  await committee.pass();
  expect(committee.stage()).toBe("intake");
  await committee.pass();
  expect(committee.stage()).toBe("intake");
  committee.world.body = body(`${SPECIFICATION}\nThe count is a positive integer.\n`);
  await committee.pass();
  expect(committee.stage()).toBe("assessment");
});

test("declined with a reason: the issue is closed as not planned", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.comment("cleo", "/decline This is outside the scope.");
  await committee.pass();
  expect(committee.stage()).toBe("declined");
  expect(committee.world.actions.at(-1)).toEqual({ do: "close issue", reason: "not_planned" });
});

test.each([
  ["a stranger", "mia", "/accept", "not allowed"],
  ["a member who is no reviewer", "dan", "/accept", "not allowed"],
  ["a reviewer without a reason", "ben", "/return", "reason missing"],
  ["a reviewer, too early", "ben", "/extend 3 days More time.", "wrong stage"],
])("%s is refused: %s writes %s", async (_, login, command, why) => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  const comment = committee.comment(login, command);
  await committee.pass();
  expect(committee.world.docket?.at(-1)).toMatchObject({
    kind: "command-refused",
    comment,
    refusal: { why },
  });
  expect(committee.ours(`reply-${comment}`).body).toContain(`@${login}`);
  expect(committee.stage()).toBe("assessment");
});

test("a reviewer does not accept a proposal of their own", async () => {
  const committee = convene();
  committee.open("ben", "Sighting format", body());
  await committee.pass();
  committee.comment("ben", "/accept");
  await committee.pass();
  expect(committee.world.docket?.at(-1)).toMatchObject({ refusal: { why: "own proposal" } });
  committee.comment("cleo", "/accept");
  await committee.pass();
  expect(committee.stage()).toBe("comment");
});

test("a command is settled once: a role gained or lost later changes nothing", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.comment("dan", "/accept");
  await committee.pass();
  committee.world.charterText = CHARTER.replace("[ben, cleo]", "[dan]");
  await committee.pass();
  expect(committee.stage()).toBe("assessment");
  expect(committee.kinds().filter((kind) => kind === "command-refused")).toHaveLength(1);
});

test("extended by a chair: later, never earlier, by the chair's own time", async () => {
  const committee = await inCommentPeriod();
  const opened = committee.world.docket?.find((entry) => entry.kind === "comment-period-opened");
  committee.forward(29);
  committee.comment("ada", "/extend 14 days A holiday falls into the period.");
  committee.forward(5);
  await committee.pass();
  expect(committee.stage()).toBe("comment");
  expect(opened?.closesAt).toBe("2026-04-01T09:00:00Z");
  expect(committee.world.docket?.at(-1)).toMatchObject({
    kind: "extended",
    closesAt: "2026-04-15T09:00:00Z",
  });
});

test("an extension asked for after the deadline comes too late", async () => {
  const committee = await inCommentPeriod();
  committee.forward(30, 1);
  committee.comment("ada", "/extend 14 days A holiday falls into the period.");
  await committee.pass();
  expect(committee.stage()).toBe("comment");
  committee.forward(0, 11 * 60);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  expect(committee.kinds()).toContain("command-refused");
});

test("an edit during the comment period is noted", async () => {
  const committee = await inCommentPeriod();
  committee.world.body = body(`${SPECIFICATION}\nOne more sentence.\n`);
  await committee.pass();
  expect(committee.world.docket?.at(-1)).toMatchObject({ kind: "text-changed", closesAt: null });
  committee.forward(31);
  await committee.pass();
  const ballot = committee.world.docket?.find((entry) => entry.kind === "ballot-opened");
  expect(ballot?.text.text).toBe(sha256(`${SPECIFICATION}\nOne more sentence.\n`));
});

test("an edit restarts the comment period where the charter says so", async () => {
  const committee = await inCommentPeriod({ charterText: `${CHARTER}comment_period:\n  on_edit: restart\n` });
  committee.forward(20);
  committee.world.body = body(`${SPECIFICATION}\nOne more sentence.\n`);
  await committee.pass();
  committee.forward(29);
  await committee.pass();
  expect(committee.stage()).toBe("comment");
  committee.forward(2);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
});

test("the author or a chair who closes the issue withdraws the proposal; anybody else's closing is put back", async () => {
  for (const closer of ["pia", "ada"]) {
    const committee = await inCommentPeriod();
    committee.close(closer);
    await committee.pass();
    expect(committee.world.docket?.at(-1)).toMatchObject({ kind: "withdrawn", by: person(closer) });
  }
  const committee = await inCommentPeriod();
  committee.close("dan");
  await committee.pass();
  expect(committee.stage()).toBe("comment");
  expect(committee.world.state).toBe("open");
  expect(committee.ours("put-back-issue-state-comment").body).toContain("dan");
});

test("closed by the author after the ballot's deadline, noticed later still: the ballot counts", async () => {
  const committee = await inVote();
  vote(committee, { for: 9 });
  committee.forward(14, 1);
  committee.close("pia");
  committee.forward(5);
  await committee.closeBallot();
  expect(committee.kinds()).toContain("ballot-closed");
  expect(committee.stage()).toBe("publication");
});

test("closed by the author before a reviewer's command: the closing counts, whenever the App looks", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.close("pia");
  committee.forward(1);
  committee.comment("ben", "/accept");
  await committee.pass();
  expect(committee.kinds().slice(2)).toEqual(["withdrawn", "command-refused"]);
});

test("withdrawn by the author before the ballot's deadline, noticed after it: withdrawn", async () => {
  const committee = await inVote();
  vote(committee, { for: 9 });
  committee.forward(13);
  committee.comment("pia", "/withdraw We found a better way.");
  committee.forward(5);
  await committee.pass();
  expect(committee.stage()).toBe("withdrawn");
});

test("a pull request closed unmerged: the App says so and waits for /publish", async () => {
  const committee = await inPublication();
  committee.closePullRequest();
  await committee.pass();
  expect(committee.kinds().at(-1)).toBe("publication-stopped");
  committee.comment("ada", "/publish");
  await committee.pass();
  expect(committee.stage()).toBe("publication");
  expect(committee.world.pullRequests.map((each) => each.branch)).toEqual([
    "secretariat/0012-sighting-format",
    "secretariat/0012-sighting-format-2",
  ]);
  committee.merge();
  await committee.pass();
  expect(committee.stage()).toBe("published");
});

test("a maintainer's edit of the published file is noted in the record", async () => {
  const committee = await inPublication();
  committee.merge({ "sighting-format/raw.md": "edited\n" });
  await committee.pass();
  expect(committee.world.docket?.at(-1)).toMatchObject({
    kind: "published",
    files: [
      { path: "sighting-format/raw.md", sha256: sha256("edited\n"), asVoted: false },
      { asVoted: null },
    ],
  });
});

test("absent, invalid: nothing formal happens; the first proposal is told once how to begin", async () => {
  const committee = convene({ charterText: null });
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  await committee.pass();
  expect(committee.world.docket).toBeNull();
  expect(committee.ours("no-charter").body).toContain("committee.yml");
  committee.world.charterText = "committee: X\nmembers: 3\n";
  await committee.pass();
  expect(committee.world.docket).toBeNull();
  committee.world.charterText = CHARTER;
  await committee.pass();
  expect(committee.stage()).toBe("assessment");
});

test("labels altered by hand are put back once, with a word to who did it; never in a fight", async () => {
  const committee = await inCommentPeriod();
  const tamper = () => {
    committee.world.labels = ["proposal", "stage: published"];
    committee.world.lastHand = person("dan");
  };
  committee.forward(1);
  tamper();
  await committee.pass();
  expect(committee.world.labels).toEqual(["proposal", "stage: comment period", "kind: new standard"]);
  expect(committee.ours("put-back-labels-comment").body).toContain("@dan");
  tamper();
  await committee.pass();
  expect(committee.world.labels).toEqual(["proposal", "stage: published"]);
});

test("a ballot that was just posted and is not listed yet is not posted twice", async () => {
  const committee = await inVote();
  const [posted] = committee.world.comments.splice(-1);
  await committee.pass();
  expect(committee.world.comments.some((each) => each.body.startsWith("<!-- secretariat:ballot -->"))).toBe(
    false,
  );
  if (posted) committee.world.comments.push(posted);
  await committee.pass();
  expect(committee.ours("ballot").id).toBe(posted?.id);
});

test("a crash after any write is made good by the next pass, and nothing is done twice", async () => {
  const reference = await inPublication();
  const total = reference.world.actions.length;
  expect(total).toBeGreaterThan(10);
  for (let crash = 0; crash < total; crash++) {
    const committee = convene();
    let done = 0;
    committee.world.failOn = () => {
      const fails = done === crash;
      done++;
      return fails;
    };
    const pass = async () => {
      for (let tries = 0; tries < 3; tries++) {
        await committee.pass().catch(() => undefined);
        committee.forward(0, 660);
      }
    };
    committee.open("pia", "Sighting format", body());
    await pass();
    committee.forward(1);
    committee.comment("ben", "/accept");
    await pass();
    committee.forward(31);
    await pass();
    vote(committee, { for: 6, against: 2, abstain: 1 });
    committee.forward(15);
    await pass();
    committee.forward(0, 11 * 60);
    await pass();
    expect(done).toBeGreaterThan(crash);
    expect(committee.kinds()).toEqual(reference.kinds());
    expect(committee.world.comments.length).toBe(reference.world.comments.length);
    expect(committee.world.pullRequests).toHaveLength(1);
  }
});

test("a writer who comes second reads again and decides again", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  let first = true;
  committee.world.beforeWrite = () => {
    if (!first) return;
    first = false;
    committee.world.docketWrites++;
    committee.world.docket = [];
  };
  await committee.pass();
  expect(committee.kinds()).toEqual(["received", "documented"]);
});

test("an edit in the comment period that leaves out a required section is told, once, and changes nothing", async () => {
  const committee = await inCommentPeriod();
  const whole = committee.world.body;
  const voted = sha256(SPECIFICATION.trim());
  committee.forward(1);
  committee.world.body = whole.replace("### Objectives", "### Something else");
  await committee.pass();
  expect(committee.ours("text-incomplete").body).toContain("**Objectives**: not found");
  expect(committee.kinds()).not.toContain("text-changed");
  committee.world.body = `${whole}\nA source MAY be anonymous.\n`;
  await committee.pass();
  expect(committee.kinds()).toContain("text-changed");
  committee.world.body = whole.replace("### Description", "### Anything");
  await committee.pass();
  expect(committee.ours("text-incomplete").body).not.toContain("**Description**");
  committee.forward(31);
  await committee.pass();
  const opened = committee.world.docket?.find((entry) => entry.kind === "ballot-opened");
  expect(opened).toMatchObject({ text: { title: "Sighting format" } });
  expect(opened?.kind === "ballot-opened" && opened.text.text).not.toBe(voted);
});

test("an incomplete text that is first seen after the deadline is told to nobody: it cannot be mended", async () => {
  const committee = await inCommentPeriod();
  committee.forward(30, 60);
  committee.world.body = committee.world.body.replace("### Objectives", "### Something else");
  await committee.pass();
  expect(committee.stage()).toBe("comment");
  committee.forward(0, 660);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  expect(committee.world.comments.some(({ body }) => body.includes("no longer complete"))).toBe(false);
});
