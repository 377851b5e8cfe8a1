/**
 * The first line of a publication pull request's body: which proposal it publishes. Hidden from readers, and no proof:
 * anybody can write one, so callers also ask GitHub whether our App opened the pull request.
 */
import type { ProposalRef } from "../proposal/facts.ts";

/** The names that `reconcile/subjects.ts` takes: longer owners than GitHub's 39 characters exist on GHES; `.` and `..` are none. */
const LINE =
  /^<!-- secretariat:proposal ([A-Za-z0-9_-]{1,100})\/(?!\.{1,2}#)([A-Za-z0-9._-]{1,100})#([1-9][0-9]{0,14}) -->(?:\r?\n|$)/;

/** The line for a proposal. Throws on what is no name on GitHub. */
export function proposalLine(ref: ProposalRef): string {
  const line = `<!-- secretariat:proposal ${ref.owner}/${ref.name}#${ref.number} -->`;
  if (!LINE.test(line)) throw new RangeError(`Not a proposal: ${JSON.stringify(ref)}`);
  return line;
}

/** Under that line where the pull request shows a standard on a website: there is no draft in it to be checked. */
export const NO_DRAFT_LINE = "<!-- secretariat:no draft -->";

/** Whether a pull request's body says so. It spares a look at once: the sweep looks all the same, whoever wrote the line. */
export function saysNoDraft(body: string): boolean {
  return body.split("\n", 2)[1]?.trim() === NO_DRAFT_LINE;
}

/** The proposal that a pull request's body names in its first line, else `null`. */
export function proposalOf(body: string): ProposalRef | null {
  const [, owner, name, number] = LINE.exec(body) ?? [];
  if (owner === undefined || name === undefined || number === undefined) return null;
  return { owner, name, number: Number(number) };
}
