/**
 * Whether a docket holds: read without trusting whoever wrote it, and without asking GitHub. Everything that its entries claim
 * is worked out again from the other entries.
 */

import { brokenLink, sha256 } from "./docket.ts";
import type { Entry, EntryOf, Tally } from "./entries.ts";
import { after, type Instant, latest } from "./instant.ts";
import { resultOf } from "./majority.ts";
import { isSealedBy, isVouchedFor, type PublishedKey, type Signature } from "./seal.ts";
import { advance, type Ballot, fold, type ProposalState } from "./state.ts";
import { participants, tallyOf } from "./tally.ts";

export type Verifiable = {
  /** The proposal's number, by its folder. */
  readonly proposal: number;
  readonly entries: readonly Entry[];
  readonly signature: Signature;
  /** The text kept beside it; null: there is none. */
  readonly text: Uint8Array | null;
  /** The keys that the branch publishes. */
  readonly keys: readonly PublishedKey[];
};

/** Something that does not hold; `entry`: its number, or null where it is about the docket as a whole. */
export type Doubt = { readonly entry: number | null; readonly what: string };

/** The first doubt, in the order of the entries; null: it holds. */
export function firstDoubt(docket: Verifiable): Doubt | null {
  return chainDoubt(docket.entries) ?? lifeDoubt(docket) ?? textDoubt(docket) ?? sealDoubt(docket);
}

function chainDoubt(entries: readonly Entry[]): Doubt | null {
  if (entries.length === 0) return { entry: null, what: "it has no entries" };
  const at = entries.findIndex((_, index) => brokenLink(entries.slice(0, index + 1)) !== null);
  return at === -1 ? null : { entry: at + 1, what: brokenLink(entries.slice(0, at + 1)) ?? "" };
}

/** One entry after the other, each held against the state that those before it lead to. */
function lifeDoubt({ entries, keys }: Verifiable): Doubt | null {
  let state = fold([]);
  let recordedAt: Instant | null = null;
  for (const entry of entries) {
    const doubt = timeDoubt(entry, recordedAt) ?? entryDoubt(entry, state, keys);
    if (doubt !== null) return { entry: entry.number, what: doubt };
    try {
      state = advance(state, entry);
    } catch (error) {
      return { entry: entry.number, what: error instanceof Error ? error.message : String(error) };
    }
    recordedAt = entry.recordedAt;
  }
  return null;
}

function timeDoubt({ at, recordedAt }: Entry, before: Instant | null): string | null {
  if (at > recordedAt) return `it was recorded at ${recordedAt}, before it happened at ${at}`;
  if (before !== null && recordedAt < before) return `it was recorded before the entry before it`;
  return null;
}

function entryDoubt(entry: Entry, state: ProposalState, keys: readonly PublishedKey[]): string | null {
  switch (entry.kind) {
    case "comment-period-opened":
      return deadlineDoubt(entry.closesAt, after(entry.at, entry.lasts));
    case "text-changed": {
      const lasts = state.commentPeriod?.opened.lasts;
      if (entry.closesAt === null || lasts === undefined) return null;
      return deadlineDoubt(entry.closesAt, after(entry.at, lasts));
    }
    case "extended":
      return entry.closesAt > (state.commentPeriod?.closesAt ?? entry.at)
        ? null
        : "it does not move the deadline later";
    case "comment-period-closed":
      return entry.at < (state.commentPeriod?.closesAt ?? entry.at)
        ? "the comment period was closed before its deadline"
        : null;
    case "ballot-opened":
      return deadlineDoubt(entry.closesAt, after(entry.at, entry.terms.lasts));
    case "ballot-prolonged":
      return state.ballot === null ? null : prolongedDoubt(entry, state.ballot);
    case "votes-recorded":
      return state.ballot === null ? null : votesDoubt(entry.votes, state.ballot);
    case "ballot-closed":
      return state.ballot === null ? null : closeDoubt(entry, state.ballot);
    case "key-changed":
      return keyDoubt(entry, keys);
    default:
      return null;
  }
}

function deadlineDoubt(said: Instant, right: Instant): string | null {
  return said === right ? null : `its deadline is ${said}, and should be ${right}`;
}

function prolongedDoubt({ closesAt, tally, at }: EntryOf<"ballot-prolonged">, ballot: Ballot): string | null {
  const { lasts, prolongOnce } = ballot.opened.terms;
  if (tally === null)
    return ballot.posted === null ? null : deadlineDoubt(closesAt, after(ballot.posted.at, lasts));
  if (prolongOnce === null) return "the charter does not prolong a ballot";
  return countDoubt(tally, ballot) ?? deadlineDoubt(closesAt, after(at, prolongOnce));
}

function votesDoubt(votes: EntryOf<"votes-recorded">["votes"], { opened, closesAt }: Ballot): string | null {
  const electors = new Set(opened.electorate.map(({ id }) => id));
  const stranger = votes.find(({ voter }) => !electors.has(voter.id));
  if (stranger) return `@${stranger.voter.login} is not in the electorate`;
  const late = votes.find(({ at }) => at > closesAt);
  if (late) return `the vote of @${late.voter.login} was made after the deadline`;
  const choices = new Set(votes.map(({ voter, choice }) => `${voter.id} ${choice}`));
  return choices.size === votes.length ? null : "a vote is there twice";
}

function closeDoubt(entry: EntryOf<"ballot-closed">, ballot: Ballot): string | null {
  const { tally, result, at } = entry;
  const { terms, electorate } = ballot.opened;
  const counted = countDoubt(tally, ballot);
  if (counted !== null) return counted;
  const right = resultOf(tally, terms, electorate.length);
  if (result !== right) return `its result is "${result}", and its votes make it "${right}"`;
  if (at === ballot.closesAt) return recordDoubt(tally, ballot);
  const votes = [...tally.for, ...tally.against, ...tally.abstain];
  const last = votes.reduce<Instant | null>((found, vote) => latest(found, vote.at), null);
  const isComplete = participants(tally) === electorate.length && tally.conflicting.length === 0;
  const mayBeEarly = terms.closes === "when everyone has voted" && isComplete && at === last;
  return mayBeEarly
    ? recordDoubt(tally, ballot)
    : `it closed at ${at}, and its deadline was ${ballot.closesAt}`;
}

/** Every elector in exactly one place, and nobody else; every vote in time. */
function countDoubt(tally: Tally, ballot: Ballot): string | null {
  const votes = [...tally.for, ...tally.against, ...tally.abstain];
  const doubt = votesDoubt(votes, ballot);
  if (doubt !== null) return doubt;
  const misplaced = (["for", "against", "abstain"] as const).find((choice) =>
    tally[choice].some((vote) => vote.choice !== choice),
  );
  if (misplaced) return `a vote that is not ${misplaced} is counted as ${misplaced}`;
  const placed = [...votes.map(({ voter }) => voter), ...tally.conflicting, ...tally.silent].map(
    ({ id }) => id,
  );
  const electors = ballot.opened.electorate.map(({ id }) => id);
  const isWhole =
    placed.length === electors.length && new Set([...placed, ...electors]).size === electors.length;
  return isWhole ? null : "its tally does not have every elector in exactly one place";
}

/** What was counted is what was on record when the ballot ended. */
function recordDoubt(tally: Tally, { opened, recorded }: Ballot): string | null {
  if (recorded === null) return "no votes were on record";
  const again = tallyOf(opened.electorate, { votes: recorded.votes, outside: tally.outside });
  const names = (["for", "against", "abstain", "conflicting", "silent"] as const).filter(
    (place) => idsIn(tally, place) !== idsIn(again, place),
  );
  return names.length === 0 ? null : `its tally is not that of the votes on record (${names.join(", ")})`;
}

function idsIn(tally: Tally, place: "for" | "against" | "abstain" | "conflicting" | "silent"): string {
  const people = tally[place].map((each) => ("voter" in each ? each.voter.id : each.id));
  return people.sort((one, other) => one - other).join(" ");
}

function textDoubt({ entries, text }: Verifiable): Doubt | null {
  const pin = fold(entries).text;
  if (pin === null || pin.bytes === 0) return null;
  if (text === null) return { entry: null, what: "the text that was decided on is not kept beside it" };
  if (sha256(text) === pin.text) return null;
  return { entry: null, what: `the text kept beside it is not the one with the SHA-256 ${pin.text}` };
}

function sealDoubt({ proposal, entries, signature, keys }: Verifiable): Doubt | null {
  const key = keys.find(({ id }) => id === signature.key);
  if (key === undefined)
    return { entry: null, what: `the key ${signature.key} that signed it is not published` };
  if (!isSealedBy(proposal, entries, signature, key))
    return { entry: null, what: "its signature does not hold" };
  const change = entries.findLast((entry) => entry.kind === "key-changed");
  if (change?.kind !== "key-changed" || change.to.id === signature.key) return null;
  return { entry: change.number, what: `it is signed with another key than the one named here` };
}

function keyDoubt(entry: EntryOf<"key-changed">, keys: readonly PublishedKey[]): string | null {
  if (entry.vouched === null) return null;
  const before = keys.find(({ id }) => id === entry.from);
  if (before === undefined) return `the key before, ${entry.from}, is not published`;
  return isVouchedFor(entry, before) ? null : "the key before did not vouch for this one";
}
