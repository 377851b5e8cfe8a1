/** Who sits in the seats of a roster, as GitHub's accounts and teams say. */
import type { Seat } from "../charter/charter.ts";
import { known, type Reading, type Seated, unknown } from "../proposal/facts.ts";
import { asOf } from "./timeline.ts";
import type { Account, World } from "./world.ts";

export function seatedNow(world: World, seats: readonly Seat[], at: number): Reading<readonly Seated[]> {
  const found = new Map<number, Seated>();
  for (const seat of seats) {
    const ids = seat.kind === "team" ? asOf(teamOf(world, seat.slug), at) : [idOf(world, seat.login)];
    if (ids.length === 0) return unknown("the team has no members");
    for (const id of ids) {
      const account = id === null ? undefined : world.accounts.get(id);
      if (account === undefined || account.isDeleted) return unknown("there is no such account on GitHub");
      if (!found.has(account.id)) found.set(account.id, seated(account, seat));
    }
  }
  return known([...found.values()]);
}

function seated({ id, login }: Account, { organization, sector }: Seat): Seated {
  return { id, login, organization, sector };
}

function teamOf(world: World, slug: string) {
  const team = world.teams.get(slug);
  if (team === undefined) throw new Error(`There is no team ${slug}`);
  return team;
}

function idOf(world: World, login: string): number | null {
  const wanted = login.toLowerCase();
  for (const account of world.accounts.values())
    if (!account.isDeleted && account.login.toLowerCase() === wanted) return account.id;
  return null;
}
