/**
 * What the charter says must be recorded now, given the docket and what was observed. Pure: the same facts always give
 * the same entries. Things are taken in the order in which they happened, by GitHub's timestamps, not in the order in
 * which they were noticed: a command given before a deadline counts before it, however late the App looks.
 */
import { isAuthor, sits } from "./authority.ts";
import { earlyEnd, vote } from "./ballot.ts";
import { commentPeriod } from "./comment-period.ts";
import type { Held } from "./desired-state.ts";
import type { Entry, NewEntry } from "./entries.ts";
import type { Facts, Person, Want } from "./facts.ts";
import { after, DAY, type Instant, inTime, MINUTE, seconds } from "./instant.ts";
import { assessment, intake, receive } from "./intake.ts";
import { canBeWithdrawn, isEnded } from "./lifecycle.ts";
import { isQuestion, isVoid, type Petition, petitionsIn, settle } from "./petitions.ts";
import { approved, publication } from "./publishing.ts";
import { advance, fold, type ProposalState } from "./state.ts";
import { type Need, needCharter, needClosing, record, type Step, wait } from "./step.ts";
import { submission } from "./submission.ts";
import { sight } from "./text.ts";

export type Decision = {
  readonly entries: readonly NewEntry[];
  /** The state once the entries are recorded. */
  readonly state: ProposalState;
  /** A fact that must be read before more can be decided. */
  readonly want: Want | null;
  /** Why nothing formal happens for now. */
  readonly held: Held | null;
  /** The specification's text where the entries pin another one than is kept beside the docket; else null. */
  readonly text: string | null;
  /** When to look again at the latest; null: only when something happens. */
  readonly dueAt: Instant | null;
  readonly explanation: readonly Step[];
};

/** What cannot be known now is asked again after this long. */
const RETRY = seconds(10 * MINUTE);

export function decide(docket: readonly Entry[], facts: Facts, now: Instant): Decision {
  const petitions = petitionsIn(facts.comments).filter((petition) => !isQuestion(petition.command));
  const entries: NewEntry[] = [];
  const explanation: Step[] = [];
  const before = fold(docket);
  let state = before;
  for (;;) {
    const pending = petitions.filter(
      (petition) => !state.settled.has(petition.comment) && !isVoid(petition, state),
    );
    const step = next(state, pending, facts, now);
    explanation.push(step);
    if (step.do !== "record")
      return conclude(step, { before, after: state, entries, explanation }, facts, now);
    entries.push(...step.entries);
    state = step.entries.reduce(advance, state);
  }
}

function conclude(
  last: Exclude<Step, { do: "record" }>,
  course: Pick<Decision, "entries" | "explanation"> & {
    readonly before: ProposalState;
    readonly after: ProposalState;
  },
  facts: Facts,
  now: Instant,
): Decision {
  const { before, after: state, entries, explanation } = course;
  return {
    entries,
    state,
    want: last.do === "want" ? last.want : null,
    held: last.do === "hold" ? last.held : null,
    text: state.text?.text === before.text?.text ? null : textOf(state, facts),
    dueAt: last.do === "wait" ? last.until : after(now, RETRY),
    explanation,
  };
}

function textOf(state: ProposalState, facts: Facts): string | null {
  const sighting = sight(state, facts);
  return "got" in sighting ? (sighting.got.pinned?.text ?? null) : null;
}

/** The one next step: what happened first, or else what the stage does by itself. */
function next(state: ProposalState, pending: readonly Petition[], facts: Facts, now: Instant): Step {
  if (state.stage === "new") return receive(facts, now);
  // Completeness and a closed pull request have no deadline: they held before anybody's command about them.
  const first =
    state.stage === "intake" || state.stage === "publication" ? ofItself(state, facts, now) : null;
  if (first !== null && first.do !== "wait") return unlessWithdrawn(first, state, pending, facts, now);
  const early = earlyClose(state, facts, now);
  if (!("got" in early) && early.step.do === "want") return early.step;
  const end = "got" in early ? early.got : null;
  const deeds = deedsOf(state, pending, facts, end ?? deadlineOf(state));
  for (const { step } of deeds) {
    const taken = step(now);
    if (mayWaitNoLonger(taken, state, now)) continue;
    const noting = taken.do === "hold" ? votesToRecord(state, facts, now) : null;
    return noting ?? unlessWithdrawn(taken, state, pending, facts, now);
  }
  return unlessWithdrawn(first ?? ofItself(state, facts, now), state, pending, facts, now);
}

/** How long a command that cannot be judged holds up the close of a ballot, whose result is there all the same. */
const LONGEST_DOUBT = DAY;

function mayWaitNoLonger(step: Step, state: ProposalState, now: Instant): boolean {
  return step.do === "hold" && isOverdue(state, now);
}

/** What was cast is put on record, whatever is to become of it: a command that cannot be judged does not hold that up. */
function votesToRecord(state: ProposalState, facts: Facts, now: Instant): Step | null {
  if (state.stage !== "vote") return null;
  const step = ofItself(state, facts, now);
  if (step.do === "want") return step;
  return step.do === "record" && step.entries[0]?.kind === "votes-recorded" ? step : null;
}

/** A ballot should have been closed long ago: what cannot be read about a command is then taken for unknown. */
export function isOverdue(state: ProposalState, now: Instant): boolean {
  const deadline = state.stage === "vote" ? deadlineOf(state) : null;
  return deadline !== null && now > after(deadline, LONGEST_DOUBT);
}

/** A ballot that may close once everyone has voted closed with the last vote: what was done after that came after it. */
function earlyClose(state: ProposalState, facts: Facts, now: Instant): Need<Instant | null> {
  return state.stage === "vote" && state.ballot !== null ? earlyEnd(state.ballot, facts, now) : { got: null };
}

/** Something a person did, and the step that answers it. */
type Deed = { readonly at: Instant; readonly step: (now: Instant) => Step };

/** What people did up to a deadline, in the order in which they did it. */
function deedsOf(
  state: ProposalState,
  pending: readonly Petition[],
  facts: Facts,
  deadline: Instant | null,
): readonly Deed[] {
  const petitions = pending.map(
    (petition): Deed => ({ at: petition.at, step: (now) => settle(petition, state, facts, now) }),
  );
  const closing = closedByHand(state, facts);
  return [...(closing ? [closing] : []), ...petitions]
    .filter((deed) => isInTime(deed.at, deadline))
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

/** What is held up by something that cannot be read can still be withdrawn. A ballot's result stands when it has closed. */
function unlessWithdrawn(
  step: Step,
  state: ProposalState,
  pending: readonly Petition[],
  facts: Facts,
  now: Instant,
): Step {
  if (step.do !== "hold") return step;
  const withdrawals = pending.filter((petition) => petition.command.name === "withdraw");
  const deadline = state.stage === "vote" ? deadlineOf(state) : null;
  const steps = deedsOf(state, withdrawals, facts, deadline).map((deed) => deed.step(now));
  const withdrawn = steps.find((each) => each.do === "record" && each.entries[0]?.kind === "withdrawn");
  return withdrawn ?? steps.find((each) => each.do === "want") ?? step;
}

function isInTime(at: Instant, deadline: Instant | null): boolean {
  return deadline === null || inTime(at, deadline);
}

/**
 * The deadline of the stage: what happened after it comes after what it brings about. That is so also where a pass began
 * before the deadline, and saw what was done after it.
 */
function deadlineOf({ stage, commentPeriod, ballot }: ProposalState): Instant | null {
  if (stage === "comment") return commentPeriod?.closesAt ?? null;
  return stage === "vote" ? (ballot?.closesAt ?? null) : null;
}

/** The author or a chair who closes the issue withdraws the proposal; anybody else's closing is put back. */
function closedByHand(state: ProposalState, facts: Facts): Deed | null {
  const { state: issueState, closedAt, closedBy: by } = facts.issue;
  if (state.stage === "new" || !canBeWithdrawn(state.stage)) return null;
  if (issueState !== "closed" || closedAt === null || by === null) return null;
  const allowed = mayWithdraw(by, facts);
  if (!("got" in allowed)) return { at: closedAt, step: () => allowed.step };
  if (!allowed.got) return null;
  // "Fixes #12" in somebody's commit closes an issue in the name of whoever merges it: that is nobody's withdrawal.
  const closing = needClosing(facts, closedAt);
  if (!("got" in closing)) return { at: closedAt, step: () => closing.step };
  const entry = { kind: "withdrawn", by, comment: null, reason: null, at: closedAt } as const;
  return closing.got === "by hand"
    ? { at: closedAt, step: () => record(`@${by.login} closed the issue`, [entry]) }
    : null;
}

/** Whether it is known of whoever closed the issue that they may not withdraw the proposal. */
export function isNoWithdrawal(facts: Facts): boolean {
  const { closedBy: by } = facts.issue;
  const allowed = by === null ? null : mayWithdraw(by, facts);
  return allowed !== null && "got" in allowed && !allowed.got;
}

function mayWithdraw(by: Person, facts: Facts): Need<boolean> {
  if (isAuthor(by, facts)) return { got: true };
  const charter = needCharter(facts);
  return "got" in charter ? sits(by, "chairs", charter.got.charter, facts) : charter;
}

function ofItself(state: ProposalState, facts: Facts, now: Instant): Step {
  switch (state.stage) {
    case "new":
      return receive(facts, now);
    case "intake":
      return intake(state, facts, now);
    case "assessment":
      return assessment(state, facts, now);
    case "comment":
      return commentPeriod(state, facts, now);
    case "vote":
      return vote(state, facts, now);
    case "approved":
      return approved(state, facts, now);
    case "publication":
      return publication(state, facts, now);
    case "published":
      return submission(state, facts, now);
    default:
      if (!isEnded(state.stage)) throw new Error(`A stage without a rule: ${state.stage}`);
      return wait("the proposal has ended", null);
  }
}
