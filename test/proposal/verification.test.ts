import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { append, hashOf } from "../../src/proposal/docket.ts";
import type { Entry, EntryKind } from "../../src/proposal/entries.ts";
import { keyChange, publishedKey, sealed } from "../../src/proposal/seal.ts";
import { firstDoubt } from "../../src/proposal/verification.ts";
import {
  CHARTER,
  inCommentPeriod,
  inPublication,
  inVote,
  SPECIFICATION,
  vote,
} from "../support/committee.ts";

const key = generateKeyPairSync("ed25519").privateKey;
const KEYS = [publishedKey(key)];
const TEXT = Buffer.from(SPECIFICATION);

async function published(): Promise<readonly Entry[]> {
  const committee = await inPublication();
  committee.forward(1);
  committee.merge();
  await committee.pass();
  return committee.world.docket ?? [];
}

function verifiable(entries: readonly Entry[], text: Uint8Array | null = TEXT) {
  return { proposal: 12, entries, signature: sealed(12, entries, key), text, keys: KEYS };
}

/** The docket with one entry altered, and all chained and sealed anew: as a forger with the App's own key would have it. */
function forged(
  docket: readonly Entry[],
  kind: EntryKind,
  change: (entry: Entry) => object,
): readonly Entry[] {
  const entries: Entry[] = [];
  for (const entry of docket) {
    const changed: Entry = { ...entry, ...(entry.kind === kind ? change(entry) : {}) };
    const altered = { ...changed, previous: entries.at(-1)?.hash ?? entry.previous };
    entries.push({ ...altered, hash: hashOf(altered) });
  }
  return entries;
}

test("the docket of a whole life holds", async () => {
  expect(firstDoubt(verifiable(await published()))).toBeNull();
});

test("so do those of a ballot that was prolonged, and of one that ended early", async () => {
  const quorum = `${CHARTER}ballot:\n  quorum: at least 1/2 of members\n  prolong_once: 7 days\n`;
  const prolonged = await inVote({ charterText: quorum });
  vote(prolonged, { for: 3 });
  prolonged.forward(15);
  await prolonged.closeBallot();
  prolonged.forward(8);
  await prolonged.closeBallot();
  expect(firstDoubt(verifiable(prolonged.world.docket ?? []))).toBeNull();
  const early = await inVote({ charterText: `${CHARTER}ballot:\n  closes: when everyone has voted\n` });
  vote(early, { for: 9 });
  await early.closeBallot();
  expect(early.stage()).toBe("publication");
  const unrecorded = forged(early.world.docket ?? [], "votes-recorded", () => ({ votes: [] }));
  expect(firstDoubt(verifiable(unrecorded))?.what).toMatch(/not that of the votes on record/);
  expect(firstDoubt(verifiable(early.world.docket ?? []))).toBeNull();
});

test("so does that of a pass that took its time: what it made is younger than its look", async () => {
  const committee = await inCommentPeriod();
  const { act } = committee.port;
  committee.port.act = (...given) => {
    committee.forward(0, 2);
    return act(...given);
  };
  committee.forward(31);
  await committee.pass();
  const posted = (committee.world.docket ?? []).find((entry) => entry.kind === "ballot-posted");
  expect(posted?.recordedAt).toBe(posted?.at);
  expect(firstDoubt(verifiable(committee.world.docket ?? []))).toBeNull();
});

type Change = (entry: Entry) => object;
const change =
  <K extends EntryKind>(kind: K, make: (entry: Extract<Entry, { kind: K }>) => object): Change =>
  (entry) =>
    entry.kind === kind ? make(entry as Extract<Entry, { kind: K }>) : {};

test.each<[string, EntryKind, Change, RegExp]>([
  [
    "a shorter comment period",
    "comment-period-opened",
    () => ({ closesAt: "2026-03-03T09:00:00Z" }),
    /deadline/,
  ],
  [
    "a comment period that was closed early",
    "comment-period-closed",
    () => ({ at: "2026-03-20T09:00:00Z" }),
    /before its deadline/,
  ],
  [
    "a ballot with another deadline",
    "ballot-opened",
    () => ({ closesAt: "2027-01-01T09:00:00Z" }),
    /deadline/,
  ],
  ["another result", "ballot-closed", () => ({ result: "rejected" }), /its result is "rejected"/],
  [
    "a ballot that was closed early",
    "ballot-closed",
    () => ({ at: "2026-04-05T09:00:00Z" }),
    /its deadline was/,
  ],
  [
    "a vote that is counted on the other side",
    "ballot-closed",
    change("ballot-closed", ({ tally }) => ({
      tally: {
        ...tally,
        for: tally.for.slice(1),
        against: [...tally.against, { ...tally.for[0], choice: "against" }],
      },
    })),
    /not that of the votes on record \(for, against\)/,
  ],
  [
    "a vote that was lost",
    "ballot-closed",
    change("ballot-closed", ({ tally }) => ({ tally: { ...tally, against: tally.against.slice(1) } })),
    /every elector in exactly one place/,
  ],
  [
    "a vote that is counted twice",
    "ballot-closed",
    change("ballot-closed", ({ tally }) => ({
      tally: { ...tally, for: [...tally.for, ...tally.for.slice(0, 1)] },
    })),
    /twice/,
  ],
  [
    "a vote of somebody outside the electorate",
    "votes-recorded",
    change("votes-recorded", ({ votes }) => ({
      votes: [...votes, { ...votes[0], voter: { id: 666, login: "mallory" } }],
    })),
    /@mallory is not in the electorate/,
  ],
  [
    "a vote that was made late",
    "votes-recorded",
    change("votes-recorded", ({ votes }) => ({
      votes: votes.map((each) => ({ ...each, at: "2026-04-30T09:00:00Z" })),
    })),
    /after the deadline/,
  ],
  [
    "an entry that is older than its happening",
    "published",
    () => ({ at: "2030-01-01T09:00:00Z" }),
    /before it happened/,
  ],
])("a forger with the key is found: %s", async (_, kind, make, what) => {
  const docket = await published();
  const doubt = firstDoubt(verifiable(forged(docket, kind, make)));
  expect(doubt?.what).toMatch(what);
  expect(docket[(doubt?.entry ?? 0) - 1]?.kind).toBe(kind);
});

test("an entry that was taken out, put in or changed is named", async () => {
  const docket = await published();
  const changed = docket.map((entry) =>
    entry.number === 4 ? { ...entry, at: docket[0]?.at ?? entry.at } : entry,
  );
  expect(firstDoubt(verifiable(changed))).toMatchObject({ entry: 4 });
  expect(firstDoubt(verifiable(docket.filter(({ number }) => number !== 3)))).toMatchObject({ entry: 3 });
  const skipped = docket
    .filter(({ kind }) => kind !== "accepted")
    .reduce<readonly Entry[]>((entries, entry) => append(entries, [entry], entry.recordedAt), []);
  expect(firstDoubt(verifiable(skipped))).toMatchObject({
    entry: 3,
    what: expect.stringMatching(/nobody accepted/),
  });
});

test("another text, another key, another proposal, or none of them", async () => {
  const docket = await published();
  expect(firstDoubt(verifiable(docket, Buffer.from("Another text")))?.what).toMatch(/text kept beside it/);
  expect(firstDoubt(verifiable(docket, null))?.what).toMatch(/not kept/);
  const other = generateKeyPairSync("ed25519").privateKey;
  expect(firstDoubt({ ...verifiable(docket), signature: sealed(12, docket, other) })?.what).toMatch(
    /not published/,
  );
  expect(firstDoubt({ ...verifiable(docket), proposal: 13 })?.what).toMatch(/signature/);
  expect(firstDoubt({ ...verifiable(docket), entries: [] })?.what).toMatch(/no entries/);
});

test("a change of keys holds if the key before vouched for it", async () => {
  const docket = await published();
  const next = generateKeyPairSync("ed25519").privateKey;
  const at = docket.at(-1)?.recordedAt ?? docket[0]?.at;
  const entry = keyChange(publishedKey(key).id, { key: next, previous: key });
  if (entry === null || at === undefined) throw new Error("The key was changed");
  const changed = append(docket, [{ ...entry, at }], at);
  const keys = [...KEYS, publishedKey(next)];
  const signature = sealed(12, changed, next);
  expect(firstDoubt({ ...verifiable(changed), signature, keys })).toBeNull();
  const unvouched = append(docket, [{ ...entry, vouched: Buffer.alloc(64).toString("base64"), at }], at);
  expect(
    firstDoubt({ ...verifiable(unvouched), signature: sealed(12, unvouched, next), keys })?.what,
  ).toMatch(/did not vouch/);
  expect(firstDoubt({ ...verifiable(changed), keys })?.what).toMatch(/another key/);
});
