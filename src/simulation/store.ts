/**
 * The store of the simulation: the production's state machine of the queue on a plain map, shared by all replicas as
 * PostgreSQL is, that can be wiped and restored, and lets nobody write while its disk is full.
 */
import { earliest, type Instant } from "../proposal/instant.ts";
import type { Delivery, StorePort } from "../reconcile/ports.ts";
import {
  abandoned,
  called,
  claimed,
  failed,
  type Item,
  isDone,
  runnableAt,
  succeeded,
  touched,
  UNTOUCHED,
} from "../store/queue.ts";

type Content = {
  readonly items: Map<string, Item>;
  readonly notes: Map<string, string>;
  readonly deliveries: Set<string>;
};

export type SharedStore = {
  /** The store as one replica holds it. `mayWrite` throws where the disk is full or the replica is dead. */
  open(holder: string, mayWrite: () => void, jitter: () => number): StorePort;
  /** Leases of a holder that is known to be gone are void. */
  forget(holder: string): void;
  /** When anything may run next. */
  nextDue(): Instant | null;
  /** Whether somebody waits for an answer. */
  isUrgent(): boolean;
  /** How many passes were begun. */
  claims(): number;
  makeDue(subjects: readonly string[], at: Instant): void;
  wipe(): void;
  copy(): () => void;
};

export function createSharedStore(): SharedStore {
  let content: Content = { items: new Map(), notes: new Map(), deliveries: new Set() };
  const counter = { claims: 0 };
  const save = (subject: string, item: Item) => {
    if (isDone(item)) content.items.delete(subject);
    else content.items.set(subject, item);
  };
  return {
    open: (holder, mayWrite, jitter) =>
      openFor({ holder, mayWrite, jitter, save, content: () => content, counter }),
    forget(holder) {
      for (const [subject, item] of content.items)
        if (item.lease?.holder === holder) save(subject, abandoned(item));
    },
    nextDue: () => earliest([...content.items.values()].map(runnableAt)),
    isUrgent: () => content.items.values().some(({ urgent }) => urgent),
    claims: () => counter.claims,
    makeDue(subjects, at) {
      for (const subject of subjects) save(subject, touched(content.items.get(subject) ?? UNTOUCHED, at));
    },
    wipe() {
      content = { items: new Map(), notes: new Map(), deliveries: new Set() };
    },
    copy() {
      const kept = copyOf(content);
      return () => {
        content = copyOf(kept);
      };
    },
  };
}

function copyOf({ items, notes, deliveries }: Content): Content {
  return { items: new Map(items), notes: new Map(notes), deliveries: new Set(deliveries) };
}

type Handle = {
  readonly holder: string;
  readonly mayWrite: () => void;
  readonly jitter: () => number;
  readonly save: (subject: string, item: Item) => void;
  readonly content: () => Content;
  readonly counter: { claims: number };
};

function openFor(handle: Handle): StorePort {
  const { mayWrite, content, save } = handle;
  const load = (subject: string) => content().items.get(subject) ?? UNTOUCHED;
  const running = new Set<string>();

  function receive({ id, subjects, receivedAt }: Delivery): "stored" | "known" {
    mayWrite();
    if (content().deliveries.has(id)) return "known";
    content().deliveries.add(id);
    for (const subject of subjects) save(subject, called(load(subject), receivedAt));
    return "stored";
  }

  return {
    runOne: (now, pass) => runOne(handle, running, now, pass),
    receive: async (delivery) => receive(delivery),
    known: async (ids) => new Set(ids.filter((id) => content().deliveries.has(id))),
    async touch(subject, dueAt) {
      mayWrite();
      save(subject, touched(load(subject), dueAt));
    },
    nextDue: async () => first(content(), running)?.at ?? null,
    async depth(now) {
      const times = [...content().items.values()].filter(({ lease }) => lease === null).map(runnableAt);
      const due = times.filter((at) => at !== null && at <= now).length;
      return { due, planned: times.filter((at) => at !== null).length - due };
    },
    recall: async (key) => content().notes.get(key) ?? null,
    async remember(key, value) {
      mayWrite();
      content().notes.set(key, value);
    },
    async failures() {
      const bySubject = [...content().items].sort(([one], [other]) => (one < other ? -1 : 1));
      return bySubject.flatMap(([subject, item]) => {
        const dueAt = item.lease?.since ?? runnableAt(item);
        if (item.failures === 0 || dueAt === null) return [];
        return [{ subject, failures: item.failures, error: (item.error ?? "").toWellFormed(), dueAt }];
      });
    },
    async close() {},
  };
}

type Next = { readonly subject: string; readonly at: Instant };

/** The one that is runnable first; those that are passed over are of no concern. */
function first(
  { items }: Content,
  running: ReadonlySet<string>,
  concerns: (item: Item) => boolean = () => true,
) {
  let best: Next | null = null;
  for (const [subject, item] of items) {
    const at = running.has(subject) || !concerns(item) ? null : runnableAt(item);
    if (at !== null && (best === null || at < best.at || (at === best.at && subject < best.subject)))
      best = { subject, at };
  }
  return best;
}

/** What is due by now: what somebody waits for goes before the rest. */
function firstDue(content: Content, running: ReadonlySet<string>, now: Instant): Next | null {
  const isDue = (next: Next | null) => (next !== null && next.at <= now ? next : null);
  return isDue(first(content, running, ({ urgent }) => urgent)) ?? isDue(first(content, running));
}

async function runOne(
  { holder, mayWrite, jitter, save, content, counter }: Handle,
  running: Set<string>,
  now: () => Instant,
  pass: Parameters<StorePort["runOne"]>[1],
): Promise<"ran" | "idle"> {
  const next = firstDue(content(), running, now());
  if (next === null) return "idle";
  mayWrite();
  const { subject } = next;
  const item = content().items.get(subject) ?? UNTOUCHED;
  save(subject, claimed(item, holder, now()));
  counter.claims += 1;
  running.add(subject);
  const settle = (change: (item: Item) => Item) => {
    running.delete(subject);
    mayWrite();
    const held = content().items.get(subject);
    if (held?.lease?.holder === holder) save(subject, change(held));
  };
  let due: Instant | null;
  try {
    due = await pass(subject, item.urgent);
  } catch (error) {
    settle((held) => failed(held, error, now(), jitter()));
    return "ran";
  }
  settle((held) => succeeded(held, due));
  return "ran";
}
