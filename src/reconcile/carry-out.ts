/** Carries out a plan, one action after another. The first failure stops the pass; the next pass observes again. */
import type { Action } from "../proposal/actions.ts";
import type { Facts, ProposalRef } from "../proposal/facts.ts";
import type { PublicationPlan } from "../proposal/publication-plan.ts";
import type { ProposalState } from "../proposal/state.ts";
import { bringsMore, withOutcome } from "./learn.ts";
import type { GitHubPort } from "./ports.ts";
import { type PublishingPorts, publicationActions } from "./publish.ts";

export type CarriedOut = {
  readonly facts: Facts;
  /** There is something new to decide on. */
  readonly madeFacts: boolean;
  /** The issue was made to look as wanted; else that is left to the next round. */
  readonly shown: boolean;
};

export type Work = {
  readonly actions: readonly Action[];
  readonly pullRequests: readonly PublicationPlan[];
  readonly state: ProposalState;
};

/** Pull requests come first: how the issue should look depends on them. If one fails, people are told the rest all the same. */
export async function carryOut(
  ports: PublishingPorts,
  ref: ProposalRef,
  work: Work,
  observed: Facts,
  done: (action: Action) => void,
): Promise<CarriedOut> {
  const { pullRequests, state, actions } = work;
  const run = (toDo: readonly Action[]) => runAll(ports.github, ref, toDo, observed, done);
  if (pullRequests.length === 0) return { ...(await run(actions)), shown: true };
  try {
    const requests = await publicationActions(ports, pullRequests, state, observed);
    return { ...(await run(requests)), shown: false };
  } catch (error) {
    await run(actions);
    throw error;
  }
}

async function runAll(
  github: GitHubPort,
  ref: ProposalRef,
  actions: readonly Action[],
  observed: Facts,
  done: (action: Action) => void,
): Promise<Omit<CarriedOut, "shown">> {
  let facts = observed;
  let refused: unknown = null;
  for (const action of actions) {
    try {
      facts = withOutcome(facts, action, await github.act(ref, action));
      done(action);
    } catch (error) {
      // Nothing depends on an acknowledgement; all else is to be done in its order.
      if (action.do !== "acknowledge") throw error;
      refused = error;
    }
  }
  if (refused !== null) throw refused;
  return { facts, madeFacts: actions.some(bringsMore) };
}
