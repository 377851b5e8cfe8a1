/** The rules alone, on a ballot in which very many take part. */

import { decide } from "../../src/proposal/decide.ts";
import { type Facts, known } from "../../src/proposal/facts.ts";
import { inVote, MEMBERS } from "../../test/support/committee.ts";
import { figureOf, type Result } from "../figures.ts";
import type { Sizes } from "../sizes.ts";

const COMMENTS = 1_000;
const REACTIONS = 500;

export async function deciding({ decisions }: Sizes): Promise<readonly Result[]> {
  const { docket, facts, now } = await crowdedBallot();
  const runs = Array.from({ length: decisions }, () => {
    const began = performance.now();
    decide(docket, facts, now);
    return performance.now() - began;
  });
  const what = `deciding on a proposal with ${COMMENTS} comments and ${REACTIONS} reactions`;
  return [figureOf({ what, unit: "ms", runs, target: { atMost: 5 } })];
}

async function crowdedBallot() {
  const committee = await inVote();
  for (let count = 0; count < COMMENTS; count++)
    committee.comment(
      `commenter-${count}`,
      `I have read sections 3/4 and 5.\n\n> quoted\n\nSee https://example.org/${count}, and/or mine.`,
    );
  const ballot = committee.ours("ballot").id;
  for (let count = 0; count < REACTIONS; count++)
    committee.react(MEMBERS[count] ?? `stranger-${count}`, ballot, "+1");
  const observed = await committee.port.observe(committee.ref);
  if (observed === null) throw new Error("The model lost its issue");
  const { docket, comments, now } = committee.world;
  const reactions = comments.find(({ id }) => id === ballot)?.reactionsMade ?? [];
  const facts: Facts = { ...observed, reactions: known(reactions) };
  return { docket: docket ?? [], facts, now };
}
