import { expect, test } from "vitest";
import { sha256 } from "../../src/proposal/docket.ts";
import { known, unknown } from "../../src/proposal/facts.ts";
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
import { failOnce, of } from "../support/doubts.ts";
import { seated } from "../support/model-github.ts";

test("a closing is not undone while it cannot be known who is a chair", async () => {
  const committee = await inCommentPeriod();
  committee.world.charterText = "committee: [";
  committee.forward(1);
  committee.close("ada");
  await committee.pass();
  expect(committee.world.state).toBe("closed");
  committee.world.charterText = CHARTER;
  await committee.pass();
  expect(committee.stage()).toBe("withdrawn");
});

test("an issue that somebody's commit closes in a chair's name is opened again: that is no withdrawal", async () => {
  const committee = await inVote();
  committee.forward(1);
  committee.world.closedByCommit = true;
  committee.close("ada");
  await committee.pass();
  expect([committee.stage(), committee.world.state]).toEqual(["vote", "open"]);
});

test("an author needs no charter to withdraw: not by closing, not by command", async () => {
  for (const deed of ["close", "command"]) {
    const committee = convene();
    committee.open("pia", "Sighting format", "### Description\n\nToo short.");
    await committee.pass();
    committee.world.charterText = "committee: [";
    if (deed === "close") committee.close("pia");
    else committee.comment("pia", "/withdraw We found a better way.");
    await committee.pass();
    expect(committee.stage()).toBe("withdrawn");
  }
});

test("/publish right after the pull request was closed is carried out; while one is open it is refused", async () => {
  const committee = await inPublication();
  committee.forward(1);
  committee.closePullRequest();
  committee.forward(0, 60);
  committee.comment("ada", "/publish");
  await committee.pass();
  expect(committee.kinds().slice(-3)).toEqual([
    "publication-stopped",
    "publication-requested",
    "publication-opened",
  ]);
  committee.comment("ada", "/publish");
  await committee.pass();
  expect(committee.world.docket?.at(-1)).toMatchObject({
    kind: "command-refused",
    refusal: { why: "pull request open" },
  });
});

test("a pull request that is opened again goes on, and is published when it is merged", async () => {
  const committee = await inPublication();
  committee.closePullRequest();
  await committee.pass();
  for (const pullRequest of committee.world.pullRequests)
    Object.assign(pullRequest, { state: "open", closedAt: null });
  await committee.pass();
  expect(committee.kinds().at(-1)).toBe("publication-reopened");
  committee.merge();
  await committee.pass();
  expect(committee.stage()).toBe("published");
});

test("a retirement publishes the decision alone, whatever is filled in", async () => {
  const committee = convene();
  committee.open(
    "pia",
    "Retire the sighting format",
    body().replace("New standard", "Retirement of a standard"),
  );
  await committee.pass();
  committee.comment("ben", "/accept");
  await committee.pass();
  committee.forward(31);
  await committee.pass();
  vote(committee, { for: 3 });
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.world.pullRequests[0]?.files.map((file) => file.path)).toEqual(["decisions/0012.json"]);
});

test("a command in an edited comment is refused: GitHub does not say who edited it", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  const comment = committee.comment("ben", "Looks good to me.");
  committee.forward(1);
  Object.assign(committee.world.comments.at(-1) ?? {}, { body: "/accept", updatedAt: committee.world.now });
  await committee.pass();
  expect(committee.stage()).toBe("assessment");
  expect(committee.ours(`reply-${comment}`).body).toContain("new comment");
});

test("nobody fills the record with commands that are not theirs", async () => {
  const committee = await inPublication();
  committee.merge();
  await committee.pass();
  const before = committee.world.docket?.length ?? 0;
  for (let times = 0; times < 20; times++) committee.comment("mallory", "/accept");
  for (let times = 0; times < 20; times++) committee.comment("mallory", "/help");
  await committee.pass();
  expect((committee.world.docket?.length ?? 0) - before).toBe(5);
  expect(
    committee.world.comments.filter((each) => each.byApp && each.body.includes("@mallory")),
  ).toHaveLength(15);
});

test.each([
  ["a reviewer, too early", "ben", "/decline No."],
  ["a stranger", "mia", "/accept"],
])(
  "a command that was refused never fires later, however often it was repeated: %s",
  async (_, login, command) => {
    const committee = convene();
    committee.open("pia", "Sighting format", "### Description\n\nShort.");
    await committee.pass();
    for (let times = 0; times < 8; times++) {
      committee.forward(0, 60);
      committee.comment(login, command);
      await committee.pass();
    }
    committee.forward(0, 60);
    committee.world.body = body();
    committee.world.charterText = CHARTER.replace("[ben, cleo]", "[ben, cleo, mia]");
    await committee.pass();
    expect(committee.stage()).toBe("assessment");
    expect(committee.kinds().filter((kind) => kind === "command-refused")).toHaveLength(5);
  },
);

test("who was refused often is heard again at the next stage", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", "### Description\n\nShort.");
  await committee.pass();
  for (let times = 0; times < 8; times++) committee.comment("ben", "/accept");
  await committee.pass();
  committee.forward(0, 60);
  committee.world.body = body();
  await committee.pass();
  committee.forward(0, 60);
  committee.comment("ben", "/accept");
  await committee.pass();
  expect(committee.stage()).toBe("comment");
});

test("a refused command that is edited into a question is answered once", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  const comment = committee.comment("mia", "/accept");
  committee.world.failOn = (action) => action.do === "create comment";
  await committee.pass().catch(() => undefined);
  committee.world.failOn = null;
  Object.assign(committee.world.comments.find((each) => each.id === comment) ?? {}, {
    body: "/help",
    updatedAt: committee.world.now,
  });
  committee.forward(0, 660);
  await committee.pass();
  expect(of(committee, `reply-${comment}`)).toHaveLength(1);
});

test("proposals of several repositories that publish to one keep out of each other's files", async () => {
  const charterText = `${CHARTER}publication:\n  standards: MISP/standards\n`;
  const committee = await inPublication({ charterText });
  expect(committee.world.pullRequests[0]).toMatchObject({
    repository: { owner: "MISP", name: "standards" },
    branch: "secretariat/0012-misp-rfc-sighting-format",
    files: [{ path: "sighting-format/raw.md" }, { path: "decisions/misp-rfc-0012.json" }],
  });
});

test("one failure of GitHub does not undo a withdrawal", async () => {
  const author = await inCommentPeriod();
  const chair = await inVote();
  for (const [committee, login, fact] of [
    [author, "pia", "closing"],
    [chair, "ada", "charter"],
  ] as const) {
    committee.forward(1);
    committee.close(login);
    failOnce(committee, fact);
    await expect(committee.pass()).rejects.toThrow("502");
    committee.forward(1);
    await committee.pass();
    expect(committee.stage()).toBe("withdrawn");
  }
});

test("a chair who sits through a team can free what is held up", async () => {
  const charterText = CHARTER.replace("[ada]", "[team: MISP/chairs]").replace(
    /members: .*/,
    "members: [team: MISP/members]",
  );
  for (const deed of ["command", "close"]) {
    const committee = await inCommentPeriod({ charterText });
    committee.forward(31);
    committee.world.rosters = { ...committee.world.rosters, members: unknown("The team cannot be read.") };
    await committee.pass();
    committee.forward(1);
    if (deed === "close") committee.close("ada");
    else committee.comment("ada", "/withdraw It is stuck.");
    await committee.pass();
    expect(committee.stage()).toBe("withdrawn");
  }
});

test("a reviewer accepts the text on the record; an edit noticed with the command is noted after it", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.comment("ben", "/accept");
  committee.forward(0, 3_600);
  committee.world.body = body(
    "Another text, of which nobody can say whether the reviewer had it before them when the command was written down here.\n",
  );
  await committee.pass();
  const opened = committee.world.docket?.find((entry) => entry.kind === "comment-period-opened");
  expect(opened?.text.text).toBe(sha256(SPECIFICATION));
  expect(committee.kinds().at(-1)).toBe("text-changed");
});

test("slips in a command that one may give are always answered", async () => {
  const committee = await inCommentPeriod();
  for (let times = 0; times < 7; times++) {
    committee.forward(0, 900);
    committee.comment("ada", "/extend");
    await committee.pass();
  }
  expect(committee.kinds().filter((kind) => kind === "command-refused")).toHaveLength(7);
  committee.comment("ada", "/extend 14 days A holiday.");
  await committee.pass();
  expect(committee.kinds().at(-1)).toBe("extended");
});

test("each closing of a publication's pull request is told", async () => {
  const committee = await inPublication();
  committee.closePullRequest();
  await committee.pass();
  for (const pullRequest of committee.world.pullRequests) Object.assign(pullRequest, { state: "open" });
  committee.forward(1);
  await committee.pass();
  committee.closePullRequest();
  committee.forward(1);
  await committee.pass();
  expect(
    [of(committee, "publication-stopped-1"), of(committee, "publication-stopped-1-2")].map(
      (each) => each.length,
    ),
  ).toEqual([1, 1]);
});

test("a remark with a question for the App in it is feedback all the same", async () => {
  const committee = await inCommentPeriod();
  const remark = committee.comment("mia", "/status\n\nI object to the second section.");
  committee.comment("mia", "/status");
  committee.forward(31);
  await committee.pass();
  const closed = committee.world.docket?.find((entry) => entry.kind === "comment-period-closed");
  expect(closed?.feedback.map((item) => item.comment)).toEqual([remark]);
});

test("a command that is given while a slow pass looks, but after the deadline, comes too late", async () => {
  const committee = await inCommentPeriod();
  committee.forward(30, -1);
  const { observe } = committee.port;
  committee.port.observe = async (ref) => {
    committee.forward(0, 30);
    committee.comment("ada", "/extend 14 days A holiday falls into the period.");
    return observe(ref);
  };
  await committee.pass();
  committee.port.observe = observe;
  expect(committee.kinds()).not.toContain("extended");
  committee.forward(0, 660);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
});

test("an edit that is made while a slow pass looks, but after the comment period, is not voted on", async () => {
  const committee = await inCommentPeriod();
  committee.forward(30, -1);
  const { observe } = committee.port;
  committee.port.observe = async (ref) => {
    committee.forward(0, 30);
    committee.world.body = body(`${SPECIFICATION}\nOne more sentence.\n`);
    return observe(ref);
  };
  await committee.pass();
  committee.port.observe = observe;
  expect(committee.kinds()).not.toContain("text-changed");
  committee.forward(0, 660);
  await committee.pass();
  const ballot = committee.world.docket?.find((entry) => entry.kind === "ballot-opened");
  expect(ballot?.text.text).toBe(sha256(SPECIFICATION));
});

test("a member's closing is no withdrawal, also once the member is a chair", async () => {
  const committee = await inCommentPeriod();
  const { world } = committee;
  for (const times of [1, 2]) {
    committee.forward(1);
    committee.close("dan");
    await committee.pass();
    // Put back once; whoever closes it again is not fought with.
    expect(world.state).toBe(times === 1 ? "open" : "closed");
  }
  committee.forward(1);
  world.charterText = CHARTER.replace("chairs: [ada]", "chairs: [ada, dan]");
  world.rosters = { ...world.rosters, chairs: known([seated("ada"), seated("dan")]) };
  await committee.pass();
  expect(committee.stage()).toBe("comment");
  committee.forward(0, 60);
  committee.close("dan");
  await committee.pass();
  expect(committee.stage()).toBe("withdrawn");
});

test("a comment that is altered again is left as it is, also after the App has done something else", async () => {
  const committee = await inCommentPeriod();
  const { world } = committee;
  const alter = () => {
    committee.forward(1);
    const status = world.comments.find(({ id }) => id === committee.ours("status").id);
    Object.assign(status ?? {}, { body: "<!-- secretariat:status -->\nMine.", updatedAt: world.now });
    committee.forward(1);
  };
  alter();
  await committee.pass();
  expect(committee.ours("status").body).not.toContain("Mine.");
  alter();
  await committee.pass();
  expect(committee.ours("status").body).toContain("Mine.");
  committee.comment("eve", "/help");
  await committee.pass();
  committee.forward(0, 601);
  await committee.pass();
  expect(committee.ours("status").body).toContain("Mine.");
});
