/** From the emulator's events to the App's webhooks. */
import { type Edits, githubEvents } from "./events.ts";
import { isObject, object, text } from "./json.ts";
import type { Sandboxed } from "./routes.ts";

export type Relay = {
  take(event: string, body: string): void;
  start(sandboxed: Sandboxed, edits: Edits): void;
  settled(sandboxed: Sandboxed): Promise<void>;
};

/** Keeps the order of events. What happens before it is started, while seeding, is nobody's news. */
export function createRelay(): Relay {
  let forward: ((event: string, body: string) => Promise<void>) | null = null;
  let line = Promise.resolve();
  let taken = 0;
  return {
    take: (event, body) => {
      const sender = forward;
      if (sender === null) return;
      taken += 1;
      line = line.then(() => sender(event, body));
    },
    start: (sandboxed, edits) => {
      const { installations, upstream, deliveries } = sandboxed;
      forward = async (event, body) => {
        const payload = object(JSON.parse(body));
        const { id: installation, state } = installations.now();
        const from = isObject(payload.repository) ? text(payload.repository.full_name) : "";
        // GitHub tells an App only of what it is installed on.
        if (state !== "active" || !installations.has(from)) return;
        for (const news of await githubEvents({ event, payload }, { installation, upstream, edits })) {
          deliveries.send(news.event, object(sandboxed.outward(await sandboxed.dress(news.payload))));
        }
      };
    },
    settled: async ({ upstream, deliveries }) => {
      for (let before = -1; before !== taken; ) {
        before = taken;
        await upstream.caughtUp();
        await line;
        await deliveries.idle();
      }
    },
  };
}
