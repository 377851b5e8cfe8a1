/** The committee as it lives on the model GitHub: accounts, teams, the charter that is pushed, and who truly sits where. */
import { parseCharter } from "../charter/parse.ts";
import type { CharterFact } from "../proposal/facts.ts";
import type { Agenda } from "./agenda.ts";
import { renameEverywhere } from "./changes.ts";
import { type Committee, charterText, randomTerms, type SeatOf } from "./committee.ts";
import type { Faults } from "./faults.ts";
import type { Random } from "./random.ts";
import { change, timeline } from "./timeline.ts";
import { personOf, REPOSITORY, type Seating, type World } from "./world.ts";

export type Town = {
  readonly world: World;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly faults: Faults;
  /** The App is made to look now. */
  readonly hurry: () => void;
  /** Everybody there is, those of the committee first. */
  readonly people: readonly number[];
  /** Those who may write to the repository. */
  readonly maintainers: readonly number[];
  committee: Committee;
  /** What the committee had agreed, from when on. */
  readonly agreed: { readonly at: number; readonly committee: Committee }[];
  /** The names as the charter was last written with them. */
  readonly written: Map<number, string>;
  readonly deletedAt: Map<number, number>;
  /** After the year nobody does anything any more but merge. */
  isResting: boolean;
};

const FIRST_ID = 100;
const TEAM = "members";

export function settleTown(
  world: World,
  random: Random,
  agenda: Agenda,
  faults: Faults,
  hurry: () => void,
): Town {
  const size = random.between(3, 9);
  const people = Array.from({ length: size + 6 }, (_, index) => FIRST_ID + index);
  for (const id of people) world.accounts.set(id, { id, login: `person-${id}`, isDeleted: false });
  const members = people.slice(0, size);
  world.teams.set(TEAM, timeline<readonly number[]>(members));
  const some = (count: number) => random.some(members, count).map((person): SeatOf => ({ person }));
  const seats: readonly SeatOf[] = random.chance(0.5)
    ? [{ team: TEAM }]
    : members.map((person) => ({ person }));
  const committee: Committee = {
    terms: randomTerms(random, seats.length),
    members: seats,
    hasWebsite: random.chance(0.5),
    chairs: random.chance(0.8) ? some(random.between(1, 2)) : null,
    reviewers: random.chance(0.8) ? some(random.between(1, 3)) : null,
  };
  const maintainers = [...random.some(members, 2), people[size] ?? FIRST_ID];
  const town: Town = {
    world,
    random,
    agenda,
    faults,
    hurry,
    people,
    maintainers,
    committee,
    agreed: [],
    written: new Map(),
    deletedAt: new Map(),
    isResting: false,
  };
  amend(town, committee);
  return town;
}

/** The charter as agreed, with everybody's name of today, is pushed. */
export function amend(town: Town, committee: Committee): void {
  town.committee = committee;
  for (const id of town.people) town.written.set(id, personOf(town.world, id).login);
  pushCharter(town);
}

/** Pushes the charter as it should be, or as somebody broke it. */
export function pushCharter(town: Town): void {
  const { world, faults } = town;
  change(world.charter, charterFact(town), world.now);
  town.agreed.push({ at: world.now, committee: town.committee });
  noteSeating(town);
  const sender = personOf(world, town.maintainers[0] ?? FIRST_ID).login;
  if (!faults.isOn("charter removed")) world.announce({ name: "push", sender, thread: null });
}

const parsed = new Map<string, ReturnType<typeof parseCharter>>();

function charterFact(town: Town): CharterFact {
  if (town.faults.isOn("charter removed")) return { status: "absent" };
  const good = charterText(town.committee, (id) => town.written.get(id) ?? `person-${id}`);
  const text = town.faults.isOn("charter broken") ? `${good}quorum: maybe\n` : good;
  const pin = { ...REPOSITORY, path: ".github/committee.yml", commit: commitOf(text) };
  const result = parsed.get(text) ?? parseCharter(text);
  if (parsed.size > 500) parsed.clear();
  parsed.set(text, result);
  if (result.ok) return { status: "valid", charter: result.charter, pin };
  if (text === good)
    throw new Error(`The simulation wrote a charter that is none: ${JSON.stringify(result.problems)}`);
  return { status: "invalid", problems: result.problems, pin };
}

function commitOf(text: string): string {
  let sum = 7;
  for (const character of text) sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return sum.toString(16).padStart(8, "0").repeat(5);
}

function noteSeating(town: Town): void {
  const { world, committee } = town;
  const members = sitting(town, committee.members);
  const chairs = committee.chairs === null ? members : sitting(town, committee.chairs);
  const reviewers = committee.reviewers === null ? chairs : sitting(town, committee.reviewers);
  world.seatings.push({
    at: world.now,
    members: members.isWhole ? members.ids : null,
    chairs: chairs.ids,
    reviewers: reviewers.ids,
  });
}

function sitting({ world, written }: Town, seats: readonly SeatOf[]) {
  const ids = new Set<number>();
  let isWhole = true;
  const living = [...world.accounts.values()].filter(({ isDeleted }) => !isDeleted);
  for (const seat of seats) {
    const found =
      "team" in seat
        ? (world.teams.get(seat.team)?.now ?? [])
        : living.filter(({ login }) => login === written.get(seat.person)).map(({ id }) => id);
    if (found.length === 0) isWhole = false;
    for (const id of found) ids.add(id);
  }
  return { ids, isWhole };
}

/** Who sits where today. */
export function seatingOf({ world }: Town): Seating {
  const seating = world.seatings.at(-1);
  if (seating === undefined) throw new Error("Nobody sits anywhere");
  return seating;
}

export function rename(town: Town, id: number): void {
  const account = town.world.accounts.get(id);
  if (account === undefined || account.isDeleted) return;
  account.login = `${account.login.split("-").slice(0, 2).join("-")}-${town.random.below(100)}`;
  renameEverywhere(town.world, id, personOf(town.world, id));
  noteSeating(town);
}

export function deleteAccount(town: Town, id: number): void {
  const account = town.world.accounts.get(id);
  if (account === undefined || account.isDeleted) return;
  account.isDeleted = true;
  town.deletedAt.set(id, town.world.now);
  renameEverywhere(town.world, id, null);
  for (const line of town.world.teams.values())
    change(
      line,
      line.now.filter((member) => member !== id),
      town.world.now,
    );
  noteSeating(town);
}

/** Somebody joins the team or leaves it; the last one stays. */
export function moveInTeam(town: Town, id: number): void {
  const line = town.world.teams.get(TEAM);
  if (line === undefined || town.world.accounts.get(id)?.isDeleted) return;
  const isIn = line.now.includes(id);
  if (isIn && line.now.length === 1) return;
  const next = isIn ? line.now.filter((member) => member !== id) : [...line.now, id];
  change(line, next, town.world.now);
  noteSeating(town);
}

/** Names the charter writes are brought up to date, and nobody sits in it who is gone. */
export function mend(town: Town): void {
  const isLiving = (seat: SeatOf) =>
    "team" in seat || town.world.accounts.get(seat.person)?.isDeleted === false;
  const living = town.people.filter((id) => town.world.accounts.get(id)?.isDeleted === false);
  const kept = (seats: readonly SeatOf[]) => {
    const left = seats.filter(isLiving);
    return left.length > 0 ? left : living.slice(0, 1).map((person): SeatOf => ({ person }));
  };
  const { committee } = town;
  const team = town.world.teams.get(TEAM);
  if (team?.now.length === 0) change(team, living.slice(0, 1), town.world.now);
  const { quorum } = committee.terms;
  const members = kept(committee.members);
  const isTooMany = typeof quorum === "number" && quorum > members.length;
  amend(town, {
    terms: isTooMany ? { ...committee.terms, quorum: 1 } : committee.terms,
    members,
    hasWebsite: committee.hasWebsite,
    chairs: committee.chairs && kept(committee.chairs),
    reviewers: committee.reviewers && kept(committee.reviewers),
  });
}
