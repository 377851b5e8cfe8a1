import { afterAll, beforeAll, expect, test } from "vitest";
import { instant } from "../../src/proposal/instant.ts";
import { entityTag, isKnown } from "../../src/sandbox/etag.ts";
import { list, object } from "../../src/sandbox/json.ts";
import { type Ask, asking } from "../../src/sandbox/person.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { refusalOf } from "./support.ts";

let sandbox: Sandbox;
let ask: Ask;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: { startsAt: instant("2026-11-20T09:30:00Z"), runs: false } });
  ask = asking(sandbox.url, null);
});
afterAll(() => sandbox.close());

test("the clock is read and turned with curl", async () => {
  const heard: string[] = [];
  sandbox.clock.onTurn((now) => heard.push(now));
  expect(await ask("GET", "/_sandbox/clock")).toEqual({ now: "2026-11-20T09:30:00Z" });
  expect(await ask("POST", "/_sandbox/clock", { forward: "30 days" })).toEqual({
    now: "2026-12-20T09:30:00Z",
  });
  expect(await ask("POST", "/_sandbox/clock", { to: "2027-01-31T12:00:00Z" })).toEqual({
    now: "2027-01-31T12:00:00Z",
  });
  expect(
    await refusalOf(ask("POST", "/_sandbox/clock", { to: "2027-01-01T00:00:00Z" })),
  ).toMatchInlineSnapshot(
    `"422 The clock stands at 2027-01-31T12:00:00Z and cannot go back to 2027-01-01T00:00:00Z"`,
  );
  expect(await refusalOf(ask("POST", "/_sandbox/clock", { forward: "a while" }))).toMatchInlineSnapshot(
    `"422 Not a span of time: "a while". Write for example "30 days" or "1 hour"."`,
  );
  expect(await refusalOf(ask("POST", "/_sandbox/clock", {}))).toMatchInlineSnapshot(
    `"422 Say {"forward": "30 days"} or {"to": "2027-01-31T12:00:00Z"}."`,
  );
  expect(heard).toEqual(["2026-12-20T09:30:00Z", "2027-01-31T12:00:00Z"]);
  expect(await refusalOf(ask("GET", "/_sandbox/weather"))).toMatch(/^404/);
});

test("the people and their tokens are listed, and the tokens work", async () => {
  const people = list(await ask("GET", "/_sandbox/people"));
  expect(people.find(({ login }) => login === "adulau")).toEqual({
    login: "adulau",
    id: sandbox.idOf("adulau"),
    token: "adulau",
    access: "admin",
    teams: ["standard-committee"],
  });
  expect(people).toHaveLength(12);
  expect(await asking(sandbox.url, "mallory")("GET", "/user")).toMatchObject({ login: "mallory" });
});

test("the requests are counted for curl, too", async () => {
  expect(object(await ask("GET", "/_sandbox/requests"))).toMatchObject({ total: 0, notModified: 0 });
});

test("what is not JSON is refused", async () => {
  const answer = await fetch(`${sandbox.url}/repos/MISP/misp-rfc/issues`, {
    method: "POST",
    body: "{",
    headers: { authorization: "token adulau" },
  });
  expect([answer.status, object(await answer.json()).message]).toEqual([400, "Problems parsing JSON"]);
});

test.each([
  ["the same tag", (tag: string) => tag, true],
  ["the strong form", (tag: string) => tag.slice(2), true],
  ["one of several", (tag: string) => `"x", ${tag}`, true],
  ["anything", () => "*", true],
  ["another tag", () => '"x"', false],
  ["none", () => undefined, false],
])("an entity tag is known by %s: %#", (_how, header, known) => {
  const tag = entityTag(["application/json"], Buffer.from("body"));
  expect(isKnown(tag, header(tag))).toBe(known);
});
