/**
 * What the App is about to make, noted before it is made. GitHub may do the work and lose the answer, and may not show it for
 * minutes: what was begun and has no outcome is looked for first, and is begun again only when its absence can be believed.
 */
import { z } from "zod";
import type { Action } from "../proposal/actions.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import { after, earliest, type Instant, instant, SETTLING } from "../proposal/instant.ts";
import { GitHubFailure, type StorePort } from "./ports.ts";
import { subjectKey } from "./subjects.ts";

type Notes = Pick<StorePort, "recall" | "remember">;

/** Keys of comments, each with the moment at which it was begun. */
export type Intents = ReadonlyMap<string, Instant>;

const Noted = z.record(
  z.string(),
  z.string().transform((text) => instant(text)),
);

export async function recallIntents(store: Notes, ref: ProposalRef): Promise<Intents> {
  const noted = await store.recall(noteOf(ref));
  return new Map(noted === null ? [] : Object.entries(Noted.parse(JSON.parse(noted))));
}

export type Allowed = {
  readonly actions: readonly Action[];
  /** When what is held back can be tried again; null: nothing is. */
  readonly dueAt: Instant | null;
};

/** The actions that may be taken now. An issue is closed last, so not before what is held back was said. */
export function allowed(actions: readonly Action[], intents: Intents, now: Instant): Allowed {
  const settlings = actions.flatMap((action) => {
    const begun = action.do === "create comment" ? intents.get(action.key) : undefined;
    const settled = begun === undefined ? null : after(begun, SETTLING);
    return settled !== null && now < settled ? [{ action, settled }] : [];
  });
  if (settlings.length === 0) return { actions, dueAt: null };
  const held = new Set(settlings.map(({ action }) => action));
  return {
    actions: actions.filter((action) => !held.has(action) && action.do !== "close issue"),
    dueAt: earliest(settlings.map(({ settled }) => settled)),
  };
}

/** Notes what is about to be made. What was begun before and is still in doubt stays noted. */
export async function intend(
  store: Notes,
  ref: ProposalRef,
  before: Intents,
  actions: readonly Action[],
  now: Instant,
): Promise<void> {
  const begun = actions.flatMap((action) => (action.do === "create comment" ? [action.key] : []));
  if (begun.length === 0) return;
  await note(store, ref, new Map([...inDoubt(before, now), ...begun.map((key) => [key, now] as const)]));
}

/** Notes how it ended: `made` is done, and of the rest the first may have been done too, if the failure does not say. */
export async function conclude(
  store: Notes,
  ref: ProposalRef,
  before: Intents,
  course: {
    readonly actions: readonly Action[];
    readonly made: readonly Action[];
    readonly failure: unknown;
  },
  now: Instant,
): Promise<void> {
  const { actions, made, failure } = course;
  const creating = actions.filter((action) => action.do === "create comment");
  if (creating.length === 0) return;
  const doubtful = isDefinite(failure) ? [] : creating.filter((action) => !made.includes(action)).slice(0, 1);
  const keys = doubtful.map(({ key }) => [key, now] as const);
  await note(store, ref, new Map([...inDoubt(before, now), ...keys]));
}

/** GitHub refused, and so did nothing; a failure without a status, or one of its own, may come after the work. */
function isDefinite(failure: unknown): boolean {
  if (failure === null) return true;
  return failure instanceof GitHubFailure && failure.status !== null && failure.status < 500;
}

function inDoubt(intents: Intents, now: Instant): Intents {
  return new Map([...intents].filter(([, begun]) => now < after(begun, SETTLING)));
}

async function note(store: Notes, ref: ProposalRef, intents: Intents): Promise<void> {
  await store.remember(noteOf(ref), JSON.stringify(Object.fromEntries(intents)));
}

function noteOf(ref: ProposalRef): string {
  return `intents ${subjectKey({ kind: "proposal", ref })}`;
}
