/** Which drafts expire when: worked out from the register, the charter's terms and the time. */
import {
  after,
  before,
  earliest,
  hasPassed,
  type Instant,
  type Seconds,
  seconds,
} from "../../proposal/instant.ts";
import { DRAFT_LASTS, type Register, type Standard } from "../register/model.ts";

/** A standard whose current draft expires, or has expired. */
export type Expiring = {
  readonly standard: Standard;
  /** Without its revision. */
  readonly draft: string;
  readonly revision: string;
  readonly expires: Instant;
  readonly hasExpired: boolean;
};

export type Maintenance = {
  /** Published, and to be renewed now: expiring within the charter's span, or expired. The first to expire comes first. */
  readonly due: readonly Expiring[];
  /** Marked as expired in the register. */
  readonly marked: readonly Expiring[];
  /** When this changes by itself; null: never. */
  readonly nextAt: Instant | null;
};

export function maintenanceOf(
  register: Register,
  now: Instant,
  terms: { readonly before: Seconds },
): Maintenance {
  const all = register.standards.flatMap((standard) => expiringOf(standard, now) ?? []).sort(firstToExpire);
  const published = all.filter(({ standard }) => standard.status === "published");
  const turns = published.flatMap(({ expires }) => [noticeAt(expires, terms), after(expires, seconds(1))]);
  return {
    due: published.filter(({ expires }) => noticeAt(expires, terms) <= now),
    marked: all.filter(({ standard }) => standard.status === "expired"),
    nextAt: earliest(turns.filter((turn) => turn > now)),
  };
}

/** When people are told of a draft that expires. */
export function noticeAt(expires: Instant, terms: { readonly before: Seconds }): Instant {
  return before(expires, terms.before);
}

function expiringOf(standard: Standard, now: Instant): Expiring | null {
  const { draft, revision } = standard;
  const expires = expiryOf(standard);
  if (draft === null || revision === null || expires === null) return null;
  return { standard, draft, revision, expires, hasExpired: hasPassed(expires, now) };
}

/** The register's own word goes before what follows from when the draft was published. */
export function expiryOf({ dates }: Standard): Instant | null {
  return dates.expires ?? (dates.published === null ? null : after(dates.published, DRAFT_LASTS));
}

function firstToExpire(one: Expiring, other: Expiring): number {
  if (one.expires !== other.expires) return one.expires < other.expires ? -1 : 1;
  return one.standard.slug < other.standard.slug ? -1 : 1;
}
