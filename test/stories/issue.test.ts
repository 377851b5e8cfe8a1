/** What becomes of a proposal when something happens to its issue. */
import { expect } from "vitest";
import { HOME, story } from "../support/story.ts";
import { inVote } from "../support/story-life.ts";

const OWNER = "adulau";
const LOCK = (number: number) => `/repos/MISP/${HOME}/issues/${number}/lock`;

for (const [what, lose] of [
  ["deleted, or converted to a discussion", "delete"],
  ["transferred to another repository", "transfer"],
] as const) {
  story(`an issue is ${what}: the record stays as it is, and nobody else is held up`, async (s) => {
    const p = await inVote(s);
    await p.votes({ for: 5 });
    await s.passes("2 hours");
    await p.hears();
    const other = await s.proposes({ name: "other" });
    await other.hears("status");
    const before = await p.docket();
    expect(before.at(-1)?.kind).toBe("votes-recorded");
    if (lose === "delete") await s.sandbox.estate.deleteIssue(HOME, p.number);
    else await s.sandbox.estate.transferIssue(HOME, p.number, "misp-standard.org");
    await s.settled();
    await s.passes("2 days");
    await s.passes("20 days");
    expect(await p.docket()).toEqual(before);
    expect(await s.failures()).toEqual([]);
    await other.says("iglocska", "/accept");
    await other.hears("comment-period-open");
  });
}

story(
  "a locked issue: what is recorded goes on, and what is to be said is said when it is unlocked",
  async (s) => {
    const p = await inVote(s);
    await p.votes({ for: 5 });
    await s.sandbox.as(OWNER).ask("PUT", LOCK(p.number), { lock_reason: "too heated" });
    await s.settled();
    await s.passes("15 days");
    await s.passes("1 hour");
    await s.passes("1 hour");
    expect(await p.stage()).toBe("publication");
    expect(await p.pulls()).toHaveLength(1);
    expect(await p.labels()).toContain("stage: publication");
    await p.hears();
    expect((await s.failures()).join()).toContain("issue is locked");
    await s.sandbox.as(OWNER).ask("DELETE", LOCK(p.number));
    await s.settled();
    await s.recovers();
    await p.hears("decision");
  },
);

story("a ballot that could not be posted on a locked issue runs its full term from when it is", async (s) => {
  const p = await s.proposes();
  await p.says("iglocska", "/accept");
  await p.hears("status", "comment-period-open");
  await s.sandbox.as(OWNER).ask("PUT", LOCK(p.number), { lock_reason: "too heated" });
  await s.passes("31 days");
  expect(await p.stage()).toBe("vote");
  await s.passes("5 days");
  await s.sandbox.as(OWNER).ask("DELETE", LOCK(p.number));
  await s.settled();
  await s.recovers();
  await p.hears("feedback", "ballot", "ballot-prolonged");
  await s.passes("13 days");
  await p.votes({ for: 5 });
  expect(await p.stage()).toBe("vote");
  await s.passes("2 days");
  await p.hears("ballot-reminder", "decision");
});
