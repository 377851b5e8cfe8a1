/** Who had cast what on which ballot comment when somebody looked, from the chronicle of reactions: elector by elector. */
import { instantAt } from "../time.ts";
import type { Town } from "../town.ts";
import type { Thread } from "../world.ts";
import type { Opened } from "./ballots.ts";

/** Each elector's choices, in a line such as `against for`; who chose nothing is absent. */
export type Choices = ReadonlyMap<number, string>;

const CHOICES = ["abstain", "against", "for"] as const;

/** A choice that stands on a comment at some moment, and since when. */
export type Standing = { readonly choice: string; readonly since: string };

export type Look = {
  readonly comment: number;
  /** The true moment. */
  readonly at: number;
  readonly deadline: string;
};

/** What one elector's reactions say to somebody who looks; what was made too late says nothing. */
export function standingFor(
  { town, thread, opened }: { readonly town: Town; readonly thread: Thread; readonly opened: Opened },
  elector: number,
  { comment, at, deadline }: Look,
): readonly Standing[] {
  if ((town.deletedAt.get(elector) ?? Number.POSITIVE_INFINITY) <= at) return [];
  const since = new Map<string, number>();
  for (const deed of thread.deeds) {
    if (deed.at > at) break;
    if (deed.kind === "unsaid" && deed.comment === comment) return [];
    if (deed.kind !== "reacted" && deed.kind !== "unreacted") continue;
    if (deed.comment !== comment || deed.by !== elector) continue;
    if (deed.kind === "unreacted") since.delete(deed.content);
    else since.set(deed.content, deed.at);
  }
  return CHOICES.flatMap((choice) => {
    const moment = since.get(opened.terms.reactions[choice]);
    if (moment === undefined || instantAt(moment) > deadline) return [];
    return [{ choice, since: instantAt(moment) }];
  });
}

/** Every moment up to `to` at which a look could have shown something else than a moment before. */
export function looksBetween(
  town: Town,
  thread: Thread,
  comment: number,
  from: number,
  to: number,
): number[] {
  const changes = thread.deeds.filter(
    (deed) =>
      (deed.kind === "reacted" || deed.kind === "unreacted" || deed.kind === "unsaid") &&
      deed.comment === comment,
  );
  const moments = [...changes.map(({ at }) => at), ...town.deletedAt.values()];
  return [...new Set([from, ...moments.filter((at) => at > from && at < to), to])];
}

/** What an entry says was cast. */
export function choicesIn(
  votes: readonly { readonly voter: { readonly id: number }; readonly choice: string }[],
): Choices {
  const all = new Map<number, string[]>();
  for (const { voter, choice } of votes) all.set(voter.id, [...(all.get(voter.id) ?? []), choice]);
  return new Map([...all].map(([id, choices]) => [id, choices.sort().join(" ")]));
}
