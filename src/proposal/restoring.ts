/** The command `/restore`: the one that is given while the docket cannot be trusted, and so is judged without it. */
import { sits } from "./authority.ts";
import type { Facts, Person } from "./facts.ts";
import type { Instant } from "./instant.ts";
import { petitionsIn } from "./petitions.ts";
import { type Need, needCharter } from "./step.ts";

export type RestoreOrder = { readonly by: Person; readonly comment: number; readonly at: Instant };

/** A chair's orders, the newest first. An edited comment orders nothing: GitHub does not say who edited it. */
export function restoreOrders(facts: Facts): Need<readonly RestoreOrder[]> {
  const asked = petitionsIn(facts.comments).filter(
    ({ command, isEdited }) => command.name === "restore" && !isEdited,
  );
  if (asked.length === 0) return { got: [] };
  const charter = needCharter(facts);
  if (!("got" in charter)) return charter;
  const orders: RestoreOrder[] = [];
  for (const { by, comment, at } of asked) {
    const chair = sits(by, "chairs", charter.got.charter, facts);
    if (!("got" in chair)) return chair;
    if (chair.got) orders.unshift({ by, comment, at });
  }
  return { got: orders };
}
