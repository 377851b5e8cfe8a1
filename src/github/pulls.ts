/** Publication pull requests: found by their branch, opened once, read back when merged. */
import { z } from "zod";
import type { OpenPullRequest } from "../proposal/actions.ts";
import { sha256 } from "../proposal/docket.ts";
import type { FileDigest, PullRequestFact, Repository, WantedPullRequest } from "../proposal/facts.ts";
import { GitHubFailure } from "../reconcile/ports.ts";
import type { Client } from "./client.ts";
import { hasStatus } from "./failure.ts";
import { FILE_LIMIT, readFile } from "./files.ts";
import type { Gate } from "./gate.ts";
import { nameNow } from "./name-now.ts";
import { sameRepository } from "./observe.ts";
import { notAllowed, taken } from "./refusals.ts";
import { pullRequest, pullRequestCommit } from "./shapes.ts";

type Answer = z.infer<typeof pullRequest>;

/** The App's pull requests, open or not, from one branch of the repository itself; for merged ones the wanted files' digests. */
export async function readPullRequests(
  client: Client,
  wanted: WantedPullRequest,
): Promise<readonly PullRequestFact[]> {
  const gate = await client.of(wanted.repository);
  const facts: PullRequestFact[] = [];
  for (const pull of await pullsOf(client, gate, wanted)) {
    facts.push(await wholeFact(client, gate, wanted, pull));
  }
  return facts;
}

/** A branch is asked for by its owner's name: where the repository has moved to another owner, by that one's. */
async function pullsOf(client: Client, gate: Gate, wanted: WantedPullRequest): Promise<readonly Answer[]> {
  const found = await pullsFrom(client, gate, wanted);
  if (found.length > 0) return found;
  const repository = await nameNow(gate, wanted.repository);
  const isElsewhere = repository !== null && !sameRepository(repository, wanted.repository);
  return isElsewhere ? pullsFrom(client, gate, { ...wanted, repository }) : found;
}

/**
 * Safe to run again: one that is open from this branch is the answer. The pass has just looked for others, so nothing is
 * looked for before GitHub says that there is one.
 */
export async function openPullRequest(client: Client, action: OpenPullRequest): Promise<PullRequestFact> {
  const { repository, branch, title, body, into: base, recorded } = action;
  const gate = await client.of(repository);
  const paths = recorded.map(({ path }) => path);
  const wanted = { repository, branch, paths, openedPaths: paths };
  const target = { owner: repository.owner, repo: repository.name };
  const asked = { ...target, title, body, head: branch, base };
  try {
    const made = await gate.send("POST /repos/{owner}/{repo}/pulls", asked, pullRequest);
    return { ...(await factOf(gate, wanted, made)), openedFiles: recorded };
  } catch (error) {
    if (hasStatus(error, 403, 404)) throw notAllowed(error, repository, "open a pull request");
    if (!hasStatus(error, 422)) throw error;
    const [made] = await pullsFrom(client, gate, wanted);
    if (made !== undefined) return wholeFact(client, gate, wanted, made);
    throw error.message.includes("already exists")
      ? taken(error, action, "has a pull request of somebody else")
      : error;
  }
}

/**
 * An open one first. GitHub ignores a `head` that it cannot read and then lists every pull request, so the branch is
 * compared here too. What somebody else opens from a branch of that name is not the publication.
 */
export async function pullsFrom(
  client: Client,
  gate: Gate,
  { repository: { owner, name }, branch }: Pick<WantedPullRequest, "repository" | "branch">,
): Promise<readonly Answer[]> {
  const parameters = { owner, repo: name, head: `${owner}:${branch}`, state: "all" };
  const found = await gate.list("GET /repos/{owner}/{repo}/pulls", parameters, z.array(pullRequest));
  const ownLabel = `${owner}:`.toLowerCase();
  const fromBranch = found.filter(({ head }) => {
    const isOwn = (head.label ?? "").toLowerCase().startsWith(ownLabel);
    return head.ref === branch && isOwn;
  });
  if (fromBranch.length === 0) return [];
  const slug = await client.slug();
  return fromBranch
    .filter(({ user }) => isBot(user, slug))
    .sort((one, other) => Number(other.state === "open") - Number(one.state === "open"));
}

/** Logins do not mind letter case; a person may have the name of an App's account without its ending. */
function isBot(account: Answer["user"], slug: string): boolean {
  return account?.type === "Bot" && account.login.toLowerCase() === `${slug}[bot]`.toLowerCase();
}

async function wholeFact(
  client: Client,
  gate: Gate,
  wanted: WantedPullRequest,
  pull: Answer,
): Promise<PullRequestFact> {
  const openedFiles = await opened(client, gate, wanted, pull);
  return { ...(await factOf(gate, wanted, pull)), openedFiles };
}

/**
 * The files as the App opened them: in the first commit of the pull request, which lists its commits oldest first. If that is
 * not the App's (somebody has rewritten the branch), it cannot be told any more.
 */
async function opened(
  client: Client,
  gate: Gate,
  { repository, openedPaths }: WantedPullRequest,
  pull: Answer,
): Promise<readonly FileDigest[]> {
  if (openedPaths.length === 0) return [];
  const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits";
  const place = { owner: repository.owner, repo: repository.name, pull_number: pull.number, per_page: 1 };
  const [first] = await gate.get(route, place, z.array(pullRequestCommit));
  if (first === undefined || !isBot(first.author, await client.slug()))
    return openedPaths.map((path) => ({ path, sha256: null }));
  return digests(gate, repository, first.sha, openedPaths);
}

async function digests(
  gate: Gate,
  repository: Repository,
  commit: string,
  paths: readonly string[],
): Promise<readonly FileDigest[]> {
  const found: FileDigest[] = [];
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

async function factOf(
  gate: Gate,
  { repository, paths }: WantedPullRequest,
  pull: Answer,
): Promise<Omit<PullRequestFact, "openedFiles">> {
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
