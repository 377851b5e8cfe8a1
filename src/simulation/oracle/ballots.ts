/**
 * Each ballot once more, from the chronicle of who reacted when, by people who know nothing of how the App counts. While a
 * ballot is open, what stands on its comment is what was cast. After the deadline a vote that is on record stands, unless
 * its voter cast another one in time after it was recorded: that is what the committee was promised, and no more.
 */
import type { Entry } from "../../proposal/entries.ts";
import type { Committee } from "../committee.ts";
import { keyIn } from "../reading.ts";
import { HOURS, MINUTES, secondsOf } from "../time.ts";
import type { Town } from "../town.ts";
import { APP, type Thread } from "../world.ts";
import { type Choices, choicesIn, looksBetween, type Standing, standingFor } from "./cast.ts";
import { type Count, isQuorum, resultOf } from "./majorities.ts";
import type { Complain } from "./violation.ts";
import { READING, seatingsBetween, standing, type Written, writtenIn } from "./written.ts";

export type Opened = Extract<Entry, { kind: "ballot-opened" }>;
type Posted = Extract<Entry, { kind: "ballot-posted" }>;
type Recorded = Extract<Entry, { kind: "votes-recorded" }>;
type Tally = Extract<Entry, { kind: "ballot-closed" }>["tally"];

/** A ballot as far as it has been read. */
type Ballot = {
  readonly town: Town;
  readonly thread: Thread;
  readonly opened: Opened;
  readonly committees: readonly Committee[];
  readonly complain: Complain;
  deadline: string;
  posted: Posted | null;
  recorded: Recorded | null;
  /** What was on record when the ballot was posted anew. */
  carried: Choices;
  prolonged: number;
};

export function checkBallots(town: Town, thread: Thread, complain: Complain): void {
  const all = writtenIn(thread);
  const opening = all.find(({ entry }) => entry.kind === "ballot-opened");
  if (opening?.entry.kind !== "ballot-opened") return;
  checkElectorate(town, opening, opening.entry, complain);
  const agreed = standing(town.agreed, opening.at - READING, opening.at);
  const ballot: Ballot = {
    town,
    thread,
    opened: opening.entry,
    committees: agreed.map(({ committee }) => committee),
    complain,
    deadline: opening.entry.closesAt,
    posted: null,
    recorded: null,
    carried: new Map(),
    prolonged: 0,
  };
  for (const written of all) checkEntry(ballot, written);
}

function checkEntry(ballot: Ballot, written: Written): void {
  const { entry } = written;
  switch (entry.kind) {
    case "ballot-posted":
      if (ballot.recorded !== null) ballot.carried = choicesIn(ballot.recorded.votes);
      ballot.posted = entry;
      break;
    case "votes-recorded":
      checkRecorded(ballot, written, entry);
      ballot.recorded = entry;
      break;
    case "ballot-prolonged":
      if (entry.tally !== null) checkProlonged(ballot, written, entry.tally);
      ballot.deadline = entry.closesAt;
      break;
    case "ballot-closed":
      checkClosed(ballot, written, entry);
      break;
    default:
      break;
  }
}

function checkElectorate(town: Town, { at }: Written, { electorate }: Opened, complain: Complain): void {
  const recorded = line(electorate.map(({ id }) => id));
  const possible = seatingsBetween(town, at - READING, at).map(({ members }) =>
    members === null ? "" : line([...members]),
  );
  if (!possible.includes(recorded))
    complain("the electorate as it was when the ballot opened", `${recorded}; not ${possible.join(" or ")}`);
}

function line(ids: number[]): string {
  return ids.sort((one, other) => one - other).join();
}

/** A record of votes is what could be seen at one moment shortly before it was made. */
function checkRecorded(ballot: Ballot, { at }: Written, entry: Recorded): void {
  const { complain, recorded, posted, deadline, opened } = ballot;
  if (entry.comment !== posted?.comment)
    complain("votes are on the App's ballot", `comment ${entry.comment}`);
  if (!couldBeSeen(ballot, at, entry.at > deadline, choicesIn(entry.votes)))
    complain("every vote in time counts once", `recorded at ${entry.at}: ${shown(choicesIn(entry.votes))}`);
  // Whoever has voted last may end the ballot: that is put on record at once.
  const isEnd = opened.terms.closes !== "at the deadline" && hasEverybody(opened, choicesIn(entry.votes));
  if (recorded === null || entry.at > deadline || isEnd) return;
  const isLast = secondsOf(entry.at) >= secondsOf(deadline) - MINUTES;
  if (!isLast && secondsOf(entry.at) < secondsOf(recorded.at) + HOURS)
    complain("votes are recorded at most once an hour", `${recorded.at} and ${entry.at}`);
}

function hasEverybody({ electorate }: Opened, choices: Choices): boolean {
  return electorate.every(({ id }) => choices.has(id) && !choices.get(id)?.includes(" "));
}

function couldBeSeen(ballot: Ballot, at: number, isOver: boolean, choices: Choices): boolean {
  const { town, thread, opened, posted, deadline } = ballot;
  const comment = posted?.comment ?? 0;
  return looksBetween(town, thread, comment, at - READING, at).some((moment) =>
    opened.electorate.every(({ id }) => {
      const seen = standingFor(ballot, id, { comment, at: moment, deadline });
      return allowed(ballot, id, seen, isOver).includes(choices.get(id) ?? "");
    }),
  );
}

/** In seconds: GitHub may have shown as much less than there was when votes were recorded. */
const OLD = 10 * MINUTES;

/** What may count for one elector, by what was seen of them. */
function allowed(
  { recorded, carried }: Ballot,
  id: number,
  seen: readonly Standing[],
  isOver: boolean,
): readonly string[] {
  const there = seen.length === 0 ? (carried.get(id) ?? "") : words(seen.map(({ choice }) => choice));
  const before = recorded === null ? "" : (choicesIn(recorded.votes).get(id) ?? "");
  if (!isOver || recorded === null || before === "") return [there];
  const both = words([...before.split(" "), ...there.split(" ").filter((word) => word !== "")]);
  const isNewer = (than: number) => seen.some(({ since }) => secondsOf(since) > than);
  if (isNewer(secondsOf(recorded.at))) return [there];
  return isNewer(secondsOf(recorded.at) - OLD) ? [there, both] : [both];
}

function words(choices: readonly string[]): string {
  return [...new Set(choices)].sort().join(" ");
}

function checkProlonged(ballot: Ballot, written: Written, tally: Tally): void {
  const { committees, complain } = ballot;
  ballot.prolonged += 1;
  const count = countIn(tally);
  const fits = committees.some(({ terms }) => ballot.prolonged === 1 && terms.prolongDays !== null);
  if (!fits || !committees.some(({ terms }) => !isQuorum(terms, count)))
    complain("prolonged without quorum, once", `at ${written.entry.at}`);
  checkTwoLooks(ballot, written, tally, ballot.deadline);
  checkCounted(ballot, written, tally);
}

function checkClosed(
  ballot: Ballot,
  written: Written,
  { comment, tally, result, at, recordedAt }: Extract<Entry, { kind: "ballot-closed" }>,
): void {
  const { thread, committees, deadline, complain, posted } = ballot;
  const said = thread.deeds.find((deed) => deed.kind === "said" && deed.comment === comment);
  const isOurs = said?.kind === "said" && said.by.id === APP.id && keyIn(said.body) === "ballot";
  if (!isOurs || comment !== posted?.comment) complain("votes are on the App's ballot", `comment ${comment}`);
  const count = countIn(tally);
  const results = committees.map(({ terms }) => resultOf(terms, count));
  if (!results.includes(result))
    complain("the result follows the rules", `${result}; not ${results.join(" or ")}`);
  const isOver = recordedAt > deadline;
  checkTwoLooks(ballot, written, tally, isOver ? deadline : null);
  if (isOver) {
    checkCounted(ballot, written, tally);
    return;
  }
  // It ended with the last vote: what was cast after that, and before anybody saw it, came too late.
  if (count.both !== "" || count.none !== "") complain("no ballot closes early", at);
  if (!couldBeSeen(ballot, written.at, false, choicesOf(tally)))
    complain("every vote in time counts once", `closed early at ${at}: ${shown(choicesOf(tally))}`);
}

/** In seconds: how far apart the two looks are at least, and how long after the deadline the second is. */
const APART = 5 * MINUTES;

/** What decides a ballot was put on record after the deadline, or the last vote, and found again there some minutes later. */
function checkTwoLooks(
  { recorded, posted, complain }: Ballot,
  { entry }: Written,
  tally: Tally,
  deadline: string | null,
): void {
  const second = secondsOf(entry.recordedAt);
  const isSettled = deadline === null || second > secondsOf(deadline) + OLD;
  const isRecorded =
    recorded !== null && recorded.at > (deadline ?? "") && second >= secondsOf(recorded.at) + APART;
  const isThere = deadline !== null || recorded?.comment === posted?.comment;
  if (!isSettled || !isRecorded || !isThere)
    complain("decided on two looks that agree", `at ${entry.recordedAt}`);
  const before = recorded === null ? null : withConflicts(choicesIn(recorded.votes));
  if (before !== shown(choicesOf(tally)))
    complain("decided on two looks that agree", `${before}, then ${shown(choicesOf(tally))}`);
}

/** Whatever was recorded and seen: what stood from before the deadline to the end counts, and nothing that never stood in time. */
function checkCounted(ballot: Ballot, { at }: Written, tally: Tally): void {
  const { town, thread, opened, posted, deadline, complain } = ballot;
  const counted = choicesOf(tally);
  const { for: yes, against, abstain, both, none } = countIn(tally);
  const everybody = [yes, against, abstain, both, none]
    .filter((part) => part !== "")
    .join()
    .split(",");
  if (line(everybody.map(Number)) !== line(opened.electorate.map(({ id }) => id)))
    complain("every vote in time counts once", `${everybody.join()} are in the tally`);
  const comment = posted?.comment ?? 0;
  const moments = looksBetween(town, thread, comment, 0, at);
  for (const { id } of opened.electorate) {
    const has = counted.get(id) ?? "";
    const isIn = ({ choice }: Standing) => has === "both" || has === choice;
    const left = standingFor(ballot, id, { comment, at, deadline });
    const wasNever = (choice: string) =>
      ballot.carried.get(id) === undefined &&
      !moments.some((moment) =>
        standingFor(ballot, id, { comment, at: moment, deadline }).some((each) => each.choice === choice),
      );
    if (!left.every(isIn) || (has !== "" && has !== "both" && wasNever(has)))
      complain(
        "every vote in time counts once",
        `${id}: ${has || "nothing"} instead of ${JSON.stringify(left)}`,
      );
  }
}

/** Where each elector is in a tally. */
function choicesOf(tally: Tally): Choices {
  return new Map([
    ...(["for", "against", "abstain"] as const).flatMap((choice) =>
      tally[choice].map(({ voter }) => [voter.id, choice] as const),
    ),
    ...tally.conflicting.map(({ id }) => [id, "both"] as const),
  ]);
}

function shown(choices: Choices): string {
  return [...choices]
    .sort(([one], [other]) => one - other)
    .map(([id, choice]) => `${id} ${choice}`)
    .join(", ");
}

function withConflicts(choices: Choices): string {
  return shown(new Map([...choices].map(([id, choice]) => [id, choice.includes(" ") ? "both" : choice])));
}

function countIn(tally: Tally): Count {
  const ids = (cast: Tally["for"]) => line(cast.map(({ voter }) => voter.id));
  return {
    for: ids(tally.for),
    against: ids(tally.against),
    abstain: ids(tally.abstain),
    both: line(tally.conflicting.map(({ id }) => id)),
    none: line(tally.silent.map(({ id }) => id)),
  };
}
