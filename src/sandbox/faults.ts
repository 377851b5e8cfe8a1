/** The sandbox told to misbehave: what goes wrong, for which requests, how often. */

export type Fault =
  /** 500, 502 or 503: before anything was done, or after everything was done. */
  | { readonly kind: "server error"; readonly status?: 500 | 502 | 503; readonly when?: "before" | "after" }
  /** 403 with `x-ratelimit-remaining: 0`; the limit lifts after so many seconds of sandbox time (3,600). */
  | { readonly kind: "rate limit"; readonly resetIn?: number }
  /** 403 or 429 with `retry-after` in seconds (60). */
  | { readonly kind: "secondary rate limit"; readonly status?: 403 | 429; readonly retryAfter?: number }
  | { readonly kind: "bad credentials" }
  /** 403 `Resource not accessible by integration`. */
  | { readonly kind: "forbidden" }
  | { readonly kind: "not found" }
  /** Any other refusal of GitHub's. */
  | { readonly kind: "refusal"; readonly status: number; readonly message: string }
  /** The answer comes late, in real milliseconds. */
  | { readonly kind: "slow"; readonly milliseconds: number }
  /** The connection is cut: before anything was done, or after everything was done. */
  | { readonly kind: "cut"; readonly when?: "before" | "after" }
  /** A read answers what it answered before the last write. What was never read before is answered truly. */
  | { readonly kind: "stale" }
  /** Pages have at most so many items, whatever was asked for. */
  | { readonly kind: "page size"; readonly size: number }
  /** 200 for an update that was not made: reported of GitHub for bodies that are too long. */
  | { readonly kind: "unheeded" }
  /** Runs something before the work is done, or after it and before the answer: for killing the App right there. */
  | { readonly kind: "run"; readonly when: "before" | "after"; readonly run: () => void | Promise<void> };

type RequestMatch = {
  readonly method?: string;
  /** Matched against path and query. */
  readonly path?: RegExp;
  /** Matched against the JSON that was sent. */
  readonly body?: RegExp;
  /** Whose requests are hit; the App's alone unless it says `anyone`. */
  readonly by?: "app" | "anyone";
};

type FaultPlan = {
  readonly fault: Fault;
  readonly match?: RequestMatch;
  /** How often it happens (once); `Infinity` until it is cancelled. */
  readonly times?: number;
  /** How many matching requests go well first. */
  readonly after?: number;
  /** The probability with which a matching request is hit; drawn from a seeded, repeatable series. */
  readonly chance?: number;
};

type PlannedFault = {
  /** How often it has happened. */
  readonly happened: number;
  cancel(): void;
};

export type Faults = {
  next(plan: FaultPlan): PlannedFault;
  /** Ends all planned faults. */
  clear(): void;
  /** Starts the series that chances are drawn from anew. */
  seed(seed: number): void;
  /** How often each kind of fault has happened. */
  readonly happened: Readonly<Record<string, number>>;
};

type FaultRequest = {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly byApp: boolean;
};

export type FaultBook = Faults & { forRequest(request: FaultRequest): readonly Fault[] };

export function createFaults(): FaultBook {
  const plans = new Map<FaultPlan, { left: number; skip: number; happened: number }>();
  const happened: Record<string, number> = {};
  let draw = series(1);
  return {
    next: (plan) => {
      const state = { left: plan.times ?? 1, skip: plan.after ?? 0, happened: 0 };
      const own = { ...plan };
      plans.set(own, state);
      return {
        get happened() {
          return state.happened;
        },
        cancel: () => plans.delete(own),
      };
    },
    clear: () => plans.clear(),
    seed: (seed) => {
      draw = series(seed);
    },
    happened,
    forRequest: (request) => {
      const hits = [...plans].filter(([plan, state]) => {
        if (state.left <= 0 || !matches(plan.match ?? {}, request)) return false;
        if (plan.chance !== undefined && draw() >= plan.chance) return false;
        return state.skip-- <= 0;
      });
      return hits.map(([plan, state]) => {
        state.left -= 1;
        state.happened += 1;
        happened[plan.fault.kind] = (happened[plan.fault.kind] ?? 0) + 1;
        return plan.fault;
      });
    },
  };
}

function matches(match: RequestMatch, request: FaultRequest): boolean {
  return (
    (request.byApp || match.by === "anyone") &&
    (match.method === undefined || match.method === request.method) &&
    (match.path === undefined || match.path.test(request.path)) &&
    (match.body === undefined || match.body.test(request.body))
  );
}

/** Numbers from 0 to 1 as if by chance (Mulberry32): small, fast, and the same on every machine. */
export function series(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
