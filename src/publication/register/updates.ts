/** What publication does to the register. Pure, and the same when it is done again for the same proposal. */
import type { Instant } from "../../proposal/instant.ts";
import { CannotUpdate } from "../file-update.ts";
import {
  type Editor,
  type Register,
  type RegisteredLink,
  type RegisteredProposal,
  type Standard,
  standardIn,
  unheardOf,
} from "./model.ts";

/** A revision as it is published. */
export type Revision = {
  readonly title: string;
  readonly abbreviation: string | null;
  /** `null`: what the register says already. */
  readonly summary: string | null;
  /** The draft's name without its revision; `null`: no draft was made. */
  readonly draft: string | null;
  readonly revision: string | null;
  /** Empty: those the register names already. */
  readonly editors: readonly Editor[];
  readonly keywords: readonly string[];
  /** Added to those the register knows. */
  readonly implementations: Standard["implementations"];
  /** They take the place of links of the same label. */
  readonly links: readonly RegisteredLink[];
  /** The proposal behind it; `null` for a renewal, which the committee does not vote on. */
  readonly proposal: RegisteredProposal | null;
  readonly published: Instant;
  readonly expires: Instant | null;
};

/**
 * A new standard; one that was in design or only implemented is published with what is known of it. Throws
 * `CannotUpdate` where another proposal published it before.
 */
export function publishNew(register: Register, slug: string, revision: Revision): Register {
  const before = standardIn(register, slug);
  if (before === null)
    return { ...register, standards: [...register.standards, revised(unheardOf(slug, slug), revision)] };
  const isOpen = before.status === "in design" || before.status === "implemented";
  if (!isOpen && !isBehind(before, revision.proposal))
    throw new CannotUpdate(`The register has a standard named ${slug} already, and it is ${before.status}.`);
  return withStandard(register, revised(before, revision));
}

/** The next revision of a standard. Throws `CannotUpdate` where there is none of that name, or it is retired. */
export function updateRevision(register: Register, slug: string, revision: Revision): Register {
  const before = registered(register, slug);
  if (before.status === "retired")
    throw new CannotUpdate(`The standard ${slug} was retired, and has no further revisions.`);
  return withStandard(register, revised(before, revision));
}

/** Throws `CannotUpdate` where there is no standard of that name. */
export function retire(
  register: Register,
  slug: string,
  proposal: RegisteredProposal,
  at: Instant,
): Register {
  const before = registered(register, slug);
  return withStandard(register, {
    ...before,
    status: "retired",
    proposals: withProposal(before.proposals, proposal),
    dates: { ...before.dates, expires: null, retired: at },
  });
}

/** The current draft has expired, and when. Throws `CannotUpdate` where the standard is not a published one. */
export function expire(register: Register, slug: string, at: Instant): Register {
  const before = registered(register, slug);
  if (before.status !== "published" && before.status !== "expired")
    throw new CannotUpdate(`The standard ${slug} is ${before.status}, and does not expire.`);
  return withStandard(register, { ...before, status: "expired", dates: { ...before.dates, expires: at } });
}

function registered(register: Register, slug: string): Standard {
  const standard = standardIn(register, slug);
  if (standard === null)
    throw new CannotUpdate(`The register has no standard named ${JSON.stringify(slug.slice(0, 100))}.`);
  return standard;
}

function withStandard(register: Register, changed: Standard): Register {
  const standards = register.standards.map((standard) =>
    standard.slug === changed.slug ? changed : standard,
  );
  return { ...register, standards };
}

function revised(before: Standard, next: Revision): Standard {
  return {
    ...before,
    title: next.title,
    abbreviation: next.abbreviation ?? before.abbreviation,
    summary: next.summary ?? before.summary,
    status: "published",
    draft: next.draft ?? before.draft,
    revision: next.revision ?? before.revision,
    editors: next.editors.length === 0 ? before.editors : next.editors,
    keywords: next.keywords.length === 0 ? before.keywords : next.keywords,
    proposals: next.proposal === null ? before.proposals : withProposal(before.proposals, next.proposal),
    implementations: withImplementations(before.implementations, next.implementations),
    dates: { published: next.published, expires: next.expires, retired: null },
    links: withLinks(before.links, next.links),
  };
}

function isBehind(standard: Standard, proposal: RegisteredProposal | null): boolean {
  return proposal !== null && standard.proposals.some((each) => isSame(each, proposal));
}

/** Are they one proposal? GitHub takes the names of repositories in any letter case. */
export function isSame(
  one: Pick<RegisteredProposal, "repository" | "number">,
  other: Pick<RegisteredProposal, "repository" | "number">,
): boolean {
  return one.number === other.number && one.repository.toLowerCase() === other.repository.toLowerCase();
}

function withProposal(before: Standard["proposals"], proposal: RegisteredProposal): Standard["proposals"] {
  const isThere = before.some((each) => isSame(each, proposal));
  return isThere ? before.map((each) => (isSame(each, proposal) ? proposal : each)) : [...before, proposal];
}

function withImplementations(
  before: Standard["implementations"],
  further: Standard["implementations"],
): Standard["implementations"] {
  const known = new Set(before.map(keyOf));
  return [...before, ...further.filter((each) => !known.has(keyOf(each)))];
}

function keyOf({ name, url }: Standard["implementations"][number]): string {
  return url ?? name.toLowerCase();
}

/** In the place of the links that they replace; the others at the end. */
function withLinks(
  before: readonly RegisteredLink[],
  next: readonly RegisteredLink[],
): readonly RegisteredLink[] {
  const labels = new Set(next.map(({ label }) => label));
  const kept = before.filter(({ label }) => !labels.has(label));
  const place = before.findIndex(({ label }) => labels.has(label));
  const ahead = place < 0 ? 0 : before.slice(0, place).filter(({ label }) => !labels.has(label)).length;
  return [...kept.slice(0, ahead), ...next, ...kept.slice(ahead)];
}
