/** What owners do with repositories, issues and the App's installation: on GitHub's pages, and not with the REST API. */

import { personToken } from "./callers.ts";
import { framed } from "./events.ts";
import { type JsonObject, number, object } from "./json.ts";
import { type Route, route, type Sandboxed } from "./routes.ts";
import { ownerOf, type World } from "./seed.ts";

export type Estate = ReturnType<typeof createEstate>;

/** `repository` is a name in the organization, as it was seeded. */
export function createEstate(sandboxed: Sandboxed) {
  const { world, places, installations, upstream, deliveries } = sandboxed;
  const full = (repository: string) => `${world.organization}/${repository}`;
  const sender = async () => ({ sender: object(await upstream.read(`/users/${ownerOf(world)}`)) });
  const repositoryOf = async (repository: string) =>
    object(await upstream.read(`/repos/${full(repository)}`));

  async function tell(event: string, payload: JsonObject): Promise<void> {
    const told = framed({ ...payload, ...(await sender()) }, installations.now().id);
    deliveries.send(event, object(sandboxed.outward(await sandboxed.dress(told))));
  }

  async function tellOfIssue(action: string, repository: string, at: number): Promise<void> {
    const issue = await upstream.read(`/repos/${full(repository)}/issues/${at}`);
    await tell("issues", { action, issue, repository: await repositoryOf(repository) });
  }

  return {
    /** Gives a repository another name or owner (`owner/name`), where the App is installed as well. */
    async moveRepository(repository: string, to: string): Promise<void> {
      places.move(full(repository), number((await repositoryOf(repository)).id), to);
      await tell("repository", { action: "renamed", repository: await repositoryOf(repository) });
    },
    /** Also what becomes of an issue that is converted to a discussion. */
    async deleteIssue(repository: string, at: number): Promise<void> {
      await tellOfIssue("deleted", repository, at);
      places.loseIssue(full(repository), at, null);
    },
    /** Answers its number there. What others have said is not taken along. */
    async transferIssue(repository: string, at: number, to: string): Promise<number> {
      const issue = object(await upstream.read(`/repos/${full(repository)}/issues/${at}`));
      await tellOfIssue("transferred", repository, at);
      const made = await upstream.request("POST", `/repos/${full(to)}/issues`, {
        token: personToken(ownerOf(world), 0),
        body: { title: issue.title, body: issue.body },
      });
      const arrived = number(object(JSON.parse(made.body.toString("utf8"))).number);
      places.loseIssue(full(repository), at, `${full(to)}/issues/${arrived}`);
      return arrived;
    },
    async suspend(): Promise<void> {
      installations.suspend();
      await tell("installation", { action: "suspend" });
    },
    async unsuspend(): Promise<void> {
      installations.unsuspend();
      await tell("installation", { action: "unsuspend" });
    },
    async uninstall(): Promise<void> {
      installations.uninstall();
      await tell("installation", { action: "deleted" });
    },
    async install(permissions: World["permissions"] = world.permissions): Promise<void> {
      installations.renew(permissions);
      await tell("installation", { action: "created" });
    },
    /** An owner accepts permissions that the App has asked for since it was installed. */
    async grant(permissions: World["permissions"]): Promise<void> {
      installations.grant(permissions);
      await tell("installation", { action: "new_permissions_accepted" });
    },
    /** Takes a repository from those that the App is installed on, or gives it back. */
    async giveRepository(repository: string, isGiven: boolean): Promise<void> {
      installations.give(full(repository), number((await repositoryOf(repository)).id), isGiven);
      await tell("installation_repositories", { action: isGiven ? "added" : "removed" });
    },
  };
}

export function repositoryRoutes({ places }: Sandboxed): readonly Route[] {
  return [
    route("PATCH", "/repos/:repo", async (asked, [repo = ""], next) => {
      const changed = await next();
      const { archived } = object(asked.body);
      if (changed.status === 200 && typeof archived === "boolean") places.archive(repo, archived);
      return changed;
    }),
  ];
}
