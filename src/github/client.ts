/** GitHub as the App itself and as each of its installations: with a token for what a call needs, and no more. */
import { setMaxListeners } from "node:events";
import { z } from "zod";
import type { Repository } from "../proposal/facts.ts";
import type { Log } from "../reconcile/log.ts";
import { type Clock, GitHubFailure, type StorePort } from "../reconcile/ports.ts";
import { UNWATCHED, type Watch } from "../reconcile/watch.ts";
import { createAnswerCache } from "./answer-cache.ts";
import { answered } from "./failure.ts";
import { createGate, type Gate } from "./gate.ts";
import { createInstallations, type Installations, type Place } from "./installations.ts";
import type { Api, Authenticate } from "./octokit.ts";
import { type BudgetLeft, createPace, type Pace } from "./pace.ts";
import { grantedOf, neededFor } from "./rights.ts";
import { shareBudget } from "./shared-budget.ts";

export type ClientOptions = {
  readonly appId: number;
  readonly authenticate: Authenticate;
  readonly clock: Clock;
  readonly log: Log;
  /** Keeps to GitHub's documented limits too, not only to what GitHub says. Not unless asked for. */
  readonly paced?: boolean;
  /** Where replicas count together what they write; not given: there is one. */
  readonly amend?: StorePort["amend"];
  readonly watch?: Watch;
  /** The App stops: nothing more is asked. */
  readonly stopped?: AbortSignal;
};

export type Client = {
  readonly appId: number;
  readonly clock: Clock;
  readonly log: Log;
  /** As the App itself, with its own key. */
  readonly app: Gate;
  /** As the installation that a repository belongs to, for that repository alone as far as its id is known. */
  of(repository: Repository): Promise<Gate>;
  /** As the same installation, for all of its repositories. */
  besides(repository: Repository): Promise<Gate>;
  ofOrganization(login: string): Promise<Gate>;
  ofInstallation(installation: number): Gate;
  readonly installations: Installations;
  /** The App's name in addresses; its account is `<slug>[bot]`. */
  slug(): Promise<string>;
  /** The account that the App writes with. */
  botId(gate: Gate): Promise<number>;
  /** What is left to ask, for `app` and each `installation <id>`. */
  budgets(): ReadonlyMap<string, BudgetLeft>;
};

/** What some hundred open ballots need to be asked about for nothing. */
const CACHE_BYTES = 6 * 1024 * 1024;
const withId = z.object({ id: z.number() });

export function createClient(options: ClientOptions): Client {
  const { appId, authenticate, clock, log } = options;
  const cache = createAnswerCache(CACHE_BYTES);
  const gates = new Map<string, Gate>();
  const watch = options.watch ?? UNWATCHED;
  const stopped = options.stopped ?? new AbortController().signal;
  // Each request listens to it.
  setMaxListeners(0, stopped);
  const paces = new Map<string, Pace>();
  const app = gateTo("app", () => authenticate(null));
  const installations = createInstallations(app);

  /** The limits are the installation's, whatever a token is for. */
  function paceOf(identity: string): Pace {
    const shared = options.amend === undefined ? null : shareBudget(options.amend, identity);
    const pace = paces.get(identity) ?? createPace({ clock, paced: options.paced ?? false, shared, stopped });
    paces.set(identity, pace);
    return pace;
  }

  function gateTo(identity: string, api: (route: string) => Promise<Api>): Gate {
    return createGate({ api, clock, cache, identity, pace: paceOf(identity), watch, stopped });
  }

  function at({ installation, repository }: Place): Gate {
    const key = `${installation} ${repository}`;
    const known = gates.get(key);
    if (known !== undefined) return known;
    const gate = gateTo(`installation ${installation}`, (route) => {
      const permissions = grantedOf(neededFor(route), installations.permissions(installation));
      return authenticate({ installation, repository, permissions });
    });
    const guarded = guard(gate, () => installations.forget(installation));
    gates.set(key, guarded);
    return guarded;
  }

  const slug = once(async () => (await app.get("GET /app", {}, z.object({ slug: z.string() }))).slug);
  let bot: Promise<number> | null = null;
  return {
    appId,
    clock,
    log,
    app,
    installations,
    of: async (repository) => at(await installations.ofRepository(repository)),
    besides: async (repository) =>
      at({ ...(await installations.ofRepository(repository)), repository: null }),
    ofOrganization: async (login) => at(await installations.ofOrganization(login)),
    ofInstallation: (installation) => at({ installation, repository: null }),
    slug,
    budgets: () => new Map([...paces].map(([identity, pace]) => [identity, pace.left()])),
    botId: (gate) => {
      bot ??= slug()
        .then((name) => gate.get("GET /users/{username}", { username: `${name}[bot]` }, withId))
        .then(({ id }) => id);
      bot.catch(() => {
        bot = null;
      });
      return bot;
    },
  };
}

/**
 * An installation that was taken away or suspended fails where its token is made. Its 404 must not be read as "there is no
 * such issue", and the next pass must ask anew which installation it is. A rate limit met there takes nothing away.
 */
function guard(gate: Gate, gone: () => void): Gate {
  const guarded = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      if (!(error instanceof GitHubFailure) || error.retryAt !== null || !failedForToken(error.cause))
        throw error;
      gone();
      const message = `The App's installation gives no access: ${error.message}`;
      throw new GitHubFailure(message, { status: null, retryAt: null, cause: error });
    }
  };
  return {
    get: (route, parameters, shape) => guarded(gate.get(route, parameters, shape)),
    list: (route, parameters, page) => guarded(gate.list(route, parameters, page)),
    page: (route, parameters, shape) => guarded(gate.page(route, parameters, shape)),
    bytes: (route, parameters, wanted) => guarded(gate.bytes(route, parameters, wanted)),
    send: (route, parameters, shape) => guarded(gate.send(route, parameters, shape)),
  };
}

function failedForToken(error: unknown): boolean {
  if (answered(error) === null || typeof error !== "object" || error === null || !("request" in error))
    return false;
  const { request } = error;
  if (typeof request !== "object" || request === null || !("url" in request)) return false;
  return String(request.url).endsWith("/access_tokens");
}

/** Makes a thing once; a failure is not kept. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    made.catch(() => {
      made = null;
    });
    return made;
  };
}
