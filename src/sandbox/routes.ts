/** Where the front differs from the emulator: routes, each of which may answer itself or ask the next one. */
import type { Answer, Asked } from "./answers.ts";
import type { Callers } from "./callers.ts";
import type { SandboxClock } from "./clock.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Installations } from "./installation.ts";
import type { People } from "./people.ts";
import type { Places } from "./places.ts";
import type { PullRequests } from "./pull-state.ts";
import type { Reactions } from "./reactions.ts";
import type { AppIdentity, World } from "./seed.ts";
import type { Upstream } from "./upstream.ts";

/** Everything a route may need. */
export type Sandboxed = {
  readonly url: string;
  readonly world: World;
  readonly app: AppIdentity;
  readonly clock: SandboxClock;
  readonly upstream: Upstream;
  readonly people: People;
  readonly callers: Callers;
  readonly reactions: Reactions;
  readonly pulls: PullRequests;
  readonly deliveries: Deliveries;
  readonly places: Places;
  readonly installations: Installations;
  /** JSON as GitHub shows it. */
  readonly dress: (value: unknown) => Promise<unknown>;
  /** The same under the names that repositories and the installation have now: the last step before it goes out. */
  readonly outward: (value: unknown) => unknown;
};

export type Next = (changed?: Partial<Asked>) => Promise<Answer>;

export type Handler = (asked: Asked, parts: readonly string[], next: Next) => Promise<Answer>;

export type Route = {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: Handler;
};

/** `:repo` stands for owner and name, `:word` for one segment, `*` for the rest. Parts arrive decoded, in order. */
export function route(method: string, pattern: string, handle: Handler): Route {
  const source = pattern
    .replace(/[.]/g, "\\.")
    .replace(":repo", "([^/]+/[^/]+)")
    .replace(/:[a-z]+/g, "([^/]+)")
    .replace("*", "(.+)");
  return { method, path: new RegExp(`^${source}$`), handle };
}

/** Asks the first route that fits; the last resort is the emulator itself. */
export function ask(
  routes: readonly Route[],
  asked: Asked,
  lastResort: (asked: Asked) => Promise<Answer>,
): Promise<Answer> {
  const at = routes.findIndex(({ method, path }) => method === asked.method && path.test(asked.path));
  const found = routes[at];
  if (found === undefined) return lastResort(asked);
  const parts = (found.path.exec(asked.path) ?? []).slice(1).map(decoded);
  const rest = routes.slice(at + 1);
  return found.handle(asked, parts, (changed = {}) => ask(rest, { ...asked, ...changed }, lastResort));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
