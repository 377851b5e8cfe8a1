/**
 * The pass over the standards that a committee has published: what expires is told in one issue, what people ask for there
 * and what has expired becomes pull requests. Like every pass it asks only what is, and may run at any time.
 */
import type { MaintenanceView } from "../messages/maintenance.ts";
import type { Repository } from "../proposal/facts.ts";
import { earliest, type Instant } from "../proposal/instant.ts";
import { MAINTENANCE_KEY } from "../proposal/keys.ts";
import { sameName } from "../proposal/publication-plan.ts";
import {
  type Kept,
  keeperOf,
  keptBy,
  rememberKeeper,
  rememberLooked,
  rememberQuiet,
  wasQuiet,
} from "./maintenance-keeper.ts";
import { type Look, lookAt, rowsOf, withPulls } from "./maintenance-look.ts";
import type { MaintenancePorts, OwnIssue } from "./maintenance-ports.ts";
import { answerAll, showIssue } from "./maintenance-show.ts";
import { tend } from "./maintenance-tend.ts";
import { GitHubFailure } from "./ports.ts";
import { subjectKey } from "./subjects.ts";
import { troubleIn } from "./trouble.ts";

/** When a repository's standards are to be looked at again; null: nothing is kept there. */
export async function maintain(ports: MaintenancePorts, repository: Repository): Promise<Instant | null> {
  const { directory, store, clock } = ports;
  const now = clock.now();
  const fact = await directory.charter(repository, null);
  if (fact.status === "unreadable") throw new GitHubFailure(fact.because, { status: null, retryAt: null });
  const kept = keptBy(repository, fact);
  if (kept === null) return passOn(ports, repository, now);
  if (!sameName(kept.standards, repository)) await rememberKeeper(store, kept.standards, repository);
  const look = await lookOrTell(ports, kept, now);
  const isQuiet = look.maintenance.due.length + look.maintenance.marked.length === 0;
  if (!isQuiet && (await isRenamed(ports, repository, now))) return null;
  const dueAt = isQuiet ? await keepQuiet(ports, kept, look, now) : await keepTold(ports, kept, look, now);
  await rememberLooked(store, repository, now);
  // What is changed meanwhile has events; for those that are lost, the sweep looks once a day.
  return earliest([look.maintenance.nextAt, dueAt]);
}

/** Standards are looked after under the present name alone: two passes at once would each open what the other opens. */
async function isRenamed(
  { github, store }: MaintenancePorts,
  repository: Repository,
  now: Instant,
): Promise<boolean> {
  const called = await github.nameNow(repository);
  if (called === null || sameName(called, repository)) return false;
  await store.touch(subjectKey({ kind: "maintenance", repository: called }), now);
  return true;
}

/** An issue that is open still is closed; after that there is none to look at. */
async function keepQuiet(
  ports: MaintenancePorts,
  kept: Kept,
  look: Look,
  now: Instant,
): Promise<Instant | null> {
  if (await wasQuiet(ports.store, kept.home, now)) return null;
  const dueAt = await keep(ports, kept, look, now);
  await rememberQuiet(ports.store, kept.home, now);
  return dueAt;
}

/** Noted before anything is told: a crash must not leave an issue open of which nobody knows. */
async function keepTold(
  ports: MaintenancePorts,
  kept: Kept,
  look: Look,
  now: Instant,
): Promise<Instant | null> {
  await rememberQuiet(ports.store, kept.home, null);
  return keep(ports, kept, look, now);
}

/** A push to the repository of the standards names that one; whoever keeps them may be another. */
async function passOn({ store }: MaintenancePorts, repository: Repository, now: Instant): Promise<null> {
  await rememberLooked(store, repository, null);
  const keeper = await keeperOf(store, repository);
  if (keeper !== null) await store.touch(keeper, now);
  return null;
}

/** What keeps the App from looking is said in the issue, if it is something that people can mend. */
async function lookOrTell(ports: MaintenancePorts, kept: Kept, now: Instant): Promise<Look> {
  try {
    return await lookAt(ports, kept, now);
  } catch (error) {
    const trouble = troubleIn(error);
    if (trouble !== null) {
      await rememberQuiet(ports.store, kept.home, null);
      const own = await ports.desk.ownIssues(kept.home, MAINTENANCE_KEY);
      await showIssue(ports, kept.home, own, { rows: [], marked: [], trouble }, now);
    }
    throw error;
  }
}

async function keep(ports: MaintenancePorts, kept: Kept, look: Look, now: Instant): Promise<Instant | null> {
  const own = await ports.desk.ownIssues(kept.home, MAINTENANCE_KEY);
  const told = await toldOn(ports, look, own);
  const tended = await tend(ports, kept, look, told);
  const answered = told === null ? null : await answerAll(ports, told.issue, tended.answers, now);
  const done = withPulls(look, tended.opened);
  const view: MaintenanceView = {
    rows: rowsOf(done.maintenance.due, done),
    marked: rowsOf(done.maintenance.marked, done),
    trouble: tended.failure === null ? null : troubleIn(tended.failure),
  };
  const shown = await showIssue(ports, kept.home, own, view, now);
  if (tended.failure !== null) throw tended.failure;
  return earliest([answered, shown]);
}

/** Where people ask: on the open issue, or, where a draft may still be renewed, on the one that was closed last. */
async function toldOn({ github }: MaintenancePorts, { maintenance }: Look, own: readonly OwnIssue[]) {
  const mayAsk = maintenance.due.length + maintenance.marked.length > 0;
  const issue = own.find(({ state }) => state === "open") ?? (mayAsk ? own.at(-1) : undefined);
  const observed = issue === undefined ? null : await github.observe(issue.ref);
  return observed === null ? null : { issue: observed.issue.ref, comments: observed.comments };
}
