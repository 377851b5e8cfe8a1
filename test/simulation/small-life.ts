/**
 * A small committee with two proposals, one that is approved at once and one that is prolonged first, each published to two
 * repositories. What people do hangs on what they see, so that it is the same life whatever befalls the App on the way.
 */
import { createAgenda } from "../../src/simulation/agenda.ts";
import { react, say, settlePull } from "../../src/simulation/changes.ts";
import type { Committee } from "../../src/simulation/committee.ts";
import { createPost } from "../../src/simulation/deliveries.ts";
import { digest } from "../../src/simulation/digest.ts";
import { newDraft } from "../../src/simulation/drafts.ts";
import type { Faults } from "../../src/simulation/faults.ts";
import { createMachine } from "../../src/simulation/machine.ts";
import { checkYear } from "../../src/simulation/oracle/check.ts";
import { randomFrom } from "../../src/simulation/random.ts";
import { keyIn, oursWith, stageIn } from "../../src/simulation/reading.ts";
import { DAYS, HOURS, instantAt } from "../../src/simulation/time.ts";
import { amend, settleTown, type Town } from "../../src/simulation/town.ts";
import { APP, createWorld, newThread, type Pull, personOf, type Thread } from "../../src/simulation/world.ts";

export type Point =
  | { readonly at: "GitHub"; readonly write: number; readonly what: GitHubMishap }
  | { readonly at: "store"; readonly write: number };

type GitHubMishap = "crash before a write" | "crash after a write" | "write done, answered 502";

export type Lived = {
  readonly writes: { readonly GitHub: number; readonly store: number };
  readonly violations: readonly string[];
  /** All that is left in the end, but for the moments of it. */
  readonly left: readonly object[];
};

const AUTHOR = 100;
const MEMBERS = [101, 102, 103] as const;
const START = Date.UTC(2026, 0, 1) / 1000;
const LONGEST = 40 * DAYS;

const COMMITTEE: Committee = {
  terms: {
    commentDays: 1,
    onEdit: "note",
    ballotDays: 1,
    passes: { comparison: "more than", numerator: 1, denominator: 2, of: "votes cast" },
    quorum: 2,
    prolongDays: 1,
    closesEarly: false,
    reactions: { for: "+1", against: "-1", abstain: "eyes" },
  },
  members: MEMBERS.map((person) => ({ person })),
  hasWebsite: true,
  chairs: [{ person: MEMBERS[0] }],
  reviewers: [{ person: MEMBERS[1] }],
};

/** Lives it, with one thing that goes wrong, or none. */
export async function live(point: Point | null): Promise<Lived> {
  const random = randomFrom(1);
  const world = createWorld(START);
  const agenda = createAgenda();
  const writes = { GitHub: 0, store: 0 };
  const complaints: string[] = [];
  const faults = faultsAt(point, writes);
  const machine = createMachine({
    world,
    faults,
    random: random.fork(),
    agenda,
    replicas: 2,
    post: () => post,
    complain: (problem) => void complaints.push(problem),
    onStoreWrite(crash) {
      writes.store += 1;
      if (point?.at === "store" && point.write === writes.store) crash();
    },
  });
  const post = createPost(world, agenda, faults, random.fork(), machine.deliver);
  const town = settleTown(world, random.fork(), agenda, faults, machine.hurry);
  amend(town, COMMITTEE);
  world.announce = post.announce;
  machine.start();
  for (const number of [1, 2]) {
    const draft = newDraft(random, number, true);
    newThread(world, number, personOf(world, AUTHOR), draft, ["proposal"]);
  }
  const threads = [...world.threads.values()];
  while (world.now < START + LONGEST && !threads.every(hasEnded)) {
    const next = Math.min(agenda.next(), Math.max(machine.next(), world.now + 1));
    world.now = Math.max(world.now, Math.min(next, world.now + 6 * HOURS));
    agenda.runUpTo(world.now);
    machine.hurry();
    await machine.settle();
    for (const thread of threads) act(town, thread);
  }
  for (let after = 0; after < 3; after++) {
    world.now += HOURS;
    agenda.runUpTo(world.now);
    machine.sweep();
    machine.hurry();
    await machine.settle();
  }
  machine.stop();
  const violations = checkYear(town).map(({ rule, detail }) => `${rule}: ${detail}`);
  return { writes, violations: [...complaints, ...violations], left: threads.map(leftOf) };
}

function hasEnded({ record, view }: Thread): boolean {
  return stageIn(record) === "published" && view.now.issue.labels.includes("stage: published");
}

/** What people do about what they see, once. */
function act(town: Town, thread: Thread): void {
  const { world } = town;
  const once = (what: string) =>
    !thread.deeds.some((deed) => deed.kind === "said" && deed.body.startsWith(what));
  const stage = stageIn(thread.record);
  const reviewer = personOf(world, MEMBERS[1]);
  if (stage === "assessment" && once("/accept")) say(world, thread, reviewer, "/accept");
  if (stage === "vote") castVotes(town, thread);
  const open = thread.pulls.now.find(({ state }) => state === "open");
  if (stage === "publication" && open !== undefined)
    settlePull(world, thread, personOf(world, MEMBERS[0]), merged(open, world.now));
}

/** On the second proposal one member votes; the others only once it is prolonged. */
function castVotes({ world }: Town, thread: Thread): void {
  const [ballot] = oursWith(thread, "ballot");
  if (ballot === undefined) return;
  const isProlonged = thread.record.some(
    (entry) => entry.kind === "ballot-prolonged" && entry.tally !== null,
  );
  const voters = thread.number === 1 || isProlonged ? MEMBERS : MEMBERS.slice(0, 1);
  for (const id of voters) react(world, thread, personOf(world, id), ballot.id, "+1");
}

function merged(pull: Pull, now: number): Pull {
  const at = instantAt(now);
  const mergedFiles = pull.files.map(({ path, content }) => ({ path, sha256: digest(content) }));
  return { ...pull, state: "merged", mergedAt: at, closedAt: at, mergeCommit: "d".repeat(40), mergedFiles };
}

function leftOf(thread: Thread): object {
  const { issue, remarks } = thread.view.now;
  const tallies = thread.record.flatMap((entry) =>
    "tally" in entry && entry.tally !== null ? [entry.tally.for.map(({ voter }) => voter.id)] : [],
  );
  return {
    kinds: thread.record.map(({ kind }) => kind),
    tallies,
    comments: remarks
      .filter(({ fact }) => fact.author?.id === APP.id)
      .map(({ fact }) => keyIn(fact.body))
      .sort(),
    acknowledged: remarks.filter(({ reactions }) => reactions.some(({ user }) => user?.id === APP.id)).length,
    labels: [...issue.labels].sort(),
    state: issue.state,
    pulls: thread.pulls.now
      .map(({ repository, branch, state }) => `${repository.name} ${branch} ${state}`)
      .sort(),
  };
}

/** Nothing goes wrong but the one thing. */
function faultsAt(point: Point | null, writes: { GitHub: number }): Faults {
  return {
    counts: new Map(),
    strikes(mishap) {
      if (mishap === "crash before a write") writes.GitHub += 1;
      return point?.at === "GitHub" && point.what === mishap && point.write === writes.GitHub;
    },
    isOn: () => false,
    begin: () => undefined,
    end: () => undefined,
    count: () => undefined,
    mayCome: () => false,
    heal: () => undefined,
    isHealed: () => false,
  };
}
