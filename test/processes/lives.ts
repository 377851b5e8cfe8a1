/** Whole lives of many proposals at once, while the processes that lead them are killed. */
import type { Entry, Stage } from "../../src/proposal/entries.ts";
import { after, DAY, HOUR, type Instant, latest, MINUTE, seconds } from "../../src/proposal/instant.ts";
import { fold } from "../../src/proposal/state.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { HOME } from "../support/story.ts";
import { ours, publicationPulls, readDocket } from "../support/story-proposal.ts";
import {
  type Cast,
  type Choice,
  type Fate,
  hasNoBallot,
  isAdopted,
  isProlonged,
  issueOf,
  isWithdrawn,
  type Plan,
  plansFor,
} from "./fates.ts";
import { killing, type World } from "./world.ts";

export type Life = {
  readonly number: number;
  readonly plan: Plan;
  /** What each member has cast by now, as GitHub acknowledged it: this test's own count. */
  readonly box: Map<string, Set<Choice>>;
};

export type Told = {
  readonly proposals: number;
  readonly kills: number;
  /** What else goes wrong, each in an act of chance. */
  readonly mishaps?: readonly (() => Promise<void>)[];
};

/** A stage; a ballot that was prolonged is another one here. */
type Place = Stage | "prolonged vote";

type Act = {
  readonly play: (world: World, lives: Life[]) => Promise<unknown>;
  /** Where a proposal of this fate is after it. */
  readonly leadsTo: (fate: Fate) => Place;
};

const ACTS: readonly Act[] = [
  { play: acceptAll, leadsTo: () => "comment" },
  { play: discuss, leadsTo: (fate) => (hasNoBallot(fate) ? "withdrawn" : "comment") },
  { play: closeCommentPeriods, leadsTo: (fate) => (hasNoBallot(fate) ? "withdrawn" : "vote") },
  { play: vote, leadsTo: (fate) => (isWithdrawn(fate) ? "withdrawn" : "vote") },
  { play: (world, lives) => closeBallots(world, lives, (fate) => !isProlonged(fate)), leadsTo: closed },
  { play: voteMore, leadsTo: closed },
  { play: (world, lives) => closeBallots(world, lives, isProlonged), leadsTo: decided },
  { play: mergeAll, leadsTo: (fate) => (isAdopted(fate) ? "published" : decided(fate)) },
];

function closed(fate: Fate): Place {
  return isProlonged(fate) ? "prolonged vote" : decided(fate);
}

function decided(fate: Fate): Place {
  if (isWithdrawn(fate)) return "withdrawn";
  return isAdopted(fate) ? "publication" : "rejected";
}

/** Plays them to their ends, with the kills spread over the acts by chance. */
export async function playLives(world: World, { proposals, kills, mishaps = [] }: Told): Promise<Life[]> {
  const lives: Life[] = [];
  const open: Act = {
    play: () => openAll(world, plansFor(proposals, world.draw), lives),
    leadsTo: () => "assessment",
  };
  const acts = [open, ...ACTS];
  const chosen = (count: number) =>
    Array.from({ length: count }, () => Math.floor(world.draw() * acts.length));
  const [killed, upset] = [chosen(kills), chosen(mishaps.length)];
  for (const [index, act] of acts.entries()) {
    await Promise.all([
      act.play(world, lives),
      killing(world, killed.filter((at) => at === index).length),
      suffer(mishaps.filter((_, mishap) => upset[mishap] === index)),
    ]);
    await reach(world, lives, act);
  }
  return lives;
}

async function suffer(mishaps: NonNullable<Told["mishaps"]>): Promise<void> {
  for (const mishap of mishaps) await mishap();
}

const MOST_ROUNDS = 12;

/** Minutes pass until every proposal is where people have brought it; what was lost is looked for as it is every few minutes. */
async function reach(world: World, lives: readonly Life[], { leadsTo }: Act): Promise<void> {
  let missing: readonly string[] = [];
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    await world.settled();
    missing = await notYet(world, lives, leadsTo);
    if (missing.length === 0) return;
    if (round % 2 === 0) await world.fleet.restart(round % world.fleet.size);
    else world.sandbox.clock.forward(11 * MINUTE);
  }
  throw new Error(`It does not get there: ${missing.join("; ")}\n${world.fleet.words()}`);
}

async function notYet({ sandbox, look }: World, lives: readonly Life[], leadsTo: Act["leadsTo"]) {
  const failing = await look.failing();
  const found = lives.map(async ({ number, plan }) => {
    const place = placeOf(await readDocket({ sandbox }, number));
    const wanted = leadsTo(plan.fate);
    if (place !== wanted) return [`#${number} is in ${place}, not in ${wanted}`];
    const keys = (await ours({ sandbox }, number)).map(({ key }) => key);
    return place === "vote" && !keys.includes("ballot") ? [`#${number} has no ballot`] : [];
  });
  return [...failing, ...(await Promise.all(found)).flat()];
}

function placeOf(docket: readonly Entry[]): Place | "new" {
  const { stage } = fold(docket);
  const isProlongedNow = stage === "vote" && docket.some(({ kind }) => kind === "ballot-prolonged");
  return isProlongedNow ? "prolonged vote" : stage;
}

async function openAll({ sandbox }: World, plans: readonly Plan[], lives: Life[]): Promise<void> {
  await inTurns(plans, async (plan) => {
    const number = await sandbox.as("rafiot").openIssue(HOME, issueOf(plan, plan.first));
    lives.push({ number, plan, box: new Map() });
  });
}

async function acceptAll({ sandbox }: World, lives: readonly Life[]): Promise<void> {
  await inTurns(lives, ({ number }) => sandbox.as("iglocska").comment(HOME, number, "/accept"));
}

/** Some proposals are discussed, some edited, some withdrawn: by a command, or by closing the issue. */
async function discuss({ sandbox }: World, lives: readonly Life[]): Promise<void> {
  sandbox.clock.forward(5 * DAY);
  await inTurns(lives, async ({ number, plan }) => {
    await sandbox.as("mallory").comment(HOME, number, "The count should be a positive integer.");
    if (plan.text !== plan.first)
      await sandbox.as("rafiot").editIssue(HOME, number, issueOf(plan, plan.text));
    if (!hasNoBallot(plan.fate)) return;
    if (number % 2 === 0) await sandbox.as("rafiot").closeIssue(HOME, number);
    else await sandbox.as("adulau").comment(HOME, number, "/withdraw We found a better way.");
  });
}

async function closeCommentPeriods({ sandbox }: World): Promise<void> {
  sandbox.clock.forward(26 * DAY);
}

async function vote(world: World, lives: readonly Life[]): Promise<void> {
  world.sandbox.clock.forward(2 * DAY);
  await inTurns(lives, async (life) => {
    const { number, plan } = life;
    if (hasNoBallot(plan.fate)) return;
    for (const cast of plan.changes) await castVote(world, life, cast);
    for (const cast of plan.votes) await castVote(world, life, cast);
    for (const cast of plan.changes) await takeBack(world, life, cast);
    if (isWithdrawn(plan.fate))
      await world.sandbox.as("rafiot").comment(HOME, number, "/withdraw We found a better way.");
  });
  world.sandbox.clock.forward(3 * HOUR);
}

/**
 * What is cast after the last deadline of a ballot comes too late, although the App may not have looked at it by then.
 * `isLast`: whether this is the last deadline for a fate.
 */
async function closeBallots(
  { sandbox }: World,
  lives: readonly Life[],
  isLast: (fate: Fate) => boolean,
): Promise<void> {
  const states = await Promise.all(
    lives.map(async (life) => ({ life, state: fold(await readDocket({ sandbox }, life.number)) })),
  );
  const open = states.filter(({ state }) => state.stage === "vote");
  const last = open.reduce<Instant | null>(
    (found, { state }) => latest(found, state.ballot?.closesAt ?? null),
    null,
  );
  if (last === null) throw new Error("No ballot is open");
  sandbox.clock.turnTo(after(last, seconds(5)));
  await inTurns(open, async ({ life }) => {
    const late = isLast(life.plan.fate) ? life.plan.late : [];
    for (const { login, choice } of late)
      await sandbox.as(login).react(HOME, await ballotOf(sandbox, life.number), choice);
  });
  sandbox.clock.forward(11 * MINUTE);
}

async function voteMore(world: World, lives: readonly Life[]): Promise<void> {
  await inTurns(lives, async (life) => {
    for (const cast of life.plan.more) await castVote(world, life, cast);
  });
  world.sandbox.clock.forward(3 * HOUR);
}

async function mergeAll({ sandbox }: World, lives: readonly Life[]): Promise<void> {
  // One after the other: each merge moves the branch that the next one goes to.
  for (const { number } of lives)
    for (const pull of await publicationPulls({ sandbox }, number))
      await sandbox.as("cedric").mergePull(HOME, pull);
}

async function castVote({ sandbox }: World, { number, box }: Life, { login, choice }: Cast): Promise<void> {
  await sandbox.as(login).react(HOME, await ballotOf(sandbox, number), choice);
  box.set(login, new Set([...(box.get(login) ?? []), choice]));
}

async function takeBack({ sandbox }: World, { number, box }: Life, { login, choice }: Cast): Promise<void> {
  await sandbox.as(login).unreact(HOME, await ballotOf(sandbox, number), choice);
  box.set(login, new Set([...(box.get(login) ?? [])].filter((each) => each !== choice)));
}

async function ballotOf(sandbox: Sandbox, number: number): Promise<{ readonly comment: number }> {
  const ballot = (await ours({ sandbox }, number)).find(({ key }) => key === "ballot");
  if (ballot === undefined) throw new Error(`#${number} has no ballot`);
  return { comment: ballot.id };
}

const AT_ONCE = 5;

/** As people come: a few at the same time. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let index = 0; index < items.length; index += AT_ONCE)
    await Promise.all(items.slice(index, index + AT_ONCE).map(work));
}
