/**
 * The smallest list of actions that makes the issue what it should be. Pure. What a person altered by hand is put back
 * once, with a word to them; altered again, it stays as they left it: the record is in the docket, not in the labels.
 */
import type { Action } from "./actions.ts";
import type { Desired, DesiredComment, Message } from "./desired-state.ts";
import { sha256 } from "./docket.ts";
import type { Stage } from "./entries.ts";
import type { CommentFact, Facts, Want } from "./facts.ts";
import { after, type Instant, MINUTE, SETTLING } from "./instant.ts";
import { BALLOT_KEY, oursByKey, putBackKey } from "./keys.ts";
import { hasLabel, type LabelSpec, OUR_LABELS } from "./labels.ts";

/** What the App last made of each part of the issue, and when: so a hand's change can be told from a change of mind. */
export type Applied = {
  readonly at: Instant | null;
  readonly parts: Readonly<Record<string, string>>;
  /** Of each part by itself; where it is not noted, `at` holds. */
  readonly madeAt?: Readonly<Record<string, Instant>>;
};

export const NOTHING_APPLIED: Applied = { at: null, parts: {} };

export type Plan = {
  readonly actions: readonly Action[];
  /** Asked for when something was altered by hand: by whom? */
  readonly want: Want | null;
  /** What will have been applied once the actions are done. */
  readonly applied: Applied;
  /** When an absence that is not believed yet is to be looked at again. */
  readonly dueAt: Instant | null;
};

/** The full body of a comment, hidden key included. */
export type Render = (key: string, message: Message) => string;

export function diff(
  wanted: { readonly desired: Desired; readonly stage: Stage },
  facts: Facts,
  applied: Applied,
  render: Render,
  now: Instant,
): Plan {
  const { desired, stage } = wanted;
  const ours = oursByKey(facts.comments);
  const parts = [
    labelsPart(desired.labels, facts),
    ...desired.comments.map((comment) => commentPart(comment, facts, ours, render)),
    ...statePart(desired.state, facts),
  ];
  const believedAt = applied.at === null ? null : after(applied.at, SETTLING);
  const isFresh = believedAt !== null && now < believedAt;
  const differing = parts.filter((part) => !part.asDesired);
  const doubted = differing.filter((part) => isFresh && isDoubtful(part, applied));
  const altered = differing.filter((part) => !doubted.includes(part) && isAltered(part, applied));
  if (altered.some((part) => part.whoMatters) && facts.lastHand === undefined) {
    return { actions: [], want: { fact: "lastHand" }, applied, dueAt: null };
  }
  const left = altered.filter((part) => !part.isVital && ours.has(noteKey(part, stage)));
  const toDo = differing.filter((part) => !doubted.includes(part) && !left.includes(part));
  const notes = altered
    .filter((part) => !ours.has(noteKey(part, stage)))
    .flatMap((part) => note(part, stage, facts, render));
  const actions = [
    ...acknowledge(desired, facts, applied),
    ...toDo.flatMap((part) => part.actions),
    ...notes,
  ];
  return {
    actions: actions.sort((one, other) => rank(one) - rank(other)),
    want: null,
    applied:
      actions.length === 0
        ? confirmed(applied, parts)
        : {
            at: now,
            parts: appliedParts(applied, parts, desired),
            madeAt: madeAt(applied, parts, toDo, now),
          },
    dueAt: doubted.length > 0 ? believedAt : null,
  };
}

/** What the App has just made reads as if it had not, for a while: that is not acted on, nor is anybody blamed for it. */
function isDoubtful(part: Part, applied: Applied): boolean {
  return part.isAbsence
    ? applied.parts[part.key] !== undefined
    : wasApplied(part, applied) && part.byNature !== "hand";
}

function isAltered(part: Part, applied: Applied): boolean {
  if (part.byNature === "hand") return true;
  // What has not been changed since the App's own change was not altered: that change came to nothing.
  const madeAt = applied.madeAt?.[part.key] ?? applied.at;
  const isUntouched = part.changedAt !== null && madeAt !== null && part.changedAt <= after(madeAt, MINUTE);
  return wasApplied(part, applied) && !isUntouched;
}

function wasApplied(part: Part, applied: Applied): boolean {
  return applied.parts[part.key] === part.fingerprint;
}

/** One part of the issue that the App keeps. */
type Part = {
  readonly key: string;
  /** What it should be, short enough to remember. */
  readonly fingerprint: string;
  readonly asDesired: boolean;
  /** When it was last changed; null: GitHub does not say here. */
  readonly changedAt: Instant | null;
  /** Without it the proposal cannot go on: it is put back however often it is taken away. */
  readonly isVital: boolean;
  /** Making it again would make a second one. */
  readonly isAbsence: boolean;
  /** `hand`: only a person can have made it differ. */
  readonly byNature: "hand" | "unknown";
  readonly what: Extract<Message, { kind: "put-back" }>["what"];
  /** GitHub can say who altered it. */
  readonly whoMatters: boolean;
  readonly actions: readonly Action[];
};

function labelsPart(desired: readonly LabelSpec[], facts: Facts): Part {
  const names = new Set(desired.map((label) => label.name));
  const missing = desired.filter((label) => !hasLabel(facts.issue.labels, label.name));
  const extra = OUR_LABELS.filter(({ name }) => hasLabel(facts.issue.labels, name) && !names.has(name));
  return {
    key: "labels",
    fingerprint: [...names].sort().join(", "),
    asDesired: missing.length + extra.length === 0,
    isAbsence: false,
    isVital: false,
    changedAt: null,
    byNature: "unknown",
    what: "labels",
    whoMatters: true,
    actions: [
      ...(missing.length > 0 ? [{ do: "add labels", labels: missing } as const] : []),
      ...extra.map(({ name }) => ({ do: "remove label", name }) as const),
    ],
  };
}

function commentPart(
  { key, mode, message, is }: DesiredComment,
  facts: Facts,
  ours: ReadonlyMap<string, CommentFact>,
  render: Render,
): Part {
  const present = is === undefined ? ours.get(key) : facts.comments.find((comment) => comment.id === is);
  const common = {
    key: `comment ${key}`,
    changedAt: present?.updatedAt ?? null,
    byNature: "unknown",
    what: "comment",
    whoMatters: false,
  } as const;
  // What was said once stays as it was said: it need not be put into words again.
  if (present !== undefined && mode === "once")
    return { ...common, fingerprint: SAID, isAbsence: false, isVital: false, asDesired: true, actions: [] };
  const body = render(key, message);
  return {
    ...common,
    fingerprint: mode === "once" ? SAID : sha256(plain(body)).slice(0, 16),
    isAbsence: present === undefined,
    isVital: present === undefined && key === BALLOT_KEY,
    asDesired: present !== undefined && plain(present.body) === plain(body),
    actions: [
      present === undefined
        ? { do: "create comment", key, body }
        : { do: "update comment", comment: present.id, key, body },
    ],
  };
}

const SAID = "said";

/** Nobody but a person closes an open proposal, or opens an ended one again. */
function statePart(state: Desired["state"], facts: Facts): readonly Part[] {
  if (state === null) return [];
  const isOpen = facts.issue.state === "open";
  return [
    {
      key: "state",
      fingerprint: state.open ? "open" : "closed",
      asDesired: state.open === isOpen,
      isAbsence: false,
      isVital: false,
      changedAt: null,
      byNature: state.open ? "hand" : "unknown",
      what: "issue state",
      whoMatters: true,
      actions: [state.open ? { do: "reopen issue" } : { do: "close issue", reason: state.reason }],
    },
  ];
}

/** A person is told; where the newest hand on the issue was the App's own, a read was merely old and nobody is blamed. */
function note(part: Part, stage: Stage, facts: Facts, render: Render): readonly Action[] {
  const by = part.whoMatters && facts.lastHand?.known ? facts.lastHand.value : null;
  if (part.whoMatters && by === null) return [];
  const key = noteKey(part, stage);
  return [{ do: "create comment", key, body: render(key, { kind: "put-back", what: part.what, by, stage }) }];
}

function noteKey(part: Part, stage: Stage): string {
  return putBackKey(part.what === "comment" ? part.key : `${part.what} ${stage}`);
}

/**
 * GitHub says how many reacted, not who: what the App remembers of itself tells whether it has. Where it remembers nothing,
 * a reaction that is there is taken for its own; to react again would be harmless.
 */
function acknowledge(desired: Desired, facts: Facts, applied: Applied): readonly Action[] {
  const comments = new Map(facts.comments.map((comment) => [comment.id, comment]));
  const isThere = ({ comment, content }: Desired["acknowledgements"][number]) =>
    (comments.get(comment)?.reactions[content] ?? 0) > 0;
  return desired.acknowledgements
    .filter((each) => applied.at !== null || !isThere(each))
    .filter(({ comment }) => applied.parts[`acknowledged ${comment}`] === undefined)
    .map(({ comment, content }) => ({ do: "acknowledge", comment, content }));
}

function appliedParts(applied: Applied, parts: readonly Part[], desired: Desired): Applied["parts"] {
  const acknowledged = desired.acknowledgements.map(({ comment, content }) => [
    `acknowledged ${comment}`,
    content,
  ]);
  return {
    ...applied.parts,
    ...Object.fromEntries(parts.map((part) => [part.key, part.fingerprint])),
    ...Object.fromEntries(acknowledged),
  };
}

/** When each part was made last: what an action does to one of them says nothing about the others. */
function madeAt(applied: Applied, parts: readonly Part[], toDo: readonly Part[], now: Instant) {
  const before = ({ key }: Part) => applied.madeAt?.[key] ?? applied.at ?? now;
  return Object.fromEntries(parts.map((part) => [part.key, toDo.includes(part) ? now : before(part)]));
}

/** What is as it should be was applied, also where that could not be noted: it may be what an earlier pass has made. */
function confirmed(applied: Applied, parts: readonly Part[]): Applied {
  const seen = parts.filter((part) => part.asDesired && applied.parts[part.key] !== part.fingerprint);
  if (seen.length === 0) return applied;
  const fingerprints = seen.map((part) => [part.key, part.fingerprint]);
  return { ...applied, parts: { ...applied.parts, ...Object.fromEntries(fingerprints) } };
}

/** Line ends and the space around a body are not a person's change. */
function plain(body: string): string {
  return body.replaceAll("\r\n", "\n").trim();
}

/** Answers come first; the issue is closed last, when everything has been said. */
function rank(action: Action): number {
  switch (action.do) {
    case "acknowledge":
      return 0;
    case "add labels":
      return 1;
    case "remove label":
      return 2;
    case "reopen issue":
      return 3;
    case "create comment":
    case "update comment":
      return 4;
    case "make branch":
      return 5;
    case "open pull request":
      return 6;
    case "close issue":
      return 7;
  }
}

/** What was applied when a pass was stopped half-way: the comments that it made and changed are its own doing. */
export function appliedPartly(before: Applied, plan: Plan, done: readonly Action[], now: Instant): Applied {
  const made = done.flatMap((action) => ("key" in action ? [`comment ${action.key}`] : []));
  const parts = Object.entries(plan.applied.parts).filter(([key]) => made.includes(key));
  if (made.length === 0) return before;
  return {
    at: now,
    parts: { ...before.parts, ...Object.fromEntries(parts) },
    madeAt: { ...before.madeAt, ...Object.fromEntries(made.map((key) => [key, now])) },
  };
}

/** What was applied where some comments were left for later. */
export function appliedWithout(applied: Applied, keys: readonly string[]): Applied {
  const left = new Set(keys.map((key) => `comment ${key}`));
  const parts = Object.entries(applied.parts).filter(([part]) => !left.has(part));
  return left.size === 0 ? applied : { ...applied, parts: Object.fromEntries(parts) };
}
