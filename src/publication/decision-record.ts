/** `decisions/NNNN.json`: how one proposal was decided, for machines. Made from the docket alone, so it never varies. */
import type { EntryOf, Tally, Vote } from "../proposal/entries.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import type { ProposalState } from "../proposal/state.ts";

/** The record as JSON text, two spaces deep, with a line end. */
export function decisionRecord(ref: ProposalRef, state: ProposalState): string {
  const { commentPeriod, ballot } = state;
  if (!commentPeriod?.closed || !ballot?.closed) throw new Error("A decision record without a decision");
  return `${JSON.stringify(
    {
      format: "secretariat decision",
      version: 1,
      proposal: { repository: `${ref.owner}/${ref.name}`, number: ref.number, author: state.author },
      text: ballot.opened.text,
      commentPeriod: {
        opened: commentPeriod.opened.at,
        closed: commentPeriod.closed.at,
        acceptedBy: commentPeriod.by,
        comments: commentPeriod.closed.feedback.length,
      },
      ballot: ballotRecord(ballot.opened, ballot.closed),
      result: ballot.closed.result,
    },
    null,
    2,
  )}\n`;
}

function ballotRecord(opened: EntryOf<"ballot-opened">, closed: EntryOf<"ballot-closed">) {
  const { passes, quorum } = opened.terms;
  return {
    comment: closed.comment,
    opened: opened.at,
    closed: closed.at,
    charter: opened.charter,
    rule: { passes, quorum },
    electorate: opened.electorate,
    tally: counts(closed.tally),
    votes: votes(closed.tally),
  };
}

function counts(tally: Tally) {
  return {
    for: tally.for.length,
    against: tally.against.length,
    abstain: tally.abstain.length,
    conflicting: tally.conflicting.length,
    silent: tally.silent.length,
  };
}

function votes(tally: Tally): readonly Vote[] {
  return [...tally.for, ...tally.against, ...tally.abstain].sort(
    (one, other) => one.voter.id - other.voter.id,
  );
}
