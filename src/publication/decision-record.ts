/** `decisions/NNNN.json`: how one proposal was decided, for machines. Made from the docket alone, so it never varies. */
import { docketUrl, webOf } from "../messages/web.ts";
import { docketPath } from "../proposal/docket.ts";
import type { Tally, Vote } from "../proposal/entries.ts";
import type { IssueFact } from "../proposal/facts.ts";
import type { Ballot, CommentPeriod, ProposalState } from "../proposal/state.ts";

/** The record as JSON text, two spaces deep, with a line end. */
export function decisionRecord(issue: Pick<IssueFact, "ref" | "url">, state: ProposalState): string {
  const { commentPeriod, ballot } = state;
  if (!commentPeriod?.closed || !ballot?.closed) throw new Error("A decision record without a decision");
  const { owner, name, number } = issue.ref;
  const record = {
    format: "secretariat decision",
    version: 1,
    proposal: { repository: `${owner}/${name}`, number, url: issue.url, author: state.author },
    docket: docketUrl(webOf(issue), { owner, name, path: docketPath(issue.ref) }),
    text: ballot.opened.text,
    commentPeriod: commentPeriodRecord(commentPeriod, commentPeriod.closed),
    ballot: ballotRecord(issue, ballot, ballot.closed),
    result: ballot.closed.result,
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

function commentPeriodRecord(period: CommentPeriod, closed: NonNullable<CommentPeriod["closed"]>) {
  return {
    opened: period.opened.at,
    closed: closed.at,
    acceptedBy: period.by,
    charter: period.opened.charter,
    extensions: period.extensions.map(({ at, by, reason, closesAt }) => ({ at, by, reason, closesAt })),
    restarts: period.restarts.map(({ at, closesAt }) => ({ at, closesAt })),
    feedback: closed.feedback,
  };
}

function ballotRecord(issue: Pick<IssueFact, "url">, ballot: Ballot, closed: NonNullable<Ballot["closed"]>) {
  const { opened, prolongations } = ballot;
  const { passes, quorum, reactions } = opened.terms;
  return {
    comment: closed.comment,
    url: `${issue.url}#issuecomment-${closed.comment}`,
    opened: opened.at,
    closed: closed.at,
    prolongations: prolongations.map(({ at, closesAt }) => ({ at, closesAt })),
    charter: opened.charter,
    rule: { passes, quorum },
    reactions,
    electorate: opened.electorate,
    tally: counts(closed.tally),
    votes: votes(closed.tally),
    conflicting: closed.tally.conflicting,
    silent: closed.tally.silent,
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
