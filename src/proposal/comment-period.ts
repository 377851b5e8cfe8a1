/** The stage comment: the public window, and the ballot that its end opens. */
import type { EntryOf } from "./entries.ts";
import type { Facts, Seated } from "./facts.ts";
import {
  after,
  DAY,
  earliest,
  hasPassed,
  type Instant,
  inTime,
  inWords,
  isSettled,
  latest,
  nextReminder,
  settlesAt,
} from "./instant.ts";
import { petitionsIn } from "./petitions.ts";
import type { CommentPeriod, ProposalState } from "./state.ts";
import { cannotRead, needCharter, needRoster, record, type Step, wait } from "./step.ts";
import { issueDigest, type Sighting, sameText, sight } from "./text.ts";

export function commentPeriod(state: ProposalState, facts: Facts, now: Instant): Step {
  const period = state.commentPeriod;
  if (period === null) throw new Error("The stage comment without a comment period");
  const checks = [
    {
      claim: `the comment period has passed (closes ${inWords(period.closesAt)})`,
      holds: isSettled(period.closesAt, now),
    },
  ];
  const goOn = () =>
    isSettled(period.closesAt, now)
      ? openBallot(period, facts, now)
      : wait("the comment period is open", nextLook(period, now), checks);
  // A pass that began before the deadline may see what was done after it.
  const isOver = hasPassed(period.closesAt, now) || !inTime(facts.issue.updatedAt, period.closesAt);
  const mayHaveChanged = isOver ? wasEditedInTime(period, facts) : !isUnedited(period, facts);
  if (!mayHaveChanged) return goOn();
  const sighting = sight(state, facts);
  if (!("got" in sighting)) return sighting.step;
  const { pinned } = sighting.got;
  return pinned && !sameText(pinned.pin, period.text) ? noteChange(period, pinned, now) : goOn();
}

/**
 * Whether the text was edited before the period's end although nobody noticed then. What may have been edited since is
 * not put to the vote: nobody could comment on it. The text as it was last seen in the period is.
 */
function wasEditedInTime({ text, closesAt }: CommentPeriod, { issue }: Facts): boolean {
  return text.source === "issue" && text.issue !== issueDigest(issue) && inTime(issue.updatedAt, closesAt);
}

/** A linked file can change without the issue changing, so it is always looked at. */
function isUnedited(period: CommentPeriod, facts: Facts): boolean {
  return period.text.source === "issue" && period.text.issue === issueDigest(facts.issue);
}

function nextLook(period: CommentPeriod, now: Instant): Instant | null {
  const reminder = nextReminder(period.closesAt, period.opened.reminders, now);
  // An edited issue is announced by a webhook, or found by the sweep; nobody announces a linked file.
  const linkedFile = period.text.source === "issue" ? null : after(now, DAY);
  return earliest([settlesAt(period.closesAt), reminder, linkedFile]);
}

function noteChange(period: CommentPeriod, { pin }: NonNullable<Sighting["pinned"]>, now: Instant): Step {
  const restarts = period.opened.onEdit === "restart";
  const closesAt = restarts ? latest(period.closesAt, after(now, period.opened.lasts)) : null;
  return record("the text was edited during the comment period", [
    { kind: "text-changed", text: pin, closesAt, at: now },
  ]);
}

function openBallot(period: CommentPeriod, facts: Facts, now: Instant): Step {
  const charter = needCharter(facts);
  if (!("got" in charter)) return charter.step;
  const members = needRoster(facts, "members", charter.got.charter);
  if (!("got" in members)) return members.step;
  if (members.got.length === 0) return cannotRead("The electorate is empty.");
  const terms = charter.got.charter.ballot;
  const closesAt = after(now, terms.lasts);
  return record("the comment period has passed", [
    { kind: "comment-period-closed", feedback: feedbackOf(period, facts), at: period.closesAt },
    {
      kind: "ballot-opened",
      closesAt,
      terms,
      electorate: frozen(members.got),
      text: period.text,
      charter: charter.got.pin,
      at: now,
    },
  ]);
}

/** Each person once, in the order of their ids, so that the record does not depend on the order of a list. */
function frozen(members: readonly Seated[]): readonly Seated[] {
  return [...new Map(members.map((member) => [member.id, member])).values()].sort(
    (one, other) => one.id - other.id,
  );
}

/** What people said in the comment period; commands and the App's own words are not feedback. */
function feedbackOf(period: CommentPeriod, facts: Facts): EntryOf<"comment-period-closed">["feedback"] {
  const commands = new Set(
    petitionsIn(facts.comments)
      .filter((petition) => !petition.saysMore)
      .map((petition) => petition.comment),
  );
  return facts.comments
    .filter((comment) => !comment.byApp && !comment.authorIsBot && !commands.has(comment.id))
    .filter((comment) => comment.createdAt >= period.opened.at && inTime(comment.createdAt, period.closesAt))
    .map(({ id, author, createdAt, url, reactions }) => ({
      comment: id,
      by: author,
      at: createdAt,
      url,
      reactions,
    }));
}
