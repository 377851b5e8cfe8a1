/** The Octokits that stand behind the client: Probot's own, or one made from the App's key for the command line. */
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { ProbotOctokit } from "probot";

/** What the client needs of an Octokit. */
export type Api = Pick<Octokit, "request">;

/** The Octokit of an installation; null: of the App itself. */
export type Authenticate = (installation: number | null) => Promise<Api>;

/** Spaces writes 1 s and comments 3 s apart, as GitHub asks; a sandbox needs no such courtesy. */
export type ThrottleOptions = { readonly enabled: boolean };

/**
 * The class to hand to `new Probot({ Octokit })`. Probot merges its own `throttle` over a plain object of defaults,
 * so these are put in by a function, which has the last word. Nothing is repeated inside a call: a POST that
 * answered 502 may have succeeded, and a pass must not wait an hour for a rate limit; the loop asks again.
 */
export function probotOctokit(throttle: ThrottleOptions): typeof ProbotOctokit {
  return ProbotOctokit.defaults((given: Readonly<Record<string, unknown>>) => ({
    ...given,
    retry: { enabled: false },
    throttle: {
      ...(typeof given.throttle === "object" ? given.throttle : {}),
      enabled: throttle.enabled,
      onRateLimit: never,
      onSecondaryRateLimit: never,
    },
  }));
}

export type AppCredentials = {
  readonly appId: number;
  readonly privateKey: string;
  /** The REST API's address, for example `https://api.github.com`. */
  readonly baseUrl: string;
};

/** Octokits from the App's key alone, without Probot. */
export function appOctokits({ appId, privateKey, baseUrl }: AppCredentials): Authenticate {
  const userAgent = "secretariat";
  return async (installation) =>
    new Octokit({
      authStrategy: createAppAuth,
      auth: { appId, privateKey, ...(installation === null ? {} : { installationId: installation }) },
      baseUrl,
      userAgent,
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
}

function never(): boolean {
  return false;
}

/** A failed call is thrown and reported by whoever asked; Octokit need not also print it. */
function silent(): void {}
