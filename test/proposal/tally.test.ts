import fc from "fast-check";
import { expect, test } from "vitest";
import { REACTION_CONTENTS } from "../../src/charter/charter.ts";
import type { ReactionFact } from "../../src/proposal/facts.ts";
import { instant } from "../../src/proposal/instant.ts";
import { castIn, participants, tallyOf } from "../../src/proposal/tally.ts";
import { person, seated } from "../support/model-github.ts";

const MEANING = { for: "+1", against: "-1", abstain: "eyes" } as const;
const DEADLINE = instant("2026-04-01T09:00:00Z");
const electorate = ["ada", "ben", "cleo"].map(seated);

function reaction(
  login: string | null,
  content: ReactionFact["content"],
  at = "2026-03-20T12:00:00Z",
): ReactionFact {
  return { user: login === null ? null : person(login), userIsBot: false, content, createdAt: instant(at) };
}

function count(...reactions: readonly ReactionFact[]) {
  return tallyOf(electorate, castIn(electorate, reactions, MEANING, DEADLINE));
}

const logins = (people: readonly { readonly login: string }[]) => people.map((each) => each.login);
const voters = (votes: readonly { readonly voter: { readonly login: string } }[]) =>
  votes.map((vote) => vote.voter.login);

test("every elector is in exactly one place", () => {
  const tally = count(reaction("ada", "+1"), reaction("ben", "-1"), reaction("cleo", "eyes"));
  expect([voters(tally.for), voters(tally.against), voters(tally.abstain), tally.silent]).toEqual([
    ["ada"],
    ["ben"],
    ["cleo"],
    [],
  ]);
});

test("a vote of a renamed member counts: a voter is a numeric id", () => {
  const renamed = { ...reaction("ada", "+1"), user: { ...person("ada"), login: "Ada-Renamed" } };
  expect(voters(count(renamed).for)).toEqual(["ada"]);
});

test("somebody else under a member's old login does not vote for them", () => {
  const impostor = { ...reaction("ada", "+1"), user: { id: 99_999_999, login: "ada" } };
  expect(count(impostor)).toMatchObject({ for: [], outside: { people: [{ id: 99_999_999 }] } });
});

test("two choices: has voted, and chosen nothing", () => {
  const tally = count(reaction("ada", "+1"), reaction("ada", "-1"));
  expect([logins(tally.conflicting), tally.for, tally.against, participants(tally)]).toEqual([
    ["ada"],
    [],
    [],
    1,
  ]);
});

test("a choice that is listed twice is one vote, of its first moment", () => {
  const [first, again] = ["2026-03-20T12:00:00Z", "2026-03-21T12:00:00Z"];
  const tally = count(reaction("ada", "+1", again), reaction("ada", "+1", first));
  expect(tally.for).toEqual([{ voter: person("ada"), choice: "for", at: first }]);
});

test("a reaction that is no choice is no vote", () => {
  expect(logins(count(reaction("ada", "heart"), reaction("ada", "rocket")).silent)).toEqual([
    "ada",
    "ben",
    "cleo",
  ]);
});

test("an elector may add a reaction that is no choice to one that is", () => {
  expect(voters(count(reaction("ada", "heart"), reaction("ada", "+1")).for)).toEqual(["ada"]);
});

test.each([
  ["in the deadline's own second", "2026-04-01T09:00:00Z", ["ada"], 0],
  ["a second after it", "2026-04-01T09:00:01Z", [], 1],
])("a vote made %s", (_, at, inFavour, late) => {
  const tally = count(reaction("ada", "+1", at));
  expect([voters(tally.for), tally.outside.late]).toEqual([inFavour, late]);
});

test("a second choice made too late does not spoil the first", () => {
  expect(voters(count(reaction("ada", "+1"), reaction("ada", "-1", "2026-04-02T00:00:00Z")).for)).toEqual([
    "ada",
  ]);
});

test("strangers and deleted accounts are named, not counted", () => {
  const tally = count(reaction("zoe", "+1"), reaction("zoe", "-1"), reaction(null, "+1"));
  expect([participants(tally), logins(tally.outside.people), tally.outside.deletedAccounts]).toEqual([
    0,
    ["zoe"],
    1,
  ]);
});

test("agrees with a count by hand, whatever the reactions and their order", () => {
  const logins = ["ada", "ben", "cleo", "zoe", null];
  const anyReaction = fc.record({
    login: fc.constantFrom(...logins),
    content: fc.constantFrom(...REACTION_CONTENTS),
    minute: fc.integer({ min: -3, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(anyReaction, { maxLength: 30 }), (made) => {
      const reactions = made.map(({ login, content, minute }) =>
        reaction(login, content, new Date(Date.parse(DEADLINE) + minute * 60_000).toISOString()),
      );
      const tally = count(...reactions);
      expect(tally).toEqual(count(...reactions.toReversed()));
      for (const login of ["ada", "ben", "cleo"]) {
        const has = (content: string) =>
          made.some((each) => each.login === login && each.content === content && each.minute <= 0);
        const choices = Number(has("+1")) + Number(has("-1")) + Number(has("eyes"));
        const place =
          choices === 0
            ? "silent"
            : choices > 1
              ? "conflicting"
              : has("+1")
                ? "for"
                : has("-1")
                  ? "against"
                  : "abstain";
        for (const list of ["for", "against", "abstain", "conflicting", "silent"] as const) {
          const ids = tally[list].map((each) => ("voter" in each ? each.voter.id : each.id));
          expect(ids.filter((id) => id === person(login).id).length).toBe(list === place ? 1 : 0);
        }
      }
    }),
  );
});
