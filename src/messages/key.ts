/**
 * Hidden keys: how a comment or pull request of ours is found again. A key alone proves nothing: anybody can write
 * one, so callers also ask GitHub whether our App wrote the text.
 */
import type { ProposalRef } from "../proposal/facts.ts";

const OPEN = "<!-- secretariat:";
const CLOSE = " -->";
const KEY = /^[a-z0-9-]{1,64}$/;
const REF = /^proposal ([A-Za-z0-9_-]{1,39})\/([A-Za-z0-9._-]{1,100})#([1-9][0-9]{0,14})$/;

/** A body with its key as the first line. Throws on a key that is not 1 to 64 of `a-z`, `0-9` and `-`. */
export function withKey(key: string, body: string): string {
  if (!KEY.test(key)) throw new RangeError(`Not a key: ${JSON.stringify(key)}`);
  return `${OPEN}${key}${CLOSE}\n${body}`;
}

/** The key of a body, `null` unless its first line is one, whole and exact. */
export function keyOf(body: string): string | null {
  const content = hiddenFirstLine(body);
  return content !== null && KEY.test(content) ? content : null;
}

/** The first line of a pull request's body: which proposal it publishes. Throws on what is no name on GitHub. */
export function proposalLine(ref: ProposalRef): string {
  const content = `proposal ${ref.owner}/${ref.name}#${ref.number}`;
  if (!REF.test(content)) throw new RangeError(`Not a proposal: ${JSON.stringify(content)}`);
  return `${OPEN}${content}${CLOSE}`;
}

/** The proposal that a pull request's body names in its first line, else `null`. */
export function proposalOf(body: string): ProposalRef | null {
  const match = REF.exec(hiddenFirstLine(body) ?? "");
  const [, owner, name, number] = match ?? [];
  if (owner === undefined || name === undefined || number === undefined) return null;
  return { owner, name, number: Number(number) };
}

function hiddenFirstLine(body: string): string | null {
  // GitHub's own editor saves CRLF.
  const [line = ""] = body.slice(0, 400).split(/\r?\n/, 1);
  return line.startsWith(OPEN) && line.endsWith(CLOSE) ? line.slice(OPEN.length, -CLOSE.length) : null;
}
