/** Which repository's maintenance issue is about which standards: several repositories may go by one charter. */
import type { Charter, PublicationTerms } from "../charter/charter.ts";
import type { CharterFact, ProposalRef, Repository } from "../proposal/facts.ts";
import { after, DAY, type Instant, instant, seconds } from "../proposal/instant.ts";
import { sameName } from "../proposal/publication-plan.ts";
import type { StorePort } from "./ports.ts";
import { subjectKey } from "./subjects.ts";

/** What is kept here; the register and the charter's terms of maintenance are there. */
export type Kept = {
  /** In GitHub's own letter case, as far as it is known. */
  readonly home: Repository;
  readonly standards: Repository;
  readonly charter: Charter;
  readonly register: string;
  readonly terms: PublicationTerms;
  readonly maintenance: NonNullable<PublicationTerms["maintenance"]>;
};

/**
 * What a repository keeps by the charter in force there; null: nothing. Where the charter is inherited and names one
 * repository for all standards, that one keeps them, not each heir.
 */
export function keptBy(repository: Repository, fact: CharterFact): Kept | null {
  if (fact.status !== "valid") return null;
  const terms = fact.charter.publication;
  const { maintenance, register, draft } = terms;
  if (maintenance === null || register === null || draft === null) return null;
  const isHome = sameName(fact.pin, repository);
  if (!isHome && terms.standards !== null && !sameName(terms.standards, repository)) return null;
  const home = isHome ? { owner: fact.pin.owner, name: fact.pin.name } : (terms.standards ?? repository);
  return { home, standards: terms.standards ?? home, charter: fact.charter, register, terms, maintenance };
}

/** Ports speak for a proposal; upkeep has none, and only the repository of this reference matters. */
export function onBehalf(home: Repository): ProposalRef {
  return { ...home, number: 1 };
}

/** When the standards were last looked at in full; null: never, or nothing is kept. */
async function lookedAt(store: Pick<StorePort, "recall">, repository: Repository): Promise<Instant | null> {
  const note = await store.recall(lookedNote(repository));
  return note === null || note === "" ? null : instant(note);
}

export async function rememberLooked(
  store: Pick<StorePort, "remember">,
  repository: Repository,
  now: Instant | null,
): Promise<void> {
  await store.remember(lookedNote(repository), now ?? "");
}

function lookedNote(repository: Repository): string {
  return `looked at ${subjectKey({ kind: "maintenance", repository })}`;
}

/** Whether a repository keeps standards, and has not looked at them for a day. */
export async function isLookDue(
  store: Pick<StorePort, "recall">,
  repository: Repository,
  fact: CharterFact,
  now: Instant,
): Promise<boolean> {
  if (keptBy(repository, fact) === null) return false;
  const last = await lookedAt(store, repository);
  return last === null || after(last, DAY) <= now;
}

/** Who keeps the standards of another repository: an event there names only that. */
export async function rememberKeeper(
  store: Pick<StorePort, "recall" | "remember">,
  standards: Repository,
  keeper: Repository,
): Promise<void> {
  const key = subjectKey({ kind: "maintenance", repository: keeper });
  if ((await store.recall(keeperNote(standards))) !== key) await store.remember(keeperNote(standards), key);
}

/** The subject of whoever keeps the standards of a repository; null: not known (any more). */
export async function keeperOf(
  store: Pick<StorePort, "recall">,
  standards: Repository,
): Promise<string | null> {
  return store.recall(keeperNote(standards));
}

function keeperNote(standards: Repository): string {
  return `keeper of ${subjectKey({ kind: "maintenance", repository: standards })}`;
}

/** How long it is believed that no issue is open: an old copy of the store may say so of another time. */
const QUIET_FOR = seconds(60 * DAY);

/** Whether nothing was to be told of late, and whatever issue there was had been brought up to date with that. */
export async function wasQuiet(
  store: Pick<StorePort, "recall">,
  home: Repository,
  now: Instant,
): Promise<boolean> {
  const since = await store.recall(quietNote(home));
  return since !== null && since !== "" && now < after(instant(since), QUIET_FOR);
}

/** Since when nothing is to be told; null: something is. */
export async function rememberQuiet(
  store: Pick<StorePort, "recall" | "remember">,
  home: Repository,
  since: Instant | null,
): Promise<void> {
  const note = since ?? "";
  if ((await store.recall(quietNote(home))) !== note) await store.remember(quietNote(home), note);
}

function quietNote(home: Repository): string {
  return `quiet ${subjectKey({ kind: "maintenance", repository: home })}`;
}
