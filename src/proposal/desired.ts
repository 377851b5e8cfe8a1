/** What the issue should look like for a decision: labels, comments, open or closed, pull requests. Pure. */
import { ballotComment } from "./ballot.ts";
import type { Decision } from "./decide.ts";
import type {
  BallotMessage,
  Desired,
  DesiredComment,
  DesiredPullRequest,
  SectionFinding,
  StatusMessage,
} from "./desired-state.ts";
import { docketPath } from "./docket.ts";
import type { Stage, Tally } from "./entries.ts";
import { type Facts, known } from "./facts.ts";
import { dueReminder, hasPassed, type Instant } from "./instant.ts";
import * as keys from "./keys.ts";
import { hasLabel, labelsFor, PROPOSAL_LABEL } from "./labels.ts";
import { isEnded } from "./lifecycle.ts";
import { once, reminderKey } from "./once.ts";
import { periodComments } from "./period-comments.ts";
import { isQuestion, type Petition, petitionsIn } from "./petitions.ts";
import { plansToOpen } from "./publication-plan.ts";
import { standings, unopened } from "./publishing.ts";
import { castBy } from "./recorded-votes.ts";
import type { Ballot, ProposalState } from "./state.ts";
import { submissionComments } from "./submission-comments.ts";
import { tallyOf } from "./tally.ts";
import { issueDigest, sight } from "./text.ts";

/** The acknowledgement of a command that was carried out or answered, and of one that was refused. */
const ACKNOWLEDGED = "rocket";
const REFUSED = "confused";

/** `null`: the issue is no proposal, and nothing about it is the App's business. */
export function desired(decision: Decision, facts: Facts, now: Instant): Desired | null {
  const { state } = decision;
  if (state.stage === "new") return desiredBeforeReceipt(decision, facts);
  const tally = state.ballot ? liveTally(state.ballot, facts, now) : null;
  const status = statusOf(state, state.stage, decision, facts);
  return {
    labels: labelsFor(state.stage, state.text?.proposal ?? null),
    comments: [
      { key: keys.STATUS_KEY, mode: wasInterrupted(decision) ? "once" : "kept", message: status },
      ...periodComments(state, facts, now),
      ...ballotComments(state, tally, facts, now),
      ...publicationComments(state),
      ...submissionComments(state),
      ...replies(state, status, facts),
    ],
    state: isUndecided(decision) && facts.issue.state === "closed" ? null : desiredState(state.stage),
    acknowledgements: acknowledgements(state, facts),
    pullRequests: pullRequests(state, facts),
  };
}

/** Something is not known (yet): a closing may still turn out to be a withdrawal. */
function isUndecided({ held, want }: Decision): boolean {
  return held !== null || want !== null;
}

/** A read failed before anything was decided: what is shown stays as it is, rather than half of it. */
function wasInterrupted({ entries, want }: Decision): boolean {
  return want !== null && entries.length === 0;
}

/** A labelled issue in a repository whose charter is not there, or not valid: it is told so, and nothing else happens. */
function desiredBeforeReceipt(decision: Decision, facts: Facts): Desired | null {
  if (!hasLabel(facts.issue.labels, PROPOSAL_LABEL) || decision.held === null) return null;
  const nothing: Desired = { labels: [], comments: [], state: null, acknowledgements: [], pullRequests: [] };
  if (decision.held.why !== "charter absent") {
    const status = statusOf(decision.state, "intake", decision, facts);
    return { ...nothing, comments: [{ key: keys.STATUS_KEY, mode: "kept", message: status }] };
  }
  const isFirst = facts.isFirstProposal?.known === true && facts.isFirstProposal.value;
  const message = { kind: "no-charter", ref: facts.issue.ref } as const;
  return isFirst ? { ...nothing, comments: [{ key: keys.NO_CHARTER_KEY, mode: "once", message }] } : nothing;
}

function desiredState(stage: Stage): Desired["state"] {
  if (stage === "published") return { open: false, reason: "completed" };
  return isEnded(stage) ? { open: false, reason: "not_planned" } : { open: true };
}

function statusOf(state: ProposalState, stage: Stage, decision: Decision, facts: Facts): StatusMessage {
  const { owner, name } = facts.issue.ref;
  return {
    kind: "status",
    stage,
    held: decision.held,
    documentation: stage === "intake" || stage === "assessment" ? findings(state, facts) : null,
    returned: state.returned && { by: state.returned.by, reason: state.returned.reason },
    closesAt: closesAt(state),
    text: state.text,
    textFlagged: isFlagged(state, facts),
    result: state.ballot?.closed?.result ?? null,
    submission: state.submission?.phase ?? null,
    pullRequests: standings(state, facts),
    ended: state.ended && { by: state.ended.by, reason: state.ended.reason },
    charter: state.ballot?.opened.charter ?? state.commentPeriod?.opened.charter ?? null,
    docket: state.stage === "new" ? null : { owner, name, path: docketPath(facts.issue.ref) },
  };
}

function findings(state: ProposalState, facts: Facts): readonly SectionFinding[] | null {
  const sighting = sight(state, facts);
  return "got" in sighting ? sighting.got.documentation.findings : null;
}

function closesAt(state: ProposalState): Instant | null {
  if (state.stage === "comment") return state.commentPeriod?.closesAt ?? null;
  return state.stage === "vote" ? (state.ballot?.closesAt ?? null) : null;
}

/** From the ballot on, what counts is the text that was put to the vote: the issue may say something else by now. */
function isFlagged(state: ProposalState, facts: Facts): boolean {
  const pin = state.ballot?.opened.text;
  return pin !== undefined && state.ended === null && pin.issue !== issueDigest(facts.issue);
}

function ballotComments(
  state: ProposalState,
  tally: Tally | null,
  facts: Facts,
  now: Instant,
): readonly DesiredComment[] {
  const { ballot } = state;
  if (ballot === null) return [];
  const { opened, closed, prolongations } = ballot;
  const reminder =
    state.stage === "vote" && tally ? dueReminder(ballot.closesAt, opened.terms.reminders, now) : null;
  return [
    theBallot(state, ballot, tally, facts, now),
    ...prolongations.map((entry, index) =>
      once(`ballot-prolonged-${index + 1}`, {
        kind: "ballot-prolonged",
        closesAt: entry.closesAt,
        tally: entry.tally,
        electorate: opened.electorate,
      }),
    ),
    ...(reminder !== null && tally !== null && tally.silent.length > 0
      ? [
          once(reminderKey("ballot", ballot.closesAt, reminder), {
            kind: "ballot-reminder",
            closesAt: ballot.closesAt,
            silent: tally.silent,
          }),
        ]
      : []),
    ...(closed
      ? [once(keys.DECISION_KEY, { kind: "decision", closed, opened, title: opened.text.title })]
      : []),
  ];
}

/** While the reactions cannot be read the ballot stays as it is: a tally of nothing would be a false one. */
function theBallot(
  state: ProposalState,
  ballot: Ballot,
  tally: Tally | null,
  facts: Facts,
  now: Instant,
): DesiredComment {
  const { opened, closed, closesAt } = ballot;
  const message: BallotMessage = {
    kind: "ballot",
    opened,
    closesAt,
    tally: closed?.tally ?? tally,
    closed: closed
      ? { result: closed.result, at: closed.at }
      : state.stage === "withdrawn"
        ? "withdrawn"
        : null,
  };
  // Once it is over it is brought up to date with the result, ten minutes later.
  const isUnsettled = message.closed === null && (message.tally === null || hasPassed(closesAt, now));
  const mode = isUnsettled ? "once" : "kept";
  return { key: keys.BALLOT_KEY, mode, message, is: ballotComment(ballot, facts)?.id ?? null };
}

/** A ballot that is not posted yet has no votes; one whose reactions cannot be read has an unknown number. */
function liveTally(ballot: Ballot, facts: Facts, now: Instant): Tally | null {
  const reactions = ballotComment(ballot, facts) ? facts.reactions : known([]);
  return reactions?.known ? tallyOf(ballot.opened.electorate, castBy(ballot, reactions.value, now)) : null;
}

function publicationComments({ publication, ballot }: ProposalState): readonly DesiredComment[] {
  const { stopped, stops, published, attempt } = publication;
  return [
    ...(stopped
      ? [
          once(stops > 1 ? `publication-stopped-${attempt}-${stops}` : `publication-stopped-${attempt}`, {
            kind: "publication-stopped",
            pullRequests: stopped.pullRequests,
          }),
        ]
      : []),
    ...(published
      ? [
          once(keys.PUBLISHED_KEY, {
            kind: "published",
            entry: published,
            text: ballot?.opened.text.text ?? null,
          }),
        ]
      : []),
  ];
}

/** Who asks more often than this in one proposal has had the answer. */
const QUESTIONS_EACH = 10;

/** The questions that are answered: not more than a few a person, so that nobody uses up what GitHub lets the App write. */
function questionsIn(state: ProposalState, facts: Facts): readonly Petition[] {
  const questions = petitionsIn(facts.comments).filter(
    ({ command, comment }) => isQuestion(command) && !state.settled.has(comment),
  );
  const byPerson = Map.groupBy(questions, (question) => question.by.id);
  return [...byPerson.values()].flatMap((asked) => asked.slice(0, QUESTIONS_EACH));
}

/** Answers to commands: refusals from the record, questions from the comments. */
function replies(state: ProposalState, status: StatusMessage, facts: Facts): readonly DesiredComment[] {
  const refusals = state.refusals.map(({ entry: { by, comment, command, refusal }, stage }) =>
    once(keys.replyKey(comment), { kind: "refusal", to: by, command, refusal, stage }),
  );
  const answers = questionsIn(state, facts).map(({ command, by, comment }) => {
    const help = { kind: "help", to: by } as const;
    return once(
      keys.replyKey(comment),
      command.name === "help" ? help : { kind: "status-answer", to: by, status },
    );
  });
  return [...refusals, ...answers];
}

function acknowledgements(state: ProposalState, facts: Facts): Desired["acknowledgements"] {
  const present = new Set(facts.comments.map((comment) => comment.id));
  return [
    ...[...state.settled]
      .filter(([comment]) => present.has(comment))
      .map(([comment, how]) => ({ comment, content: how === "accepted" ? ACKNOWLEDGED : REFUSED }) as const),
    ...questionsIn(state, facts).map(({ comment }) => ({ comment, content: ACKNOWLEDGED }) as const),
  ];
}

function pullRequests(state: ProposalState, facts: Facts): readonly DesiredPullRequest[] {
  if (state.stage !== "approved" || facts.charter?.status !== "valid" || !facts.pullRequests?.known)
    return [];
  return unopened(plansToOpen(state, facts.issue.ref, facts.charter.charter.publication), facts);
}
