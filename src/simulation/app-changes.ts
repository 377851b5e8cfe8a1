/** What the App does on the model GitHub, action by action, as the adapter would have it done. */
import type { Action, OpenPullRequest } from "../proposal/actions.ts";
import type { Outcome } from "../reconcile/ports.ts";
import { changePulls, close, label, react, reopen, rewrite, say } from "./changes.ts";
import { APP, type Pull, type Thread, type World } from "./world.ts";

const CHANGE: Outcome = { made: "change" };

export function actOn(world: World, thread: Thread, action: Action): Outcome {
  const { labels } = thread.view.now.issue;
  switch (action.do) {
    case "add labels":
      label(world, thread, APP, [...new Set([...labels, ...action.labels.map(({ name }) => name)])]);
      return CHANGE;
    case "remove label":
      label(
        world,
        thread,
        APP,
        labels.filter((name) => name !== action.name),
      );
      return CHANGE;
    case "create comment":
      return { made: "comment", comment: say(world, thread, APP, action.body) };
    case "update comment":
      rewrite(world, thread, APP, action.comment, action.body);
      return CHANGE;
    case "acknowledge":
      react(world, thread, APP, action.comment, action.content);
      return CHANGE;
    case "close issue":
      close(world, thread, APP);
      return CHANGE;
    case "reopen issue":
      reopen(world, thread, APP);
      return CHANGE;
    case "make branch": {
      const branch = nameOf(action);
      if (!thread.branches.has(branch)) thread.branches.set(branch, action.files);
      return CHANGE;
    }
    case "open pull request":
      return { made: "pull request", pullRequest: openPull(world, thread, action) };
  }
}

function nameOf({ repository, branch }: Pick<OpenPullRequest, "repository" | "branch">): string {
  return `${repository.name} ${branch}`;
}

/** GitHub has one pull request a branch; the adapter takes the one that is there. */
function openPull(world: World, thread: Thread, action: OpenPullRequest): Pull {
  const { repository, branch, body, recorded } = action;
  const before = thread.pulls.now.find((pull) => nameOf(pull) === nameOf(action));
  if (before !== undefined) return before;
  const files = thread.branches.get(nameOf(action));
  if (files === undefined) throw new Error(`A pull request without a branch: ${branch}`);
  const number = world.nextId++;
  const pull: Pull = {
    repository,
    number,
    url: `https://github.example/${repository.owner}/${repository.name}/pull/${number}`,
    branch,
    state: "open",
    mergedAt: null,
    mergeCommit: null,
    closedAt: null,
    openedFiles: recorded,
    mergedFiles: [],
    files,
    body,
  };
  changePulls(world, thread, [...thread.pulls.now, pull]);
  return pull;
}
