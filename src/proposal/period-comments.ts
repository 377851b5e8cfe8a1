/** The comments that a comment period brings with it. Pure. */
import type { DesiredComment } from "./desired-state.ts";
import type { Facts } from "./facts.ts";
import { dueReminder, hasPassed, type Instant } from "./instant.ts";
import { FEEDBACK_KEY } from "./keys.ts";
import { once, reminderKey } from "./once.ts";
import type { ProposalState } from "./state.ts";
import { sight } from "./text.ts";

/** What the committee is told of a comment period, in the order in which people should read it. */
export function periodComments(state: ProposalState, facts: Facts, now: Instant): readonly DesiredComment[] {
  const { commentPeriod: period, stage } = state;
  if (period === null) return [];
  const { opened, by, restarts, extensions } = period;
  const reminder = stage === "comment" ? dueReminder(period.closesAt, opened.reminders, now) : null;
  return [
    once("comment-period-open", { kind: "comment-period-open", opened, by }),
    ...restarts.flatMap((entry, index) =>
      entry.closesAt === null
        ? []
        : [
            once(`comment-period-restarted-${index + 1}`, {
              kind: "comment-period-restarted",
              closesAt: entry.closesAt,
              at: entry.at,
            }),
          ],
    ),
    ...extensions.map((extended) =>
      once(`comment-period-extended-${extended.comment}`, { kind: "comment-period-extended", extended }),
    ),
    ...(reminder === null
      ? []
      : [
          once(reminderKey("comment", period.closesAt, reminder), {
            kind: "comment-reminder",
            closesAt: period.closesAt,
          }),
        ]),
    ...(period.closed
      ? [
          once(FEEDBACK_KEY, {
            kind: "feedback",
            closedAt: period.closed.at,
            items: period.closed.feedback,
          }),
        ]
      : []),
    ...incompleteText(state, facts, now),
  ];
}

/** An edit has taken away what the charter requires: that is told while it can be mended, once. */
function incompleteText(state: ProposalState, facts: Facts, now: Instant): readonly DesiredComment[] {
  const period = state.stage === "comment" ? state.commentPeriod : null;
  if (period === null || hasPassed(period.closesAt, now)) return [];
  const sighting = sight(state, facts);
  if (!("got" in sighting) || sighting.got.pinned !== null) return [];
  const { findings } = sighting.got.documentation;
  // A linked file that cannot be used just now is nobody's edit, and may be there again in an hour.
  if (findings.every(({ state }) => state === "present" || state === "link refused")) return [];
  const { closesAt, text } = period;
  return [once("text-incomplete", { kind: "text-incomplete", closesAt, findings, text })];
}
