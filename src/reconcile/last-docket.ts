/**
 * What the App itself wrote last, remembered in the store: an older version of a docket carries a good seal too, so that
 * only this tells that it was put back by another hand. A store that knows nothing, or something older, accuses nobody.
 */
import { z } from "zod";
import type { Entry } from "../proposal/entries.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import { after, type Instant, instant, SETTLING } from "../proposal/instant.ts";
import { DocketDamaged, GitHubFailure, type StorePort } from "./ports.ts";
import { subjectKey } from "./subjects.ts";

type Notes = Pick<StorePort, "recall" | "remember">;

const Last = z.object({
  entries: z.number(),
  head: z.string(),
  commit: z.string(),
  at: z.string().transform((text) => instant(text)),
});

export async function rememberDocket(
  store: Notes,
  ref: ProposalRef,
  entries: readonly Entry[],
  commit: string,
  now: Instant,
): Promise<void> {
  const last = { entries: entries.length, head: entries.at(-1)?.hash ?? "", commit, at: now };
  await store.remember(noteOf(ref), JSON.stringify(last));
}

/** The commit of the App's last write to this docket; null: not remembered. */
export async function lastCommit(store: Notes, ref: ProposalRef): Promise<string | null> {
  return (await recalled(store, ref))?.commit ?? null;
}

/**
 * Throws `DocketDamaged` where entries are missing that the App has written, and a failure that passes where GitHub may
 * just not show them yet.
 */
export async function assertNotBehind(
  store: Notes,
  ref: ProposalRef,
  docket: readonly Entry[],
  now: Instant,
): Promise<void> {
  const last = await recalled(store, ref);
  if (last === null || docket[last.entries - 1]?.hash === last.head) return;
  if (docket.length < last.entries && now < after(last.at, SETTLING)) {
    const message = "GitHub shows an older version of the docket than the one that was just written";
    throw new GitHubFailure(message, { status: null, retryAt: null });
  }
  throw new DocketDamaged(
    `The docket of this proposal is not the one that the App wrote last: it has ${docket.length} entries, and ${last.entries} were on record.`,
  );
}

async function recalled(store: Notes, ref: ProposalRef): Promise<z.infer<typeof Last> | null> {
  const note = await store.recall(noteOf(ref));
  return note === null ? null : (Last.safeParse(JSON.parse(note)).data ?? null);
}

function noteOf(ref: ProposalRef): string {
  return `docket ${subjectKey({ kind: "proposal", ref })}`;
}
