/** A press small enough to see through: the text as a draft with one line before it, and one line on the website's page. */

import { publicationFiles } from "../../src/publication/files.ts";
import { NO_NOTES } from "../../src/publication/press-notes.ts";
import type { PressPort, PublicationOrder } from "../../src/reconcile/ports.ts";
import { CHARTER } from "./committee.ts";

export const WEBSITE = { owner: "MISP", name: "misp-standard.org" };

/** What a committee says that keeps a website in a repository, its own if none is named. */
export function charterWith(website: string, more = ""): string {
  return `${CHARTER}
publication:
  register: register.json
  website:
    repository: MISP/${website}
${more}`;
}

export const WITH_WEBSITE = charterWith(WEBSITE.name);

export const DRAFT_HEAD = "A title block.\n";

/** Made of what stands on the page now: another page, another result. */
export function smallPress(orders: PublicationOrder[] = []): PressPort {
  return {
    async make(order) {
      orders.push(order);
      const { plans, text, terms } = order;
      const made = [];
      for (const plan of plans) {
        const source = text !== null && terms.draft !== null ? DRAFT_HEAD + text : text;
        const page = terms.website?.page ?? "";
        const shown = plan.carries.includes("website")
          ? [
              {
                path: page,
                content: `${(await order.read(plan.repository, page)) ?? ""}- ${plan.slug}\n`,
              },
            ]
          : [];
        made.push({
          plan,
          files: [...publicationFiles(plan, order.issue, order.state, source), ...shown],
          notes: NO_NOTES,
        });
      }
      return made;
    },
  };
}
