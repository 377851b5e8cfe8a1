/**
 * One pass over one proposal: observe, decide, append to the docket, compare, act. It never asks what happened, only what
 * is, so it may run at any time, any number of times. The record is written before anything is shown.
 */

import type { Action } from "../proposal/actions.ts";
import type { Decision } from "../proposal/decide.ts";
import { desired } from "../proposal/desired.ts";
import { appliedPartly, appliedWithout } from "../proposal/diff.ts";
import { append } from "../proposal/docket.ts";
import type { Facts, ProposalRef } from "../proposal/facts.ts";
import { earliest, type Instant } from "../proposal/instant.ts";
import { noteThere, whenGone } from "./absent.ts";
import { carryOut } from "./carry-out.ts";
import { noteJudgedClosing, withoutJudgedClosing } from "./closings.ts";
import { assertWhole, compare, consider } from "./consider.ts";
import { type Intents, intentsOf } from "./intents.ts";
import { assertNotBehind, recordEntries } from "./last-docket.ts";
import type { Log } from "./log.ts";
import { recallApplied, rememberApplied } from "./notes.ts";
import {
  type Clock,
  type DatatrackerPort,
  DocketDamaged,
  GitHubFailure,
  type GitHubPort,
  NeedsPeople,
  type PressPort,
  type StorePort,
} from "./ports.ts";
import { createReader } from "./reader.ts";
import { restore } from "./restore.ts";
import { forgetSeen, rememberSeen } from "./seen.ts";
import { sendDraft } from "./submitting.ts";
import { tellMended, tellTrouble } from "./trouble.ts";
import { writeOf } from "./words.ts";

export type PassPorts = {
  readonly github: GitHubPort;
  readonly press: PressPort;
  readonly datatracker: DatatrackerPort;
  readonly store: Pick<StorePort, "recall" | "remember" | "touch">;
  readonly clock: Clock;
  readonly log: Log;
};

/** A docket that another writer was quicker to change is read and decided again; not for ever. */
const ATTEMPTS = 5;

/** Acting can bring about the next thing to record (an opened pull request); each round settles one such step. */
const ROUNDS = 10;

/** The pass of a deployment: for one proposal, when it is due again (`null`: only when something happens). */
export function makePass(ports: PassPorts): (ref: ProposalRef) => Promise<Instant | null> {
  return async function pass(ref) {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const outcome = await onePass(ports, ref).catch(async (error: unknown) => {
        if (isShutOut(error)) await forgetSeen(ports.store, ref);
        throw error;
      });
      if (outcome !== "conflict") return outcome.dueAt;
      ports.log.info({ proposal: ref, attempt }, "the docket was written by somebody else; reading it again");
    }
    // GitHub may go on showing an old one for minutes: that is no mistake of ours.
    const message = "The docket kept changing while it was being written.";
    throw new GitHubFailure(message, { status: null, retryAt: null });
  };
}

/** What is refused may be allowed soon: the sweep that comes when it is must not take the proposal for seen. */
function isShutOut(error: unknown): boolean {
  if (!(error instanceof GitHubFailure) || error.retryAt !== null) return false;
  return !error.paced && (error.status === null || error.status < 500);
}

async function onePass(
  ports: PassPorts,
  named: ProposalRef,
): Promise<"conflict" | { readonly dueAt: Instant | null }> {
  const { github, clock } = ports;
  // Before the look, not after it: what happens in between must not count as seen.
  const now = clock.now();
  const observed = await github.observe(named);
  if (observed === null) return { dueAt: await whenGone(ports, named, now) };
  await noteThere(ports, named);
  try {
    const outcome = await rounds(ports, observed, now);
    if (outcome !== "conflict") await tellMended(ports, observed);
    return outcome;
  } catch (error) {
    const failure =
      error instanceof DocketDamaged ? await unlessRestored(ports, observed, error, now) : error;
    // What was brought back is read again, like what another writer wrote.
    if (failure === null) return "conflict";
    await tellTrouble(ports, observed, failure, now);
    throw failure;
  }
}

/** What is in the way; null: a chair had the docket brought back. */
async function unlessRestored(
  ports: PassPorts,
  observed: Facts,
  damage: DocketDamaged,
  now: Instant,
): Promise<unknown> {
  try {
    return (await restore(ports, observed, damage, now)) ? null : damage;
  } catch (failure) {
    return failure instanceof NeedsPeople ? failure : damage;
  }
}

async function rounds(
  ports: PassPorts,
  observed: Facts,
  now: Instant,
): Promise<"conflict" | { readonly dueAt: Instant | null }> {
  const { github, store } = ports;
  const { ref, updatedAt } = observed.issue;
  let { entries: docket, sha, keyChange } = await github.readDocket(ref);
  const reader = createReader(github, ports.datatracker);
  let facts = await withoutJudgedClosing(store, observed);
  assertWhole(docket, observed);
  const settlesAt = await assertNotBehind(ports, observed.issue, docket, now);
  const hasHistory = docket.length > 0 || observed.comments.some((comment) => comment.byApp);
  const intents = intentsOf(ports, observed.issue, now, hasHistory);
  for (let round = 1; round <= ROUNDS; round++) {
    const considered = await consider(reader, ref, docket, facts, now);
    const { decision } = considered;
    if (decision.entries.length > 0) {
      const first = keyChange === null ? [] : [{ ...keyChange, at: now }];
      const entries = append(docket, [...first, ...decision.entries], now);
      const write = writeOf(ref, entries, decision, sha);
      const written = await recordEntries(ports, observed.issue, write, entries.slice(docket.length));
      if (written.result === "conflict") return "conflict";
      docket = entries;
      sha = written.sha;
      keyChange = null;
    }
    const sent = await sendDraft(ports, decision, considered.facts);
    if (sent !== null) {
      facts = sent;
      continue;
    }
    const shown = await show(ports, intents, decision, considered.facts, now);
    if (considered.failure !== null) throw considered.failure;
    if (!shown.madeFacts) {
      await noteJudgedClosing(store, considered.facts);
      await rememberSeen(store, ref, updatedAt, now);
      return { dueAt: earliest([decision.dueAt, shown.dueAt, settlesAt]) };
    }
    facts = shown.facts;
  }
  throw new Error("The pass did not come to rest.");
}

type Shown = { readonly facts: Facts; readonly madeFacts: boolean; readonly dueAt: Instant | null };

/** Makes the issue look as the docket says. */
async function show(
  { github, press, datatracker, store }: PassPorts,
  intents: Intents,
  decision: Decision,
  observed: Facts,
  now: Instant,
): Promise<Shown> {
  const { ref } = observed.issue;
  const wanted = desired(decision, observed, now);
  if (wanted === null) return { facts: observed, madeFacts: false, dueAt: null };
  const applied = await recallApplied(store, observed.issue);
  const reader = createReader(github, datatracker);
  const { plan, facts } = await compare(reader, ref, { wanted, decision, applied }, observed, now);
  const work = { actions: plan.actions, pullRequests: wanted.pullRequests, state: decision.state, intents };
  const made: Action[] = [];
  try {
    const done = await carryOut({ github, press }, ref, work, facts, (action) => made.push(action));
    const { postponed } = done;
    if (plan.applied !== applied && done.shown)
      await rememberApplied(store, observed.issue, appliedWithout(plan.applied, [...postponed.keys()]));
    return { ...done, dueAt: earliest([plan.dueAt, ...postponed.values()]) };
  } catch (error) {
    // Another process may have noted more since this pass began.
    if (made.length > 0) {
      const latest = await recallApplied(store, observed.issue);
      await rememberApplied(store, observed.issue, appliedPartly(latest, plan, made, now));
    }
    throw error;
  }
}
