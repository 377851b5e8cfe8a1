/** Which installation a repository or an organization belongs to, and what it allows: found once, or learnt from a list. */
import type { Repository } from "../proposal/facts.ts";
import { hasStatus, inWords } from "./failure.ts";
import type { Gate } from "./gate.ts";
import { installationShape, type Permissions } from "./rights.ts";

/** Where a token opens something. */
export type Place = {
  readonly installation: number;
  /** The one repository, by GitHub's id; null: all of the installation's, or its id is not known yet. */
  readonly repository: number | null;
};

export type Installations = {
  ofRepository(repository: Repository): Promise<Place>;
  ofOrganization(login: string): Promise<Place>;
  /** Names are in GitHub's own letter case. */
  learn(repository: Repository, place: Place): void;
  learnPermissions(installation: number, permissions: Permissions): void;
  /** What an installation allows; null: GitHub has not said. */
  permissions(installation: number): Permissions | null;
  /** An installation that gives no access any more is looked up anew. */
  forget(installation: number): void;
  /** A repository in GitHub's own letter case, as far as it was learnt. */
  named(repository: Repository): Repository;
};

export function createInstallations(app: Pick<Gate, "get">): Installations {
  const places = new Map<string, Place>();
  const names = new Map<string, Repository>();
  const allowed = new Map<number, Permissions>();

  async function find(
    key: string,
    route: string,
    parameters: Readonly<Record<string, string>>,
    whose: string,
  ) {
    const known = places.get(key);
    if (known !== undefined) return known;
    const { id, permissions } = await app
      .get(route, parameters, installationShape)
      .catch((error: unknown) => {
        throw hasStatus(error, 404) ? inWords(error, `The App is not installed on ${whose}`) : error;
      });
    if (permissions !== undefined) allowed.set(id, permissions);
    const place = { installation: id, repository: null };
    places.set(key, place);
    return place;
  }

  return {
    ofRepository({ owner, name }) {
      const route = "GET /repos/{owner}/{repo}/installation";
      return find(repositoryKey({ owner, name }), route, { owner, repo: name }, `${owner}/${name}`);
    },
    ofOrganization: (org) =>
      find(org.toLowerCase(), "GET /orgs/{org}/installation", { org }, `the organization ${org}`),
    learn(repository, place) {
      // Under another name it is another repository by now.
      for (const [name, known] of places)
        if (place.repository !== null && known.repository === place.repository) places.delete(name);
      places.set(repositoryKey(repository), place);
      names.set(repositoryKey(repository), { owner: repository.owner, name: repository.name });
    },
    learnPermissions: (installation, permissions) => void allowed.set(installation, permissions),
    permissions: (installation) => allowed.get(installation) ?? null,
    forget(gone) {
      for (const [key, { installation }] of places) if (installation === gone) places.delete(key);
      allowed.delete(gone);
    },
    named: (repository) => names.get(repositoryKey(repository)) ?? repository,
  };
}

/** GitHub's names do not mind letter case. */
export function repositoryKey({ owner, name }: Repository): string {
  return `${owner}/${name}`.toLowerCase();
}
