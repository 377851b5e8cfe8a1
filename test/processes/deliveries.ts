/** Deliveries of the tests' own, about proposals that need not be there, and whether the App looked at them. */
import { randomUUID } from "node:crypto";
import { webhookHeaders } from "../../src/sandbox/delivery.ts";
import { HOME } from "../support/story.ts";
import type { World } from "./world.ts";

/** A signed delivery that names a proposal. Answers with the status of the answer; 502: nobody was there. */
export async function deliver(
  { sandbox, forwarder }: Pick<World, "sandbox" | "forwarder">,
  number: number,
  guid: string = randomUUID(),
): Promise<number> {
  const body = JSON.stringify({
    action: "edited",
    repository: { name: HOME, owner: { login: "MISP" } },
    issue: { number },
  });
  const headers = webhookHeaders({ guid, event: "issues" }, body, sandbox.app);
  const answer = await fetch(forwarder.url, { method: "POST", headers, body });
  await answer.arrayBuffer();
  return answer.status;
}

/** The issues that the App has read since requests were counted anew. */
export function lookedAt({ sandbox }: Pick<World, "sandbox">): ReadonlySet<number> {
  const looks = sandbox.requests.log.flatMap(({ method, path, by }) => {
    const [, number] = /\/repos\/MISP\/misp-rfc\/issues\/(\d+)$/i.exec(path) ?? [];
    return method === "GET" && by === "installation" && number !== undefined ? [Number(number)] : [];
  });
  return new Set(looks);
}
