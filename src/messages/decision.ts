/** The committee's decision: the result, the sums, who voted what, on which text, and what happens next. */
import type { ProposalKind } from "../charter/charter.ts";
import type { Message } from "../proposal/desired-state.ts";
import { inWords } from "../proposal/instant.ts";
import { majoritySum, quorumSum } from "./arithmetic.ts";
import { inline } from "./escape.ts";
import { bullets, digestDetails, paragraphs, pinned } from "./parts.ts";
import { resultInWords } from "./stages.ts";
import { notCounted, votesTable } from "./tally-tables.ts";
import type { WebUrl } from "./web.ts";

type Decision = Extract<Message, { kind: "decision" }>;

export function decision(message: Decision, web: WebUrl): string {
  const { closed, opened } = message;
  const { electorate, terms, text } = opened;
  const { tally, result } = closed;
  return paragraphs(
    `### Decision: ${resultInWords(result)}`,
    `${verdict(message)} The ballot closed on **${inWords(closed.at)}**.`,
    bullets(
      `**Majority:** ${result === "no quorum" ? "not looked at, because the quorum was not reached." : majoritySum(terms.passes, tally, electorate.length)}`,
      `**Quorum:** ${quorumSum(terms.quorum, tally, electorate.length)}`,
      `**Text voted on:** ${pinned(text, web)}.`,
    ),
    votesTable(tally),
    notCounted(tally),
    `**What happens next:** ${next(message)}`,
    "The committee thanks everyone who commented and voted.",
    digestDetails(text),
  );
}

function verdict({ closed, opened, title }: Decision): string {
  const quoted = `“${inline(title)}”`;
  switch (closed.result) {
    case "approved":
      return `The committee has ${APPROVED[opened.text.proposal](quoted)}.`;
    case "rejected":
      return `The committee has not approved ${quoted}.`;
    case "no quorum":
      return `${quoted} is not approved: too few members took part for the committee to decide.`;
  }
}

const APPROVED: Readonly<Record<ProposalKind, (title: string) => string>> = {
  new: (title) => `approved ${title} as a new standard`,
  update: (title) => `approved the update proposed in ${title}`,
  retirement: (title) => `approved the retirement proposed in ${title}`,
};

function next({ closed, opened }: Decision): string {
  switch (closed.result) {
    case "approved":
      return `a pull request with ${opened.text.bytes === 0 ? "" : "exactly this text, or the Internet-Draft made from it if the charter asks for one, and "}the record of this decision is opened. When a maintainer has merged it, the proposal is published and this issue is closed.`;
    case "rejected":
      return "this issue is closed and its record kept. The author is welcome to open a new proposal, for example when objections have been answered.";
    case "no quorum":
      return "this issue is closed and its record kept. This was no judgement on the proposal itself; anyone may propose it again in a new issue.";
  }
}
