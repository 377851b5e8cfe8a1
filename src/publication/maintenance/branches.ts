/** The branches of renewals and marks: by them a pull request is found again, whoever merged or closed it. */
import { revisionAfter } from "../draft/names.ts";
import { CannotUpdate } from "../file-update.ts";
import type { Expiring } from "./expiry.ts";

export type Upkeep = "renewal" | "mark";

/** `secretariat/renew-core-format-21`, `secretariat/expire-core-format-20`. Slug and revision are of the register's strict alphabet. */
export function branchOf(what: Upkeep, expiring: Pick<Expiring, "standard" | "revision">): string {
  const { slug } = expiring.standard;
  if (what === "mark") return `secretariat/expire-${slug}-${expiring.revision}`;
  return `secretariat/renew-${slug}-${revisionAfter([expiring.revision]) ?? "none"}`;
}

/** Throws `CannotUpdate` after the last one that an Internet-Draft can have. */
export function nextRevision({ draft, revision }: Pick<Expiring, "draft" | "revision">): string {
  const next = revisionAfter([revision]);
  if (next !== null) return next;
  throw new CannotUpdate(
    `The draft ${draft} has reached revision 99, and an Internet-Draft has no further one.`,
  );
}
