/**
 * As what a proposal was last passed over: a note that spares the sweep a second look. A pass writes it when it has
 * succeeded, with the moment that it observed, so that whatever was touched later is looked at again.
 */
import type { ProposalRef } from "../proposal/facts.ts";
import { after, type Instant, SETTLING } from "../proposal/instant.ts";
import type { StorePort } from "./ports.ts";
import { subjectKey } from "./subjects.ts";

/** What was touched just now may not be seen in full yet: it is not noted, so that the next sweep looks again. */
export async function rememberSeen(
  store: Pick<StorePort, "remember">,
  ref: ProposalRef,
  updatedAt: Instant,
  now: Instant,
): Promise<void> {
  if (now >= after(updatedAt, SETTLING)) await store.remember(noteOf(ref), updatedAt);
}

/** The next sweep looks again, whatever it was last touched. */
export async function forgetSeen(store: Pick<StorePort, "remember">, ref: ProposalRef): Promise<void> {
  await store.remember(noteOf(ref), "");
}

export async function isSeen(
  store: Pick<StorePort, "recall">,
  ref: ProposalRef,
  updatedAt: Instant,
): Promise<boolean> {
  return (await store.recall(noteOf(ref))) === updatedAt;
}

function noteOf(ref: ProposalRef): string {
  return `seen ${subjectKey({ kind: "proposal", ref })}`;
}
