/** The comment that is the ballot: the question, how to vote, the rules, and the tally as it stands. */
import type { ProposalKind } from "../charter/charter.ts";
import { durationInWords, majorityInWords } from "../charter/words.ts";
import type { BallotMessage, Message } from "../proposal/desired-state.ts";
import type { EntryOf } from "../proposal/entries.ts";
import { inWords } from "../proposal/instant.ts";
import { participants } from "../proposal/tally.ts";
import { majoritySum, quorumRule, quorumSum } from "./arithmetic.ts";
import { inline } from "./escape.ts";
import {
  bullets,
  count,
  digestDetails,
  MENTION_LIMIT,
  mentions,
  paragraphs,
  pinned,
  standardFolder,
} from "./parts.ts";
import { reactionTable } from "./reactions.ts";
import { resultInWords } from "./stages.ts";
import { electors, notCounted, tallyTable, twoChoices } from "./tally-tables.ts";
import type { WebUrl } from "./web.ts";

type Opened = EntryOf<"ballot-opened">;
type MessageOf<K extends Message["kind"]> = Extract<Message, { kind: K }>;

export function ballot(message: BallotMessage, web: WebUrl): string {
  const { closed } = message;
  if (closed === null) return openBallot(message, web);
  return closed === "withdrawn" ? withdrawnBallot(message, web) : closedBallot(message, closed, web);
}

function openBallot({ opened, closesAt, tally }: BallotMessage, web: WebUrl): string {
  const { electorate, terms, text } = opened;
  return paragraphs(
    "### Ballot",
    `**${question(opened)}**`,
    `The ballot is open until **${inWords(closesAt)}**. The ${count(electorate.length, "member")} listed below can vote, each with one reaction on this comment:`,
    reactionTable(terms.reactions),
    "You may change your vote until the ballot closes: take the old reaction away and add the new one. What stands then counts. A member with two different choices then has taken part, but is counted for neither.",
    bullets(
      `**What is voted on:** ${pinned(text, web)}. Later edits of this issue do not change it.`,
      `**Short name:** ${standardFolder(text)}.`,
      ...rules(opened),
    ),
    "#### Tally",
    tally === null
      ? "The reactions could not be read just now. Votes stand as they were cast; the tally returns as soon as they can be read."
      : paragraphs(tallyTable(tally), twoChoices(tally), notCounted(tally)),
    `#### Electorate: ${count(electorate.length, "member")}`,
    electors(electorate, tally),
    electorate.length <= MENTION_LIMIT
      ? null
      : `GitHub notifies only the first ${MENTION_LIMIT} people mentioned in a comment. The chairs are asked to tell the others.`,
    digestDetails(text),
  );
}

/** What the committee decides, by the kind of proposal. */
function question({ text }: Pick<Opened, "text">): string {
  const title = `“${inline(text.title)}”`;
  const ask: Readonly<Record<ProposalKind, string>> = {
    new: `Shall the committee adopt ${title} as a new standard?`,
    update: `Shall the committee update the standard as proposed in ${title}?`,
    retirement: `Shall the committee retire the standard as proposed in ${title}?`,
  };
  return ask[text.proposal];
}

function rules({ terms, electorate }: Opened): readonly string[] {
  const { passes } = terms;
  const tie =
    passes.comparison === "more than" && passes.of === "votes cast" && passes.fraction.denominator === 2
      ? " A tie does not pass."
      : "";
  const scope =
    passes.of === "votes cast"
      ? "Votes cast are those for and against; abstentions are not among them."
      : "Only votes for are counted towards it; whoever abstains or does not vote is still counted as a member.";
  const prolonged =
    terms.prolongOnce === null
      ? ""
      : ` If it is not reached by the deadline, the ballot is prolonged once, by ${durationInWords(terms.prolongOnce)}.`;
  return [
    `**Majority:** the proposal is approved by ${majorityInWords(passes)}. ${scope}${tie}`,
    `**Quorum:** ${quorumRule(terms.quorum, electorate.length)}.${prolonged}`,
    terms.closes === "at the deadline"
      ? "**Closing:** the ballot closes at the deadline and never earlier."
      : "**Closing:** the ballot closes at the deadline, or earlier when every member has voted and a second look, at least five minutes later, finds the same votes.",
  ];
}

function closedBallot(
  { opened, tally }: BallotMessage,
  closed: Exclude<BallotMessage["closed"], "withdrawn" | null>,
  web: WebUrl,
): string {
  const { electorate, terms, text } = opened;
  const sums =
    tally === null
      ? []
      : [
          bullets(
            `**Majority:** ${majoritySum(terms.passes, tally, electorate.length)}`,
            `**Quorum:** ${quorumSum(terms.quorum, tally, electorate.length)}`,
          ),
          tallyTable(tally),
        ];
  return paragraphs(
    `### Ballot closed: ${resultInWords(closed.result)}`,
    `The question was: **${question(opened)}**`,
    `The ballot closed on **${inWords(closed.at)}**. Reactions added or taken away since then change nothing.`,
    ...sums,
    "The decision, with every vote, is in a comment of its own on this issue.",
    `What was voted on: ${pinned(text, web)}.`,
    digestDetails(text),
  );
}

function withdrawnBallot({ opened }: BallotMessage, web: WebUrl): string {
  return paragraphs(
    "### Ballot ended: the proposal was withdrawn",
    `The question was: **${question(opened)}**`,
    "The proposal was withdrawn before the ballot closed, so there is no result. Reactions on this comment no longer count.",
    `What was voted on: ${pinned(opened.text, web)}.`,
  );
}

export function ballotReminder({ closesAt, silent }: MessageOf<"ballot-reminder">): string {
  return paragraphs(
    `### Reminder: the ballot closes on ${inWords(closesAt)}`,
    "A vote is one reaction on the ballot comment above, which says what each reaction means. To abstain is to take part, too.",
    silent.length === 0
      ? "Every member has voted. Votes can still be changed until the ballot closes."
      : `Not yet voted: ${mentions(silent)}.`,
  );
}

/** Without a tally it was not the quorum: the ballot had reached the committee late and runs its full term. */
export function ballotProlonged({ closesAt, tally, electorate }: MessageOf<"ballot-prolonged">): string {
  const until = `until **${inWords(closesAt)}**`;
  const why =
    tally === null
      ? `The present ballot comment was posted late, or in place of one that was deleted. So that everyone has the full time to vote, it stays open ${until}.`
      : `The quorum was not reached by the deadline. As the charter provides, the ballot stays open once more, ${until}.`;
  return paragraphs(
    "### The ballot is prolonged",
    why,
    tally === null
      ? "Votes that were on record from a comment that was deleted remain valid, and the tally in the present ballot comment counts them. To change such a vote, please vote on the present one."
      : "Votes already cast remain valid and can still be changed.",
    tally === null ? `The members: ${mentions(electorate)}.` : took(tally),
  );
}

function took(tally: NonNullable<BallotMessage["tally"]>): string {
  const all = participants(tally) + tally.silent.length;
  const taken = `${participants(tally)} of ${count(all, "member")} took part so far.`;
  return tally.silent.length === 0 ? taken : `${taken} Not yet voted: ${mentions(tally.silent)}.`;
}
