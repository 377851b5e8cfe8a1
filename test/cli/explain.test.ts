import { expect, test } from "vitest";
import { explain } from "../../src/cli/explain.ts";
import { body, convene, inCommentPeriod, inPublication, inVote, vote } from "../support/committee.ts";

test("tells facts, decision, desired state and actions, and does nothing", async () => {
  const committee = await inVote();
  vote(committee, { for: 5, against: 3 });
  committee.forward(15);
  await committee.pass();
  committee.forward(0, 11 * 60);
  const before = structuredClone([committee.world.docket, committee.world.comments, committee.world.labels]);
  const lines = await explain(committee.port, committee.datatracker, committee.ref, committee.world.now);
  expect([committee.world.docket, committee.world.comments, committee.world.labels]).toEqual(before);
  expect(lines.join("\n")).toMatchInlineSnapshot(`
    "MISP/misp-rfc#12 at 2026-04-17 09:11 UTC

    Facts:
      issue "Sighting format" by pia, open, labels proposal, kind: new standard, stage: vote
      5 comments, 4 of them the App's
      charter: valid
      8 reactions on the ballot

    Docket:
      1. 2026-03-01 09:00 UTC  received
      2. 2026-03-01 09:00 UTC  documented
      3. 2026-03-02 09:00 UTC  accepted
      4. 2026-03-02 09:00 UTC  comment-period-opened
      5. 2026-04-01 09:00 UTC  comment-period-closed
      6. 2026-04-02 09:00 UTC  ballot-opened
      7. 2026-04-02 09:00 UTC  ballot-posted
      8. 2026-04-17 09:00 UTC  votes-recorded

    Decision:
      record: the ballot has closed: approved
      wait: the publication is not open everywhere yet
        no   the pull request in MISP/misp-rfc is open

    It would record:
      ballot-closed, as of 2026-04-16 09:00 UTC

    Desired state:
      stage approved
      labels proposal, stage: approved, kind: new standard
      comment status (kept)
      comment comment-period-open (once)
      comment feedback (once)
      comment ballot (kept)
      comment decision (once)

    It would do:
      open a pull request in MISP/misp-rfc from secretariat/0012-sighting-format
      add the labels stage: approved
      remove the label stage: vote
      bring the comment status up to date
      bring the comment ballot up to date
      write the comment decision

    It would look again by 2026-04-17 09:12 UTC."
  `);
});

test("an issue that is not there is said to be none", async () => {
  const committee = convene();
  committee.port.observe = async () => null;
  const lines = await explain(committee.port, committee.datatracker, committee.ref, committee.world.now);
  expect(lines).toEqual(["MISP/misp-rfc#12 is not an issue that the App can see."]);
});

test("a title cannot move the cursor of a terminal", async () => {
  const committee = convene();
  committee.open("pia", "Title\u001b[2J\nsecond line", body());
  const lines = await explain(committee.port, committee.datatracker, committee.ref, committee.world.now);
  expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
});

test("where everything is as it should be, nothing is to be recorded or done", async () => {
  for (const reach of [inCommentPeriod, inPublication]) {
    const committee = await reach();
    const lines = await explain(committee.port, committee.datatracker, committee.ref, committee.world.now);
    const after = (title: string) => lines[lines.indexOf(title) + 1];
    expect([after("It would record:"), after("It would do:")]).toEqual(["  nothing", "  nothing"]);
  }
});

test("one of a kind is said in the singular", async () => {
  const committee = await inVote();
  vote(committee, { for: 1, against: 0 });
  const count = async () => {
    const lines = await explain(committee.port, committee.datatracker, committee.ref, committee.world.now);
    return lines.filter((line) => /^ {2}\d+ (?:comment|reaction)/.test(line));
  };
  expect((await count()).at(-1)).toBe("  1 reaction on the ballot");
  committee.world.comments.splice(1);
  expect((await count())[0]).toBe("  1 comment, 1 of them the App's");
});
