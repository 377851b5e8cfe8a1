/** No period and no ballot closes before its time, and each lasts as the committee had agreed. */
import { DAYS, HOURS, instantAt, secondsOf } from "../time.ts";
import type { Town } from "../town.ts";
import type { Thread } from "../world.ts";
import type { Complain } from "./violation.ts";
import { READING, standing, type Written, writtenIn } from "./written.ts";

/** In seconds: as wrong as the clocks of the simulation go. */
const CLOCK = 5 * 60;

export function checkDeadlines(town: Town, thread: Thread, complain: Complain): void {
  let deadline = "";
  let closesEarly = false;
  let posted = "";
  let term = 0;
  const all = writtenIn(thread);
  for (const written of all) {
    const { entry, at } = written;
    const isMadeNow =
      secondsOf(entry.recordedAt) <= at + CLOCK && secondsOf(entry.recordedAt) >= at - READING - CLOCK;
    if (!isMadeNow)
      complain(
        "entries carry their time",
        `${entry.kind} of ${entry.recordedAt}, written at ${instantAt(at)}`,
      );
    const wrong = (why: string) =>
      complain("deadlines", `${entry.kind} at ${entry.at}, deadline ${deadline}: ${why}`);
    switch (entry.kind) {
      case "comment-period-opened":
        if (
          !lastsOf(town, written, "commentDays").some(
            (days) => entry.closesAt === plus(entry.at, days * DAYS),
          )
        )
          wrong(`closes at ${entry.closesAt}`);
        deadline = entry.closesAt;
        break;
      case "extended": {
        const said = thread.deeds.find((deed) => deed.kind === "said" && deed.comment === entry.comment);
        const days = Number(/^\/extend (\d+) days/.exec(said?.kind === "said" ? said.body : "")?.[1]);
        if (entry.closesAt !== plus(deadline, days * DAYS) || entry.at > deadline)
          wrong(`closes at ${entry.closesAt}`);
        deadline = entry.closesAt;
        break;
      }
      case "text-changed":
        if (entry.closesAt !== null && entry.closesAt < deadline) wrong(`earlier: ${entry.closesAt}`);
        deadline = entry.closesAt ?? deadline;
        break;
      case "comment-period-closed":
        if (entry.at !== deadline || secondsOf(deadline) >= at) wrong(`written at ${instantAt(at)}`);
        break;
      case "ballot-opened":
        if (
          !lastsOf(town, written, "ballotDays").some((days) => entry.closesAt === plus(entry.at, days * DAYS))
        )
          wrong(`closes at ${entry.closesAt}`);
        if (entry.at <= deadline) wrong("the ballot opened in the comment period");
        deadline = entry.closesAt;
        closesEarly = entry.terms.closes === "when everyone has voted";
        term = secondsOf(entry.closesAt) - secondsOf(entry.at);
        break;
      case "ballot-prolonged":
        if (entry.closesAt <= deadline || (entry.tally !== null && secondsOf(deadline) >= at))
          wrong(`to ${entry.closesAt}`);
        if (entry.tally === null && entry.closesAt !== plus(posted, term)) wrong(`to ${entry.closesAt}`);
        deadline = entry.closesAt;
        break;
      case "withdrawn":
        if (term > 0 && entry.at > deadline) wrong("withdrawn after the ballot");
        break;
      case "ballot-posted":
        posted = entry.at;
        break;
      case "ballot-closed":
        if (secondsOf(deadline) < at ? entry.at > deadline : !closesEarly)
          wrong(`written at ${instantAt(at)}`);
        if (!closesEarly && entry.at !== deadline) wrong("not closed as of its deadline");
        if (secondsOf(deadline) < at && deadline < plus(posted, term - Math.min(HOURS, term / 10)))
          wrong(`too short for a ballot that was posted at ${posted}`);
        break;
      default:
        break;
    }
  }
  checkOrder(all, complain);
}

function lastsOf(town: Town, { at }: Written, which: "commentDays" | "ballotDays"): readonly number[] {
  return standing(town.agreed, at - READING, at).map(({ committee }) => committee.terms[which]);
}

/** A forged time may be none. */
function plus(instant: string, span: number): string {
  const at = secondsOf(instant) + span;
  return Number.isFinite(at) ? instantAt(at) : "";
}

/** A ballot that has closed is the end of withdrawing: nothing is on the record in an order in which it cannot have been. */
function checkOrder(all: readonly Written[], complain: Complain): void {
  const ended = all.findIndex(({ entry }) => ["published", "declined", "withdrawn"].includes(entry.kind));
  const rejected = all.findIndex(
    ({ entry }) => entry.kind === "ballot-closed" && entry.result !== "approved",
  );
  const end = [ended, rejected].filter((index) => index !== -1);
  const after = end.length === 0 ? [] : all.slice(Math.min(...end) + 1);
  const stillComes = ["command-refused", "restored", "key-changed"];
  const alive = after.find(({ entry }) => !stillComes.includes(entry.kind));
  if (alive !== undefined) complain("what has ended has ended", alive.entry.kind);
  const count = (kind: string) => all.filter(({ entry }) => entry.kind === kind).length;
  for (const kind of [
    "received",
    "comment-period-opened",
    "comment-period-closed",
    "ballot-opened",
    "ballot-closed",
    "published",
  ])
    if (count(kind) > 1) complain("recorded once", `${kind}: ${count(kind)} times`);
  const longPast = all.find(
    ({ entry, at }) => secondsOf(entry.at) > at + CLOCK || secondsOf(entry.at) < at - 500 * 24 * HOURS,
  );
  if (longPast !== undefined) complain("nothing happens in the future", longPast.entry.kind);
}
