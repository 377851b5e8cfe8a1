/** The ways a proposal can go, each told as the charter would. */
import { expect } from "vitest";
import { CHARTER, HOME, story } from "../support/story.ts";
import { inCommentPeriod, inVote, WHOLE_LIFE } from "../support/story-life.ts";
import { formOf, SPECIFICATION } from "../support/story-proposal.ts";

const LONGER = `${SPECIFICATION}\nThe count is a positive integer.\n`;

story("a proposal is adopted, and published as it was voted on", async (s) => {
  const p = await s.proposes();
  expect(await p.labels()).toEqual(["proposal", "stage: assessment", "kind: new standard"]);
  await p.hears("status");
  await p.says("iglocska", "/accept");
  await p.hears("comment-period-open");
  await p.says("mallory", "The count should be a positive integer.");
  await s.passes("24 days");
  await p.hears("comment-reminder");
  await s.passes("7 days");
  const [feedback] = await p.hears("feedback", "ballot");
  expect(feedback).toContain("mallory");
  await p.votes({ for: 5, against: 2, abstain: 1 });
  await s.passes("12 days");
  const [reminder] = await p.hears("ballot-reminder");
  expect(reminder).toContain("@tomas-h");
  await s.passes("3 days");
  await p.hears("decision");
  expect(await p.stage()).toBe("publication");
  await p.merges();
  await p.hears("published");
  expect(await s.sandbox.see.file(HOME, "sighting-format/raw.md")).toBe(SPECIFICATION);
  expect(await p.kinds()).toEqual(WHOLE_LIFE);
  expect((await s.sandbox.see.issue(HOME, p.number)).state_reason).toBe("completed");
});

story("more against it than for it: rejected", async (s) => {
  const p = await inVote(s);
  await p.votes({ for: 3, against: 5 });
  await s.passes("15 days");
  await p.hears("decision");
  expect(await p.stage()).toBe("rejected");
  expect((await s.sandbox.see.issue(HOME, p.number)).state_reason).toBe("not_planned");
  expect(await p.pulls()).toEqual([]);
});

story("a tie is no majority", async (s) => {
  const p = await inVote(s);
  await p.votes({ for: 4, against: 4, abstain: 1 });
  await s.passes("15 days");
  await p.hears("decision");
  expect((await p.docket()).at(-1)).toMatchObject({ kind: "ballot-closed", result: "rejected" });
});

story(
  "no quorum: rejected, although all who voted were for it",
  async (s) => {
    const p = await inVote(s);
    await p.votes({ for: 4 });
    await s.passes("15 days");
    await p.hears("decision");
    expect((await p.docket()).at(-1)).toMatchObject({ kind: "ballot-closed", result: "no quorum" });
  },
  { charter: `${CHARTER}ballot:\n  quorum: at least 1/2 of members\n` },
);

story(
  "no quorum: prolonged once, and adopted when one more has voted",
  async (s) => {
    const p = await inVote(s);
    await p.votes({ for: 4 });
    await s.passes("15 days");
    await p.hears("ballot-prolonged");
    expect(await p.stage()).toBe("vote");
    await p.vote("omar-b", "eyes");
    await s.passes("8 days");
    await p.hears("decision");
    expect(await p.stage()).toBe("publication");
    expect((await p.kinds()).filter((kind) => kind === "ballot-prolonged")).toHaveLength(1);
  },
  { charter: `${CHARTER}ballot:\n  quorum: at least 1/2 of members\n  prolong_once: 7 days\n` },
);

story("returned with a reason, and assessed again once it is mended", async (s) => {
  const p = await s.proposes({ specification: "_No response_" });
  const [missing] = await p.hears("status");
  expect(missing).toContain("Technical specification");
  expect(await p.stage()).toBe("intake");
  await p.edits({ body: formOf() });
  expect(await p.stage()).toBe("assessment");
  await p.says("chrisr3d", "/return Please say what a count is.");
  expect(await p.stage()).toBe("intake");
  expect((await p.comment("status")).body).toContain("Please say what a count is.");
  await p.edits({ body: formOf({ specification: LONGER }) });
  expect(await p.stage()).toBe("assessment");
  await p.says("chrisr3d", "/accept");
  await p.hears("comment-period-open");
});

story("declined with a reason: closed as not planned", async (s) => {
  const p = await s.proposes();
  await p.says("mallory", "/decline I do not like it.");
  const [, refusal] = await p.hears("status", "reply");
  expect(refusal).toContain("@mallory");
  await p.says("chrisr3d", "/decline This is outside the scope of the committee.");
  expect(await p.stage()).toBe("declined");
  expect((await s.sandbox.see.issue(HOME, p.number)).state_reason).toBe("not_planned");
  expect((await p.comment("status")).body).toContain("outside the scope");
});

story("withdrawn by its author while the committee votes", async (s) => {
  const p = await inVote(s);
  await p.votes({ for: 9 });
  await p.says("rafiot", "/withdraw We found a better way.");
  expect(await p.stage()).toBe("withdrawn");
  expect(await p.isOpen()).toBe(false);
  await s.passes("20 days");
  expect((await p.kinds()).at(-1)).toBe("withdrawn");
});

story("withdrawn by its author or a chair, who closes the issue", async (s) => {
  const one = await inCommentPeriod(s);
  const other = await inVote(s);
  await one.hears("feedback", "ballot");
  await one.closes("rafiot");
  await other.closes("adulau");
  expect((await one.docket()).at(-1)).toMatchObject({ kind: "withdrawn", by: { login: "rafiot" } });
  expect((await other.docket()).at(-1)).toMatchObject({ kind: "withdrawn", by: { login: "adulau" } });
  expect([await one.isOpen(), await other.isOpen()]).toEqual([false, false]);
});

story("extended by a chair: later, never earlier", async (s) => {
  const p = await inCommentPeriod(s);
  await s.passes("20 days");
  await p.says("mallory", "/extend 14 days I am on holiday.");
  await p.says("adulau", "/extend 14 days A holiday falls into the period.");
  await p.hears("reply", "comment-period-extended");
  await s.passes("20 days");
  await p.hears("comment-reminder");
  expect(await p.stage()).toBe("comment");
  await s.passes("5 days");
  await p.hears("feedback", "ballot");
});

story("edited while open: noted, and the new text goes to the vote", async (s) => {
  const p = await inCommentPeriod(s);
  await s.passes("10 days");
  await p.edits({ body: formOf({ specification: LONGER }) });
  expect((await p.docket()).at(-1)).toMatchObject({ kind: "text-changed", closesAt: null });
  await s.passes("21 days");
  await p.hears("feedback", "ballot");
  await p.votes({ for: 5 });
  await s.passes("15 days");
  await p.merges();
  await p.hears("decision", "published");
  expect(await s.sandbox.see.file(HOME, "sighting-format/raw.md")).toBe(LONGER);
});

story(
  "edited while open, where the charter says so: the comment period begins anew",
  async (s) => {
    const p = await inCommentPeriod(s);
    await s.passes("20 days");
    await p.edits({ body: formOf({ specification: LONGER }) });
    await p.hears("comment-period-restarted");
    await s.passes("29 days");
    await p.hears("comment-reminder");
    expect(await p.stage()).toBe("comment");
    await s.passes("2 days");
    await p.hears("feedback", "ballot");
  },
  { charter: `${CHARTER}comment_period:\n  on_edit: restart\n` },
);

story("text changed during the ballot: flagged, and what is published is what was voted on", async (s) => {
  const p = await inVote(s);
  await p.votes({ for: 5 });
  await p.edits({ body: formOf({ specification: "Something that nobody has voted on." }) });
  expect((await p.docket()).find((entry) => entry.kind === "text-flagged")).toMatchObject({
    kind: "text-flagged",
  });
  await s.passes("15 days");
  await p.merges();
  await p.hears("decision", "published");
  expect(await s.sandbox.see.file(HOME, "sighting-format/raw.md")).toBe(SPECIFICATION);
});

story("two proposals at the same time keep out of each other's way", async (s) => {
  const one = await s.proposes({ name: "one" });
  const other = await s.proposes({ name: "other", by: "lena-k" });
  await Promise.all([one.says("iglocska", "/accept"), other.says("chrisr3d", "/accept")]);
  await s.passes("31 days");
  await Promise.all([one.votes({ for: 5 }), other.votes({ against: 5 })]);
  await s.passes("15 days");
  expect([await one.stage(), await other.stage()]).toEqual(["publication", "rejected"]);
  for (const p of [one, other])
    await p.hears("status", "comment-period-open", "feedback", "ballot", "decision");
  expect(await other.pulls()).toEqual([]);
});
