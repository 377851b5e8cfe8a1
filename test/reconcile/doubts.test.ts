import { expect, test } from "vitest";
import { sha256 } from "../../src/proposal/docket.ts";
import { known, unknown } from "../../src/proposal/facts.ts";
import { GitHubFailure } from "../../src/reconcile/ports.ts";
import {
  body,
  CHARTER,
  type Committee,
  convene,
  inCommentPeriod,
  inPublication,
  inVote,
  MEMBERS,
  SPECIFICATION,
  vote,
} from "../support/committee.ts";
import { person } from "../support/model-github.ts";

/** GitHub fails whenever a fact of this kind is asked for; the answer ends that. */
function failingRead(committee: Committee, fact: string, status = 502): () => void {
  const read = committee.port.read;
  committee.port.read = async (ref, want) => {
    if (want.fact === fact) throw new GitHubFailure("GitHub answered 502", { status, retryAt: null });
    return read(ref, want);
  };
  return () => {
    committee.port.read = read;
  };
}

/** GitHub's list of comments stays as it is now; the answer ends that. */
function oldComments(committee: Committee, keep: (text: string) => boolean = () => true): () => void {
  const { observe } = committee.port;
  const then = committee.world.comments.filter((each) => keep(each.body)).map((each) => each.id);
  committee.port.observe = async (ref) => {
    const now = await observe(ref);
    return now && { ...now, comments: now.comments.filter((each) => then.includes(each.id)) };
  };
  return () => {
    committee.port.observe = observe;
  };
}

const of = (committee: Committee, key: string) =>
  committee.world.comments.filter(
    (each) => each.byApp && each.body.startsWith(`<!-- secretariat:${key} -->`),
  );

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
  await committee.pass();
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
  await committee.pass();
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

test("what was decided is recorded, although the next thing cannot be read", async () => {
  const committee = await inVote();
  vote(committee, { for: 2, against: 1 });
  const mend = failingRead(committee, "pullRequests");
  committee.forward(15);
  await expect(committee.pass()).rejects.toThrow("502");
  expect(committee.stage()).toBe("approved");
  expect(committee.ours("decision").body).toContain("approved");
  committee.unreact("ada", committee.ours("ballot").id);
  mend();
  await committee.pass();
  expect(committee.stage()).toBe("publication");
});

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
  await committee.pass();
  expect(committee.world.docket?.find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    result: "approved",
  });
});

test("an unfinished proposal that cannot be seen for a while is looked for again", async () => {
  const committee = await inVote();
  const { observe } = committee.port;
  committee.port.observe = async () => null;
  committee.forward(0, 3_600);
  expect(await committee.pass()).not.toBeNull();
  expect(committee.notes.get("seen proposal misp/misp-rfc#12") ?? "").toBe("");
  committee.port.observe = observe;
  vote(committee, { for: 3 });
  committee.forward(15);
  await committee.pass();
  expect(committee.stage()).toBe("publication");
});

test("an issue that is gone and never was a proposal is not looked for again", async () => {
  const committee = convene();
  committee.port.observe = async () => null;
  expect(await committee.pass()).toBeNull();
});

test("old lists right after a comment was made or changed make no second one", async () => {
  const committee = await inVote();
  const end = oldComments(committee, (text) => !text.startsWith("<!-- secretariat:ballot"));
  committee.forward(0, 60);
  await committee.pass();
  end();
  expect(of(committee, "ballot")).toHaveLength(1);
  const other = convene();
  other.open("pia", "S", "## Description\n\nx");
  await other.pass();
  const endOther = oldComments(other, () => false);
  other.forward(0, 60);
  other.world.body = body();
  await other.pass();
  endOther();
  expect(of(other, "status")).toHaveLength(1);
});

test("what cannot be read at the end of the comment period leaves the proposal a way out", async () => {
  for (const person of ["pia", "ada"]) {
    const committee = await inCommentPeriod({ rosters: {} });
    committee.forward(31);
    await committee.pass();
    committee.comment(person, "/withdraw We give up.");
    await committee.pass();
    expect(committee.stage()).toBe("withdrawn");
  }
});

test("an edit that restarts an extended comment period never shortens it", async () => {
  const committee = await inCommentPeriod({ charterText: `${CHARTER}comment_period:\n  on_edit: restart\n` });
  committee.forward(1);
  committee.comment("ada", "/extend 60 days The summer.");
  await committee.pass();
  committee.forward(4);
  committee.world.body = body(`${SPECIFICATION}\nOne more sentence.\n`);
  await committee.pass();
  expect(committee.world.docket?.at(-1)).toMatchObject({
    kind: "text-changed",
    closesAt: "2026-05-31T09:00:00Z",
  });
});

test("a charter that changes meanwhile neither holds up nor restarts what was opened under the old one", async () => {
  const committee = await inCommentPeriod();
  committee.world.charterText = `${CHARTER}documentation:\n  - section: Use cases\n  - section: Technical specification\n    specification: true\n`;
  committee.forward(31);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  expect(committee.kinds()).not.toContain("text-changed");
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

test("a docket that is gone is not taken for a new proposal: the App stops and says so, once", async () => {
  const committee = await inVote();
  const { docket } = committee.world;
  committee.world.docket = null;
  for (let times = 0; times < 2; times++) await expect(committee.pass()).rejects.toThrow("is gone");
  expect(committee.world.docket).toBeNull();
  expect(committee.ours("trouble").body).toContain("gone from the branch dockets");
  committee.world.docket = docket;
  await committee.pass();
  expect(committee.ours("trouble").body).toContain("has been mended");
});

test("a docket that another hand has altered stops everything, and the proposal says so", async () => {
  const committee = await inVote();
  const altered = committee.world.docket?.map((entry) =>
    entry.number === 2 ? { ...entry, at: committee.world.now } : entry,
  );
  committee.world.docket = altered ?? null;
  committee.forward(15);
  await expect(committee.pass()).rejects.toThrow("not as the App wrote it");
  expect(committee.ours("trouble").body).toContain("entry 2 does not match its hash");
  expect(committee.stage()).toBe("vote");
});

test("a missing permission is said on the proposal", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  committee.world.beforeWrite = () => {
    throw new GitHubFailure("The App is not allowed to write the branch dockets of MISP/misp-rfc.", {
      status: 403,
      retryAt: null,
      isForPeople: true,
    });
  };
  await expect(committee.pass()).rejects.toThrow("not allowed");
  expect(committee.ours("trouble").body).toContain("not allowed to write the branch dockets");
  expect(committee.world.labels).toEqual(["proposal"]);
});

test("a linked specification that cannot be used is looked at again: nobody announces that it was mended", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body("https://github.example/MISP/misp-rfc/blob/main/draft.md\n"));
  expect(await committee.pass()).not.toBeNull();
});

test("labels are one and the same in any letter case", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  committee.world.labels = ["Proposal", "Stage: Assessment"];
  await committee.pass();
  expect(committee.stage()).toBe("assessment");
  expect(committee.world.labels).toEqual(["Proposal", "Stage: Assessment", "kind: new standard"]);
});

test("the proposal label stays on a proposal: by it a sweep finds it again", async () => {
  const committee = await inVote();
  committee.forward(1);
  committee.world.labels = committee.world.labels.filter((label) => label !== "proposal");
  committee.world.lastHand = person("dan");
  await committee.pass();
  expect(committee.world.labels).toContain("proposal");
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
  await committee.pass();
  expect(committee.world.pullRequests[0]?.files.map((file) => file.path)).toEqual(["decisions/0012.json"]);
});

test("titles without a letter that a path can hold do not share a folder", async () => {
  const committee = convene();
  committee.open("pia", "共享格式", body().replace("### Short name\n\nsighting-format\n", ""));
  await committee.pass();
  expect(committee.world.docket?.at(-1)).toMatchObject({ text: { slug: "proposal-0012" } });
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

test("a linked file that says nothing is no specification", async () => {
  const link = "https://github.example/MISP/misp-rfc/blob/main/draft.md";
  const committee = convene();
  const file = { owner: "MISP", name: "misp-rfc", path: "draft.md", commit: "e".repeat(40) };
  committee.world.files.set(link, known({ status: "read", link, text: "", file }));
  committee.open("pia", "Sighting format", body(`${link}\n`));
  await committee.pass();
  expect(committee.stage()).toBe("intake");
  expect(committee.ours("status").body).toContain("fewer than the 20 words");
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

test("an edit during the assessment is on the record, and what is returned is what the reviewers had before them", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.world.body = body(`${SPECIFICATION}\nOne more sentence.\n`);
  await committee.pass();
  expect(committee.kinds()).toEqual(["received", "documented", "documented"]);
  committee.comment("ben", "/return Please define the count.");
  committee.forward(0, 60);
  committee.world.body = body(`${SPECIFICATION}\nThe count is a positive integer.\n`);
  await committee.pass();
  expect(committee.stage()).toBe("assessment");
});

test("an acknowledgement that GitHub refuses holds up nothing else", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.world.failOn = (action) => action.do === "acknowledge";
  committee.comment("ben", "/accept");
  await expect(committee.pass()).rejects.toThrow("502");
  expect(committee.ours("comment-period-open").body).toContain("comment period is open");
});

test("a stranger's command that cannot be judged holds up the close of a ballot for a day at most", async () => {
  const charterText = CHARTER.replace("[ada]", "[team: MISP/chairs]");
  const committee = await inVote({ charterText });
  vote(committee, { for: 5 });
  committee.world.rosters = { ...committee.world.rosters, chairs: unknown("The team cannot be read.") };
  committee.comment("mallory", "/withdraw Because I say so.");
  committee.forward(14, 3_600);
  await committee.pass();
  expect(committee.stage()).toBe("vote");
  committee.forward(1);
  await committee.pass();
  expect(committee.kinds()).toContain("ballot-closed");
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
  await committee.pass();
  expect(of(committee, `reply-${comment}`)).toHaveLength(1);
});

test("an early close happens with the last vote, not with the look that found it", async () => {
  const committee = await inVote({ charterText: `${CHARTER}ballot:\n  closes: when everyone has voted\n` });
  vote(committee, { for: 9 });
  const at = committee.world.now;
  committee.forward(0, 1_800);
  await committee.pass();
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

test("proposals of several repositories that publish to one keep out of each other's files", async () => {
  const charterText = `${CHARTER}publication:\n  standards: MISP/standards\n`;
  const committee = await inPublication({ charterText });
  expect(committee.world.pullRequests[0]).toMatchObject({
    repository: { owner: "MISP", name: "standards" },
    branch: "secretariat/0012-misp-rfc-sighting-format",
    files: [{ path: "sighting-format/raw.md" }, { path: "decisions/misp-rfc-0012.json" }],
  });
});

/** GitHub fails once when it is asked for a fact. */
function failOnce(committee: Committee, fact: string): void {
  const mend = failingRead(committee, fact);
  const failing = committee.port.read;
  committee.port.read = async (ref, want) => {
    if (want.fact === fact) mend();
    return failing(ref, want);
  };
}

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

test("one failure of GitHub does not take back what the status says", async () => {
  const committee = await inCommentPeriod();
  committee.forward(31);
  committee.world.charterText = "committee: X\n";
  await committee.pass();
  committee.forward(0, 900);
  failOnce(committee, "charter");
  await expect(committee.pass()).rejects.toThrow("502");
  expect(committee.ours("status").body).toContain("On hold");
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

test("nobody is blamed for what the App did itself and could not remember", async () => {
  const committee = await inVote();
  await committee.pass();
  committee.forward(1);
  committee.react("dan", committee.ours("ballot").id, "+1");
  const before = new Map(committee.notes);
  await committee.pass();
  committee.notes.clear();
  for (const [key, value] of before) committee.notes.set(key, value);
  committee.forward(0, 3_600);
  await committee.pass();
  committee.forward(0, 3_600);
  committee.unreact("dan", committee.ours("ballot").id);
  await committee.pass();
  expect(of(committee, "put-back-comment-ballot")).toEqual([]);
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

test("trouble is told once although the list of comments is old, and is over everywhere when it is over", async () => {
  const committee = await inCommentPeriod();
  const { docket } = committee.world;
  committee.world.docket = null;
  await committee.pass().catch(() => undefined);
  const end = oldComments(committee, (text) => !text.includes("secretariat:trouble"));
  committee.forward(0, 60);
  await committee.pass().catch(() => undefined);
  end();
  expect(of(committee, "trouble")).toHaveLength(1);
  committee.world.docket = docket;
  committee.forward(1);
  await committee.pass();
  expect(committee.ours("trouble").body).toContain("has been mended");
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

test("a team of chairs that GitHub cannot show holds up a result for a day at most", async () => {
  const committee = await inVote({ charterText: CHARTER.replace("[ada]", "[team: MISP/chairs]") });
  vote(committee, { for: 6 });
  committee.comment("mallory", "/withdraw Because I say so.");
  failingRead(committee, "roster");
  committee.forward(14, 3_600);
  await expect(committee.pass()).rejects.toThrow("502");
  committee.forward(1);
  await committee.pass();
  expect(committee.kinds()).toContain("ballot-closed");
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

test("an electorate that becomes unknown again later changes nothing about an open ballot", async () => {
  const committee = await inVote();
  committee.world.rosters = { ...committee.world.rosters, members: unknown("The team is gone.") };
  for (const login of MEMBERS) committee.react(login, committee.ours("ballot").id, "+1");
  committee.forward(15);
  await committee.pass();
  expect(committee.stage()).toBe("publication");
});
