/** Puts what was decided into the words that are written to GitHub. */
import { docketCommitSubject } from "../messages/docket-commit.ts";
import { publicationCommitMessage, pullRequestBody, pullRequestTitle } from "../messages/pull-request.ts";
import { renderMessage } from "../messages/render.ts";
import { webOf } from "../messages/web.ts";
import type { OpenPullRequest } from "../proposal/actions.ts";
import type { Decision } from "../proposal/decide.ts";
import type { Render } from "../proposal/diff.ts";
import { docketPath } from "../proposal/docket.ts";
import type { Entry } from "../proposal/entries.ts";
import type { Facts, ProposalRef } from "../proposal/facts.ts";
import { withKey } from "../proposal/keys.ts";
import type { PublicationPlan } from "../proposal/publication-plan.ts";
import type { ProposalState } from "../proposal/state.ts";
import { publicationFiles } from "../publication/files.ts";
import type { DocketWrite } from "./ports.ts";

export function renderFor({ issue }: Facts): Render {
  const web = webOf(issue);
  return (key, message) => withKey(key, renderMessage(message, web));
}

export function writeOf(
  ref: ProposalRef,
  entries: readonly Entry[],
  decision: Decision,
  readAt: string | null,
): DocketWrite {
  return { entries, readAt, text: decision.text, message: docketCommitSubject(ref, decision.entries) };
}

/** The pull request that publishes the text that was voted on. */
export function publicationRequest(
  { issue }: Facts,
  plan: PublicationPlan,
  state: ProposalState,
  text: string | null,
): OpenPullRequest {
  const { ref } = issue;
  const { ballot } = state;
  if (!ballot?.closed) throw new Error("A publication without a decision");
  const files = publicationFiles(plan, issue, state, text);
  const notice = {
    ref,
    opened: ballot.opened,
    closed: ballot.closed,
    files: files.map((file) => file.path),
    docket: { owner: ref.owner, name: ref.name, path: docketPath(ref) },
  };
  return {
    do: "open pull request",
    repository: plan.repository,
    branch: plan.branch,
    title: pullRequestTitle(notice),
    body: pullRequestBody(notice, webOf(issue)),
    commitMessage: publicationCommitMessage(notice),
    files,
  };
}
