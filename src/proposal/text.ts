/** The text of a proposal as it stands now: which sections it has, what its specification says, and the digests of both. */
import type { Charter } from "../charter/charter.ts";

import { paddedNumber, sha256 } from "./docket.ts";
import type { DocumentationReading } from "./documentation.ts";
import { readDocumentation } from "./documentation.ts";
import type { TextPin } from "./entries.ts";
import type { Facts, FilePin, IssueFact, SpecificationFact } from "./facts.ts";
import { countWords } from "./markdown.ts";
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
  const usable = usableText(linked.got, required);
  if (!("file" in usable)) {
    const documentation = readDocumentation(required, facts.issue.body, { link, because: usable.because });
    return { got: { documentation, pinned: null } };
  }
  return { got: { documentation: found, pinned: pinned(facts.issue, found, usable.text, usable.file) } };
}

/** A linked file's text, or why it cannot be the specification. */
function usableText(
  linked: SpecificationFact,
  required: Charter["documentation"],
): { readonly text: string; readonly file: FilePin } | { readonly because: string } {
  if (linked.status === "refused") return linked;
  const least = required.sections.find((section) => section.isSpecification)?.minimumWords ?? 0;
  if (saysAtLeast(linked.text, least)) return linked;
  return { because: `The file has fewer than the ${least} words that are asked for.` };
}

function termsFor(state: Pick<ProposalState, "commentPeriod">, facts: Facts): Need<Charter["documentation"]> {
  if (state.commentPeriod !== null) return { got: state.commentPeriod.opened.documentation };
  const charter = needCharter(facts);
  return "got" in charter ? { got: charter.got.charter.documentation } : charter;
}

/** A long text need not be counted to its end. */
function saysAtLeast(text: string, words: number): boolean {
  return countWords(text.slice(0, 64 * words + 10_000)) >= words;
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
    details: found.details,
  };
  return { pin, text };
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
