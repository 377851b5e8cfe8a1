/**
 * The docket: the official, append-only record of one proposal, each entry chained to the one before by hash.
 */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Entry, NewEntry } from "./entries.ts";
import type { ProposalRef } from "./facts.ts";
import { type Instant, latest } from "./instant.ts";

const NOTHING_BEFORE = "0".repeat(64);

/** The docket with new entries at its end. Never changes what is there. `now`: when the pass that records them looked. */
export function append(docket: readonly Entry[], added: readonly NewEntry[], now: Instant): readonly Entry[] {
  const entries = [...docket];
  for (const entry of added) entries.push(chained(entries, entry, now));
  return entries;
}

/**
 * Nothing is recorded before it happened, nor before the entry before it: what a pass has made is younger than its look, and
 * the clocks of GitHub and of replicas differ.
 */
function chained(docket: readonly Entry[], added: NewEntry, now: Instant): Entry {
  const last = docket.at(-1);
  const unsealed = {
    ...added,
    number: docket.length + 1,
    recordedAt: latest(latest(now, added.at), last?.recordedAt ?? null) ?? now,
    previous: last?.hash ?? NOTHING_BEFORE,
  };
  return { ...unsealed, hash: hashOf(unsealed) };
}

/** SHA-256 (hex) over the canonical JSON (RFC 8785) of an entry, its own hash left out. */
export function hashOf(entry: Omit<Entry, "hash">): string {
  const { hash: _, ...unsealed } = entry as Entry;
  const canonical = canonicalize(unsealed);
  if (canonical === undefined) throw new TypeError("An entry that is not JSON");
  return sha256(canonical);
}

/** Entries that were found whole. An entry is a value and never changes: it is hashed once, however often it is passed over. */
const found = new WeakSet<Entry>();

function isWhole(entry: Entry): boolean {
  if (found.has(entry)) return true;
  if (entry.hash !== hashOf(entry)) return false;
  found.add(entry);
  return true;
}

/** The first thing wrong with the chain, in a sentence; null: it is whole. */
export function brokenLink(docket: readonly Entry[]): string | null {
  for (const [index, entry] of docket.entries()) {
    const before = docket[index - 1]?.hash ?? NOTHING_BEFORE;
    if (entry.number !== index + 1) return `entry ${index + 1} is numbered ${entry.number}`;
    if (entry.previous !== before) return `entry ${entry.number} does not follow the entry before it`;
    if (!isWhole(entry)) return `entry ${entry.number} does not match its hash`;
  }
  return null;
}

/** SHA-256 (hex) of bytes, or of a text's UTF-8 bytes. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The number of a proposal as its folder and branches write it: `0012`. */
export function paddedNumber(number: number): string {
  return String(number).padStart(4, "0");
}

export function docketPath(ref: ProposalRef): string {
  return `${paddedNumber(ref.number)}/docket.json`;
}
