import { expect, test } from "vitest";
import type { Seat } from "../../src/charter/charter.ts";
import { createRosterReader } from "../../src/github/roster.ts";
import { github, useNock } from "../support/nock.ts";
import { alice, bob, bot, client, nextPage, REF } from "./support.ts";

useNock();

const TEAM = "/orgs/MISP/teams/committee/members";
type Affiliation = Pick<Seat, "organization" | "sector">;

const circl: Affiliation = { organization: "CIRCL", sector: "CSIRT" };
const none: Affiliation = { organization: null, sector: null };
const user = (login: string, of: Affiliation = none): Seat => ({ kind: "user", login, ...of });
const team = (organizationLogin = "MISP", of: Affiliation = none): Seat => ({
  kind: "team",
  organizationLogin,
  slug: "committee",
  ...of,
});
const read = (...seats: readonly Seat[]) => createRosterReader(client())(REF, seats);
const account = (login: string) => github().get(`/users/${login}`);
const members = () => github().get(TEAM).query({ per_page: 100 });

test("people and teams, all pages, everybody once, with what their own seat says of them", async () => {
  account("bob").reply(200, bob);
  members().reply(200, [alice], nextPage(TEAM, 2));
  github().get(TEAM).query({ per_page: 100, page: 2 }).reply(200, [bob]);
  const lotus = { organization: "LOTUS", sector: null };
  expect(await read(team("MISP", circl), user("bob", lotus))).toEqual({
    known: true,
    value: [
      { id: 1, login: "alice", ...circl },
      { id: 2, login: "bob", ...lotus },
    ],
  });
});

test("a login is the account's own, whatever its letter case in the charter", async () => {
  account("ALICE").reply(200, alice);
  expect(await read(user("ALICE"))).toMatchObject({ value: [{ id: 1, login: "alice" }] });
});

test("a login is looked up once for several rosters", async () => {
  const rosters = createRosterReader(client());
  account("alice").once().reply(200, alice);
  expect(await rosters(REF, [user("alice")])).toEqual(await rosters(REF, [user("alice")]));
});

test("a team of another organization is read with that organization's installation", async () => {
  github().get("/orgs/FIRST/installation").reply(200, { id: 8 });
  github()
    .get("/orgs/FIRST/teams/committee/members")
    .query(true)
    .matchHeader("authorization", "token token-of-8")
    .reply(200, [alice]);
  expect((await read(team("FIRST"))).known).toBe(true);
});

test.each([
  [
    "a login that does not exist",
    user("nobody"),
    () => account("nobody").reply(404, { message: "Not Found" }),
  ],
  ["a bot", user("secretariat[bot]"), () => account("secretariat%5Bbot%5D").reply(200, bot)],
  [
    "an organization",
    user("MISP"),
    () => account("MISP").reply(200, { id: 5, login: "MISP", type: "Organization" }),
  ],
  ["a team that is not there", team(), () => members().reply(404, { message: "Not Found" })],
  ["a team that may not be read", team(), () => members().reply(403, { message: "Resource not accessible" })],
  ["a team without members", team(), () => members().reply(200, [])],
  ["a team without the App", team("FIRST"), () => github().get("/orgs/FIRST/installation").reply(404, {})],
])("%s makes the whole roster unknown, never shorter", async (_, seat, answers) => {
  account("alice").reply(200, alice);
  answers();
  const roster = await read(user("alice"), seat);
  expect(roster).toMatchObject({
    known: false,
    because: expect.stringMatching(/^(there is no|the team|\S+ is not)/),
  });
});

test("an account that appears later is found", async () => {
  const rosters = createRosterReader(client());
  account("alice").reply(404, { message: "Not Found" });
  expect((await rosters(REF, [user("alice")])).known).toBe(false);
  account("alice").reply(200, alice);
  expect((await rosters(REF, [user("alice")])).known).toBe(true);
});

test.each([
  [502, { "x-note": "a bad gateway" }],
  [403, { "retry-after": "60" }],
])(
  "GitHub failing with %d is thrown: it says nothing about the team",
  async (status, headers: Record<string, string>) => {
    members().reply(status, { message: "no" }, headers);
    await expect(read(team())).rejects.toMatchObject({ name: "GitHubFailure", status });
  },
);
