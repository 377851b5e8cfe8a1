/**
 * What the App itself wrote last, remembered in the store: an older version of a docket carries a good seal too, so that
 * only this tells that it was put back by another hand. A store that knows nothing, or something older, accuses nobody.
 * What it is about to write is remembered as well: that may be done, nothing be heard of it, and the branch be deleted
 * before anybody has looked again.
 */
import { z } from "zod";
import { brokenLink } from "../proposal/docket.ts";
import type { Entry } from "../proposal/entries.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import { after, type Instant, instant, SETTLING } from "../proposal/instant.ts";
import { type IssueId, issueNote } from "./issue-note.ts";
import {
  type Clock,
  DocketDamaged,
  type DocketWrite,
  GitHubFailure,
  type GitHubPort,
  isRefusal,
  type StorePort,
} from "./ports.ts";

type Notes = Pick<StorePort, "recall" | "remember">;

type RecordingPorts = {
  readonly store: Notes;
  readonly github: Pick<GitHubPort, "writeDocket">;
  readonly clock: Clock;
};

const moment = z.string().transform((text) => instant(text));

/** Entries, and the text beside them, that the App tried to put at a docket's end. */
const Attempt = z.object({
  at: moment,
  entries: z.array(z.custom<Entry>()).readonly(),
  text: z.string().nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

const Last = z.object({
  entries: z.number(),
  head: z.string(),
  commit: z.string(),
  /** Since when GitHub has shown less than that; null: it shows it. */
  behindSince: moment.nullable(),
  /** Not known to be done, nor known not to be; null: there is none. */
  attempt: Attempt.nullable().default(null),
});
type Last = z.infer<typeof Last>;

export async function rememberDocket(
  store: Notes,
  issue: IssueId,
  entries: readonly Entry[],
  commit: string,
): Promise<void> {
  const head = entries.at(-1)?.hash ?? "";
  await note(store, issue, { entries: entries.length, head, commit, behindSince: null, attempt: null });
}

/**
 * Writes a docket with new entries at its end, and remembers it: before, as an attempt, and after, as done. What is known not
 * to be done is an attempt no more.
 */
export async function recordEntries(
  { store, github, clock }: RecordingPorts,
  issue: IssueId & { readonly ref: ProposalRef },
  write: DocketWrite,
  added: readonly Entry[],
): ReturnType<GitHubPort["writeDocket"]> {
  const before = await recalled(store, issue);
  // A docket that nothing is remembered of has nothing on it yet: there is nothing that could be missed.
  const remember = async (attempt: Attempt | null) =>
    before === null ? undefined : note(store, issue, { ...before, attempt });
  await remember({ at: clock.now(), entries: added, text: write.text });
  try {
    const written = await github.writeDocket(issue.ref, write);
    if (written.result === "conflict") await remember(before?.attempt ?? null);
    else await rememberDocket(store, issue, write.entries, written.commit);
    return written;
  } catch (error) {
    if (isRefusal(error)) await remember(before?.attempt ?? null);
    throw error;
  }
}

/** What the App tried to put at the end of a docket, of which it is not known whether that was done; null: there is nothing. */
export async function attemptAfter(
  store: Notes,
  issue: IssueId,
  docket: readonly Entry[],
): Promise<Attempt | null> {
  const attempt = (await recalled(store, issue))?.attempt ?? null;
  return attempt !== null && brokenLink([...docket, ...attempt.entries]) === null ? attempt : null;
}

/** A commit from which the App's last write to this docket can be reached; null: not remembered. */
export async function lastCommit(store: Notes, issue: IssueId): Promise<string | null> {
  return (await recalled(store, issue))?.commit ?? null;
}

/**
 * From when on a look tells whether the last write was done; null: that is known. Throws `DocketDamaged` where entries are
 * missing that the App has written, and a failure that passes as long as GitHub's answer may just be an old one. A sealed
 * docket that goes on beyond what is remembered, because the end of a write was not heard or the store was lost, is remembered
 * from now on.
 */
export async function assertNotBehind(
  { store, github }: { readonly store: Notes; readonly github: Pick<GitHubPort, "docketCommit"> },
  issue: IssueId & { readonly ref: ProposalRef },
  docket: readonly Entry[],
  now: Instant,
): Promise<Instant | null> {
  const last = await recalled(store, issue);
  if (last === null || (docket.length > last.entries && docket[last.entries - 1]?.hash === last.head)) {
    const commit = docket.length === 0 ? null : await github.docketCommit(issue.ref);
    if (commit !== null) await rememberDocket(store, issue, docket, commit);
    return null;
  }
  const { behindSince, attempt } = last;
  if (docket[last.entries - 1]?.hash === last.head) {
    const open = attempt !== null && now < after(attempt.at, SETTLING) ? attempt : null;
    if (behindSince !== null || attempt !== open)
      await note(store, issue, { ...last, behindSince: null, attempt: open });
    return open === null ? null : after(open.at, SETTLING);
  }
  if (docket.length < last.entries && (behindSince === null || now < after(behindSince, SETTLING))) {
    if (behindSince === null) await note(store, issue, { ...last, behindSince: now });
    const message = "GitHub shows an older version of the docket than the one that was written last";
    throw new GitHubFailure(message, { status: null, retryAt: null });
  }
  throw new DocketDamaged(
    `The docket of this proposal is not the one that the App wrote last: it has ${docket.length} entries, and ${last.entries} were on record.`,
  );
}

async function recalled(store: Notes, issue: IssueId): Promise<Last | null> {
  const known = await store.recall(noteOf(issue));
  return known === null ? null : (Last.safeParse(JSON.parse(known)).data ?? null);
}

function note(store: Notes, issue: IssueId, last: Last): Promise<void> {
  return store.remember(noteOf(issue), JSON.stringify(last));
}

function noteOf(issue: IssueId): string {
  return issueNote("docket", issue);
}
