/** What people see on an issue, and what a docket plainly says: read without any of the App's own code. */
import type { Entry } from "../proposal/entries.ts";
import type { Thread } from "./world.ts";

export type NaiveStage =
  | "new"
  | "intake"
  | "assessment"
  | "comment"
  | "vote"
  | "approved"
  | "publication"
  | "published"
  | "declined"
  | "rejected"
  | "withdrawn";

export const ENDED: readonly NaiveStage[] = ["published", "declined", "rejected", "withdrawn"];

/** Where a proposal stands by the last entry that says so. */
export function stageIn(entries: readonly Entry[]): NaiveStage {
  let stage: NaiveStage = "new";
  for (const entry of entries) {
    if (entry.kind === "received" || entry.kind === "returned") stage = "intake";
    if (entry.kind === "documented") stage = "assessment";
    if (entry.kind === "comment-period-opened") stage = "comment";
    if (entry.kind === "ballot-opened") stage = "vote";
    if (entry.kind === "ballot-closed") stage = entry.result === "approved" ? "approved" : "rejected";
    if (entry.kind === "publication-opened") stage = "publication";
    if (entry.kind === "publication-requested") stage = "approved";
    if (entry.kind === "published" || entry.kind === "declined" || entry.kind === "withdrawn")
      stage = entry.kind;
  }
  return stage;
}

/** The present deadline of a comment period or ballot, as the docket writes it; null: there is none. */
export function deadlineIn(entries: readonly Entry[]): string | null {
  let deadline: string | null = null;
  for (const entry of entries) if ("closesAt" in entry && entry.closesAt !== null) deadline = entry.closesAt;
  return deadline;
}

/** The key that one of the App's comments carries. */
export function keyIn(body: string): string | null {
  return body.startsWith("<!-- secretariat:")
    ? body.slice("<!-- secretariat:".length, body.indexOf(" -->"))
    : null;
}

/** The comments of the App that are on the issue now, with a key. */
export function oursWith(
  thread: Thread,
  key: string,
): readonly { readonly id: number; readonly body: string }[] {
  return thread.view.now.remarks
    .map(({ fact }) => fact)
    .filter((fact) => fact.byApp && keyIn(fact.body) === key);
}
