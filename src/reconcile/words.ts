/** Puts what was decided into the words that are written to GitHub. */
import { docketCommitSubject } from "../messages/docket-commit.ts";
import {
  type PublicationNotice,
  publicationCommitMessage,
  pullRequestBody,
  pullRequestTitle,
} from "../messages/pull-request.ts";
import { renderMessage } from "../messages/render.ts";
import { webOf } from "../messages/web.ts";
import type { Base, MakeBranch, OpenPullRequest } from "../proposal/actions.ts";
import type { Decision } from "../proposal/decide.ts";
import type { Render } from "../proposal/diff.ts";
import { docketPath, sha256 } from "../proposal/docket.ts";
import type { Entry, TextPin } from "../proposal/entries.ts";
import type { Facts, ProposalRef, Repository } from "../proposal/facts.ts";
import { withKey } from "../proposal/keys.ts";
import { publishesText } from "../proposal/publication-plan.ts";
import type { ProposalState } from "../proposal/state.ts";
import type { DocketWrite, MadeTarget } from "./ports.ts";

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

/** The branch and the pull request that publish what was made for one plan. */
export function publicationRequest(
  { issue }: Facts,
  { plan, files, notes }: MadeTarget,
  { state, elsewhere, base }: { state: ProposalState; elsewhere: readonly Repository[]; base: Base },
): { readonly branch: MakeBranch; readonly pullRequest: OpenPullRequest } {
  const { ref } = issue;
  const { ballot } = state;
  if (!ballot?.closed) throw new Error("A publication without a decision");
  const notice = {
    ref,
    opened: ballot.opened,
    closed: ballot.closed,
    carries: plan.carries,
    elsewhere,
    files: files.map((file) => file.path),
    text: publishesText(state) ? textIn(files, plan, ballot.opened.text) : "none",
    notes,
    docket: { owner: ref.owner, name: ref.name, path: docketPath(ref) },
  };
  const { repository, branch, sourcePath, decisionPath } = plan;
  const fixed = [sourcePath, decisionPath].filter((path) => path !== null);
  const digests = new Map(files.map(({ path, content }) => [path, sha256(content)]));
  return {
    branch: {
      do: "make branch",
      repository,
      branch,
      base,
      commitMessage: publicationCommitMessage(notice),
      files,
      fixed,
    },
    pullRequest: {
      do: "open pull request",
      repository,
      branch,
      into: base.branch,
      title: pullRequestTitle(notice),
      body: pullRequestBody(notice, webOf(issue)),
      recorded: plan.recorded.map((path) => ({ path, sha256: digests.get(path) ?? null })),
    },
  };
}

function textIn(
  files: MadeTarget["files"],
  { sourcePath }: MadeTarget["plan"],
  voted: TextPin,
): PublicationNotice["text"] {
  const source = files.find(({ path }) => path === sourcePath);
  return source !== undefined && sha256(source.content) === voted.text ? "as voted" : "made from it";
}
