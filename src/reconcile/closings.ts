/**
 * Closings that were no withdrawal: whoever closed the issue might not withdraw the proposal then. Should they come to be a
 * chair later, it is no withdrawal all the same, and GitHub only tells who sits now.
 */
import { isNoWithdrawal } from "../proposal/decide.ts";
import type { Facts } from "../proposal/facts.ts";
import { type IssueId, issueNote } from "./issue-note.ts";
import type { StorePort } from "./ports.ts";

/** The facts without who closed the issue, where that was judged in an earlier pass. */
export async function withoutJudgedClosing(store: Pick<StorePort, "recall">, facts: Facts): Promise<Facts> {
  const { issue } = facts;
  if (issue.closedAt === null) return facts;
  const judged = await store.recall(noteOf(issue));
  return judged === issue.closedAt ? { ...facts, issue: { ...issue, closedBy: null } } : facts;
}

/** Notes the closing that a pass saw, where it is none that withdraws. */
export async function noteJudgedClosing(store: Pick<StorePort, "remember">, facts: Facts): Promise<void> {
  const { issue } = facts;
  if (issue.closedAt !== null && isNoWithdrawal(facts)) await store.remember(noteOf(issue), issue.closedAt);
}

function noteOf(issue: IssueId): string {
  return issueNote("closing", issue);
}
