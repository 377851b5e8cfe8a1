/** What a charter means, in plain sentences, for the chair who wrote it. */
import type { BallotTerms, Charter, ProposalKind, RequiredSection, Seat } from "../charter/charter.ts";
import { durationInWords, majorityInWords, quorumInWords, seatInWords } from "../charter/words.ts";
import type { Seconds } from "../proposal/instant.ts";
import { publicationSummary } from "./publication-summary.ts";

/** One sentence a line, as plain text: names in it are as they were written, so escape it where it is shown. */
export function charterSummary(charter: Charter): readonly string[] {
  const { commentPeriod, ballot, publication } = charter;
  return [
    `This is the charter of the ${charter.committee}.`,
    `Members, who vote: ${seats(charter.members)}.`,
    `Chairs, who may extend periods and withdraw proposals: ${seats(charter.chairs)}.`,
    `Reviewers, who assess proposals: ${seats(charter.reviewers)}.`,
    ...charter.documentation.sections.map(sectionInWords),
    `The comment period lasts ${durationInWords(commentPeriod.lasts)}${reminders(commentPeriod.reminders)}. ${editInWords(commentPeriod.onEdit)}`,
    `The ballot lasts ${durationInWords(ballot.lasts)}${reminders(ballot.reminders)}. It closes ${ballot.closes}.`,
    `${majority(ballot)} ${quorum(ballot)}`,
    `Votes are reactions: ${ballot.reactions.for} for, ${ballot.reactions.against} against, ${ballot.reactions.abstain} to abstain.`,
    ...publicationSummary(publication),
  ];
}

function seats(list: readonly Seat[]): string {
  const shown = list
    .slice(0, 20)
    .map((seat) => (seat.kind === "team" ? `the team ${seatInWords(seat)}` : seatInWords(seat)));
  return list.length > 20 ? `${shown.join(", ")} and ${list.length - 20} more` : shown.join(", ");
}

const KINDS: Readonly<Record<ProposalKind, string>> = {
  new: "a new standard",
  update: "an update",
  retirement: "a retirement",
};

function sectionInWords(section: RequiredSection): string {
  const kinds = section.requiredFor.map((kind) => KINDS[kind]).join(" or ");
  const needed = section.requiredFor.length === 3 ? "Every proposal" : `A proposal for ${kinds}`;
  const words = `at least ${section.minimumWords} word${section.minimumWords === 1 ? "" : "s"}`;
  const voted = section.isSpecification ? "; it is the text that is voted on, or a link to it" : "";
  const aliases = section.aliases.length === 0 ? "" : ` (also: ${section.aliases.join(", ")})`;
  return `${needed} needs the section "${section.title}"${aliases} with ${words}${voted}.`;
}

function editInWords(onEdit: "note" | "restart"): string {
  return onEdit === "note" ? "An edit of the text is noted." : "An edit of the text starts it again.";
}

function reminders(spans: readonly Seconds[]): string {
  if (spans.length === 0) return ", without a reminder";
  return `, with a reminder ${spans.map(durationInWords).join(", ")} before its end`;
}

function majority({ passes }: BallotTerms): string {
  const rule = majorityInWords(passes);
  switch (passes.of) {
    case "votes cast":
      return `A proposal is approved if ${rule}, which are those for and against, are for it.`;
    case "members":
      return `A proposal is approved if ${rule} vote for it.`;
  }
}

function quorum({ quorum: rule, prolongOnce }: BallotTerms): string {
  if (rule === null) return "There is no quorum.";
  const then = prolongOnce === null ? "fails" : `is prolonged once, by ${durationInWords(prolongOnce)}`;
  return `Quorum: ${quorumInWords(rule)} must take part; otherwise the ballot ${then}.`;
}
