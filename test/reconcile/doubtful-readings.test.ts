import { expect, test } from "vitest";
import { known } from "../../src/proposal/facts.ts";
import { GitHubFailure } from "../../src/reconcile/ports.ts";
import {
  body,
  CHARTER,
  convene,
  inCommentPeriod,
  inVote,
  SPECIFICATION,
  vote,
} from "../support/committee.ts";
import { failingRead, failOnce, of, oldComments } from "../support/doubts.ts";
import { person } from "../support/model-github.ts";

test("what was decided is recorded, although the next thing cannot be read", async () => {
  const committee = await inVote();
  vote(committee, { for: 2, against: 1 });
  const { workshop } = committee.port;
  committee.port.workshop = async () => {
    throw new GitHubFailure("GitHub answered 502", { status: 502, retryAt: null });
  };
  committee.forward(15);
  await expect(committee.closeBallot()).rejects.toThrow("502");
  expect(committee.stage()).toBe("approved");
  expect(committee.ours("decision").body).toContain("approved");
  committee.unreact("ada", committee.ours("ballot").id);
  committee.port.workshop = workshop;
  const mend = failingRead(committee, "pullRequests");
  await expect(committee.pass()).rejects.toThrow("502");
  mend();
  await committee.pass();
  expect(committee.stage()).toBe("publication");
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
  await committee.closeBallot();
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

test("an issue that was transferred here with the App's comments is no proposal of this repository without the label", async () => {
  const committee = await inVote();
  committee.notes.clear();
  const said = committee.world.comments.length;
  Object.assign(committee.world, { docket: null, labels: [], issueId: 6000 });
  expect(await committee.pass()).toBeNull();
  expect(committee.world.comments).toHaveLength(said);
  expect(committee.world.docket).toBeNull();
});

test("whoever takes the label away with the docket does not make the App forget what it has written", async () => {
  const committee = await inVote();
  Object.assign(committee.world, { docket: null, labels: [] });
  await expect(committee.pass()).rejects.toThrow("an older version of the docket");
  committee.forward(0, 660);
  await expect(committee.pass()).rejects.toThrow("not the one that the App wrote last");
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

test("titles without a letter that a path can hold do not share a folder", async () => {
  const committee = convene();
  committee.open("pia", "共享格式", body().replace("### Short name\n\nsighting-format\n", ""));
  await committee.pass();
  expect(committee.world.docket?.at(-1)).toMatchObject({ text: { slug: "proposal-0012" } });
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

test("trouble is told once although the store was lost just after it was told, and the list of comments is old", async () => {
  const committee = await inCommentPeriod();
  committee.forward(1);
  committee.world.docket = null;
  await expect(committee.pass()).rejects.toThrow("gone from the branch dockets");
  committee.notes.clear();
  const end = oldComments(committee, (text) => !text.includes("secretariat:trouble"));
  committee.forward(0, 60);
  await expect(committee.pass()).rejects.toThrow("gone from the branch dockets");
  end();
  expect(of(committee, "trouble")).toHaveLength(1);
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
