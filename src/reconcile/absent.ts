/**
 * An issue that cannot be seen: it was deleted, transferred or converted, or the App sees its repository no longer. Nothing
 * formal follows from that, and the record stays as it is. An unfinished proposal is looked for, since nothing need announce
 * that it is back; not for ever, since the sweep finds what is back, too.
 */
import type { ProposalRef } from "../proposal/facts.ts";
import { after, DAY, HOUR, type Instant, instant, seconds } from "../proposal/instant.ts";
import { isEnded } from "../proposal/lifecycle.ts";
import { sameName } from "../proposal/publication-plan.ts";
import { fold } from "../proposal/state.ts";
import type { Log } from "./log.ts";
import type { Clock, GitHubPort, StorePort } from "./ports.ts";
import { forgetSeen } from "./seen.ts";
import { subjectKey } from "./subjects.ts";

export type AbsencePorts = {
  readonly github: Pick<GitHubPort, "nameNow" | "readDocket">;
  readonly store: Pick<StorePort, "recall" | "remember" | "touch">;
  readonly clock: Clock;
  readonly log: Log;
};

/** It is looked for every hour for a day, then every day for this long, and then no more. */
const LOOKED_FOR = seconds(30 * DAY);

/** When it is to be looked for again; null: no more, or it goes on under another name. */
export async function whenGone(
  ports: AbsencePorts,
  named: ProposalRef,
  now: Instant,
): Promise<Instant | null> {
  const { github, store } = ports;
  await forgetSeen(store, named);
  const { number } = named;
  const repository = await github.nameNow(named);
  if (repository !== null && !sameName(repository, named)) {
    // Everything goes on under the new name; what is due under the old one is the same.
    await store.touch(subjectKey({ kind: "proposal", ref: { ...repository, number } }), ports.clock.now());
    return null;
  }
  if (repository !== null && !(await isUnfinished(ports, named))) return null;
  return nextLook(ports, named, now, repository !== null);
}

async function isUnfinished({ github }: AbsencePorts, ref: ProposalRef): Promise<boolean> {
  const { stage } = fold((await github.readDocket(ref)).entries);
  return stage !== "new" && !isEnded(stage);
}

async function nextLook(
  { store, log }: AbsencePorts,
  ref: ProposalRef,
  now: Instant,
  seesRepository: boolean,
): Promise<Instant | null> {
  const noted = await store.recall(noteOf(ref));
  const since = noted ? instant(noted) : now;
  if (!noted) await store.remember(noteOf(ref), now);
  const what = seesRepository
    ? "The issue of an unfinished proposal cannot be seen"
    : "The repository of a proposal cannot be seen";
  if (now >= after(since, LOOKED_FOR)) {
    log.warn({ proposal: ref, since }, `${what}; it is no longer looked for, and goes on if it comes back`);
    return null;
  }
  const pause = now < after(since, DAY) ? HOUR : DAY;
  const next = after(now, pause);
  log.warn({ proposal: ref, since, next }, `${what}; it is looked for again`);
  return next;
}

/** It is there: the next time that it is not counts anew. */
export async function noteThere({ store }: Pick<AbsencePorts, "store">, ref: ProposalRef): Promise<void> {
  if (await store.recall(noteOf(ref))) await store.remember(noteOf(ref), "");
}

function noteOf(ref: ProposalRef): string {
  return `gone ${subjectKey({ kind: "proposal", ref })}`;
}
