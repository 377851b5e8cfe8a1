/** Ballots and decisions of every outcome. */
import type { BallotMessage, Message } from "../../src/proposal/desired-state.ts";
import type { EntryOf } from "../../src/proposal/entries.ts";
import { instant } from "../../src/proposal/instant.ts";
import { elector, OPENED, openedWith, RUNNING, TEXT, tallyOf } from "./sample-committee.ts";

export const BALLOT: BallotMessage = {
  kind: "ballot",
  opened: OPENED,
  closesAt: OPENED.closesAt,
  tally: RUNNING,
  closed: null,
};

/** A decision on so many votes. */
export function decisionOf(
  votes: Parameters<typeof tallyOf>[0],
  result: EntryOf<"ballot-closed">["result"],
  opened = OPENED,
): Extract<Message, { kind: "decision" }> {
  return {
    kind: "decision",
    title: opened.text.title,
    opened,
    closed: {
      kind: "ballot-closed",
      at: opened.closesAt,
      comment: 4711,
      result,
      tally: tallyOf(votes),
    },
  };
}

export const APPROVED = decisionOf({ for: 5, against: 3, abstain: 1 }, "approved");

export const BALLOTS: Readonly<Record<string, Message>> = {
  ballot: BALLOT,
  "ballot: unreadable, two thirds of members, early closing": {
    ...BALLOT,
    tally: null,
    opened: openedWith({
      passes: { comparison: "at least", fraction: { numerator: 2, denominator: 3 }, of: "members" },
      quorum: null,
      prolongOnce: null,
      closes: "when everyone has voted",
      reactions: { for: "rocket", against: "confused", abstain: "heart" },
    }),
  },
  "ballot: closed": {
    ...BALLOT,
    tally: APPROVED.closed.tally,
    closed: { result: "approved", at: OPENED.closesAt },
  },
  "ballot: withdrawn": { ...BALLOT, closed: "withdrawn" },
  "ballot reminder": {
    kind: "ballot-reminder",
    closesAt: OPENED.closesAt,
    silent: [elector(8), elector(9)],
  },
  "ballot reminder, all voted": { kind: "ballot-reminder", closesAt: OPENED.closesAt, silent: [] },
  "ballot prolonged": {
    kind: "ballot-prolonged",
    closesAt: instant("2027-01-10T09:30:01Z"),
    tally: tallyOf({ for: 3, against: 1 }),
    electorate: OPENED.electorate,
  },
  "ballot prolonged, posted late": {
    kind: "ballot-prolonged",
    closesAt: instant("2027-01-10T09:30:01Z"),
    tally: null,
    electorate: OPENED.electorate,
  },
  "decision: approved": APPROVED,
  "decision: rejected": decisionOf({ for: 3, against: 5, torn: 1 }, "rejected"),
  "decision: tie": decisionOf({ for: 4, against: 4, abstain: 1 }, "rejected"),
  "decision: no quorum": decisionOf({ for: 3, against: 1 }, "no quorum"),
  "decision: no votes, no quorum asked for": decisionOf({}, "rejected", openedWith({ quorum: null })),
  "decision: retirement": decisionOf({ for: 6 }, "approved", {
    ...openedWith({
      passes: { comparison: "at least", fraction: { numerator: 2, denominator: 3 }, of: "members" },
    }),
    text: { ...TEXT, title: "Retire the sighting format", proposal: "retirement", bytes: 0, source: "issue" },
  }),
};
