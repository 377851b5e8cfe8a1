/** Asks the load generator. */
import { z } from "zod";
import type { Load } from "./children/load.ts";
import { commentPayload, signatureOf } from "./payload.ts";
import type { Helper } from "./processes.ts";

const outcome = z.object({
  seconds: z.number(),
  /** How often each status was answered. */
  statuses: z.record(z.string(), z.number()),
  /** In milliseconds, from the moment that each was to be sent. */
  latencies: z.array(z.number()),
});
export type Outcome = z.infer<typeof outcome>;

/** GitHub delivers over many connections at once. */
const CONNECTIONS = 64;

/** One body for each of so many proposals, from number 1. */
export function bodiesFor(repository: string, proposals: number, secret: string): Load["bodies"] {
  return Array.from({ length: proposals }, (_, index) => {
    const body = commentPayload(repository, index + 1);
    return { body, signature: signatureOf(body, secret) };
  });
}

/** Throws where one delivery was not answered with 200: what is refused is quicker than what is stored. */
export async function runLoad(helper: Helper, load: Omit<Load, "connections">): Promise<Outcome> {
  const result = await helper.ask({ ...load, connections: CONNECTIONS }, outcome);
  const { 200: taken = 0, ...others } = result.statuses;
  if (taken !== result.latencies.length || taken === 0)
    throw new Error(`Deliveries were answered with ${JSON.stringify({ ...others, 200: taken })}`);
  return result;
}
