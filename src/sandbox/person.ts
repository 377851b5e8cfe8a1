/** A person at the keyboard: what people do on GitHub, done over HTTP with their own token. */
import type { ReactionContent } from "../charter/charter.ts";
import { isObject, type JsonObject, list, number, object, text } from "./json.ts";
import { encodePath } from "./pull-state.ts";

export type Person = ReturnType<typeof actAs>;

/** A request that GitHub refused. */
export class RefusedRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "RefusedRequest";
    this.status = status;
  }
}

/** What one reacts to. */
type Subject = { readonly issue: number } | { readonly comment: number };

export type Ask = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Asks the front with somebody's token; null: nobody's. Throws `RefusedRequest` on 4xx and 5xx. */
export function asking(url: string, token: string | null): Ask {
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: token === null ? {} : { authorization: `token ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const words = await response.text();
    const value: unknown = words === "" ? null : JSON.parse(words);
    if (response.status < 400) return value;
    const message = isObject(value) ? String(value.message) : words;
    const errors = isObject(value) && Array.isArray(value.errors) ? ` ${JSON.stringify(value.errors)}` : "";
    throw new RefusedRequest(response.status, `${method} ${path}: ${response.status} ${message}${errors}`);
  };
}

/** `repository` is a name in the organization, or `owner/name`. */
export function actAs(ask: Ask, organization: string) {
  const repo = (name: string) => `/repos/${name.includes("/") ? name : `${organization}/${name}`}`;
  return {
    ask,
    ...onIssues(ask, repo),
    ...onReactions(ask, repo),
    ...onPulls(ask, repo),
    ...onFiles(ask, repo),
  };
}

type Repo = (name: string) => string;

function onIssues(ask: Ask, repo: Repo) {
  const issue = (repository: string, at: number) => `${repo(repository)}/issues/${at}`;
  const edit = async (repository: string, at: number, change: JsonObject) =>
    object(await ask("PATCH", issue(repository, at), change));
  return {
    /** Opens an issue as the web's issue form does: with its labels, whoever fills it in. Answers its number. */
    openIssue: async (
      repository: string,
      given: { readonly title: string; readonly body: string; readonly labels?: readonly string[] },
    ): Promise<number> => {
      const form = given.labels === undefined ? {} : { template: "proposal.yml" };
      return number(object(await ask("POST", `${repo(repository)}/issues`, { ...given, ...form })).number);
    },
    editIssue: edit,
    closeIssue: (repository: string, at: number, reason: "completed" | "not_planned" = "completed") =>
      edit(repository, at, { state: "closed", state_reason: reason }),
    reopenIssue: (repository: string, at: number) => edit(repository, at, { state: "open" }),
    label: async (repository: string, at: number, ...labels: string[]): Promise<void> => {
      await ask("POST", `${issue(repository, at)}/labels`, { labels });
    },
    unlabel: async (repository: string, at: number, label: string): Promise<void> => {
      await ask("DELETE", `${issue(repository, at)}/labels/${encodeURIComponent(label)}`);
    },
    /** Answers the comment's id. */
    comment: async (repository: string, at: number, body: string): Promise<number> =>
      number(object(await ask("POST", `${issue(repository, at)}/comments`, { body })).id),
    editComment: async (repository: string, id: number, body: string): Promise<void> => {
      await ask("PATCH", `${repo(repository)}/issues/comments/${id}`, { body });
    },
    deleteComment: async (repository: string, id: number): Promise<void> => {
      await ask("DELETE", `${repo(repository)}/issues/comments/${id}`);
    },
  };
}

function onReactions(ask: Ask, repo: Repo) {
  const reactions = (repository: string, on: Subject) =>
    `${repo(repository)}/issues/${"issue" in on ? on.issue : `comments/${on.comment}`}/reactions`;
  return {
    /** Answers the reaction's id. */
    react: async (repository: string, on: Subject, content: ReactionContent): Promise<number> =>
      number(object(await ask("POST", reactions(repository, on), { content })).id),
    /** Takes a reaction of one's own away again. */
    unreact: async (repository: string, on: Subject, content: ReactionContent): Promise<void> => {
      const path = reactions(repository, on);
      const again = object(await ask("POST", path, { content }));
      await ask("DELETE", `${path}/${number(again.id)}`);
    },
  };
}

function onPulls(ask: Ask, repo: Repo) {
  const pull = (repository: string, at: number) => `${repo(repository)}/pulls/${at}`;
  return {
    openPull: async (
      repository: string,
      given: { readonly title: string; readonly head: string; readonly base: string; readonly body?: string },
    ): Promise<number> => number(object(await ask("POST", `${repo(repository)}/pulls`, given)).number),
    /** Answers the commit that the merge made. */
    mergePull: async (
      repository: string,
      at: number,
      method: "merge" | "squash" | "rebase" = "merge",
    ): Promise<string> =>
      text(object(await ask("PUT", `${pull(repository, at)}/merge`, { merge_method: method })).sha),
    closePull: async (repository: string, at: number): Promise<void> => {
      await ask("PATCH", pull(repository, at), { state: "closed" });
    },
    reopenPull: async (repository: string, at: number): Promise<void> => {
      await ask("PATCH", pull(repository, at), { state: "open" });
    },
  };
}

function onFiles(ask: Ask, repo: Repo) {
  const contents = (repository: string, path: string) => `${repo(repository)}/contents/${encodePath(path)}`;
  const shaOf = async (repository: string, path: string, branch: string | undefined) => {
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
    const ref = branch === undefined ? "" : `?ref=${encodeURIComponent(branch)}`;
    const listing = await ask("GET", `${contents(repository, folder)}${ref}`).catch((error: unknown) => {
      if (error instanceof RefusedRequest && error.status === 404) return [];
      throw error;
    });
    return list(listing).find((file) => file.path === path)?.sha;
  };
  return {
    /** Creates or replaces a file and answers the commit. */
    putFile: async (
      repository: string,
      path: string,
      content: string,
      on: { readonly branch?: string; readonly message?: string } = {},
    ): Promise<string> => {
      const sha = await shaOf(repository, path, on.branch);
      const written = await ask("PUT", contents(repository, path), {
        message: on.message ?? `Change ${path}`,
        content: Buffer.from(content, "utf8").toString("base64"),
        ...(on.branch === undefined ? {} : { branch: on.branch }),
        ...(sha === undefined ? {} : { sha }),
      });
      return text(object(object(written).commit).sha);
    },
    deleteFile: async (
      repository: string,
      path: string,
      on: { readonly branch?: string } = {},
    ): Promise<void> => {
      const sha = await shaOf(repository, path, on.branch);
      await ask("DELETE", contents(repository, path), { message: `Delete ${path}`, sha, ...on });
    },
    /** Starts a branch at another one's tip (`main`). */
    createBranch: async (repository: string, branch: string, from = "main"): Promise<void> => {
      const ref = object(await ask("GET", `${repo(repository)}/git/ref/heads/${encodePath(from)}`));
      const { sha } = object(ref.object);
      await ask("POST", `${repo(repository)}/git/refs`, { ref: `refs/heads/${branch}`, sha });
    },
    deleteBranch: async (repository: string, branch: string): Promise<void> => {
      await ask("DELETE", `${repo(repository)}/git/refs/heads/${encodePath(branch)}`);
    },
  };
}
