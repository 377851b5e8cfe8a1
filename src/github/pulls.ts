/** Publication pull requests: found by their branch, opened once, read back when merged. */
import { z } from "zod";
import type { OpenPullRequest } from "../proposal/actions.ts";
import { sha256 } from "../proposal/docket.ts";
import type { PullRequestFact, Repository } from "../proposal/facts.ts";
import { GitHubFailure } from "../reconcile/ports.ts";
import type { Client } from "./client.ts";
import { hasStatus, inWords } from "./failure.ts";
import { readFile, tip } from "./files.ts";
import type { Gate } from "./gate.ts";
import { gitObject, gitRef, pullRequest, repository as repositoryShape } from "./shapes.ts";

type Answer = z.infer<typeof pullRequest>;
type FileChange = OpenPullRequest["files"][number];

/** More than a published file is ever large. */
const FILE_LIMIT = 20 * 1024 * 1024;

/** The App's pull requests, open or not, from one branch of the repository itself; for merged ones the wanted files' digests. */
export async function readPullRequests(
  client: Client,
  repository: Repository,
  branch: string,
  paths: readonly string[],
): Promise<readonly PullRequestFact[]> {
  const gate = await client.of(repository);
  const found = await pullsFrom(client, gate, repository, branch);
  const facts: PullRequestFact[] = [];
  for (const pull of found) facts.push(await factOf(gate, repository, pull, paths));
  return facts;
}

/** Safe to run again: a pull request that exists from this branch is the answer, whatever became of it. */
export async function openPullRequest(client: Client, action: OpenPullRequest): Promise<PullRequestFact> {
  const { repository, branch } = action;
  const gate = await client.of(repository);
  const fact = (pull: Answer) =>
    factOf(
      gate,
      repository,
      pull,
      action.files.map(({ path }) => path),
    );
  const before = await pullsFrom(client, gate, repository, branch);
  const existing = before.find(({ state }) => state === "open") ?? before[0];
  if (existing !== undefined) return fact(existing);
  const target = { owner: repository.owner, repo: repository.name };
  const { default_branch: base } = await gate.get("GET /repos/{owner}/{repo}", target, repositoryShape);
  await makeBranch(gate, action, base);
  const { title, body } = action;
  const wanted = { ...target, title, body, head: branch, base };
  try {
    return await fact(await gate.send("POST /repos/{owner}/{repo}/pulls", wanted, pullRequest));
  } catch (error) {
    if (hasStatus(error, 403, 404)) throw notAllowed(error, repository, "open a pull request");
    if (!hasStatus(error, 422)) throw error;
    const [made] = await pullsFrom(client, gate, repository, branch);
    if (made !== undefined) return fact(made);
    throw error.message.includes("already exists")
      ? taken(error, action, "has a pull request of somebody else")
      : error;
  }
}

/**
 * GitHub ignores a `head` that it cannot read and then lists every pull request, so the branch is compared here too.
 * What somebody else opens from a branch of that name is not the publication.
 */
async function pullsFrom(
  client: Client,
  gate: Gate,
  { owner, name }: Repository,
  branch: string,
): Promise<readonly Answer[]> {
  const parameters = { owner, repo: name, head: `${owner}:${branch}`, state: "all" };
  const found = await gate.list("GET /repos/{owner}/{repo}/pulls", parameters, z.array(pullRequest));
  const ownLabel = `${owner}:`.toLowerCase();
  const fromBranch = found.filter(({ head }) => {
    const isOwn = (head.label ?? "").toLowerCase().startsWith(ownLabel);
    return head.ref === branch && isOwn;
  });
  if (fromBranch.length === 0) return [];
  const bot = `${await client.slug()}[bot]`.toLowerCase();
  return fromBranch.filter(({ user }) => user?.type === "Bot" && user.login.toLowerCase() === bot);
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
    throw new GitHubFailure(problem, { status: null, retryAt: null, isForPeople: true });
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
    if (!hasStatus(error, 422)) throw error;
    const left = await leftBehind(gate, repository, branch, files);
    if (left === "nothing") throw error;
    if (left === "something else") throw taken(error, action, "holds something else than what was decided");
  }
}

/** What is on the branch? With exactly our files an earlier pass made it, and was stopped before the pull request. */
async function leftBehind(
  gate: Gate,
  repository: Repository,
  branch: string,
  files: readonly FileChange[],
): Promise<"nothing" | "our files" | "something else"> {
  const end = await tip(gate, repository, branch);
  if (end.found !== "commit") return "nothing";
  for (const { path, content } of files) {
    const bytes = await readFile(gate, { ...repository, path, ref: end.commit, limit: FILE_LIMIT });
    const isOurs = bytes instanceof Uint8Array && Buffer.from(content, "utf8").equals(bytes);
    if (!isOurs) return "something else";
  }
  return "our files";
}

function taken(error: GitHubFailure, { repository, branch }: OpenPullRequest, how: string): GitHubFailure {
  return inWords(
    error,
    `The branch ${branch} of ${repository.owner}/${repository.name}, from which the App wants to publish, ${how}. A maintainer has to rename or delete that branch; the App then goes on by itself.`,
  );
}

function notAllowed(error: GitHubFailure, { owner, name }: Repository, what: string): GitHubFailure {
  return inWords(
    error,
    `The App is not allowed to ${what} in ${owner}/${name}: it needs write access to contents and pull requests. ${error.message}`,
  );
}

async function factOf(
  gate: Gate,
  repository: Repository,
  pull: Answer,
  paths: readonly string[],
): Promise<PullRequestFact> {
  const isMerged = pull.merged_at !== null;
  // An open pull request has one too: that of GitHub's trial merge.
  const mergeCommit = isMerged ? (pull.merge_commit_sha ?? null) : null;
  return {
    repository,
    number: pull.number,
    url: pull.html_url,
    branch: pull.head.ref,
    state: isMerged ? "merged" : pull.state,
    mergedAt: pull.merged_at,
    mergeCommit,
    closedAt: pull.closed_at,
    mergedFiles: mergeCommit === null ? [] : await digests(gate, repository, mergeCommit, paths),
  };
}
