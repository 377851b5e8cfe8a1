/** What the sweep and the charter watch need: where the App is installed, and which issues are proposals. */
import { z } from "zod";
import type { Repository } from "../proposal/facts.ts";
import { PROPOSAL_LABEL } from "../proposal/labels.ts";
import type { DirectoryPort } from "../reconcile/ports.ts";
import type { CharterReader } from "./charter.ts";
import { reportCharter } from "./charter-report.ts";
import { ownPullRequests } from "./checks.ts";
import type { Client } from "./client.ts";
import { orNull } from "./failure.ts";
import type { Labels } from "./labels.ts";
import { installationShape } from "./rights.ts";
import { listedIssue, repository as repositoryShape } from "./shapes.ts";

const listedInstallation = installationShape.extend({ suspended_at: z.string().nullish() });
const listedRepository = repositoryShape.extend({ id: z.number() });
/** Of thousands of issues, nothing else is kept. */
const touchedIssue = listedIssue.pick({ number: true, updated_at: true, pull_request: true });
const repositoriesPage = z
  .object({ repositories: z.array(listedRepository) })
  .transform(({ repositories }) => repositories);

export function createDirectory(client: Client, charters: CharterReader, labels: Labels): DirectoryPort {
  return {
    repositories: () => repositories(client),
    proposals: (repository) => proposals(client, repository),
    charter: (repository, commit) => {
      // What is told of a charter names the repository, and subjects do so in lower case.
      const named = client.installations.named(repository);
      return commit === null ? charters.inForce(named) : charters.at(named, commit);
    },
    ownPullRequests: (repository) => ownPullRequests(client, repository),
    furnish: labels.furnish,
    reportCharter: (repository, report) => reportCharter(client, repository, report),
  };
}

/** One installation that cannot be read is left out with a word in the log: it must not hold up the others. */
async function repositories(client: Client): Promise<readonly Repository[]> {
  const installations = await client.app.list("GET /app/installations", {}, z.array(listedInstallation));
  const found: Repository[] = [];
  for (const { id, suspended_at, permissions } of installations) {
    if (suspended_at) continue;
    if (permissions !== undefined) client.installations.learnPermissions(id, permissions);
    try {
      found.push(...(await repositoriesOf(client, id)));
    } catch (error) {
      client.log.warn(
        { installation: id, err: error },
        "The repositories of an installation could not be listed",
      );
    }
  }
  return found;
}

async function repositoriesOf(client: Client, id: number): Promise<readonly Repository[]> {
  const gate = client.ofInstallation(id);
  const all = await gate.list("GET /installation/repositories", {}, repositoriesPage);
  const open = all.filter(({ archived, disabled, has_issues }) => !archived && !disabled && has_issues);
  return open.map(({ owner, name, id: repository }) => {
    const named = { owner: owner.login, name };
    client.installations.learn(named, { installation: id, repository });
    return named;
  });
}

async function proposals(client: Client, repository: Repository): ReturnType<DirectoryPort["proposals"]> {
  const gate = await client.of(repository);
  const { owner, name } = repository;
  const parameters = { owner, repo: name, labels: PROPOSAL_LABEL, state: "all" };
  // A repository whose issues were switched off answers 410.
  const found = await orNull(
    gate.list("GET /repos/{owner}/{repo}/issues", parameters, z.array(touchedIssue)),
  );
  const byNumber = new Map((found ?? []).map((issue) => [issue.number, issue]));
  return [...byNumber.values()]
    .filter(({ pull_request }) => pull_request === undefined)
    .map(({ number, updated_at }) => ({ ref: { owner, name, number }, updatedAt: updated_at }));
}
