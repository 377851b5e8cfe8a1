/** The IETF's datatracker in memory, behind the App's port: it takes drafts, and does with them what a test says. */

import type { DatatrackerState } from "../../src/proposal/facts.ts";
import { known, unknown } from "../../src/proposal/facts.ts";
import type { Clock, DatatrackerPort, DraftSubmission } from "../../src/reconcile/ports.ts";

type Taken = DraftSubmission & { readonly id: string; state: DatatrackerState };

/**
 * What goes wrong with the next draft that is sent. `crash`: the App dies, before the draft has arrived or after it.
 * `lost`: there is no answer, although it has arrived or because it has not.
 */
type Mishap =
  | { readonly how: "crash" | "lost"; readonly arrives: boolean }
  | { readonly how: "refused"; readonly error: string; readonly messages: readonly string[] };

export type ModelDatatracker = ReturnType<typeof createModelDatatracker>;

export function createModelDatatracker(clock: Clock) {
  const world = {
    taken: [] as Taken[],
    /** When a draft was sent. */
    posts: [] as string[],
    asked: 0,
    mishaps: [] as Mishap[],
    isDown: false,
  };

  function take(draft: DraftSubmission): Taken {
    const taken: Taken = { ...draft, id: String(world.taken.length + 1), state: "validating" };
    world.taken.push(taken);
    return taken;
  }

  const port: DatatrackerPort = {
    async submit(draft) {
      world.posts.push(clock.now());
      const mishap = world.mishaps.shift();
      if (mishap?.how === "refused") {
        const { error, messages } = mishap;
        return { outcome: "refused", error, messages };
      }
      if (world.isDown) return { outcome: "unknown", because: "It is down." };
      const isAlive = world.taken.some(({ name, state }) => name === draft.name && state !== "cancel");
      if (isAlive && mishap === undefined)
        return { outcome: "known already", error: "Validation Error", messages: ["same name and revision"] };
      const taken = mishap === undefined || mishap.arrives ? take(draft) : null;
      if (mishap?.how === "crash") throw new Error("The App was killed.");
      if (mishap?.how === "lost" || taken === null) return { outcome: "unknown", because: "No answer." };
      const [, name = "", rev = ""] = /^(.*)-([0-9]{2})$/.exec(draft.name) ?? [];
      return { outcome: "submitted", id: taken.id, name, rev, statusUrl: statusOf(taken) };
    },
    async find(name) {
      world.asked++;
      if (world.isDown) return unknown("The datatracker could not be asked.");
      const found = world.taken.findLast((each) => each.name === name && each.state !== "cancel");
      return known(found ? { id: found.id, statusUrl: statusOf(found) } : null);
    },
    async state({ id }) {
      world.asked++;
      if (world.isDown) return unknown("The datatracker could not be asked.");
      const found = world.taken.find((each) => each.id === id);
      return found ? known(found.state) : unknown("There is no such submission.");
    },
  };

  return {
    ...port,
    world,
    /** What becomes of the newest submission. */
    becomes(state: DatatrackerState) {
      const newest = world.taken.at(-1);
      if (newest === undefined) throw new Error("Nothing was submitted");
      newest.state = state;
    },
  };
}

function statusOf({ id }: Taken): string {
  return `https://datatracker.example/api/submission/${id}/status`;
}
