/** Carries out a plan, one action after another. The first failure stops the pass; the next pass observes again. */
import type { Action } from "../proposal/actions.ts";
import type { Facts, ProposalRef } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import type { PublicationPlan } from "../proposal/publication-plan.ts";
import type { ProposalState } from "../proposal/state.ts";
import type { Intents } from "./intents.ts";
import { bringsMore, withOutcome } from "./learn.ts";
import type { GitHubPort } from "./ports.ts";
import { type PublishingPorts, publicationActions } from "./publish.ts";

export type CarriedOut = {
  readonly facts: Facts;
  /** There is something new to decide on. */
  readonly madeFacts: boolean;
  /** The issue was made to look as wanted; else that is left to the next round. */
  readonly shown: boolean;
  /** Comments that may have been made already, by their keys, and when it is known whether they were. */
  readonly postponed: ReadonlyMap<string, Instant>;
};

export type Work = {
  readonly actions: readonly Action[];
  readonly pullRequests: readonly PublicationPlan[];
  readonly state: ProposalState;
  readonly intents: Intents;
};

/** Pull requests come first: how the issue should look depends on them. If one fails, people are told the rest all the same. */
export async function carryOut(
  ports: PublishingPorts,
  ref: ProposalRef,
  work: Work,
  observed: Facts,
  done: (action: Action) => void,
): Promise<CarriedOut> {
  const { pullRequests, state, actions, intents } = work;
  const { github } = ports;
  const run = (toDo: readonly Action[]) => runAll({ github, intents }, ref, toDo, observed, done);
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
  { github, intents }: { readonly github: GitHubPort; readonly intents: Intents },
  ref: ProposalRef,
  actions: readonly Action[],
  observed: Facts,
  done: (action: Action) => void,
): Promise<Omit<CarriedOut, "shown">> {
  let facts = observed;
  let refused: unknown = null;
  let madeFacts = false;
  const postponed = new Map<string, Instant>();
  for (const action of actions) {
    const key = action.do === "create comment" ? action.key : null;
    const notBefore = key === null ? null : await intents.begin(key);
    if (key !== null && notBefore !== null) {
      postponed.set(key, notBefore);
      continue;
    }
    try {
      facts = withOutcome(facts, action, await github.act(ref, action));
      madeFacts ||= bringsMore(action);
      done(action);
    } catch (error) {
      if (key !== null) await intents.failed(key, error);
      // Nothing depends on an acknowledgement; all else is to be done in its order.
      if (action.do !== "acknowledge") throw error;
      refused = error;
    }
  }
  if (refused !== null) throw refused;
  return { facts, madeFacts, postponed };
}
