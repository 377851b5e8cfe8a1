/** The digest of a comment period: who commented, when, and how others reacted. Comments are linked, never quoted. */
import { REACTION_CONTENTS, type ReactionContent } from "../charter/charter.ts";
import type { Message } from "../proposal/desired-state.ts";
import type { FeedbackItem } from "../proposal/entries.ts";
import { inWords } from "../proposal/instant.ts";
import { link } from "./escape.ts";
import { count, named, paragraphs, table } from "./parts.ts";

/** What GitHub's reactions are called; pictures would read like votes here. */
const REACTIONS: Readonly<Record<ReactionContent, string>> = {
  "+1": "thumbs up",
  "-1": "thumbs down",
  laugh: "laugh",
  confused: "confused",
  heart: "heart",
  hooray: "hooray",
  rocket: "rocket",
  eyes: "eyes",
};

export function feedback({ closedAt, items }: Extract<Message, { kind: "feedback" }>): string {
  return paragraphs(
    "### Feedback from the comment period",
    `The comment period ended on ${inWords(closedAt)}. ${summary(items)}`,
    items.length === 0 ? null : rows(items),
    items.length === 0
      ? "The ballot opens next."
      : "The ballot opens next. The committee is asked to consider this feedback before it votes.",
  );
}

function summary(items: readonly FeedbackItem[]): string {
  if (items.length === 0) return "No comments were made.";
  const people = new Set(items.map(({ by }) => by?.id ?? null)).size;
  return `${count(items.length, "comment")} by ${count(people, "person", "people")}, oldest first:`;
}

function rows(items: readonly FeedbackItem[]): string {
  return table({
    head: ["Who", "When", "Where", "Reactions"],
    rows: items.map((item) => [named(item.by), inWords(item.at), link("comment", item.url), reactions(item)]),
    leftOut: (rows) =>
      `${count(rows, "later comment")} ${rows === 1 ? "is" : "are"} not listed here for length; all are above on this issue, and listed in the docket.`,
  });
}

function reactions(item: FeedbackItem): string {
  const counted = REACTION_CONTENTS.flatMap((content) => {
    const times = item.reactions[content] ?? 0;
    return times > 0 ? [`${REACTIONS[content]}: ${times}`] : [];
  });
  return counted.length === 0 ? "none" : counted.join(", ");
}
