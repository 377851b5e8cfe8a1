/** The Octokits that stand behind the client, made from the App's key. Their tokens open what one call needs, and no more. */
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { Permissions } from "./rights.ts";

/** What the client needs of an Octokit. */
export type Api = Pick<Octokit, "request">;

/** What a token is to open. */
type Access = {
  readonly installation: number;
  /** The one repository that it is for, by GitHub's id; null: all that the App is installed on. */
  readonly repository: number | null;
  readonly permissions: Permissions;
};

/** The Octokit for something; null: of the App itself. */
export type Authenticate = (access: Access | null) => Promise<Api>;

export type AppCredentials = {
  readonly appId: number;
  readonly privateKey: string;
  /** The REST API's address, for example `https://api.github.com`. */
  readonly baseUrl: string;
};

/**
 * Octokits that repeat nothing inside a call: a POST that answered 502 may have succeeded. A token is kept until shortly
 * before it ends, or until GitHub does not take it any more.
 */
export function appOctokits({ appId, privateKey, baseUrl }: AppCredentials): Authenticate {
  const settings = {
    baseUrl,
    userAgent: "secretariat",
    // A failed call is thrown and reported by whoever asked.
    log: { debug: silent, info: silent, warn: silent, error: silent },
  };
  const asApp = new Octokit({ ...settings, authStrategy: createAppAuth, auth: { appId, privateKey } });
  const bare = new Octokit(settings);
  const refused = new Set<unknown>();
  bare.hook.error("request", (error, { headers }) => {
    if ("status" in error && error.status === 401) refused.add(headers.authorization);
    throw error;
  });

  async function authorizationFor(access: Access, refresh: boolean): Promise<string> {
    const { installation: installationId, repository, permissions } = access;
    const repositories = repository === null ? {} : { repositoryIds: [repository] };
    const given = { type: "installation", installationId, ...repositories, permissions, refresh } as const;
    return `token ${withToken.parse(await asApp.auth(given)).token}`;
  }

  return async (access) => {
    if (access === null) return asApp;
    const kept = await authorizationFor(access, false);
    const isRefused = refused.has(kept);
    if (isRefused) refused.clear();
    const authorization = isRefused ? await authorizationFor(access, true) : kept;
    return { request: bare.request.defaults({ headers: { authorization } }) };
  };
}

const withToken = z.object({ token: z.string() });

function silent(): void {}
