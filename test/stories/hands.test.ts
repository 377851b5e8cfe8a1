/** What maintainers and others can do by hand to what the App keeps, and what the App may not do. */
import { expect } from "vitest";
import { HOME, story } from "../support/story.ts";
import { inCommentPeriod, inVote } from "../support/story-life.ts";
import { SPECIFICATION } from "../support/story-proposal.ts";

story("a label taken off by hand is put back once, with a word to who did it", async (s) => {
  const p = await inCommentPeriod(s);
  await s.passes("1 hour");
  const takesOff = async () => {
    await s.sandbox.as("cedric").unlabel(HOME, p.number, "stage: comment period");
    await s.settled();
  };
  await takesOff();
  const [word] = await p.hears("put-back-labels-comment");
  expect(word).toContain("@cedric");
  expect(await p.labels()).toContain("stage: comment period");
  await s.passes("1 hour");
  await takesOff();
  await p.hears();
  expect(await p.labels()).not.toContain("stage: comment period");
  s.allow.labels = true;
});

story("a label of another stage put on by hand is taken off", async (s) => {
  const p = await inCommentPeriod(s);
  await s.passes("1 hour");
  await s.sandbox.as("cedric").label(HOME, p.number, "stage: published");
  await s.settled();
  await p.hears("put-back-labels-comment");
  expect(await p.stage()).toBe("comment");
});

story("a ballot that a maintainer has edited is put back once, with a word", async (s) => {
  const p = await inVote(s);
  await p.vote("lena-k", "+1");
  await s.passes("2 hours");
  await s.passes("15 minutes");
  const { id, body } = await p.comment("ballot");
  const edits = async () => {
    await s.sandbox.as("cedric").editComment(HOME, id, body.replace("lena-k", "omar-b"));
    await s.settled();
  };
  await edits();
  await p.hears("put-back-comment-ballot");
  expect((await p.comment("ballot")).body).toBe(body);
  await s.passes("1 hour");
  await edits();
  await p.hears();
  await s.passes("15 days");
  await p.hears("decision");
  expect((await p.docket()).find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    tally: { for: [{ voter: { login: "lena-k" } }] },
  });
});

story("a ballot that a maintainer has deleted is posted again, and runs its full term", async (s) => {
  const p = await inVote(s);
  await p.votes({ for: 2 });
  await s.passes("10 days");
  await s.sandbox.as("cedric").deleteComment(HOME, (await p.comment("ballot")).id);
  await s.settled();
  await s.passes("1 hour");
  const [ballot, prolonged] = await p.hears("ballot", "ballot-prolonged");
  expect(ballot).toContain("| 2 | 0 | 0 | 0 | 7 |");
  expect(prolonged).toContain("@adulau");
  await p.votes({ for: 1 });
  await s.passes("5 days");
  await s.passes("10 days");
  await p.hears("decision");
  expect((await p.docket()).find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    tally: { for: { length: 2 } },
  });
  expect(await p.stage()).toBe("publication");
});

story("an issue that somebody else closes is opened again, with a word to who did it", async (s) => {
  const p = await inCommentPeriod(s);
  await s.passes("1 hour");
  await p.closes("cedric");
  const [word] = await p.hears("put-back-issue-state-comment");
  expect(word).toContain("@cedric");
  expect(await p.isOpen()).toBe(true);
  expect(await p.stage()).toBe("comment");
});

story("a docket that another hand has changed stops everything, and says so", async (s) => {
  const p = await inCommentPeriod(s);
  const path = "0001/docket.json";
  const docket = (await s.sandbox.see.file(HOME, path, "dockets")) ?? "";
  const forged = docket.replaceAll("rafiot", "mallory");
  await s.sandbox.as("cedric").putFile(HOME, path, forged, { branch: "dockets" });
  await p.says("adulau", "/extend 14 days More time.");
  expect(await p.hears("trouble")).toEqual([expect.stringContaining("not as the App wrote it")]);
  expect((await s.failures()).join()).toContain("not as the App wrote it");
  await s.sandbox.as("cedric").putFile(HOME, path, docket, { branch: "dockets" });
  await s.recovers();
  await p.hears("comment-period-extended");
  s.allow.history = true;
});

story("the text beside the docket, changed by hand: what was voted on is found in its history", async (s) => {
  const p = await inVote(s);
  await p.votes({ for: 5 });
  const changed = "Something that nobody has voted on.\n";
  await s.sandbox.as("cedric").putFile(HOME, "0001/text.md", changed, { branch: "dockets" });
  await s.passes("15 days");
  await p.merges();
  await p.hears("decision", "published");
  expect(await s.sandbox.see.file(HOME, "sighting-format/raw.md")).toBe(SPECIFICATION);
});

story("no leave to write the dockets: nothing formal is shown, and it goes on when there is", async (s) => {
  const writing = { method: "POST", path: /\/git\// };
  const plan = s.sandbox.faults.next({
    fault: { kind: "forbidden" },
    match: writing,
    times: Number.POSITIVE_INFINITY,
  });
  const p = await s.proposes();
  expect(await p.hears("trouble")).toEqual([
    expect.stringContaining("not allowed to write the branch dockets"),
  ]);
  expect(await p.labels()).toEqual(["proposal"]);
  expect(await s.failures()).toEqual([
    expect.stringContaining("The App is not allowed to write the branch dockets of MISP/misp-rfc"),
  ]);
  plan.cancel();
  await s.recovers();
  await p.hears("status");
  expect(await p.stage()).toBe("assessment");
});

story("a proposal that is no longer labelled as one goes on: it is on the record", async (s) => {
  const p = await inCommentPeriod(s);
  await s.sandbox.as("cedric").unlabel(HOME, p.number, "proposal");
  await s.settled();
  await s.passes("31 days");
  await p.hears("feedback", "ballot");
});

story("an issue that is labelled by hand is a proposal from then on", async (s) => {
  const p = await s.proposes({ labels: [] });
  await p.hears();
  expect(await p.docket()).toEqual([]);
  await s.sandbox.as("cedric").label(HOME, p.number, "proposal");
  await s.settled();
  await p.hears("status");
  expect(await p.stage()).toBe("assessment");
});

story("a question is answered with a reaction and a comment, and is not on the record", async (s) => {
  const p = await s.proposes();
  const asked = await p.says("mallory", "/status");
  await p.says("mallory", "/help");
  await p.hears("status", "reply", "reply");
  expect(s.sandbox.see.reactions(HOME, asked)).toMatchObject([
    { login: "secretariat[bot]", content: "rocket" },
  ]);
  const refused = await p.says("mallory", "/accept");
  await p.hears("reply");
  expect(s.sandbox.see.reactions(HOME, refused)).toMatchObject([{ content: "confused" }]);
});
