/** What the store remembers between passes, to tell a hand's change from the App's own. Losing it costs nothing formal. */
import { type Applied, NOTHING_APPLIED } from "../proposal/diff.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import type { StorePort } from "./ports.ts";
import { subjectKey } from "./subjects.ts";

export async function recallApplied(store: Pick<StorePort, "recall">, ref: ProposalRef): Promise<Applied> {
  const noted = await store.recall(noteName(ref));
  return noted === null ? NOTHING_APPLIED : (JSON.parse(noted) as Applied);
}

export async function rememberApplied(
  store: Pick<StorePort, "remember">,
  ref: ProposalRef,
  applied: Applied,
): Promise<void> {
  await store.remember(noteName(ref), JSON.stringify(applied));
}

function noteName(ref: ProposalRef): string {
  return `applied ${subjectKey({ kind: "proposal", ref })}`;
}
