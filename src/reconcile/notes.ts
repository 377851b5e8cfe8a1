/** What the store remembers between passes, to tell a hand's change from the App's own. Losing it costs nothing formal. */
import { type Applied, NOTHING_APPLIED } from "../proposal/diff.ts";
import { type IssueId, issueNote } from "./issue-note.ts";
import type { StorePort } from "./ports.ts";

export async function recallApplied(store: Pick<StorePort, "recall">, issue: IssueId): Promise<Applied> {
  const noted = await store.recall(noteName(issue));
  return noted === null ? NOTHING_APPLIED : (JSON.parse(noted) as Applied);
}

export async function rememberApplied(
  store: Pick<StorePort, "remember">,
  issue: IssueId,
  applied: Applied,
): Promise<void> {
  await store.remember(noteName(issue), JSON.stringify(applied));
}

function noteName(issue: IssueId): string {
  return issueNote("applied", issue);
}
