/** What must hold when all lives are over, however often the App was killed. */
import { expect } from "vitest";
import { filesOnGitHub, verify } from "../../src/cli/verify.ts";
import type { EntryKind, EntryOf } from "../../src/proposal/entries.ts";
import { COMMITTEE } from "../../src/sandbox/seed.ts";
import { HOME } from "../support/story.ts";
import { writes } from "../support/story-end.ts";
import { ours, publicationPulls, readDocket } from "../support/story-proposal.ts";
import { deliver, lookedAt } from "./deliveries.ts";
import { type Choice, hasNoBallot, isAdopted, isWithdrawn } from "./fates.ts";
import type { Life } from "./lives.ts";
import type { World } from "./world.ts";

/** Entries that a docket has at most once. */
const ONCE: readonly EntryKind[] = [
  "received",
  "accepted",
  "comment-period-opened",
  "comment-period-closed",
  "ballot-opened",
  "ballot-posted",
  "ballot-prolonged",
  "ballot-closed",
  "publication-opened",
  "published",
  "withdrawn",
];

export async function checkTheEnd(world: World, lives: readonly Life[]): Promise<void> {
  await nothingIsLeftToDo(world, lives);
  expect(world.fleet.fallen, "no process ended by itself").toEqual([]);
  for (const life of lives) {
    await nothingIsThereTwice(world, life);
    await votesWereCounted(world, life);
    await publishedIsWhatWasVotedOn(world, life);
  }
  await recordHolds(world, lives.length);
}

/** All that people can see once, they see once. */
async function nothingIsThereTwice(world: World, { number, plan }: Life): Promise<void> {
  const { fate } = plan;
  const keys = (await ours(world, number)).map(({ key }) => key);
  expect(keys, `the comments on #${number}`).toEqual([...new Set(keys)]);
  const kinds = (await readDocket(world, number)).map(({ kind }) => kind);
  const twice = ONCE.filter((kind) => kinds.indexOf(kind) !== kinds.lastIndexOf(kind));
  expect(twice, `the docket of #${number}`).toEqual([]);
  expect(keys.includes("status"), `#${number} has a status`).toBe(true);
  expect(keys.includes("ballot"), `#${number} has a ballot`).toBe(!hasNoBallot(fate));
  expect(keys.includes("decision"), `#${number} has a decision`).toBe(!isWithdrawn(fate));
  expect(keys.includes("published"), `#${number} tells of its publication`).toBe(isAdopted(fate));
  expect(await publicationPulls(world, number), `the pull requests of #${number}`).toHaveLength(
    isAdopted(fate) ? 1 : 0,
  );
  expect((await world.sandbox.see.issue(HOME, number)).state, `#${number}`).toBe("closed");
}

/** The tally on record is that of the votes that GitHub acknowledged before the deadline, counted here once more. */
async function votesWereCounted(world: World, { number, plan, box }: Life): Promise<void> {
  const closed = (await readDocket(world, number)).find((entry) => entry.kind === "ballot-closed");
  expect(closed === undefined, `#${number} (${plan.fate})`).toBe(isWithdrawn(plan.fate));
  if (closed?.kind !== "ballot-closed") return;
  const { tally, result } = closed;
  expect(byPlace(tally), `the tally of #${number}`).toEqual(countedHere(box));
  expect(tally.outside.late, `late votes on #${number}`).toBe(plan.late.length);
  const right = plan.fate === "rejected" ? "rejected" : plan.fate === "no quorum" ? "no quorum" : "approved";
  expect(result).toBe(right);
}

function byPlace(tally: EntryOf<"ballot-closed">["tally"]) {
  const voters = (votes: readonly { readonly voter: { readonly login: string } }[]) =>
    votes.map(({ voter }) => voter.login).sort();
  const logins = (people: readonly { readonly login: string }[]) => people.map(({ login }) => login).sort();
  return {
    "+1": voters(tally.for),
    "-1": voters(tally.against),
    eyes: voters(tally.abstain),
    both: logins(tally.conflicting),
    nothing: logins(tally.silent),
  };
}

function countedHere(box: Life["box"]): Record<Choice | "both" | "nothing", string[]> {
  const places: ReturnType<typeof countedHere> = { "+1": [], "-1": [], eyes: [], both: [], nothing: [] };
  for (const login of [...COMMITTEE].sort()) {
    const [choice, ...others] = box.get(login) ?? [];
    places[choice === undefined ? "nothing" : others.length > 0 ? "both" : choice].push(login);
  }
  return places;
}

async function publishedIsWhatWasVotedOn({ sandbox }: World, { plan }: Life): Promise<void> {
  const file = await sandbox.see.file(HOME, `${plan.name}/raw.md`);
  expect(file, plan.name).toBe(isAdopted(plan.fate) ? plan.text : null);
}

/** As somebody sees it who does not trust the App. */
async function recordHolds({ sandbox }: World, proposals: number): Promise<void> {
  const files = await filesOnGitHub(
    { owner: "MISP", repo: HOME },
    { baseUrl: sandbox.url, token: undefined },
  );
  const { exit, lines } = await verify(files);
  expect(lines.filter((line) => line.includes("DOES NOT HOLD"))).toEqual([]);
  expect(lines).toContain(`${proposals} of ${proposals} dockets hold.`);
  expect(exit).toBe(0);
}

/** Whoever names every proposal once more, at once and when GitHub's reads have settled, brings about not one write. */
async function nothingIsLeftToDo(world: World, lives: readonly Life[]): Promise<void> {
  const { sandbox, look } = world;
  // What is told last may have to wait for GitHub's reads to settle.
  for (let times = 0; times < 3; times += 1) {
    sandbox.clock.forward(660);
    await world.settled();
  }
  expect(await look.failing()).toEqual([]);
  for (const later of [1, 660]) {
    sandbox.clock.forward(later);
    sandbox.requests.reset();
    for (const { number } of lives) expect(await deliver(world, number)).toBe(200);
    await world.settled();
    expect(lookedAt(world).size, "each was looked at").toBe(lives.length);
    expect(writes(world), `a pass ${later} s later writes nothing`).toEqual([]);
  }
}
