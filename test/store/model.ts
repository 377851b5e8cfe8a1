/** The store's promises once more, as plainly as they can be said, and random histories that compare the two. */
import fc from "fast-check";
import { expect } from "vitest";
import { after, DAY, type Instant, seconds } from "../../src/proposal/instant.ts";
import { GitHubFailure, type StorePort } from "../../src/reconcile/ports.ts";

type Entry = {
  due: Instant | null;
  notBefore: Instant | null;
  failures: number;
  began: Instant | null;
  urgent: boolean;
};
type Running = { subject: string; settle: (end: () => Promise<Instant | null>) => Promise<void> };
type Model = { now: Instant; entries: Map<string, Entry>; deliveries: Set<string> };
type Real = { store: StorePort; running: Running[]; reopen: () => Promise<StorePort> };
type Command = fc.AsyncCommand<Model, Real>;

/** Runs one random history against a store. */
export type Commands = (open: () => Promise<StorePort>) => Promise<void>;

const subjects = fc.constantFrom("proposal a/b#1", "proposal a/b#2", "charter a/b");
const soon = fc.integer({ min: -30, max: 200 });

/** `crashes`: whether the store is to be opened again on what it kept, now and then. */
export function commandsFor(start: Instant, crashes: boolean): fc.Arbitrary<Commands> {
  const commands = fc.commands(
    [
      fc.tuple(fc.nat({ max: 8 }), fc.uniqueArray(subjects)).map(([id, names]) => receive(`d${id}`, names)),
      fc.tuple(subjects, soon).map(([subject, span]) => touch(subject, span)),
      fc.constant(begin()),
      fc.tuple(fc.nat(), fc.option(soon, { nil: null })).map(([which, span]) => succeed(which, span)),
      fc.tuple(fc.nat(), fc.option(soon, { nil: null })).map(([which, span]) => fail(which, span)),
      fc.tuple(fc.nat(), fc.option(soon, { nil: null })).map(([which, span]) => pace(which, span)),
      fc.integer({ min: 0, max: 4_000 }).map(wait),
      ...(crashes ? [fc.constant(crash())] : []),
    ],
    { maxCommands: 40 },
  );
  return commands.map((history) => async (open) => {
    const store = await open();
    const real: Real = { store, running: [], reopen: open };
    const model: Model = { now: start, entries: new Map(), deliveries: new Set() };
    await fc.asyncModelRun(() => ({ model, real }), history);
    for (const pass of real.running) await pass.settle(async () => null);
    await real.store.close();
  });
}

function receive(id: string, names: readonly string[]): Command {
  return command(`receive ${id} ${names.join(", ")}`, async (model, { store }) => {
    const answer = await store.receive({ id, event: "issues", receivedAt: model.now, subjects: names });
    expect(answer).toBe(model.deliveries.has(id) ? "known" : "stored");
    if (answer === "stored")
      for (const name of names) {
        makeDue(entry(model, name), model.now);
        entry(model, name).urgent = true;
        if (entry(model, name).failures === 0) entry(model, name).notBefore = null;
      }
    model.deliveries.add(id);
  });
}

function touch(subject: string, span: number): Command {
  return command(`touch ${subject} ${span}`, async (model, { store }) => {
    const dueAt = after(model.now, seconds(span));
    await store.touch(subject, dueAt);
    makeDue(entry(model, subject), dueAt);
  });
}

function begin(): Command {
  return command("begin", async (model, real) => {
    const ready = waiting(model).filter(([, at]) => at <= model.now);
    const urgent = ready.filter(([subject]) => entry(model, subject).urgent);
    const line = urgent.length > 0 ? urgent : ready;
    // Which of several that are due in the same second is nobody's promise.
    const first = line.filter(([, at]) => at === line[0]?.[1]).map(([subject]) => subject);
    const began = await beginOn(real, () => model.now);
    expect(began === null ? [] : [began]).toEqual(first.filter((subject) => subject === began));
    expect(began === null).toBe(first.length === 0);
    if (began === null) return;
    Object.assign(entry(model, began), { due: null, began: model.now });
  });
}

function succeed(which: number, span: number | null): Command {
  return command(`succeed ${which} ${span}`, async (model, { running }) => {
    const [pass] = running.splice(which % Math.max(1, running.length), 1);
    if (pass === undefined) return;
    const next = span === null ? null : after(model.now, seconds(span));
    await pass.settle(async () => next);
    const after_ = entry(model, pass.subject);
    const calledMeanwhile = after_.urgent && after_.due !== null;
    Object.assign(after_, { began: null, failures: 0, notBefore: null, urgent: calledMeanwhile });
    if (next !== null) makeDue(after_, next);
  });
}

function fail(which: number, retry: number | null): Command {
  return command(`fail ${which} ${retry}`, async (model, { running }) => {
    const [pass] = running.splice(which % Math.max(1, running.length), 1);
    if (pass === undefined) return;
    const retryAt = retry === null ? null : after(model.now, seconds(retry));
    await pass.settle(() => Promise.reject(new GitHubFailure("no", { status: 500, retryAt })));
    const failed = entry(model, pass.subject);
    Object.assign(failed, { began: null, failures: failed.failures + 1, notBefore: retryAt });
    // Half the jitter: three quarters of 5 s, 10 s, 20 s … an hour, and never under 5 s.
    const whole = Math.min(3_600, 5 * 2 ** (failed.failures - 1));
    makeDue(failed, after(model.now, seconds(Math.max(5, Math.round(whole * 0.75)))));
  });
}

function pace(which: number, retry: number | null): Command {
  return command(`pace ${which} ${retry}`, async (model, { running }) => {
    const [pass] = running.splice(which % Math.max(1, running.length), 1);
    if (pass === undefined) return;
    const retryAt = retry === null ? null : after(model.now, seconds(retry));
    await pass.settle(() =>
      Promise.reject(new GitHubFailure("later", { status: 429, retryAt, paced: true })),
    );
    const waiting_ = entry(model, pass.subject);
    Object.assign(waiting_, { began: null, notBefore: retryAt });
    makeDue(waiting_, retryAt ?? model.now);
  });
}

function wait(span: number): Command {
  return command(`wait ${span}`, async (model) => {
    model.now = after(model.now, seconds(span));
  });
}

function crash(): Command {
  return command("crash", async (model, real) => {
    real.store = await real.reopen();
    for (const item of model.entries.values()) {
      if (item.began === null) continue;
      item.failures += 1;
      const wait = item.failures === 1 ? 0 : Math.min(3_600, 5 * 2 ** (item.failures - 1));
      makeDue(item, after(item.began, seconds(wait)));
      item.began = null;
    }
    // What the dead process's passes still do must not matter to the living one.
    for (const pass of real.running.splice(0)) await pass.settle(async () => after(model.now, DAY));
  });
}

function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    toString: () => name,
    async run(model, real) {
      await run(model, real);
      await compare(model, real.store);
    },
  };
}

async function compare(model: Model, store: StorePort): Promise<void> {
  expect(await store.nextDue()).toBe(waiting(model)[0]?.[1] ?? null);
  const failing = (await store.failures()).map(({ subject, failures }) => [subject, failures]);
  const expected = [...model.entries].filter(([, { failures }]) => failures > 0);
  expect(failing).toEqual(expected.map(([subject, { failures }]) => [subject, failures]).sort());
}

/** Starts a pass and hands its end to the history. */
async function beginOn(real: Real, now: () => Instant): Promise<string | null> {
  const started = Promise.withResolvers<string | null>();
  const end = Promise.withResolvers<() => Promise<Instant | null>>();
  const whole = real.store
    .runOne(now, async (subject) => {
      started.resolve(subject);
      return (await end.promise)();
    })
    .then(() => started.resolve(null));
  const subject = await started.promise;
  if (subject === null) return null;
  const settle = async (how: () => Promise<Instant | null>) => {
    end.resolve(how);
    await whole;
  };
  real.running.push({ subject, settle });
  return subject;
}

/** Who may run, in the order in which they will. */
function waiting({ entries }: Model): (readonly [subject: string, at: Instant])[] {
  const idle = [...entries].flatMap(([subject, { due, notBefore, began }]) =>
    due === null || began !== null ? [] : [[subject, latest(due, notBefore)] as const],
  );
  return idle.sort(([a, atA], [b, atB]) => (atA === atB ? (a < b ? -1 : 1) : atA < atB ? -1 : 1));
}

function latest(due: Instant, notBefore: Instant | null): Instant {
  return notBefore !== null && notBefore > due ? notBefore : due;
}

function entry(model: Model, subject: string): Entry {
  const known = model.entries.get(subject);
  if (known !== undefined) return known;
  const fresh: Entry = { due: null, notBefore: null, failures: 0, began: null, urgent: false };
  model.entries.set(subject, fresh);
  return fresh;
}

function makeDue(item: Entry, at: Instant): void {
  if (item.due === null || at < item.due) item.due = at;
}
