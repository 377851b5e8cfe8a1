/** Plays the planned faults on one request. */
import { type Answer, type Asked, NOT_ACCESSIBLE, NOT_FOUND, refusal } from "./answers.ts";
import type { SandboxClock } from "./clock.ts";
import type { Fault } from "./faults.ts";
import { isRead } from "./requests.ts";

/** The connection is cut instead of an answer. */
export const CUT = "cut";

export type Misbehaviour = {
  readonly clock: SandboxClock;
  /** The answer that this request got before the last write; undefined: none is remembered. */
  readonly stale: () => Answer | undefined;
  /** What a read of the same address says now. */
  readonly unchanged: () => Promise<Answer>;
};

const HOUR = 3_600;
const MINUTE = 60;

/** What happens instead of the work; null: the work is done. */
export async function insteadOfWork(
  faults: readonly Fault[],
  asked: Asked,
  world: Misbehaviour,
): Promise<Answer | typeof CUT | null> {
  for (const fault of faults) {
    const outcome = await before(fault, asked, world);
    if (outcome !== null) return outcome;
  }
  return null;
}

async function before(fault: Fault, asked: Asked, world: Misbehaviour): Promise<Answer | typeof CUT | null> {
  switch (fault.kind) {
    case "server error":
      return fault.when === "after" ? null : serverError(fault.status);
    case "rate limit":
      return rateLimited(world.clock, fault.resetIn ?? HOUR);
    case "secondary rate limit":
      return refusal(
        fault.status ?? 403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        { "retry-after": String(fault.retryAfter ?? MINUTE) },
      );
    case "bad credentials":
      return refusal(401, "Bad credentials");
    case "forbidden":
      return NOT_ACCESSIBLE;
    case "not found":
      return NOT_FOUND;
    case "refusal":
      return refusal(fault.status, fault.message);
    case "slow":
      await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
      return null;
    case "cut":
      return fault.when === "after" ? null : CUT;
    case "stale":
      return isRead(asked.method) ? (world.stale() ?? null) : null;
    case "unheeded":
      return isRead(asked.method) ? null : world.unchanged();
    case "run":
      if (fault.when === "before") await fault.run();
      return null;
    case "page size":
      return null;
  }
}

/** What happens to the answer once the work is done. */
export async function afterWork(faults: readonly Fault[], given: Answer): Promise<Answer | typeof CUT> {
  let outcome: Answer | typeof CUT = given;
  for (const fault of faults) {
    if (fault.kind === "run" && fault.when === "after") await fault.run();
    if (fault.kind === "server error" && fault.when === "after") outcome = serverError(fault.status);
    if (fault.kind === "cut" && fault.when === "after") outcome = CUT;
  }
  return outcome;
}

/** The query with pages no longer than the faults allow. */
export function withPageSize(query: URLSearchParams, faults: readonly Fault[]): URLSearchParams {
  const sizes = faults.flatMap((fault) => (fault.kind === "page size" ? [fault.size] : []));
  if (sizes.length === 0) return query;
  const capped = new URLSearchParams(query);
  capped.set("per_page", String(Math.min(...sizes, Number(query.get("per_page") ?? 30))));
  return capped;
}

function serverError(status: 500 | 502 | 503 = 502): Answer {
  return refusal(status, status === 503 ? "Service Unavailable" : "Server Error");
}

function rateLimited(clock: SandboxClock, resetIn: number): Answer {
  const reset = Math.floor(clock.milliseconds() / 1000) + resetIn;
  return refusal(403, "API rate limit exceeded for installation.", {
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-used": "5000",
    "x-ratelimit-reset": String(reset),
    "x-ratelimit-resource": "core",
  });
}
