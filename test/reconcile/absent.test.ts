import { expect, test } from "vitest";
import type { Repository } from "../../src/proposal/facts.ts";
import { after, DAY, HOUR, type Instant, seconds, secondsBetween } from "../../src/proposal/instant.ts";
import { type AbsencePorts, noteThere, whenGone } from "../../src/reconcile/absent.ts";
import { type Committee, convene, inVote } from "../support/committee.ts";
import { recordingLog } from "../support/log.ts";

type Absence = {
  readonly touched: string[];
  /** When it is looked for again, in seconds; null: no more. */
  look(): Promise<number | null>;
  comesBack(): Promise<void>;
};

function absence(committee: Committee, nameNow: Repository | null = committee.ref): Absence {
  const touched: string[] = [];
  const { notes, clock, ref, world } = committee;
  const store: AbsencePorts["store"] = {
    recall: async (key) => notes.get(key) ?? null,
    remember: async (key, value) => void notes.set(key, value),
    touch: async (subject) => void touched.push(subject),
  };
  const github = { ...committee.port, nameNow: async () => nameNow };
  const spanTo = (next: Instant | null) => (next === null ? null : secondsBetween(world.now, next));
  return {
    touched,
    look: async () => spanTo(await whenGone({ github, store, clock, log: recordingLog() }, ref, world.now)),
    comesBack: () => noteThere({ store }, ref),
  };
}

/** How often, and for how long, something is looked for that never comes back. */
async function lookUntilLeft(committee: Committee, gone: Absence): Promise<readonly number[]> {
  const pauses: number[] = [];
  for (let next = await gone.look(); next !== null; next = await gone.look()) {
    pauses.push(next);
    committee.world.now = after(committee.world.now, seconds(next));
  }
  return pauses;
}

test("an unfinished proposal is looked for every hour for a day, every day for a month, and then no more", async () => {
  const committee = await inVote();
  const pauses = await lookUntilLeft(committee, absence(committee));
  expect(pauses).toEqual([...Array<number>(24).fill(HOUR), ...Array<number>(29).fill(DAY)]);
});

test("what comes back and goes again is looked for as often as at first", async () => {
  const committee = await inVote();
  const gone = absence(committee);
  await lookUntilLeft(committee, gone);
  await gone.comesBack();
  expect(await gone.look()).toBe(HOUR);
});

test("the sweep looks again at whatever was gone, however it was last touched", async () => {
  const committee = await inVote();
  const note = "seen proposal misp/misp-rfc#12";
  committee.notes.set(note, committee.world.now);
  await absence(committee).look();
  expect(committee.notes.get(note)).toBe("");
});

test("an issue that was no proposal, or whose proposal has ended, is not looked for", async () => {
  expect(await absence(convene()).look()).toBeNull();
  const withdrawn = await inVote();
  withdrawn.comment("pia", "/withdraw I have changed my mind.");
  await withdrawn.pass();
  expect(await absence(withdrawn).look()).toBeNull();
});

test("where the repository itself cannot be seen, nobody can tell what it was: it is looked for", async () => {
  const committee = convene();
  expect(await absence(committee, null).look()).toBe(HOUR);
});

test("a repository that was renamed: the proposal is due under the new name, and no more under the old one", async () => {
  const gone = absence(await inVote(), { owner: "CIRCL", name: "Standards" });
  expect(await gone.look()).toBeNull();
  expect(gone.touched).toEqual(["proposal circl/standards#12"]);
});

test("another letter case is no other name", async () => {
  const gone = absence(await inVote(), { owner: "misp", name: "MISP-RFC" });
  expect(await gone.look()).toBe(HOUR);
  expect(gone.touched).toEqual([]);
});
