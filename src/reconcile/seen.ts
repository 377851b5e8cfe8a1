/**
 * As what a proposal was last passed over: a note that spares the sweep a second look. A pass writes it when it has
 * succeeded, with the moment that it observed, so that whatever was touched later is looked at again.
 */
import type { ProposalRef } from "../proposal/facts.ts";
import { after, type Instant, MINUTE, seconds } from "../proposal/instant.ts";
import type { StorePort } from "./ports.ts";
import { subjectKey } from "./subjects.ts";

/**
 * GitHub's moments are whole seconds, and its reads can be minutes old: what was touched just now may have been touched
 * once more in the same second, or not be seen in full yet. It is not noted, so that the next sweep looks again.
 */
const SETTLING = seconds(10 * MINUTE);

export async function rememberSeen(
  store: Pick<StorePort, "remember">,
  ref: ProposalRef,
  updatedAt: Instant,
  now: Instant,
): Promise<void> {
  if (now >= after(updatedAt, SETTLING)) await store.remember(noteOf(ref), updatedAt);
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
