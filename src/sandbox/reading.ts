/** Looks at the sandbox's GitHub as it really is: past the front's faults, and counted as nobody's request. */
import { type JsonObject, list, object, text } from "./json.ts";
import { encodePath } from "./pull-state.ts";
import { subjectOf } from "./reactions.ts";
import type { Sandboxed } from "./routes.ts";

export type SeenReaction = {
  readonly login: string | null;
  readonly content: string;
  readonly createdAt: string;
};

export type Reading = ReturnType<typeof reading>;

/** `repository` is a name in the organization, or `owner/name`. Throws where there is no such thing. */
export function reading(sandboxed: Sandboxed) {
  const { upstream, world, people } = sandboxed;
  const repo = (name: string) => `/repos/${name.includes("/") ? name : `${world.organization}/${name}`}`;
  const one = async (path: string): Promise<JsonObject> => {
    const found = await upstream.read(path);
    if (found === null) throw new Error(`There is no ${path}`);
    return object(await sandboxed.dress(found));
  };
  const all = async (path: string) => list(await sandboxed.dress(await upstream.readAll(path)));
  return {
    issue: (repository: string, number: number) => one(`${repo(repository)}/issues/${number}`),
    issues: (repository: string) => all(`${repo(repository)}/issues?state=all&direction=asc`),
    comments: (repository: string, number: number) => all(`${repo(repository)}/issues/${number}/comments`),
    labels: async (repository: string, number: number): Promise<string[]> =>
      (await all(`${repo(repository)}/issues/${number}/labels`)).map((label) => text(label.name)),
    pulls: (repository: string) => all(`${repo(repository)}/pulls?state=all&direction=asc`),
    pull: (repository: string, number: number) => one(`${repo(repository)}/pulls/${number}`),
    /** Who reacted how to a comment, in the order in which they did. */
    reactions: (repository: string, comment: number): readonly SeenReaction[] =>
      sandboxed.reactions.of(subjectOf(`${repo(repository)}/issues/comments/${comment}`)).map((reaction) => {
        const account = people.byId(reaction.account);
        const login = account === undefined || account.deleted ? null : account.login;
        return { login, content: reaction.content, createdAt: reaction.createdAt };
      }),
    /** A file's text at a branch or commit; null: it is not there. */
    file: async (repository: string, path: string, ref = "main"): Promise<string | null> => {
      const at = `${repo(repository)}/contents/${encodePath(path)}?ref=${encodeURIComponent(ref)}`;
      const found = await upstream.read(at);
      return found === null ? null : Buffer.from(text(found.content), "base64").toString("utf8");
    },
    /** The paths of all files at a branch or commit; none if there is no such branch. */
    files: async (repository: string, ref = "main"): Promise<string[]> => {
      const at = `${repo(repository)}/git/trees/${encodeURIComponent(ref)}?recursive=1`;
      const tree = await upstream.read(at);
      const entries = tree === null ? [] : list(tree.tree);
      return entries.filter(({ type }) => type === "blob").map(({ path }) => text(path));
    },
    commits: (repository: string, ref = "main") =>
      all(`${repo(repository)}/commits?sha=${encodeURIComponent(ref)}`),
    checkRuns: async (repository: string, ref: string): Promise<JsonObject[]> =>
      list((await one(`${repo(repository)}/commits/${encodeURIComponent(ref)}/check-runs`)).check_runs),
  };
}
