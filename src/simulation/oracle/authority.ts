/** Nobody does what they may not: each formal deed was somebody's who sat where they had to sit. */
import type { Entry } from "../../proposal/entries.ts";
import { instantAt } from "../time.ts";
import type { Town } from "../town.ts";
import type { Seating, Thread } from "../world.ts";
import type { Complain } from "./violation.ts";
import { READING, seatingsBetween, type Written, writtenIn } from "./written.ts";

export function checkAuthority(town: Town, thread: Thread, complain: Complain): void {
  const settled = new Set<number>();
  for (const written of writtenIn(thread)) {
    const { entry } = written;
    const who = doerOf(entry);
    if (entry.kind === "command-refused") checkRefusal(town, thread, written, entry, complain);
    if (who === null) continue;
    const sat = satBetween(town, entry.at, written);
    const chairs = sat.some(({ chairs }) => chairs.has(who.by));
    const reviewers = sat.some(({ reviewers }) => reviewers.has(who.by));
    const isAuthor = who.by === thread.author;
    const may =
      who.as === "reviewer" ? reviewers && !isAuthor : who.as === "chair" ? chairs : chairs || isAuthor;
    if (!may) complain("nobody does what they may not", `${entry.kind} by ${who.by}`);
    if (!isTheirDeed(thread, entry, who.by))
      complain("a command is somebody's", `${entry.kind} by ${who.by} at ${entry.at}`);
    if (who.comment !== null && settled.has(who.comment))
      complain("a command is settled once", `comment ${who.comment}`);
    if (who.comment !== null) settled.add(who.comment);
  }
}

/** Nobody is told that they may not do what they may, and might have done all the time. */
function checkRefusal(
  town: Town,
  thread: Thread,
  written: Written,
  { at, by, comment, refusal }: Extract<Entry, { kind: "command-refused" }>,
  complain: Complain,
): void {
  if (refusal.why !== "not allowed" || by === null) return;
  const sat = satBetween(town, at, written);
  const isAuthor = refusal.who === "author or chairs" && by.id === thread.author;
  const could = sat.every(({ chairs, reviewers }) =>
    (refusal.who === "reviewers" ? reviewers : chairs).has(by.id),
  );
  if (isAuthor || could) complain("everybody may do what they may", `comment ${comment} by ${by.id}`);
}

type Doer = {
  readonly by: number;
  readonly as: "reviewer" | "chair" | "author or chair";
  readonly comment: number | null;
};

function doerOf(entry: Entry): Doer | null {
  switch (entry.kind) {
    case "accepted":
    case "returned":
    case "declined":
      return { by: entry.by.id, as: "reviewer", comment: entry.comment };
    case "extended":
    case "publication-requested":
      return { by: entry.by.id, as: "chair", comment: entry.comment };
    case "withdrawn":
      return { by: entry.by.id, as: "author or chair", comment: entry.comment };
    default:
      return null;
  }
}

/** A seat held at any moment from the command to the record of it is enough. */
function satBetween(town: Town, given: string, { at }: Written): readonly Seating[] {
  return seatingsBetween(town, Math.min(Date.parse(given) / 1000, at - READING), at);
}

const WORDS: Readonly<Partial<Record<Entry["kind"], string>>> = {
  accepted: "/accept",
  returned: "/return",
  declined: "/decline",
  extended: "/extend",
  "publication-requested": "/publish",
  withdrawn: "/withdraw",
};

function isTheirDeed(thread: Thread, entry: Entry, by: number): boolean {
  const comment = "comment" in entry ? entry.comment : null;
  return thread.deeds.some((deed) =>
    comment === null
      ? deed.kind === "closed" && deed.by.id === by && !deed.byCommit && instantAt(deed.at) === entry.at
      : deed.kind === "said" &&
        deed.comment === comment &&
        deed.by.id === by &&
        deed.body.startsWith(WORDS[entry.kind] ?? "never") &&
        instantAt(deed.at) === entry.at,
  );
}
