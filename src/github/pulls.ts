/** Publication pull requests: found by their branch, opened once, read back when merged. */
import { z } from "zod";
import type { OpenPullRequest } from "../proposal/actions.ts";
import type { PullRequestFact, Repository } from "../proposal/facts.ts";
import { GitHubFailure } from "../reconcile/ports.ts";
import type { Client } from "./client.ts";
import { hasStatus, inWords } from "./failure.ts";
import { readFile, sha256, tip } from "./files.ts";
import type { Gate } from "./gate.ts";
import { gitObject, gitRef, pullRequest, repository as repositoryShape } from "./shapes.ts";

type Answer = z.infer<typeof pullRequest>;
type FileChange = OpenPullRequest["files"][number];

/** More than a published file is ever large. */
const FILE_LIMIT = 20 * 1024 * 1024;

/** Every pull request, open or not, from one branch of the repository itself; for merged ones the wanted files' digests. */
export async function readPullRequests(
  client: Client,
  repository: Repository,
  branch: string,
  paths: readonly string[],
): Promise<readonly PullRequestFact[]> {
  const gate = await client.of(repository);
  const found = await pullsFrom(gate, repository, branch);
  const facts: PullRequestFact[] = [];
  for (const pull of found) {
    const merged = pull.merged_at === null ? null : (pull.merge_commit_sha ?? null);
    const files = merged === null ? [] : await digests(gate, repository, merged, paths);
    facts.push(factOf(repository, pull, files));
  }
  return facts;
}

/** Safe to run again: a pull request that exists from this branch is the answer, whatever became of it. */
export async function openPullRequest(client: Client, action: OpenPullRequest): Promise<PullRequestFact> {
  const { repository, branch } = action;
  const gate = await client.of(repository);
  const before = await pullsFrom(gate, repository, branch);
  const existing = before.find(({ state }) => state === "open") ?? before[0];
  if (existing !== undefined) return factOf(repository, existing, []);
  const target = { owner: repository.owner, repo: repository.name };
  const { default_branch: base } = await gate.get("GET /repos/{owner}/{repo}", target, repositoryShape);
  await makeBranch(gate, action, base);
  const { title, body } = action;
  const wanted = { ...target, title, body, head: branch, base };
  try {
    return factOf(repository, await gate.send("POST /repos/{owner}/{repo}/pulls", wanted, pullRequest), []);
  } catch (error) {
    if (hasStatus(error, 403, 404)) throw notAllowed(error, repository, "open a pull request");
    if (!hasStatus(error, 422)) throw error;
    const [made] = await pullsFrom(gate, repository, branch);
    if (made === undefined) throw error;
    return factOf(repository, made, []);
  }
}

/** GitHub ignores a `head` that it cannot read and then lists every pull request, so the branch is compared here too. */
async function pullsFrom(
  gate: Gate,
  { owner, name }: Repository,
  branch: string,
): Promise<readonly Answer[]> {
  const parameters = { owner, repo: name, head: `${owner}:${branch}`, state: "all" };
  const found = await gate.list("GET /repos/{owner}/{repo}/pulls", parameters, z.array(pullRequest));
  const ownLabel = `${owner}:`.toLowerCase();
  return found.filter(({ head }) => {
    const isOwn = (head.label ?? "").toLowerCase().startsWith(ownLabel);
    return head.ref === branch && isOwn;
  });
}

async function digests(gate: Gate, repository: Repository, commit: string, paths: readonly string[]) {
  const found: { path: string; sha256: string | null }[] = [];
  for (const path of paths) {
    const bytes = await readFile(gate, { ...repository, path, ref: commit, limit: FILE_LIMIT });
    if (bytes === "too large") {
      const message = `${path} in ${repository.owner}/${repository.name} is too large to be compared with what was voted on`;
      throw new GitHubFailure(message, { status: null, retryAt: null });
    }
    found.push({ path, sha256: bytes instanceof Uint8Array ? sha256(bytes) : null });
  }
  return found;
}

/** The branch with our files on top of the default branch, in one commit; one that carries them already is used as it is. */
async function makeBranch(gate: Gate, action: OpenPullRequest, base: string): Promise<void> {
  const { repository, branch, files, commitMessage: message } = action;
  const target = { owner: repository.owner, repo: repository.name };
  const start = await tip(gate, repository, base);
  if (start.found !== "commit") {
    const problem = `${repository.owner}/${repository.name} has no commit on its default branch yet`;
    throw new GitHubFailure(problem, { status: null, retryAt: null });
  }
  try {
    const tree = files.map(({ path, content }) => ({ path, content, mode: "100644", type: "blob" }));
    const made = await gate.send(
      "POST /repos/{owner}/{repo}/git/trees",
      { ...target, base_tree: start.tree, tree },
      gitObject,
    );
    const commit = await gate.send(
      "POST /repos/{owner}/{repo}/git/commits",
      { ...target, message, tree: made.sha, parents: [start.commit] },
      gitObject,
    );
    const ref = { ...target, ref: `refs/heads/${branch}`, sha: commit.sha };
    await gate.send("POST /repos/{owner}/{repo}/git/refs", ref, gitRef);
  } catch (error) {
    if (hasStatus(error, 403, 404)) throw notAllowed(error, repository, `make the branch ${branch}`);
    if (!hasStatus(error, 422) || !(await carries(gate, repository, branch, files))) throw error;
  }
}

/** Does the branch exist, with exactly our files? Then an earlier pass made it, and was stopped before the pull request. */
async function carries(
  gate: Gate,
  repository: Repository,
  branch: string,
  files: readonly FileChange[],
): Promise<boolean> {
  const end = await tip(gate, repository, branch);
  if (end.found !== "commit") return false;
  for (const { path, content } of files) {
    const bytes = await readFile(gate, { ...repository, path, ref: end.commit, limit: FILE_LIMIT });
    if (!(bytes instanceof Uint8Array) || !Buffer.from(content, "utf8").equals(bytes)) return false;
  }
  return true;
}

function notAllowed(error: GitHubFailure, { owner, name }: Repository, what: string): GitHubFailure {
  return inWords(
    error,
    `The App is not allowed to ${what} in ${owner}/${name}: it needs write access to contents and pull requests. ${error.message}`,
  );
}

function factOf(
  repository: Repository,
  pull: Answer,
  mergedFiles: PullRequestFact["mergedFiles"],
): PullRequestFact {
  const isMerged = pull.merged_at !== null;
  return {
    repository,
    number: pull.number,
    url: pull.html_url,
    branch: pull.head.ref,
    state: isMerged ? "merged" : pull.state,
    mergedAt: pull.merged_at,
    // An open pull request has one too: that of GitHub's trial merge.
    mergeCommit: isMerged ? (pull.merge_commit_sha ?? null) : null,
    closedAt: pull.closed_at,
    mergedFiles,
  };
}
