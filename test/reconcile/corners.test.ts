import { expect, test } from "vitest";
import { known } from "../../src/proposal/facts.ts";
import { GitHubFailure } from "../../src/reconcile/ports.ts";
import { body, CHARTER, convene, inCommentPeriod, inVote, SPECIFICATION } from "../support/committee.ts";
import { person, seated } from "../support/model-github.ts";

test("an electorate without anybody in it opens no ballot", async () => {
  const committee = await inCommentPeriod();
  committee.world.rosters = { ...committee.world.rosters, members: known([]) };
  committee.forward(31);
  await committee.pass();
  expect(committee.stage()).toBe("comment");
  expect(committee.ours("status").body).toContain("electorate is empty");
});

test("the electorate is in the order of ids, each person once, whatever the list", async () => {
  const list = ["hal", "ivy", "ada", "hal"].map(seated);
  for (const members of [list, list.toReversed()]) {
    const committee = await inVote({ rosters: { members: known(members) } });
    const opened = committee.world.docket?.find((entry) => entry.kind === "ballot-opened");
    const ids = opened?.electorate.map((elector) => elector.id);
    expect(ids).toEqual([...new Set(list.map((each) => each.id))].toSorted((one, other) => one - other));
  }
});

test("what was said before the comment period is no feedback on it", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  committee.comment("mia", "I like this already.");
  await committee.pass();
  committee.forward(1);
  committee.comment("ben", "/accept");
  await committee.pass();
  const inside = committee.comment("mia", "I still do.");
  committee.forward(31);
  await committee.pass();
  const closed = committee.world.docket?.find((entry) => entry.kind === "comment-period-closed");
  expect(closed?.feedback.map((item) => item.comment)).toEqual([inside]);
});

test("bots give no commands and no feedback", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.botComment("ben", "/accept");
  await committee.pass();
  expect(committee.stage()).toBe("assessment");
  expect(committee.kinds()).not.toContain("command-refused");
});

test("nobody accepts a proposal whose documentation has become incomplete", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.world.body = "### Description\n\nShort.";
  committee.comment("ben", "/accept");
  await committee.pass();
  expect(committee.world.docket?.at(-1)).toMatchObject({ refusal: { why: "documentation incomplete" } });
});

test("a returned proposal is assessed again once anything in it has changed, and the reason is then history", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.comment("ben", "/return The description is too vague for us.");
  await committee.pass();
  expect(committee.ours("status").body).toContain("too vague for us");
  committee.world.body = body().replace("A format to exchange", "A precise format to exchange");
  await committee.pass();
  expect(committee.stage()).toBe("assessment");
  expect(committee.ours("status").body).not.toContain("too vague for us");
});

test("an issue that was closed before it was labelled is no proposal", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  committee.close("pia");
  await committee.pass();
  expect(committee.world.docket).toBeNull();
  expect(committee.world.actions).toEqual([]);
});

test("a reviewer is known in any letter case, and in a team by the id alone", async () => {
  const inAnyCase = convene({ charterText: CHARTER.replace("[ben, cleo]", "[BEN]") });
  inAnyCase.open("pia", "Sighting format", body());
  await inAnyCase.pass();
  inAnyCase.comment("ben", "/accept");
  await inAnyCase.pass();
  expect(inAnyCase.stage()).toBe("comment");

  const renamed = { ...seated("ben"), login: "ben-under-a-new-name" };
  const inTeam = convene({
    charterText: CHARTER.replace("[ben, cleo]", "[team: MISP/reviewers]"),
    rosters: { reviewers: known([renamed, { ...seated("dan"), login: "mia" }]) },
  });
  inTeam.open("pia", "Sighting format", body());
  await inTeam.pass();
  inTeam.comment("mia", "/accept");
  await inTeam.pass();
  expect(inTeam.stage()).toBe("assessment");
  inTeam.comment("ben", "/accept");
  await inTeam.pass();
  expect(inTeam.world.docket?.findLast((entry) => entry.kind === "accepted")).toMatchObject({
    by: person("ben"),
  });
});

test("line ends are no edit", async () => {
  const committee = await inVote();
  committee.world.body = body(SPECIFICATION).replaceAll("\n", "\r\n");
  await committee.pass();
  expect(committee.kinds()).not.toContain("text-flagged");
  committee.world.body = `${body(SPECIFICATION)} `;
  await committee.pass();
  expect(committee.kinds()).toContain("text-flagged");
});

test("a docket that another writer is always quicker to change is GitHub failing, not the App", async () => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  committee.port.writeDocket = async () => ({ result: "conflict" });
  await expect(committee.pass()).rejects.toThrow(GitHubFailure);
  expect(committee.world.docket).toBeNull();
});
