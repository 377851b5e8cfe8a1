/** What anybody may do to an issue at any time, wise or not. */
import { REACTION_CONTENTS } from "../charter/charter.ts";
import {
  close,
  label,
  lock,
  react,
  redraft,
  reopen,
  rewrite,
  say,
  takeAway,
  unreact,
  unsay,
} from "./changes.ts";
import { randomTerms } from "./committee.ts";
import { revised } from "./drafts.ts";
import { oursWith } from "./reading.ts";
import { DAYS, HOURS } from "./time.ts";
import { amend, deleteAccount, mend, moveInTeam, rename, seatingOf, type Town } from "./town.ts";
import { personOf, type Remark, type Thread } from "./world.ts";

type Visit = (town: Town, thread: Thread, by: number) => void;

/** How often each is done, of all visits. */
const VISITS: readonly (readonly [weight: number, visit: Visit])[] = [
  [14, remark],
  [12, edit],
  [18, command],
  [6, editComment],
  [4, deleteComment],
  [2, editOurs],
  [1, deleteOurs],
  [6, reactSomewhere],
  [10, voteOrNot],
  [5, moveLabels],
  [4, closeIssue],
  [3, reopenIssue],
  [2, renamed],
  [0.3, deleted],
  [2, (town, _, by) => moveInTeam(town, by)],
  [1.5, amendCharter],
  [0.5, lockIssue],
  [0.2, transferIssue],
];

const ALL = VISITS.reduce((sum, [weight]) => sum + weight, 0);

export function visit(town: Town, thread: Thread): void {
  const { world, random } = town;
  if (town.isResting || thread.view.now.isGone) return;
  const living = town.people.filter((id) => world.accounts.get(id)?.isDeleted === false);
  const by = random.pick(living);
  let left = random.next() * ALL;
  for (const [weight, deed] of VISITS) {
    left -= weight;
    if (left < 0) {
      deed(town, thread, by);
      return;
    }
  }
}

const REMARKS = [
  "I have read it, and I like it.",
  "> /accept\n\nI would not accept it yet.",
  "Somebody should write `/withdraw` here.",
  "<!-- secretariat:ballot -->\nThis is the ballot.",
  "```\n/decline\n```",
];

function remark({ world, random }: Town, thread: Thread, by: number): void {
  say(world, thread, personOf(world, by), random.pick(REMARKS));
}

function edit({ world, random }: Town, thread: Thread, by: number): void {
  const author = thread.view.now.issue.author?.id ?? by;
  redraft(world, thread, personOf(world, author), revised(random, thread.draft, random.chance(0.9)));
}

const COMMANDS = [
  "/accept",
  "/return It is not clear.",
  "/return",
  "/decline It is out of scope.",
  "/extend 2 days A holiday.",
  "/extend 3 days Another holiday.",
  "/extend",
  "/withdraw",
  "/withdraw We found a better way.",
  "/publish",
  "/status",
  "/help",
];

/** Those who may give a command do so more often than those who may not, and withdraw less often than they could. */
function command(town: Town, thread: Thread, by: number): void {
  const { world, random } = town;
  const words = random.pick(COMMANDS);
  const { chairs, reviewers } = seatingOf(town);
  const able = [...(words.startsWith("/extend") || words.startsWith("/publish") ? chairs : reviewers)];
  const isMeant = !words.startsWith("/withdraw") && !words.startsWith("/decline");
  const who = isMeant && able.length > 0 && random.chance(0.6) ? random.pick(able) : by;
  if (world.accounts.get(who)?.isDeleted === false) say(world, thread, personOf(world, who), words);
}

function someRemark({ random }: Town, thread: Thread, isOurs: boolean): Remark | null {
  const remarks = thread.view.now.remarks.filter(({ fact }) => fact.byApp === isOurs);
  return remarks.length === 0 ? null : random.pick(remarks);
}

function editComment(town: Town, thread: Thread, by: number): void {
  const chosen = someRemark(town, thread, false);
  if (chosen === null) return;
  const author = chosen.fact.author?.id ?? by;
  rewrite(
    town.world,
    thread,
    personOf(town.world, author),
    chosen.fact.id,
    town.random.pick(["/accept", "/withdraw", "I was wrong."]),
  );
}

function deleteComment(town: Town, thread: Thread, by: number): void {
  const chosen = someRemark(town, thread, false);
  if (chosen !== null)
    unsay(town.world, thread, personOf(town.world, chosen.fact.author?.id ?? by), chosen.fact.id);
}

function editOurs(town: Town, thread: Thread): void {
  const chosen = someRemark(town, thread, true);
  const maintainer = town.random.pick(town.maintainers);
  if (chosen !== null)
    rewrite(
      town.world,
      thread,
      personOf(town.world, maintainer),
      chosen.fact.id,
      `${chosen.fact.body}\nVote for me.`,
    );
}

function deleteOurs(town: Town, thread: Thread): void {
  const chosen = someRemark(town, thread, true);
  const maintainer = town.random.pick(town.maintainers);
  if (chosen !== null) unsay(town.world, thread, personOf(town.world, maintainer), chosen.fact.id);
}

function reactSomewhere(town: Town, thread: Thread, by: number): void {
  const chosen = someRemark(town, thread, town.random.chance(0.5));
  if (chosen === null) return;
  react(town.world, thread, personOf(town.world, by), chosen.fact.id, town.random.pick(REACTION_CONTENTS));
}

/** Anybody at all reacts to the ballot, or takes a reaction away. */
function voteOrNot(town: Town, thread: Thread, by: number): void {
  const [ballot] = oursWith(thread, "ballot");
  if (ballot === undefined) return;
  const person = personOf(town.world, by);
  const content = town.random.pick(REACTION_CONTENTS);
  if (town.random.chance(0.3)) unreact(town.world, thread, person, ballot.id, content);
  else react(town.world, thread, person, ballot.id, content);
}

function moveLabels(town: Town, thread: Thread): void {
  const { random, world } = town;
  const labels = thread.view.now.issue.labels;
  const other = random.pick(["stage: published", "stage: vote", "good first issue", "kind: update"]);
  const next = random.chance(0.5)
    ? labels.filter((_, index) => index !== 0)
    : [...new Set([...labels, other])];
  label(world, thread, personOf(world, random.pick(town.maintainers)), next);
}

/** Authors and chairs rarely close what they want to see through. */
function closeIssue(town: Town, thread: Thread, by: number): void {
  const { random, world } = town;
  const isTheirs = by === thread.view.now.issue.author?.id || seatingOf(town).chairs.has(by);
  const who = isTheirs && random.chance(0.6) ? random.pick(town.maintainers) : by;
  if (world.accounts.get(who)?.isDeleted === false)
    close(world, thread, personOf(world, who), random.chance(0.25));
}

function reopenIssue(town: Town, thread: Thread, by: number): void {
  reopen(town.world, thread, personOf(town.world, by));
}

function renamed(town: Town, _: Thread, by: number): void {
  rename(town, by);
  planMending(town);
}

function deleted(town: Town, _: Thread, by: number): void {
  deleteAccount(town, by);
  planMending(town);
}

/** Somebody notices, sooner or later, that the charter names a person whom nobody finds. */
function planMending(town: Town): void {
  town.agenda.plan(town.world.now + town.random.between(HOURS, 4 * DAYS), () => mend(town));
}

/** The charter is amended: with other terms, or just with the names of today. */
function amendCharter(town: Town): void {
  const { random } = town;
  if (random.chance(0.5))
    amend(town, { ...town.committee, terms: randomTerms(random, town.committee.members.length) });
  else mend(town);
}

function lockIssue(town: Town, thread: Thread): void {
  if (!town.faults.mayCome("issue locked")) return;
  town.faults.count("issue locked");
  lock(town.world, thread, true);
  town.agenda.plan(town.world.now + town.random.between(HOURS, 5 * DAYS), () =>
    lock(town.world, thread, false),
  );
}

function transferIssue(town: Town, thread: Thread): void {
  if (!town.faults.mayCome("issue transferred")) return;
  town.faults.count("issue transferred");
  takeAway(town.world, thread);
}
