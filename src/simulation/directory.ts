/** The model GitHub as the sweep and the charter watch see it. */
import { PROPOSAL_LABEL } from "../proposal/labels.ts";
import type { DirectoryPort } from "../reconcile/ports.ts";
import type { Line } from "./line.ts";
import { asOf } from "./timeline.ts";
import { REPOSITORY, refOf, type World } from "./world.ts";

export function createDirectory(world: World, line: Line): DirectoryPort {
  return {
    async repositories() {
      await line.read();
      return [REPOSITORY];
    },
    async proposals() {
      const at = await line.read();
      return [...world.threads.values()].flatMap((thread) => {
        const { issue, isGone } = asOf(thread.view, at);
        if (isGone || !issue.labels.includes(PROPOSAL_LABEL)) return [];
        return [{ ref: refOf(thread), updatedAt: issue.updatedAt }];
      });
    },
    async ownPullRequests() {
      await line.read();
      return [];
    },
    charter: async () => asOf(world.charter, await line.read()),
    async furnish() {
      await line.write("labels", false, () => undefined);
    },
    async reportCharter() {
      await line.write("report", false, () => {
        world.writes += 1;
      });
    },
  };
}
