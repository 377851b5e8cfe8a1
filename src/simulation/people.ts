/** What people do on their way through a proposal's life: they open, mend, assess, vote, merge. */
import type { ReactionContent } from "../charter/charter.ts";
import { label, react, redraft, say, settlePull, unreact, unsay } from "./changes.ts";
import { digest } from "./digest.ts";
import { newDraft, revised } from "./drafts.ts";
import { deadlineIn, keyIn, stageIn } from "./reading.ts";
import { DAYS, HOURS, instantAt, secondsOf } from "./time.ts";
import { seatingOf, type Town } from "./town.ts";
import { visit } from "./visits.ts";
import { type Announcement, APP, newThread, type Pull, personOf, type Thread } from "./world.ts";

/** Somebody's deed at some later moment, if they are still there by then. */
function later(town: Town, wait: number, by: number, deed: () => void): void {
  town.agenda.plan(town.world.now + Math.max(0, wait), () => {
    if (!town.isResting && town.world.accounts.get(by)?.isDeleted === false) deed();
  });
}

export function openProposal(town: Town, number: number): void {
  const { world, random, agenda } = town;
  const living = town.people.filter((id) => world.accounts.get(id)?.isDeleted === false);
  const author = random.pick(living);
  const isLabelled = random.chance(0.85);
  const draft = newDraft(random, number, random.chance(0.8));
  const thread = newThread(world, number, personOf(world, author), draft, isLabelled ? ["proposal"] : []);
  if (!isLabelled) {
    const maintainer = random.pick(town.maintainers);
    later(town, random.between(60, 2 * DAYS), maintainer, () => {
      label(world, thread, personOf(world, maintainer), [...thread.view.now.issue.labels, "proposal"]);
    });
  }
  const { commentDays, ballotDays } = town.committee.terms;
  const life = (commentDays + ballotDays + 6) * DAYS;
  for (let visits = random.between(1, 7); visits > 0; visits--)
    agenda.plan(world.now + random.between(1, life), () => visit(town, thread));
}

/** People notice what the App does. */
export function notice(town: Town, { thread, sender }: Announcement): void {
  if (thread === null || sender !== APP.login) return;
  const said = thread.deeds.at(-1);
  if (said?.kind === "said" && keyIn(said.body) === "ballot") planVotes(town, thread, said.comment);
  if (said?.kind !== "labels changed") return;
  const stage = stageIn(thread.record);
  if (stage === "intake") planMending(town, thread);
  if (stage === "assessment") planAssessment(town, thread);
  if (stage === "comment" || stage === "vote") planLooks(town, thread);
  if (stage === "comment" || stage === "vote") planLastMinute(town, thread);
  if (stage === "publication") planMerge(town, thread);
}

function planMending(town: Town, thread: Thread): void {
  const { world, random } = town;
  const author = thread.view.now.issue.author;
  if (author === null) return;
  later(town, random.between(HOURS, 5 * DAYS), author.id, () => {
    if (stageIn(thread.record) === "intake")
      redraft(world, thread, personOf(world, author.id), revised(random, thread.draft, true));
  });
}

function planAssessment(town: Town, thread: Thread): void {
  const { world, random } = town;
  const reviewers = [...seatingOf(town).reviewers];
  if (reviewers.length === 0) return;
  const reviewer = random.pick(reviewers);
  const words = random.pick([
    "/accept",
    "/accept",
    "/accept",
    "/accept",
    "/accept\n\nGood work.",
    "/return Please define the count.",
    "/decline Out of scope.",
  ]);
  later(town, random.between(60, 3 * DAYS), reviewer, () => {
    if (stageIn(thread.record) !== "assessment") return;
    say(world, thread, personOf(world, reviewer), words);
    // Somebody else says the same, where the author answered their own proposal.
    later(town, DAYS, reviewer, () => planSecond(town, thread));
  });
}

function planSecond(town: Town, thread: Thread): void {
  const others = [...seatingOf(town).reviewers].filter((id) => id !== thread.view.now.issue.author?.id);
  if (others.length === 0 || stageIn(thread.record) !== "assessment") return;
  say(town.world, thread, personOf(town.world, town.random.pick(others)), "/accept");
}

/** A deadline is a moment at which the App is made to look, a second before and after too. */
function planLooks({ agenda, random, hurry }: Town, thread: Thread): void {
  const deadline = deadlineIn(thread.record);
  if (deadline === null) return;
  for (const offset of [-2, -1, 0, 1, 300, 600, 601])
    if (random.chance(0.4)) agenda.plan(secondsOf(deadline) + offset, hurry);
}

/** Some do at the very end, or just after it, what they could have done before. */
function planLastMinute(town: Town, thread: Thread): void {
  const { world, random } = town;
  const deadline = deadlineIn(thread.record);
  const [chair] = seatingOf(town).chairs;
  if (deadline === null || chair === undefined || !random.chance(0.25)) return;
  const wait = secondsOf(deadline) + random.pick([-1, 0, 1, 2, 3, 9, 120, 590]) - world.now;
  const who = random.pick([thread.author, thread.author, chair]);
  const words = random.pick(["", "/extend 2 days It came too soon.", "/withdraw"]);
  later(town, wait, who, () => {
    if (words !== "") say(world, thread, personOf(world, who), words);
    else redraft(world, thread, personOf(world, who), revised(random, thread.draft, true));
  });
}

/** Most vote, some twice, some too late, some on both sides; each at a moment of their own. */
function planVotes(town: Town, thread: Thread, ballot: number): void {
  const { random, committee } = town;
  const opened = thread.record.findLast((entry) => entry.kind === "ballot-opened");
  const deadline = deadlineIn(thread.record);
  if (opened === undefined || deadline === null) return;
  const { reactions } = committee.terms;
  const contents = [reactions.for, reactions.against, reactions.abstain] as const;
  const leaning = random.pick([0.9, 0.6, 0.5, 0.3]);
  const turnout = random.pick([1, 1, 0.9, 0.6, 0.3]);
  for (const { id } of opened.electorate) {
    if (!random.chance(turnout)) continue;
    const choice = random.chance(leaning) ? contents[0] : random.pick(contents);
    planVote(town, thread, ballot, id, choice, deadline);
    if (random.chance(0.12)) planChange(town, thread, ballot, id, [choice, random.pick(contents)], deadline);
  }
  planLooks(town, thread);
  if (random.chance(0.06)) planDeletion(town, thread, ballot, deadline);
}

/** A maintainer deletes the ballot, and every vote on it. */
function planDeletion(town: Town, thread: Thread, ballot: number, deadline: string): void {
  const { world, random } = town;
  const maintainer = random.pick(town.maintainers);
  later(town, votingTime(town, deadline) - world.now, maintainer, () =>
    unsay(world, thread, personOf(world, maintainer), ballot),
  );
}

function votingTime({ random, world }: Town, deadline: string): number {
  const end = secondsOf(deadline);
  if (random.chance(0.08)) return end + random.pick([-1, 0, 1, 2, 60, 599]);
  return random.between(world.now + 1, Math.max(world.now + 2, end));
}

function planVote(
  town: Town,
  thread: Thread,
  ballot: number,
  id: number,
  content: ReactionContent,
  deadline: string,
) {
  const at = votingTime(town, deadline);
  later(town, at - town.world.now, id, () =>
    react(town.world, thread, personOf(town.world, id), ballot, content),
  );
}

/** A change of mind: the old reaction is taken away, or left standing beside the new one. */
function planChange(
  town: Town,
  thread: Thread,
  ballot: number,
  id: number,
  [from, to]: readonly [ReactionContent, ReactionContent],
  deadline: string,
): void {
  const forgets = town.random.chance(0.25);
  const isAll = !forgets && town.random.chance(0.3);
  later(town, votingTime(town, deadline) - town.world.now, id, () => {
    const person = personOf(town.world, id);
    if (!forgets) unreact(town.world, thread, person, ballot, from);
    if (!isAll) react(town.world, thread, person, ballot, to);
  });
}

export function planMerge(town: Town, thread: Thread): void {
  const { world, random, agenda } = town;
  const maintainer = town.maintainers[0] ?? 0;
  const wait = town.isResting ? HOURS : random.between(HOURS, 4 * DAYS);
  agenda.plan(world.now + wait, () => {
    const [open, another] = thread.pulls.now.filter(({ state }) => state === "open");
    if (open === undefined) return;
    if (another !== undefined) planMerge(town, thread);
    const closes = !town.isResting && random.chance(0.12);
    settlePull(world, thread, personOf(world, maintainer), closes ? closed(town, open) : merged(town, open));
    const [chair] = seatingOf(town).chairs;
    if (closes && chair !== undefined)
      later(town, random.between(HOURS, DAYS), chair, () => {
        say(world, thread, personOf(world, chair), "/publish");
      });
  });
}

function closed({ world }: Town, pull: Pull): Pull {
  return { ...pull, state: "closed", closedAt: instantAt(world.now) };
}

/** Now and then a maintainer changes a file on the way. */
function merged({ world, random }: Town, pull: Pull): Pull {
  const changes = random.chance(0.1);
  const mergedFiles = pull.files.map(({ path, content }) => ({
    path,
    sha256: digest(changes ? `${content}changed\n` : content),
  }));
  const at = instantAt(world.now);
  return { ...pull, state: "merged", mergedAt: at, closedAt: at, mergeCommit: "d".repeat(40), mergedFiles };
}
