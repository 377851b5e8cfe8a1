/** The App is stopped and started, with its store, without it and with an old copy of it; and once for two months. */
import { expect } from "vitest";
import { HOME, story } from "../support/story.ts";
import { inCommentPeriod, inVote, playWholeLife } from "../support/story-life.ts";
import { formOf } from "../support/story-proposal.ts";

for (const store of ["kept", "lost"] as const) {
  story(`started again between any two steps, its store ${store}`, async (s) => {
    await playWholeLife(s, () => s.restarts(store));
  });
}

story("started again between any two steps with a store that was copied before the ballot", async (s) => {
  let step = 0;
  await playWholeLife(s, async () => {
    step += 1;
    if (step === 4) await s.restarts("kept", async () => s.copiesStore());
    else await s.restarts(step < 4 ? "kept" : "old");
  });
});

story("whatever happens happens while the App is down", async (s) => {
  const { sandbox } = s;
  let number = 0;
  await s.restarts("kept", async () => {
    number = await sandbox
      .as("rafiot")
      .openIssue(HOME, { title: "Sightings", body: formOf(), labels: ["proposal"] });
  });
  const p = s.proposal(number);
  await s.restarts("kept", () => sandbox.as("iglocska").comment(HOME, number, "/accept"));
  await p.hears("status", "comment-period-open");
  await s.restarts("lost", async () => void sandbox.clock.forward(31 * 86_400));
  await p.hears("feedback", "ballot");
  await s.restarts("kept", async () => {
    await p.votes({ for: 5 });
    sandbox.clock.forward(15 * 86_400);
  });
  await s.passes("11 minutes");
  await p.hears("decision");
  await s.restarts("lost", async () => sandbox.as("cedric").mergePull(HOME, (await p.pulls())[0] ?? 0));
  await p.hears("published");
});

story("two months of downtime: everything is judged by when it was done", async (s) => {
  const { sandbox } = s;
  const voted = await inVote(s, { name: "voted" });
  const commented = await inCommentPeriod(s, { name: "commented" });
  const edited = await inCommentPeriod(s, { name: "extended" });
  const closesAt = (await commented.docket()).find(
    (entry) => entry.kind === "comment-period-opened",
  )?.closesAt;
  let opened = 0;
  await s.restarts("lost", async () => {
    await voted.votes({ for: 4, against: 3 });
    sandbox.clock.forward(10 * 86_400);
    await sandbox.as("adulau").comment(HOME, edited.number, "/extend 60 days Nobody was here.");
    await commented.says("rafiot", "I am still here.");
    sandbox.clock.forward(5 * 86_400);
    for (const late of ["sofia-r", "tomas-h"]) await voted.vote(late, "-1");
    sandbox.clock.forward(20 * 86_400);
    await sandbox.as("rafiot").comment(HOME, commented.number, "/extend 14 days Please.");
    opened = await sandbox
      .as("lena-k")
      .openIssue(HOME, { title: "New", body: formOf(), labels: ["proposal"] });
    sandbox.clock.forward(25 * 86_400);
  });
  await s.passes("11 minutes");
  await voted.hears("decision");
  expect((await voted.docket()).find((entry) => entry.kind === "ballot-closed")).toMatchObject({
    result: "approved",
    tally: { outside: { late: 2 } },
  });
  await commented.hears("feedback", "ballot", "reply");
  expect((await commented.docket()).find((entry) => entry.kind === "comment-period-closed")?.at).toBe(
    closesAt,
  );
  await edited.hears("comment-period-extended");
  expect(await edited.stage()).toBe("comment");
  expect(await s.proposal(opened).stage()).toBe("assessment");
  await s.proposal(opened).hears("status");
  await s.passes("13 days");
  await commented.hears("ballot-reminder");
  expect(await commented.stage()).toBe("vote");
});
