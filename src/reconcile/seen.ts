/**
 * As what a proposal was last passed over: a note that spares the sweep a second look. A pass writes it when it has
 * succeeded, with the moment that it observed, so that whatever was touched later is looked at again.
 */
import type { ProposalRef } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import type { StorePort } from "./ports.ts";
import { subjectKey } from "./subjects.ts";

export async function rememberSeen(
  store: Pick<StorePort, "remember">,
  ref: ProposalRef,
  updatedAt: Instant,
): Promise<void> {
  await store.remember(noteOf(ref), updatedAt);
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
