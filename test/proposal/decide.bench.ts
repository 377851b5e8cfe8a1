import { bench } from "vitest";
import { decide } from "../../src/proposal/decide.ts";
import type { Facts } from "../../src/proposal/facts.ts";
import { known } from "../../src/proposal/facts.ts";
import { inVote, MEMBERS } from "../support/committee.ts";

const committee = await inVote();
for (let count = 0; count < 1_000; count++) {
  committee.comment(
    `commenter-${count}`,
    `I have read sections 3/4 and 5.\n\n> quoted\n\nSee https://example.org/${count}, and/or mine.`,
  );
}
const ballot = committee.ours("ballot").id;
for (let count = 0; count < 500; count++)
  committee.react(MEMBERS[count] ?? `stranger-${count}`, ballot, "+1");
const observed = await committee.port.observe(committee.ref);
const docket = committee.world.docket ?? [];
const reactions = committee.world.comments.find((comment) => comment.id === ballot)?.reactionsMade ?? [];
if (observed === null) throw new Error("The model lost its issue");
const facts: Facts = { ...observed, reactions: known(reactions) };
const now = committee.world.now;

bench("decide, with 1,000 comments and 500 reactions (at most 5 ms)", () => {
  decide(docket, facts, now);
});
