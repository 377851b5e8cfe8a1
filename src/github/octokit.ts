/** The Octokits that stand behind the client: Probot's own, or one made from the App's key for the command line. */
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { ProbotOctokit } from "probot";

/** What the client needs of an Octokit. */
export type Api = Pick<Octokit, "request">;

/** The Octokit of an installation; null: of the App itself. */
export type Authenticate = (installation: number | null) => Promise<Api>;

type Level = "debug" | "info" | "warn" | "error";
type Speaker = Readonly<Record<Level, (words: string) => void>>;
type Given = Readonly<Record<string, unknown>> & { readonly log?: Speaker };

/**
 * The class to hand to `new Probot({ Octokit })`. Probot merges its own `throttle` over a plain object of defaults,
 * so these are put in by a function, which has the last word. Nothing is repeated inside a call: a POST that
 * answered 502 may have succeeded. And nothing is held up inside one: `pace.ts` keeps to GitHub's limits.
 */
export function probotOctokit(): typeof ProbotOctokit {
  return ProbotOctokit.defaults((given: Given) => ({
    ...given,
    ...(given.log === undefined ? {} : { log: wordsOnly(given.log) }),
    retry: { enabled: false },
    throttle: { enabled: false },
  }));
}

/** Where details are wanted, Probot logs each request with its body, which holds people's texts: its sentence is enough. */
function wordsOnly(log: Speaker) {
  const say =
    (level: Level) =>
    (...told: readonly unknown[]) =>
      log[level](String(told.at(-1)));
  return { debug: say("debug"), info: say("info"), warn: say("warn"), error: say("error") };
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

/** A failed call is thrown and reported by whoever asked; Octokit need not also print it. */
function silent(): void {}
