/**
 * One year of one committee: it is made by chance, a hundred proposals live through it while everything goes wrong that
 * can, then the world is healed, the App is given time, and what came of it is checked.
 */
import { subjectKey } from "../reconcile/subjects.ts";
import { type Agenda, createAgenda } from "./agenda.ts";
import { label, lock } from "./changes.ts";
import { createPost } from "./deliveries.ts";
import { createFaults, type Fault, type Faults } from "./faults.ts";
import { hasTexts, isWhole, putBack } from "./hands.ts";
import { createMachine, type Machine } from "./machine.ts";
import { planMisfortunes } from "./misfortunes.ts";
import { checkYear } from "./oracle/check.ts";
import type { Violation } from "./oracle/violation.ts";
import { notice, openProposal, planMerge } from "./people.ts";
import { type Random, randomFrom } from "./random.ts";
import { stageIn } from "./reading.ts";
import { storyOf } from "./story.ts";
import { repair } from "./tampering.ts";
import { DAYS, HOURS, instantAt, MINUTES } from "./time.ts";
import { mend, settleTown, type Town } from "./town.ts";
import { createWorld, personOf, refOf, type Thread, type World } from "./world.ts";

export type YearReport = {
  readonly seed: number;
  readonly proposals: number;
  readonly faults: ReadonlyMap<Fault, number>;
  readonly violations: readonly Violation[];
  readonly passes: number;
  /** What happened to one proposal. */
  tell(proposal: number): readonly string[];
};

const START = Date.UTC(2026, 0, 1) / 1000;
const YEAR = 365 * DAYS;
/** The longest period, extended, and the longest ballot, posted late and prolonged, are over by then. */
const WAITED = 100 * DAYS;

type Scene = {
  readonly world: World;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly machine: Machine;
  readonly town: Town;
  readonly complaints: string[];
};

/** The same seed and number of proposals give the same year, to the last call. */
export async function simulateYear(seed: number, proposals: number): Promise<YearReport> {
  const scene = setScene(seed);
  plan(scene, proposals);
  await live(scene);
  await heal(scene);
  const quietly = await isQuiet(scene);
  const violations = [
    ...scene.complaints.map((detail) => ({ proposal: null, rule: "the App's own failure", detail })),
    ...quietly,
    ...checkYear(scene.town),
  ];
  scene.machine.stop();
  const tell = (proposal: number) => {
    const thread = scene.world.threads.get(proposal);
    return thread === undefined ? [] : storyOf(thread);
  };
  return {
    seed,
    proposals,
    faults: scene.faults.counts,
    violations,
    passes: scene.machine.shared.claims(),
    tell,
  };
}

function setScene(seed: number): Scene {
  const random = randomFrom(seed);
  const agenda = createAgenda();
  const world = createWorld(START);
  const faults = createFaults(random.fork(), random.pick([0.15, 0.4, 0.7, 1]));
  const complaints: string[] = [];
  const complain = (problem: string) => void complaints.push(problem);
  const replicas = random.pick([1, 2, 3, 4]);
  const machine = createMachine({
    world,
    faults,
    random: random.fork(),
    agenda,
    replicas,
    post: () => post,
    complain,
  });
  const post = createPost(world, agenda, faults, random.fork(), machine.deliver);
  const town = settleTown(world, random.fork(), agenda, faults, machine.hurry);
  world.announce = (announcement) => {
    post.announce(announcement);
    notice(town, announcement);
  };
  return { world, random, agenda, faults, machine, town, complaints };
}

function plan(scene: Scene, proposals: number): void {
  const { world, random, agenda, machine, town } = scene;
  planMisfortunes({ ...scene, span: YEAR });
  machine.start();
  const moments = Array.from({ length: proposals }, () => world.now + random.between(0, YEAR));
  for (const [index, at] of moments.sort((one, other) => one - other).entries())
    agenda.plan(at, () => openProposal(town, index + 1));
  const again = (work: () => void, least: number, most: number) => {
    work();
    agenda.plan(world.now + random.between(least, most), () => again(work, least, most));
  };
  again(machine.sweep, DAYS, 4 * DAYS);
  again(machine.recover, HOURS, 2 * DAYS);
}

/** Goes from one moment at which something happens to the next. */
async function live({ world, agenda, machine, random }: Scene): Promise<void> {
  const end = START + YEAR;
  while (world.now < end) {
    const next = agenda.next();
    if (next > end) break;
    world.now = Math.max(world.now, next);
    agenda.runUpTo(world.now);
    await machine.settle();
    // Much of the time the App's own next look is on time as well; else it comes when something else happens.
    const own = machine.next();
    if (own < agenda.next() && random.chance(0.02)) {
      world.now = Math.max(world.now, own);
      machine.hurry();
      await machine.settle();
    }
  }
}

/** All is well again, the people rest, and time goes by until the App has nothing more to do. */
async function heal(scene: Scene): Promise<void> {
  const { world, agenda, faults, machine, town } = scene;
  faults.heal();
  town.isResting = true;
  machine.stop();
  // What was sent before the end still arrives; the rest of what people had in mind does not happen.
  world.now += 2 * MINUTES;
  agenda.runUpTo(world.now);
  agenda.clear();
  world.now += HOURS;
  mend(town);
  tidy(scene);
  machine.start();
  await wait(scene, world.now + WAITED);
}

/** Nobody locks an issue for ever, and the label by which a proposal is found is put back by hand. */
function tidy({ world, town }: Scene): void {
  const maintainer = personOf(world, town.maintainers[0] ?? 0);
  for (const thread of world.threads.values()) {
    if (thread.view.now.isLocked) lock(world, thread, false);
    const { labels } = thread.view.now.issue;
    if (thread.record.length > 0 && !labels.includes("proposal"))
      label(world, thread, maintainer, [...labels, "proposal"]);
  }
}

async function wait({ world, agenda, machine, town }: Scene, end: number): Promise<void> {
  machine.hurry();
  await machine.settle();
  for (const thread of world.threads.values()) planMerge(town, thread);
  while (world.now < end && [...world.threads.values()].some(isUnderWay)) {
    const next = Math.min(agenda.next(), Math.max(machine.next(), world.now + 3 * HOURS));
    if (next > end) break;
    world.now = Math.max(world.now + 1, next);
    agenda.runUpTo(world.now);
    mendRecords(town);
    machine.hurry();
    await machine.settle();
  }
  world.now += DAYS;
  machine.sweep();
  machine.hurry();
  await machine.settle();
}

/** In seconds: how long the App is given for what it was asked. */
const PATIENCE = 6 * HOURS;

/** A chair asks for what is not as it was; where that is of no use, the docket is pushed back by hand. */
function mendRecords(town: Town): void {
  const { world } = town;
  for (const thread of world.threads.values()) {
    if (thread.view.now.isGone) continue;
    if (isWhole(thread)) {
      if (!hasTexts(world, thread)) putBack(world, thread);
      continue;
    }
    const asked = thread.deeds.filter((deed) => deed.kind === "said" && deed.body === "/restore");
    const recently = asked.filter(({ at }) => at > world.now - 10 * PATIENCE);
    if (recently.some(({ at }) => at > world.now - PATIENCE)) continue;
    repair(town, thread, recently.length < 3);
  }
}

/** Something about it is still to happen by itself. */
function isUnderWay(thread: Thread): boolean {
  const { record, view, pulls } = thread;
  if (view.now.isGone) return false;
  if (!isWhole(thread)) return true;
  const stage = stageIn(record);
  return (
    stage === "comment" ||
    stage === "vote" ||
    stage === "approved" ||
    pulls.now.some(({ state }) => state === "open")
  );
}

/** Where all is said and done, to look again changes nothing. */
async function isQuiet({ world, machine }: Scene): Promise<readonly Violation[]> {
  world.now += HOURS;
  const before = world.writes;
  const since = world.now;
  machine.stop();
  const all = [...world.threads.values()].map((thread) =>
    subjectKey({ kind: "proposal", ref: refOf(thread) }),
  );
  machine.shared.makeDue(all, instantAt(world.now));
  machine.start();
  machine.hurry();
  await machine.settle();
  const writes = world.writes - before;
  if (writes === 0) return [];
  const deeds = [...world.threads.values()].flatMap((thread) =>
    thread.deeds.filter(({ at }) => at >= since).map(({ kind }) => `${kind} on ${thread.number}`),
  );
  return [
    { proposal: null, rule: "a second pass does nothing", detail: `${writes} writes: ${deeds.join(", ")}` },
  ];
}
