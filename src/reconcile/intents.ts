/**
 * What the App has tried to say, noted before each comment is made: a call that failed may have succeeded, a crash may
 * have come after it, and GitHub's lists can be minutes old. So a comment that was tried and is not seen is made again
 * only when it was looked for after a settling time.
 */
import { z } from "zod";
import type { IssueFact } from "../proposal/facts.ts";
import { after, before, DAY, type Instant, instant, SETTLING, seconds } from "../proposal/instant.ts";
import { type IssueId, issueNote } from "./issue-note.ts";
import { type Clock, isRefusal, type StorePort } from "./ports.ts";

export type Intents = {
  /** Notes that a comment with this key is about to be made; or answers from when on a look tells that it is not there. */
  begin(key: string): Promise<Instant | null>;
  /** The call failed: where GitHub has refused it, it may be made again at once. */
  failed(key: string, error: unknown): Promise<void>;
};

/** Older ones are of no use: nobody looks at what GitHub showed then. */
const KEPT = seconds(2 * DAY);

/** When each key was tried last. */
const noteShape = z.record(z.string(), z.string().transform(instant));
type Note = Readonly<Record<string, Instant>>;

/** The key for all of them: what was tried before the store was lost. */
const ANY = "*";

/** When this store was first used: what was tried before, it does not know. */
const BEGAN = "intents began";

/**
 * Notes when the store was first used, if that is not noted yet. Answers with what is noted: not where that is still to come,
 * since a clock must have been wrong then.
 */
export async function noteBeginning(
  store: Pick<StorePort, "recall" | "remember">,
  now: Instant,
): Promise<Instant> {
  const noted = await store.recall(BEGAN);
  if (noted !== null && noted <= now) return instant(noted);
  await store.remember(BEGAN, now);
  return now;
}

/**
 * The intents of a pass that looked at an instant. `hasHistory`: the App has dealt with this proposal before, which a list
 * that is minutes old need not show of one that is older than the store. Where the store knows nothing of it, anything may
 * have been tried just before the store began.
 */
export function intentsOf(
  { store, clock }: { readonly store: Pick<StorePort, "recall" | "remember">; readonly clock: Clock },
  issue: IssueId & Pick<IssueFact, "createdAt">,
  lookedAt: Instant,
  hasHistory: boolean,
): Intents {
  const name = issueNote("intents", issue);

  // Read anew each time: another process may have taken over this proposal meanwhile.
  async function recall(): Promise<Note> {
    const noted = await store.recall(name);
    if (noted !== null) return noteShape.parse(JSON.parse(noted));
    const began = await noteBeginning(store, lookedAt);
    return hasHistory || issue.createdAt < began ? { [ANY]: began } : {};
  }

  async function write(tried: Note): Promise<void> {
    const oldest = before(lookedAt, KEPT);
    await store.remember(
      name,
      JSON.stringify(Object.fromEntries(Object.entries(tried).filter(([, at]) => at > oldest))),
    );
  }

  return {
    async begin(key) {
      const tried = await recall();
      const last = [tried[key], tried[ANY]]
        .filter((at) => at !== undefined)
        .sort()
        .at(-1);
      const isSettled = last === undefined || lookedAt >= after(last, SETTLING);
      await write(isSettled ? { ...tried, [key]: clock.now() } : tried);
      return isSettled ? null : after(last, SETTLING);
    },
    async failed(key, error) {
      if (!isRefusal(error)) return;
      const { [key]: _, ...others } = await recall();
      await write(others);
    },
  };
}
