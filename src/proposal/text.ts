/** The text of a proposal as it stands now: which sections it has, what its specification says, and the digests of both. */
import type { Charter } from "../charter/charter.ts";

import { paddedNumber, sha256 } from "./docket.ts";
import type { DocumentationReading } from "./documentation.ts";
import { readDocumentation } from "./documentation.ts";
import type { TextPin } from "./entries.ts";
import type { Facts, IssueFact } from "./facts.ts";
import { slugOf } from "./slug.ts";
import type { ProposalState } from "./state.ts";
import { type Need, need, needCharter } from "./step.ts";

export type Sighting = {
  readonly documentation: DocumentationReading;
  /** The pin and the specification's text; `null` while a required section is missing. */
  readonly pinned: { readonly pin: TextPin; readonly text: string } | null;
};

/**
 * Reads the text as the charter asks for it: the one that the comment period was opened under, before that today's.
 * A linked specification is asked for if it has not been read.
 */
export function sight(state: Pick<ProposalState, "commentPeriod">, facts: Facts): Need<Sighting> {
  const terms = termsFor(state, facts);
  if (!("got" in terms)) return terms;
  const required = terms.got;
  const found = readDocumentation(required, facts.issue.body);
  if (found.specification?.from !== "link") {
    const text = found.specification?.text ?? "";
    return { got: { documentation: found, pinned: pinned(facts.issue, found, text, "issue") } };
  }
  const link = found.specification.link;
  const linked = need(facts.specification, { fact: "specification", link });
  if (!("got" in linked)) return linked;
  if (linked.got.status === "refused") {
    const documentation = readDocumentation(required, facts.issue.body, linked.got);
    return { got: { documentation, pinned: null } };
  }
  return {
    got: { documentation: found, pinned: pinned(facts.issue, found, linked.got.text, linked.got.file) },
  };
}

function termsFor(state: Pick<ProposalState, "commentPeriod">, facts: Facts): Need<Charter["documentation"]> {
  if (state.commentPeriod !== null) return { got: state.commentPeriod.opened.documentation };
  const charter = needCharter(facts);
  return "got" in charter ? { got: charter.got.charter.documentation } : charter;
}

/** Digest of all that the author can edit: title and body, line ends aside. */
export function issueDigest(issue: Pick<IssueFact, "title" | "body">): string {
  return sha256(`${issue.title}\n\n${issue.body.replaceAll("\r\n", "\n")}`);
}

export function sameText(one: TextPin, other: TextPin): boolean {
  return one.issue === other.issue && one.text === other.text;
}

function pinned(
  issue: IssueFact,
  found: DocumentationReading,
  text: string,
  source: TextPin["source"],
): Sighting["pinned"] {
  if (!found.complete) return null;
  const pin: TextPin = {
    title: issue.title,
    proposal: found.kind ?? "new",
    slug: slugOf(found.shortName, issue.title, `proposal-${paddedNumber(issue.ref.number)}`),
    issue: issueDigest(issue),
    text: sha256(text),
    bytes: byteLength(text),
    source,
  };
  return { pin, text };
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
