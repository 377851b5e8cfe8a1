/** What anybody, the App included, can do to an issue on the model GitHub. */
import type { ReactionContent } from "../charter/charter.ts";
import type { CommentFact, Person, ReactionFact } from "../proposal/facts.ts";
import { instantAt } from "./time.ts";
import { change } from "./timeline.ts";
import { APP, type Draft, type Pull, type Remark, type Thread, type View, type World } from "./world.ts";

/** Shows the issue otherwise from now on. GitHub moves `updated_at` with everything but reactions. */
function show(world: World, thread: Thread, next: Partial<View>, isTouch = true): void {
  const before = thread.view.now;
  const merged = { ...before, ...next };
  const issue = isTouch ? { ...merged.issue, updatedAt: instantAt(world.now) } : merged.issue;
  change(thread.view, { ...merged, issue }, world.now);
}

export function say(world: World, thread: Thread, by: Person, body: string): CommentFact {
  const id = world.nextId++;
  const at = instantAt(world.now);
  const isOurs = by.id === APP.id;
  const fact: CommentFact = {
    id,
    url: `${thread.view.now.issue.url}#issuecomment-${id}`,
    author: by,
    authorIsBot: isOurs,
    byApp: isOurs,
    body,
    createdAt: at,
    updatedAt: at,
    reactions: {},
  };
  show(world, thread, { remarks: [...thread.view.now.remarks, { fact, reactions: [] }] });
  thread.deeds.push({ at: world.now, kind: "said", comment: id, by, body });
  world.announce({ name: "issue_comment", sender: by.login, thread });
  return fact;
}

export function rewrite(world: World, thread: Thread, by: Person, comment: number, body: string): void {
  const updatedAt = instantAt(world.now);
  alter(world, thread, comment, (remark) => ({ ...remark, fact: { ...remark.fact, body, updatedAt } }), true);
  thread.deeds.push({ at: world.now, kind: "edited", comment, by });
  world.announce({ name: "issue_comment", sender: by.login, thread });
}

export function unsay(world: World, thread: Thread, by: Person, comment: number): void {
  const remarks = thread.view.now.remarks.filter(({ fact }) => fact.id !== comment);
  show(world, thread, { remarks });
  thread.deeds.push({ at: world.now, kind: "unsaid", comment, by });
  world.announce({ name: "issue_comment", sender: by.login, thread });
}

/** Once a person and content; reactions touch nothing and are announced to nobody. */
export function react(
  world: World,
  thread: Thread,
  by: Person,
  comment: number,
  content: ReactionContent,
): void {
  const remark = thread.view.now.remarks.find(({ fact }) => fact.id === comment);
  if (remark === undefined || remark.reactions.some((each) => isBy(each, by.id, content))) return;
  const made = { user: by, userIsBot: by.id === APP.id, content, createdAt: instantAt(world.now) };
  alter(world, thread, comment, ({ fact, reactions }) => withReactions(fact, [...reactions, made]));
  thread.deeds.push({ at: world.now, kind: "reacted", comment, by: by.id, content });
}

/** Leaves no trace. */
export function unreact(
  world: World,
  thread: Thread,
  by: Person,
  comment: number,
  content: ReactionContent,
): void {
  alter(world, thread, comment, ({ fact, reactions }) =>
    withReactions(
      fact,
      reactions.filter((each) => !isBy(each, by.id, content)),
    ),
  );
  thread.deeds.push({ at: world.now, kind: "unreacted", comment, by: by.id, content });
}

function isBy({ user, content }: ReactionFact, id: number, wanted: ReactionContent): boolean {
  return user?.id === id && content === wanted;
}

function withReactions(fact: CommentFact, reactions: readonly ReactionFact[]): Remark {
  const counts: Partial<Record<ReactionContent, number>> = {};
  for (const { content } of reactions) counts[content] = (counts[content] ?? 0) + 1;
  return { fact: { ...fact, reactions: counts }, reactions };
}

function alter(
  world: World,
  thread: Thread,
  comment: number,
  how: (remark: Remark) => Remark,
  isTouch = false,
): void {
  const remarks = thread.view.now.remarks.map((remark) =>
    remark.fact.id === comment ? how(remark) : remark,
  );
  show(world, thread, { remarks }, isTouch);
}

export function redraft(world: World, thread: Thread, by: Person, draft: Draft): void {
  thread.draft = draft;
  show(world, thread, { issue: { ...thread.view.now.issue, title: draft.title, body: draft.body } });
  thread.deeds.push({ at: world.now, kind: "drafted", draft });
  world.announce({ name: "issues", sender: by.login, thread });
}

export function label(world: World, thread: Thread, by: Person, labels: readonly string[]): void {
  show(world, thread, { issue: { ...thread.view.now.issue, labels }, hand: handOf(by) });
  thread.deeds.push({ at: world.now, kind: "labels changed", by });
  world.announce({ name: "issues", sender: by.login, thread });
}

/** GitHub tells of the App's own hand as of anybody's; the adapter reads it as nobody's. */
function handOf(by: Person): Person | null {
  return by.id === APP.id ? null : by;
}

export function close(world: World, thread: Thread, by: Person, byCommit = false): void {
  const { issue } = thread.view.now;
  if (issue.state === "closed") return;
  show(world, thread, {
    issue: { ...issue, state: "closed", closedBy: by, closedAt: instantAt(world.now) },
    hand: handOf(by),
    closing: { how: byCommit ? "by a commit" : "by hand", at: instantAt(world.now) },
  });
  thread.deeds.push({ at: world.now, kind: "closed", by, byCommit });
  world.announce({ name: "issues", sender: by.login, thread });
}

export function reopen(world: World, thread: Thread, by: Person): void {
  const { issue } = thread.view.now;
  if (issue.state === "open") return;
  show(world, thread, {
    issue: { ...issue, state: "open", closedBy: null, closedAt: null },
    hand: handOf(by),
  });
  thread.deeds.push({ at: world.now, kind: "reopened", by, byCommit: false });
  world.announce({ name: "issues", sender: by.login, thread });
}

export function lock(world: World, thread: Thread, isLocked: boolean): void {
  show(world, thread, { isLocked });
}

/** Transferred or deleted: for the App, an issue that is no longer there. */
export function takeAway(world: World, thread: Thread): void {
  show(world, thread, { isGone: true });
  thread.deeds.push({ at: world.now, kind: "left the repository" });
  world.announce({ name: "issues", sender: "somebody", thread });
}

/** An account's comments and reactions show its name of today; of a deleted one, nobody's. */
export function renameEverywhere(world: World, id: number, person: Person | null): void {
  const shown = (who: Person | null) => (who?.id === id ? person : who);
  for (const thread of world.threads.values()) {
    const { issue, remarks, hand } = thread.view.now;
    const renamed = remarks.map(({ fact, reactions }) => ({
      fact: fact.author?.id === id ? { ...fact, author: person } : fact,
      reactions: reactions.some(({ user }) => user?.id === id)
        ? reactions.map((each) => ({ ...each, user: shown(each.user) }))
        : reactions,
    }));
    const next = { ...issue, author: shown(issue.author), closedBy: shown(issue.closedBy) };
    show(world, thread, { issue: next, remarks: renamed, hand: shown(hand) }, false);
  }
}

export function changePulls(world: World, thread: Thread, pulls: readonly Pull[]): void {
  change(thread.pulls, pulls, world.now);
}

export function settlePull(world: World, thread: Thread, by: Person, pull: Pull): void {
  const pulls = thread.pulls.now.map((each) => (each.number === pull.number ? pull : each));
  changePulls(world, thread, pulls);
  world.announce({ name: "pull_request", sender: by.login, thread });
}
