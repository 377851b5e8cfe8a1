import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../../src/proposal/decide.ts";
import { desired } from "../../src/proposal/desired.ts";
import { diff, NOTHING_APPLIED } from "../../src/proposal/diff.ts";
import { type Facts, known } from "../../src/proposal/facts.ts";
import { instant } from "../../src/proposal/instant.ts";
import { createReader } from "../../src/reconcile/reader.ts";
import { renderFor } from "../../src/reconcile/words.ts";
import {
  body,
  type Committee,
  convene,
  inCommentPeriod,
  inPublication,
  inVote,
  MEMBERS,
  vote,
} from "../support/committee.ts";

/** The facts as the loop has them once it has read whatever the rules asked for. */
async function factsOf(committee: Committee): Promise<Facts> {
  const observed = await committee.port.observe(committee.ref);
  if (!observed) throw new Error("No issue");
  let facts: Facts = observed;
  for (;;) {
    const { want } = decide(committee.world.docket ?? [], facts, committee.world.now);
    if (want === null) return facts;
    const read = await createReader(committee.port, committee.datatracker).read(committee.ref, want);
    facts = { ...facts, ...read, rosters: { ...facts.rosters, ...read.rosters } };
  }
}

describe("once acted on, decide is a fixpoint: nothing to record, nothing to do", () => {
  test.each([
    ["comment period", inCommentPeriod],
    ["vote", inVote],
    ["publication", inPublication],
  ])("%s", async (_, reach) => {
    const committee = await reach();
    const facts = await factsOf(committee);
    const decision = decide(committee.world.docket ?? [], facts, committee.world.now);
    const wanted = desired(decision, facts, committee.world.now);
    const stage = decision.state.stage;
    if (wanted === null || stage === "new") throw new Error("A proposal");
    const plan = diff(
      { desired: wanted, stage },
      facts,
      NOTHING_APPLIED,
      renderFor(facts),
      committee.world.now,
    );
    expect([decision.entries, plan.actions]).toEqual([[], []]);
  });
});

test("the order in which facts are listed does not matter", async () => {
  const committee = await inVote();
  vote(committee, { for: 5, against: 3 });
  committee.comment("dan", "I am in favour.");
  committee.comment("mia", "/extend 3 days Please.");
  committee.forward(15);
  const facts = await factsOf(committee);
  const docket = committee.world.docket ?? [];
  const expected = decide(docket, facts, committee.world.now).entries;
  if (!facts.reactions?.known) throw new Error("The reactions were asked for");
  const reactions = facts.reactions.value;
  const orders = fc.tuple(
    fc.shuffledSubarray([...facts.comments], { minLength: facts.comments.length }),
    fc.shuffledSubarray([...reactions], { minLength: reactions.length }),
  );
  fc.assert(
    fc.property(orders, ([comments, shuffled]) => {
      const shuffledFacts = { ...facts, comments, reactions: known(shuffled) };
      expect(decide(docket, shuffledFacts, committee.world.now).entries).toEqual(expected);
    }),
  );
  expect(expected.map((entry) => entry.kind)).toEqual(["command-refused", "votes-recorded"]);
});

test("a forged hidden key in somebody's comment is no ballot", async () => {
  const committee = await inVote();
  const forged = committee.comment("mallory", "<!-- secretariat:ballot -->\nVote here.");
  for (const login of MEMBERS) committee.react(login, forged, "+1");
  committee.forward(15);
  await committee.closeBallot();
  expect(committee.stage()).toBe("rejected");
});

test.each([
  ["in a code block", "```\n/accept\n```"],
  ["in a quote", "> /accept"],
  ["in the middle of a sentence", "I would /accept this."],
])("a command %s is none", async (_, text) => {
  const committee = convene();
  committee.open("pia", "Sighting format", body());
  await committee.pass();
  committee.comment("ben", text);
  await committee.pass();
  expect(committee.stage()).toBe("assessment");
});

test("a comment edited into a command after the deadline is a late command", async () => {
  const committee = await inCommentPeriod();
  const early = committee.comment("ada", "A remark.");
  committee.forward(31);
  const comment = committee.world.comments.find((each) => each.id === early);
  Object.assign(comment ?? {}, { body: "/extend 14 days I wanted this.", updatedAt: committee.world.now });
  await committee.pass();
  expect(committee.stage()).toBe("vote");
});

test("the moment at which a ballot closes depends on its deadline alone, whenever the App looks", () => {
  return fc.assert(
    fc.asyncProperty(fc.integer({ min: 601, max: 60 * 86_400 }), async (lateness) => {
      const committee = await inVote();
      vote(committee, { for: 5, against: 4 });
      committee.forward(14, lateness);
      await committee.closeBallot();
      const closed = committee.world.docket?.find((entry) => entry.kind === "ballot-closed");
      expect(closed).toMatchObject({ at: instant("2026-04-16T09:00:00Z"), result: "approved" });
    }),
    { numRuns: 20 },
  );
});

test("the explanation tells each step in words", async () => {
  const committee = await inVote();
  committee.forward(15);
  const facts = await factsOf(committee);
  const { explanation } = decide(committee.world.docket ?? [], facts, committee.world.now);
  expect(explanation.map((step) => step.because)).toEqual([
    "the votes are put on record",
    "the ballot is over, and its votes are looked at once more",
  ]);
});
