/** Carries out a plan, one action after another. The first failure stops the pass; the next pass observes again. */
import type { Action } from "../proposal/actions.ts";
import { sha256 } from "../proposal/docket.ts";
import type { Facts, ProposalRef } from "../proposal/facts.ts";
import type { PublicationPlan } from "../proposal/publication-plan.ts";
import type { ProposalState } from "../proposal/state.ts";
import { bringsMore, withOutcome } from "./learn.ts";
import type { GitHubPort } from "./ports.ts";
import { publicationRequest } from "./words.ts";

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
  github: GitHubPort,
  ref: ProposalRef,
  work: Work,
  observed: Facts,
): Promise<CarriedOut> {
  const { pullRequests, state, actions } = work;
  if (pullRequests.length === 0) return { ...(await run(github, ref, actions, observed)), shown: true };
  try {
    const requests: Action[] = [];
    for (const plan of pullRequests) requests.push(await requestFor(github, ref, plan, state, observed));
    return { ...(await run(github, ref, requests, observed)), shown: false };
  } catch (error) {
    await run(github, ref, actions, observed);
    throw error;
  }
}

async function run(
  github: GitHubPort,
  ref: ProposalRef,
  actions: readonly Action[],
  observed: Facts,
): Promise<Omit<CarriedOut, "shown">> {
  let facts = observed;
  for (const action of actions) facts = withOutcome(facts, action, await github.act(ref, action));
  return { facts, madeFacts: actions.some(bringsMore) };
}

/** What is published is the text that was voted on, byte for byte: it is taken from beside the docket and checked. */
async function requestFor(
  github: GitHubPort,
  ref: ProposalRef,
  plan: PublicationPlan,
  state: ProposalState,
  facts: Facts,
): Promise<Action> {
  const pin = state.ballot?.opened.text;
  if (!pin) throw new Error("A publication without a ballot");
  const text = plan.sourcePath === null ? "" : await github.readDocketText(ref, pin.text);
  if (text === null || sha256(text) !== pin.text) {
    throw new Error("The text beside the docket is not the one that was voted on. Nothing is published.");
  }
  return publicationRequest(facts, plan, state, text);
}
