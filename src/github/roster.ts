/** Who sits in the seats of a roster now. All of them, or "unknown, because …": never a shorter list. */
import { z } from "zod";
import type { Seat } from "../charter/charter.ts";
import { known, type Reading, type Repository, type Seated, unknown } from "../proposal/facts.ts";
import { after, HOUR, type Instant } from "../proposal/instant.ts";
import type { Client } from "./client.ts";
import { hasStatus, orNull } from "./failure.ts";
import type { Gate } from "./gate.ts";
import { type Account, account } from "./shapes.ts";

type Seating = Reading<readonly Seated[]>;

/** Looks up the seats of one committee after another; logins are remembered for an hour. */
export type RosterReader = (repository: Repository, seats: readonly Seat[]) => Promise<Seating>;

export function createRosterReader(client: Client): RosterReader {
  const accounts = new Map<string, { readonly account: Account; readonly until: Instant }>();

  async function accountOf(gate: Gate, login: string): Promise<Account | null> {
    const before = accounts.get(login.toLowerCase());
    if (before !== undefined && before.until > client.clock.now()) return before.account;
    const found = await orNull(gate.get("GET /users/{username}", { username: login }, account));
    if (found !== null) {
      accounts.set(login.toLowerCase(), { account: found, until: after(client.clock.now(), HOUR) });
    }
    return found;
  }

  return async (repository, seats) => {
    const own = await client.of(repository);
    const seated: { readonly seat: Seat; readonly people: readonly Seated[] }[] = [];
    for (const seat of seats) {
      const people =
        seat.kind === "user"
          ? await personIn(seat, await accountOf(own, seat.login))
          : await teamIn(client, repository, seat);
      if (!people.known) return people;
      seated.push({ seat, people: people.value });
    }
    return known(withoutDoubles(seated));
  };
}

function personIn(seat: Seat & { readonly kind: "user" }, found: Account | null): Seating {
  if (found === null) return unknown(`there is no account ${seat.login} on GitHub`);
  if (found.type !== "User") {
    return unknown(`${seat.login} is not a person's account, but ${article(found.type)}`);
  }
  return known([sit(found, seat)]);
}

/** "Team members will include the members of child teams." (https://docs.github.com/en/rest/teams/members) */
async function teamIn(
  client: Client,
  repository: Repository,
  seat: Seat & { readonly kind: "team" },
): Promise<Seating> {
  const team = `${seat.organizationLogin}/${seat.slug}`;
  try {
    const gate = await gateOf(client, repository, seat.organizationLogin);
    const parameters = { org: seat.organizationLogin, team_slug: seat.slug };
    const members = await gate.list(
      "GET /orgs/{org}/teams/{team_slug}/members",
      parameters,
      z.array(account),
    );
    if (members.length === 0) return unknown(`the team ${team} has no members`);
    const stranger = members.find((member) => member.type !== "User");
    if (stranger !== undefined)
      return unknown(`${stranger.login} in the team ${team} is not a person's account`);
    return known(members.map((member) => sit(member, seat)));
  } catch (error) {
    if (!hasStatus(error, 403, 404)) throw error;
    return unknown(
      `the team ${team} cannot be read: it does not exist, or the App is not allowed to see the organization's members`,
    );
  }
}

function gateOf(client: Client, repository: Repository, organization: string): Promise<Gate> {
  const isOwn = repository.owner.toLowerCase() === organization.toLowerCase();
  return isOwn ? client.of(repository) : client.ofOrganization(organization);
}

function sit({ id, login }: Account, { organization, sector }: Seat): Seated {
  return { id, login, organization, sector };
}

/** One seat a person, in the roster's order; what their own line says of them goes before what a team's says. */
function withoutDoubles(
  seated: readonly { readonly seat: Seat; readonly people: readonly Seated[] }[],
): readonly Seated[] {
  const byId = new Map<number, Seated>();
  for (const kind of ["user", "team"] as const) {
    for (const { people } of seated.filter(({ seat }) => seat.kind === kind)) {
      for (const member of people) if (!byId.has(member.id)) byId.set(member.id, member);
    }
  }
  const ordered = seated.flatMap(({ people }) => people.map(({ id }) => id));
  return [...new Set(ordered)].flatMap((id) => byId.get(id) ?? []);
}

function article(type: string): string {
  return `${/^[aeiou]/i.test(type) ? "an" : "a"} ${type.toLowerCase()}`;
}
