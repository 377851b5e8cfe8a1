/** Five hundred ballots end in the same minute: each is decided as if it were alone, and GitHub's limits hold. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Cost, costOf } from "../../src/github/budget.ts";
import { createPace } from "../../src/github/pace.ts";
import type { Action } from "../../src/proposal/actions.ts";
import { append } from "../../src/proposal/docket.ts";
import type { Entry } from "../../src/proposal/entries.ts";
import { type Instant, instant, after as later, seconds } from "../../src/proposal/instant.ts";
import { noteBeginning } from "../../src/reconcile/intents.ts";
import { makePass } from "../../src/reconcile/pass.ts";
import { plainPress } from "../../src/reconcile/plain-press.ts";
import type { GitHubPort } from "../../src/reconcile/ports.ts";
import { startWorker } from "../../src/reconcile/worker.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { CHARTER, inVote, MEMBERS, vote } from "../support/committee.ts";
import { recordingLog } from "../support/log.ts";
import { createModelDatatracker } from "../support/model-datatracker.ts";
import { createModel, type Model } from "../support/model-github.ts";

const BALLOTS = 500;
const clock = { now: () => instant(Date.now()) };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The same docket, of another issue. */
function docketOf({ world }: Model, issue: number): readonly Entry[] {
  return (world.docket ?? []).reduce<readonly Entry[]>((entries, entry) => {
    const changed = entry.kind === "received" ? { ...entry, issue } : entry;
    return append(entries, [changed], entry.recordedAt);
  }, []);
}

/** As many proposals like one on which three voted for it and two against, and some more too late. */
async function manyInVote(): Promise<{ models: readonly Model[]; closesAt: Instant }> {
  const one = await inVote();
  vote(one, { for: 3, against: 2 });
  const opened = one.world.docket?.findLast(({ kind }) => kind === "ballot-opened");
  const closesAt = opened?.kind === "ballot-opened" ? opened.closesAt : expect.fail("no ballot is open");
  one.world.now = later(closesAt, seconds(1));
  for (const late of MEMBERS.slice(5)) one.react(late, one.ours("ballot").id, "-1");
  const models = Array.from({ length: BALLOTS }, (_, index) => {
    const model = createModel({ charterText: CHARTER, rosters: {} });
    const issueId = one.world.issueId + index;
    Object.assign(model.world, structuredClone(one.world), { issueId, docket: docketOf(one, issueId) });
    return model;
  });
  return { models, closesAt };
}

type Made = { readonly at: number; readonly cost: Cost };

/** The models behind one port that keeps pace, as GitHub's adapter does, with what each call asks of GitHub. */
function pacedPort(models: readonly Model[], made: Made[]): GitHubPort {
  const pace = createPace({ clock, paced: true, shared: null, stopped: new AbortController().signal });
  async function of(number: number, ...routes: readonly string[]): Promise<Model> {
    for (const route of routes) {
      const over = await pace.turn(route, costOf(route));
      made.push({ at: Date.now() / 1000, cost: costOf(route) });
      over();
    }
    const model = models[number - 1] ?? expect.fail(`no proposal ${number}`);
    model.world.now = clock.now();
    return model;
  }
  return {
    observe: async (ref) => {
      const model = await of(ref.number, "GET /issue", "GET /comments");
      const observed = await model.port.observe(model.ref);
      return observed && { ...observed, issue: { ...observed.issue, ref } };
    },
    nameNow: async (repository) => repository,
    read: async (ref, want) => (await of(ref.number, "GET /fact")).port.read(ref, want),
    readDocket: async (ref) => (await of(ref.number, "GET /docket")).port.readDocket(ref),
    readDocketText: async (ref, sha) => (await of(ref.number, "GET /text")).port.readDocketText(ref, sha),
    writeDocket: async (ref, write) => (await of(ref.number, "PUT /docket")).port.writeDocket(ref, write),
    act: async (ref, action) => (await of(ref.number, ...routesOf(action))).port.act(ref, action),
    docketCommit: async (ref) => (await of(ref.number, "GET /ref")).port.docketCommit(ref),
    recoverDocket: async (ref, commit) =>
      (await of(ref.number, "GET /docket")).port.recoverDocket(ref, commit),
    workshop: async (ref, repository, purpose) =>
      (await of(ref.number, "GET /repository")).port.workshop(ref, repository, purpose),
  };
}

function routesOf(action: Action): readonly string[] {
  switch (action.do) {
    case "add labels":
      return ["POST /labels"];
    case "remove label":
      return ["DELETE /labels"];
    case "open pull request":
      return ["POST /trees", "POST /commits", "POST /refs", "POST /pulls"];
    default:
      return ["POST /comments"];
  }
}

test("500 ballots that end in the same minute are decided by their deadlines, announced as the limits allow, none twice", async () => {
  const { models, closesAt } = await manyInVote();
  vi.setSystemTime(later(closesAt, seconds(601)));
  const made: Made[] = [];
  const store = openSqliteStore(":memory:");
  await noteBeginning(store, instant("2026-01-01T00:00:00Z"));
  const pass = makePass({
    github: pacedPort(models, made),
    datatracker: createModelDatatracker(clock),
    press: plainPress,
    store,
    clock,
    log: recordingLog(),
  });
  let passes = 0;
  const worker = startWorker({
    store,
    clock,
    log: recordingLog(),
    pass: (subject) => {
      passes += 1;
      return subject.kind === "proposal" ? pass(subject.ref) : expect.fail("only proposals");
    },
  });
  for (let number = 1; number <= BALLOTS; number++)
    await store.touch(`proposal misp/misp-rfc#${number}`, closesAt);
  worker.wake();

  const isAnnounced = ({ world }: Model) =>
    world.comments.some(({ body }) => body.startsWith("<!-- secretariat:decision -->"));
  const announced = () => models.filter(isAnnounced).length;
  await vi.advanceTimersByTimeAsync(2 * 3_600_000);
  expect(announced()).toBeGreaterThan(40);
  expect(announced()).toBeLessThan(BALLOTS);

  // Somebody asks in the middle of it, and does not wait for the others.
  const last = models.findLast((model) => !isAnnounced(model)) ?? expect.fail("all announced");
  const number = models.indexOf(last) + 1;
  last.world.now = clock.now();
  last.comment("pia", "/status");
  await store.receive({
    id: "asked",
    event: "issue_comment",
    receivedAt: clock.now(),
    subjects: [`proposal misp/misp-rfc#${number}`],
  });
  worker.wake();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(last.world.comments.some(({ body }) => body.startsWith("<!-- secretariat:reply-"))).toBe(true);
  await vi.advanceTimersByTimeAsync(16 * 3_600_000);
  await worker.stop();
  await store.close();

  for (const { world } of models) {
    const closed = (world.docket ?? []).filter((entry) => entry.kind === "ballot-closed");
    expect(closed).toMatchObject([{ at: closesAt, result: "approved" }]);
    expect(world.pullRequests).toHaveLength(1);
    const keys = world.comments.filter(({ byApp }) => byApp).map(({ body }) => body.split("\n")[0]);
    expect(keys).toEqual([...new Set(keys)]);
    expect(keys).toContain("<!-- secretariat:decision -->");
  }
  expectWithinLimits(made);
  const content = made.reduce((sum, { cost }) => sum + cost.content, 0);
  const hours = ((made.findLast(({ cost }) => cost.content > 0)?.at ?? 0) - (made[0]?.at ?? 0)) / 3_600;
  // Housekeeping has nine tenths of 500 an hour; the second look at a ballot waits five minutes for its turn.
  expect(hours).toBeLessThan((content / 450) * 1.15);
  expect(passes).toBeLessThan(4 * BALLOTS);
}, 30_000);

function expectWithinLimits(made: readonly Made[]): void {
  const limits = [
    ["points", 60, 900],
    ["content", 60, 80],
    ["content", 3_600, 500],
  ] as const;
  for (const [of, span, most] of limits) {
    let [used, from, highest] = [0, 0, 0];
    for (const { at, cost } of made) {
      used += cost[of];
      for (; (made[from]?.at ?? at) < at - span; from++) used -= made[from]?.cost[of] ?? 0;
      highest = Math.max(highest, used);
    }
    expect(highest).toBeLessThanOrEqual(most);
  }
}
