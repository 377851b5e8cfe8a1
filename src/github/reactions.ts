/** The reactions to one comment, all of them. */
import { z } from "zod";
import { known, type ProposalRef, type ReactionFact, type Reading, unknown } from "../proposal/facts.ts";
import type { Client } from "./client.ts";
import { orNull } from "./failure.ts";
import { person } from "./observe.ts";
import { isReactionContent, reaction } from "./shapes.ts";

type Answer = z.infer<typeof reaction>;

const PAGE = 100;
const MOST_READS = 4;

/**
 * A reaction taken away while the pages are read moves the others up, and a vote could slip between two pages. More than
 * one page is therefore read until two readings agree; what has not changed costs nothing (304).
 */
export async function readReactions(
  client: Client,
  ref: ProposalRef,
  comment: number,
): Promise<Reading<readonly ReactionFact[]>> {
  const gate = await client.of(ref);
  const read = () =>
    orNull(
      gate.list(
        "GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
        { owner: ref.owner, repo: ref.name, comment_id: comment },
        z.array(reaction),
      ),
    );
  let before = await read();
  for (let reads = 1; reads <= MOST_READS; reads++) {
    if (before === null) return unknown("the comment whose reactions are counted is no longer there");
    if (before.length < PAGE) return known(facts(before));
    const again = await read();
    if (again !== null && sameIds(before, again)) return known(facts(again));
    before = again;
  }
  return unknown("the reactions kept changing while they were read");
}

function sameIds(one: readonly Answer[], other: readonly Answer[]): boolean {
  return one.length === other.length && one.every(({ id }, index) => other[index]?.id === id);
}

function facts(reactions: readonly Answer[]): readonly ReactionFact[] {
  return reactions.flatMap(({ user, content, created_at }) =>
    isReactionContent(content)
      ? [{ user: person(user), userIsBot: user?.isBot ?? false, content, createdAt: created_at }]
      : [],
  );
}
