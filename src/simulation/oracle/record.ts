/** The record only grows, and verifies: its hashes are made here once more, from the words of RFC 8785. */
import type { Entry } from "../../proposal/entries.ts";
import { digest } from "../digest.ts";
import type { Thread } from "../world.ts";
import type { Complain } from "./violation.ts";

export function checkRecord(thread: Thread, complain: Complain): void {
  let before: readonly Entry[] = [];
  let isTampered = false;
  for (const deed of thread.deeds) {
    if (deed.kind === "tampered" || deed.kind === "mended") isTampered = deed.kind === "tampered";
    if (deed.kind !== "recorded") continue;
    const { entries } = deed;
    const isRestored = entries.slice(before.length).some(({ kind }) => kind === "restored");
    if (isTampered && !isRestored)
      complain("nothing is decided on a record with another hand on it", `${entries.at(-1)?.kind}`);
    isTampered = false;
    const isLonger =
      entries.length > before.length && before.every(({ hash }, index) => entries[index]?.hash === hash);
    if (!isLonger)
      complain("entries only grow", `after ${before.length} entries came ${entries.length} others`);
    before = entries;
  }
  let previous = "0".repeat(64);
  for (const [index, entry] of before.entries()) {
    const { hash, ...said } = entry;
    const isWhole =
      entry.number === index + 1 && entry.previous === previous && digest(sorted(said)) === hash;
    if (!isWhole) complain("entries verify", `entry ${index + 1} (${entry.kind})`);
    previous = hash;
  }
}

/** JSON with the members of each object in order, and nothing between. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const inOrder = members.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${inOrder.map(([name, member]) => `${JSON.stringify(name)}:${sorted(member)}`).join(",")}}`;
}
