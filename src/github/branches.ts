/** The branch of a publication: one commit with its files on top of the default branch, made once. */
import type { MakeBranch } from "../proposal/actions.ts";
import { GitHubFailure } from "../reconcile/ports.ts";
import type { Client } from "./client.ts";
import { hasStatus, inWords } from "./failure.ts";
import { FILE_LIMIT, readFile, tip } from "./files.ts";
import type { Gate } from "./gate.ts";
import { pullsFrom } from "./pulls.ts";
import { notAllowed, taken } from "./refusals.ts";
import { gitObject, gitRef } from "./shapes.ts";

/** Safe to run again: a branch that an earlier pass made for the same decision is used as it is. */
export async function makeBranch(client: Client, action: MakeBranch): Promise<void> {
  const { repository, branch, base, commitMessage: message, files } = action;
  const gate = await client.of(repository);
  const target = { owner: repository.owner, repo: repository.name };
  try {
    const tree = files.map(({ path, content }) => ({ path, content, mode: "100644", type: "blob" }));
    const made = await gate.send(
      "POST /repos/{owner}/{repo}/git/trees",
      { ...target, base_tree: base.tree, tree },
      gitObject,
    );
    const commit = await gate.send(
      "POST /repos/{owner}/{repo}/git/commits",
      { ...target, message, tree: made.sha, parents: [base.commit] },
      gitObject,
    );
    const ref = { ...target, ref: `refs/heads/${branch}`, sha: commit.sha };
    await gate.send("POST /repos/{owner}/{repo}/git/refs", ref, gitRef);
  } catch (error) {
    if (hasStatus(error, 403, 404)) throw notAllowed(error, repository, `make the branch ${branch}`);
    if (!hasStatus(error, 422)) throw error;
    const left = await leftBehind(gate, action);
    if (left === "nothing") throw refused(error, action);
    if (left === "something else") throw taken(error, action, "holds something else than what was decided");
    await assertUnused(client, gate, action);
  }
}

/** A pass may be shown an old list: it must not open a second pull request where the first was merged meanwhile. */
async function assertUnused(client: Client, gate: Gate, { repository, branch }: MakeBranch): Promise<void> {
  const [pull] = await pullsFrom(client, gate, { repository, branch });
  if (pull === undefined) return;
  const message = `A pull request from ${branch} is there that GitHub has not shown before: ${pull.html_url}`;
  throw new GitHubFailure(message, { status: null, retryAt: null });
}

/**
 * What is on the branch? The files that follow from the decision alone must be ours to the byte; the others are made from what
 * stood on the default branch when an earlier pass looked, and may differ from what would be made now.
 */
async function leftBehind(gate: Gate, action: MakeBranch): Promise<"nothing" | "ours" | "something else"> {
  const { repository, branch, commitMessage, files, fixed } = action;
  const end = await tip(gate, repository, branch);
  if (end.found !== "commit") return "nothing";
  if (end.message.trim() !== commitMessage.trim()) return "something else";
  for (const { path, content } of files.filter((file) => fixed.includes(file.path))) {
    const bytes = await readFile(gate, { ...repository, path, ref: end.commit, limit: FILE_LIMIT });
    const isOurs = bytes instanceof Uint8Array && Buffer.from(content, "utf8").equals(bytes);
    if (!isOurs) return "something else";
  }
  return "ours";
}

/** A ruleset that forbids a branch is told as "Reference update failed", and no more. */
function refused(error: GitHubFailure, { repository, branch }: MakeBranch): GitHubFailure {
  return inWords(
    error,
    `GitHub refuses to make the branch ${branch} in ${repository.owner}/${repository.name}, from which the App wants to publish. A rule of that repository may forbid it: a maintainer can let the App bypass the rule, and the App then goes on by itself. ${error.message}`,
  );
}
