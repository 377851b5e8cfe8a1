/** Other hands on the record: what somebody with write access can do to the branch `dockets`, and how it is mended. */

import { writtenDocket } from "../github/docket-file.ts";
import { append } from "../proposal/docket.ts";
import type { Entry, NewEntry } from "../proposal/entries.ts";
import { publishedKey, sealed } from "../proposal/seal.ts";
import { say } from "./changes.ts";
import { type DocketFile, filesOf, foreignFile, keyNamed } from "./dockets.ts";
import type { Tampering } from "./faults.ts";
import { branchFrom, deleteBranch, isWhole, putBack, tamper } from "./hands.ts";
import { ENDED, stageIn } from "./reading.ts";
import { DAYS, HOURS, instantAt } from "./time.ts";
import { seatingOf, type Town } from "./town.ts";
import { personOf, refOf, type Thread } from "./world.ts";

/** Somebody does it now, if there is a docket that it can be done to; whether it was done. */
export function tamperNow(town: Town, how: Tampering): boolean {
  const { world, random } = town;
  const able = [...world.threads.values()].filter(isWorthwhile);
  if (able.length === 0) return false;
  if (how === "branch of dockets deleted") {
    deleteForAWhile(town);
    return true;
  }
  const thread = random.pick(able);
  const file = fileAfter(town, thread, how);
  if (file === null) return false;
  tamper(world, thread, file, how);
  planRepair(town, thread);
  return true;
}

function isWorthwhile(thread: Thread): boolean {
  const hasEnded = ENDED.includes(stageIn(thread.record));
  return thread.record.length >= 3 && !hasEnded && !thread.view.now.isGone && isWhole(thread);
}

type Content = { entries: Entry[]; signature: object };

/** null: it cannot be done to this docket. */
function fileAfter(
  town: Town,
  thread: Thread,
  how: Exclude<Tampering, "branch of dockets deleted">,
): DocketFile | null {
  const { world, random } = town;
  const text = thread.written?.text() ?? "";
  const content = () => JSON.parse(text) as Content;
  const rewritten = (changed: Content) => foreignFile(`${JSON.stringify(changed, null, 2)}\n`);
  switch (how) {
    case "docket edited": {
      const edited = content();
      Object.assign(random.pick(edited.entries), { at: instantAt(world.now - 30 * DAYS) });
      return rewritten(edited);
    }
    case "docket truncated": {
      const { entries, ...rest } = content();
      return rewritten({ ...rest, entries: entries.slice(0, random.between(1, entries.length - 1)) });
    }
    case "docket forged":
      return forged(town, thread);
    case "docket of another proposal": {
      const others = [...world.threads.values()].filter(
        (other) => other !== thread && other.written !== null,
      );
      return others.length === 0 ? null : foreignFile(random.pick(others).written?.text() ?? "");
    }
    case "older docket put back": {
      const older = filesOf(world.dockets.head, thread.number).filter(
        ({ own }) => own !== null && own.entries.length < thread.record.length,
      );
      return older.length === 0 ? null : random.pick(older);
    }
  }
}

/** A chain that holds together, sealed with somebody's own key, which says that it is the App's or does not. */
function forged({ world, random }: Town, thread: Thread): DocketFile {
  const by = personOf(world, thread.author);
  const at = instantAt(world.now);
  const closesAt = instantAt(world.now + 90 * DAYS);
  const lies: readonly NewEntry[] = [
    { kind: "withdrawn", by, comment: null, reason: null, at },
    stageIn(thread.record) === "vote"
      ? { kind: "ballot-prolonged", closesAt, tally: null, at }
      : { kind: "extended", by, comment: 1, reason: "So be it.", closesAt, at },
  ];
  const entries = append(thread.record, [random.pick(lies)], at);
  const ref = refOf(thread);
  const signature = sealed(thread.number, entries, keyNamed("forger"));
  const key = random.chance(0.7) ? publishedKey(world.dockets.sealing.key).id : signature.key;
  return foreignFile(writtenDocket(ref, entries, { ...signature, key }));
}

/** The branch is deleted; perhaps somebody pushes it back from a clone before the App has made it anew. */
function deleteForAWhile(town: Town): void {
  const { world, random, agenda } = town;
  const { head } = world.dockets;
  const struck = [...world.threads.values()].filter(({ file }) => file.now !== null);
  deleteBranch(world);
  if (random.chance(0.5))
    agenda.plan(world.now + random.between(HOURS, 2 * DAYS), () => {
      if (world.dockets.head === null) branchFrom(world, head);
    });
  for (const thread of struck.filter(({ view }) => !view.now.isGone)) planRepair(town, thread);
}

/** Somebody sees to it, sooner or later, until the record is there again. */
function planRepair(town: Town, thread: Thread): void {
  const { world, random, agenda } = town;
  agenda.plan(world.now + random.between(HOURS, 3 * DAYS), () => {
    if (town.isResting || isWhole(thread) || thread.view.now.isGone) return;
    repair(town, thread, random.chance(0.7));
    planRepair(town, thread);
  });
}

/** A chair asks the App for it, or somebody pushes what the App wrote last. */
export function repair(town: Town, thread: Thread, byApp: boolean): void {
  const { world, random } = town;
  const [chair] = random.some([...seatingOf(town).chairs], 1);
  if (byApp && chair !== undefined && world.accounts.get(chair)?.isDeleted === false)
    say(world, thread, personOf(world, chair), "/restore");
  else putBack(world, thread);
}
