/** A repository as it is now, to read from and to build on: looked at before anything of a publication is made there. */
import type { Base } from "../proposal/actions.ts";
import type { ProposalRef, Repository } from "../proposal/facts.ts";
import { GitHubFailure, NeedsPeople, type Workshop } from "../reconcile/ports.ts";
import type { Client } from "./client.ts";
import { hasStatus, inWords } from "./failure.ts";
import { FILE_LIMIT, readFile, tip, utf8 } from "./files.ts";
import type { Gate } from "./gate.ts";
import { installationShape } from "./rights.ts";
import { repository as repositoryShape } from "./shapes.ts";

/**
 * Throws a `GitHubFailure` in a sentence for people where the repository cannot be used for this. A protected default branch
 * is no obstacle: nothing is written to it.
 */
export async function openWorkshop(
  client: Client,
  ref: ProposalRef,
  repository: Repository,
  purpose: "read" | "write",
): Promise<Workshop> {
  const gate = await client.of(repository);
  if (purpose === "write") await assertMayWrite(client, ref, repository);
  const base = await baseOf(gate, repository, purpose);
  return { base, read: (path) => readText(gate, repository, path, base.commit) };
}

/**
 * What the installation that holds the repository may do. The repository's own `permissions` are those of a user, and say
 * nothing of an App (https://docs.github.com/en/rest/apps/apps#get-a-repository-installation-for-the-authenticated-app).
 */
async function assertMayWrite({ app, installations }: Client, ref: ProposalRef, repository: Repository) {
  const { owner, name } = repository;
  const [here, there] = [await installations.ofRepository(ref), await installations.ofRepository(repository)];
  // An installation has the same permissions in all its repositories, and in the proposal's own the App writes the docket.
  if (here.installation === there.installation) return;
  // Somebody may have been asked for a permission and have given it meanwhile.
  const route = "GET /repos/{owner}/{repo}/installation";
  const { permissions = {} } = await app
    .get(route, { owner, repo: name }, installationShape)
    .catch((error: unknown) => {
      throw hasStatus(error, 404)
        ? inWords(error, `The App is not installed on ${owner}/${name}, where it would open a pull request`)
        : error;
    });
  installations.learnPermissions(there.installation, permissions);
  if (permissions.contents === "write" && permissions.pull_requests === "write") return;
  throw forPeople(
    `The App may not publish to ${owner}/${name}: it needs write access to contents and pull requests there.`,
  );
}

async function baseOf(gate: Gate, repository: Repository, purpose: "read" | "write"): Promise<Base> {
  const { owner, name } = repository;
  const branch = purpose === "write" ? await branchToBuildOn(gate, repository) : null;
  const newest = await tip(gate, repository, branch).catch((error: unknown) => {
    throw hasStatus(error, 403) ? inWords(error, cannotRead(repository)) : error;
  });
  if (newest.found === "nothing") throw forPeople(cannotRead(repository));
  if (newest.found === "empty") throw forPeople(`${owner}/${name} has no commit on its default branch yet`);
  return { branch: branch ?? DEFAULT_BRANCH, commit: newest.commit, tree: newest.tree };
}

/** Git's own name for it, where nothing is to be built on it. */
const DEFAULT_BRANCH = "HEAD";

async function branchToBuildOn(gate: Gate, repository: Repository): Promise<string> {
  const { owner, name } = repository;
  const about = await lookAt(gate, repository);
  if (!about.archived && !about.disabled) return about.default_branch;
  const how = about.archived ? "archived" : "disabled";
  throw forPeople(`${owner}/${name} is ${how}, so no pull request can be opened there.`);
}

function cannotRead({ owner, name }: Repository): string {
  return `The App cannot read ${owner}/${name}: is it installed there?`;
}

async function lookAt(gate: Gate, { owner, name }: Repository) {
  try {
    return await gate.get("GET /repos/{owner}/{repo}", { owner, repo: name }, repositoryShape);
  } catch (error) {
    if (!hasStatus(error, 403, 404)) throw error;
    throw inWords(error, cannotRead({ owner, name }));
  }
}

async function readText(
  gate: Gate,
  repository: Repository,
  path: string,
  commit: string,
): Promise<string | null> {
  const bytes = await readFile(gate, { ...repository, path, ref: commit, limit: FILE_LIMIT });
  if (bytes === null) return null;
  const where = `${path} in ${repository.owner}/${repository.name}`;
  if (bytes === "not a file") throw new NeedsPeople(`${where} is a folder, where a file is expected.`);
  if (bytes === "too large")
    throw new NeedsPeople(`${where} is larger than ${FILE_LIMIT / 1024 / 1024} MiB.`);
  const text = utf8(bytes);
  if (text === null) throw new NeedsPeople(`${where} is not a text in UTF-8.`);
  return text;
}

function forPeople(message: string): GitHubFailure {
  return new GitHubFailure(message, { status: null, retryAt: null, isForPeople: true });
}
