/**
 * The names of notes about one proposal. They go by GitHub's id of the issue, which stays under every name that its
 * repository is given: a repository that is renamed, or moves to another owner, must not make the App forget what it has
 * written, nor may one that takes an old name be held to what another one had.
 */
import type { IssueFact } from "../proposal/facts.ts";

export type IssueId = Pick<IssueFact, "id">;

export function issueNote(what: string, { id }: IssueId): string {
  return `${what} issue ${id}`;
}
