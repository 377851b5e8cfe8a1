import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { createGitHub } from "../../src/github/github.ts";
import type { Authenticate } from "../../src/github/octokit.ts";
import { instant } from "../../src/proposal/instant.ts";
import type { GitHubPort } from "../../src/reconcile/ports.ts";
import { github, useNock } from "../support/nock.ts";
import {
  APP_ID,
  alice,
  authenticate,
  bob,
  bot,
  clock,
  HERE,
  issueAnswer,
  log,
  nextPage,
  quiet,
  REF,
  SEALING,
  viaUs,
} from "./support.ts";

useNock();

const EVENTS = `${HERE}/issues/12/events`;

/** The whole port, which asks first whose installation the repository is. */
function port(): GitHubPort {
  github().get(`${HERE}/installation`).once().reply(200, { id: 7 });
  return createGitHub({
    appId: APP_ID,
    authenticate,
    clock,
    log,
    webUrl: "https://github.com",
    sealing: SEALING,
  }).github;
}

/** An event of each kind, about a label of ours. */
const event = (id: number, name: string, changes: object = {}) => ({
  id,
  event: name,
  actor: bob,
  label: { name: "stage: vote", color: "5319e7" },
  created_at: `2026-11-05T00:00:${String(id).padStart(2, "0")}Z`,
  performed_via_github_app: null,
  ...changes,
});

test.each([
  ["none is listed yet", [], true],
  ["it is the oldest itself", [12], true],
  ["an older one is listed", [3], false],
  ["the list lags behind", [13], true],
])("the first proposal: %s", async (_, numbers, expected) => {
  const wanted = { labels: "proposal", state: "all", sort: "created", direction: "asc", per_page: 100 };
  const found = numbers.map((number) => issueAnswer({ number }));
  github()
    .get(`${HERE}/issues`)
    .query(wanted)
    .reply(200, [issueAnswer({ number: 1, pull_request: {} }), ...found]);
  expect(await port().read(REF, { fact: "isFirstProposal" })).toEqual({
    isFirstProposal: { known: true, value: expected },
  });
});

test.each([
  [
    "a person",
    [event(1, "labeled", { actor: alice }), event(2, "unlabeled"), event(3, "mentioned", { actor: alice })],
    bob,
  ],
  [
    "the newest by time, whatever the order",
    [event(9, "closed"), event(3, "labeled", { actor: alice })],
    bob,
  ],
  [
    "our App",
    [event(1, "labeled"), event(2, "labeled", { actor: bot, performed_via_github_app: viaUs })],
    null,
  ],
  ["an account that is gone", [event(1, "reopened", { actor: null })], null],
  ["nobody", [event(1, "mentioned")], null],
  [
    "not whoever touched a label that is none of ours",
    [
      event(1, "unlabeled"),
      event(2, "labeled", { actor: alice, label: { name: "help wanted" } }),
      event(3, "unlabeled", { actor: alice, label: null }),
    ],
    bob,
  ],
  [
    "our labels in any letter case",
    [event(1, "closed", { actor: alice }), event(2, "labeled", { label: { name: "STAGE: Vote" } })],
    bob,
  ],
  [
    "the proposal label too",
    [event(1, "closed", { actor: alice }), event(2, "unlabeled", { label: { name: "proposal" } })],
    bob,
  ],
])("the last hand: %s", async (_, events, expected) => {
  github().get(EVENTS).query(true).reply(200, events);
  const value = expected === null ? null : { id: expected.id, login: expected.login };
  expect(await port().read(REF, { fact: "lastHand" })).toEqual({ lastHand: { known: true, value } });
});

test("the last hand is on the last page", async () => {
  github()
    .get(EVENTS)
    .query({ per_page: 100 })
    .reply(200, [event(1, "labeled")], nextPage(EVENTS, 2));
  github()
    .get(EVENTS)
    .query({ per_page: 100, page: 2 })
    .reply(200, [event(2, "closed", { actor: alice })]);
  expect(await port().read(REF, { fact: "lastHand" })).toMatchObject({
    lastHand: { value: { login: "alice" } },
  });
});

const CLOSING = { fact: "closing", closedAt: instant("2026-11-05T00:00:03Z") } as const;

test.each([
  [
    "by hand",
    [event(1, "closed", { commit_id: "a".repeat(40) }), event(2, "reopened"), event(3, "closed")],
    "by hand",
  ],
  ["by a commit", [event(1, "closed"), event(2, "closed", { commit_id: "a".repeat(40) })], "by a commit"],
])("an issue that was last closed %s", async (_, events, value) => {
  github().get(EVENTS).query(true).reply(200, events);
  expect(await port().read(REF, CLOSING)).toEqual({ closing: { known: true, value } });
});

test("how an issue was closed is unknown where GitHub does not show it yet", async () => {
  github()
    .get(EVENTS)
    .query(true)
    .reply(200, [event(1, "labeled")]);
  expect(await port().read(REF, CLOSING)).toMatchObject({ closing: { known: false } });
});

test("how an issue was closed is not told by an earlier closing, which an old list of events ends with", async () => {
  github()
    .get(EVENTS)
    .query(true)
    .reply(200, [event(1, "closed"), event(2, "reopened")]);
  const closedAt = instant("2026-11-05T00:02:00Z");
  expect(await port().read(REF, { fact: "closing", closedAt })).toMatchObject({ closing: { known: false } });
});

test("a roster is that of the seats that are asked for", async () => {
  github().get("/users/alice").reply(200, alice);
  const seats = [{ kind: "user", login: "alice", organization: "CIRCL", sector: null }] as const;
  expect(await port().read(REF, { fact: "roster", role: "members", seats })).toEqual({
    rosters: {
      members: { known: true, value: [{ id: 1, login: "alice", organization: "CIRCL", sector: null }] },
    },
  });
});

test("reactions, pull requests and specifications are read as their own tests say", async () => {
  const ours = port();
  github().get(`${HERE}/issues/comments/77/reactions`).query(true).reply(200, []);
  expect(await ours.read(REF, { fact: "reactions", comment: 77 })).toEqual({
    reactions: { known: true, value: [] },
  });
  github().get(`${HERE}/pulls`).query(true).reply(200, []);
  github()
    .get(HERE)
    .reply(200, { name: "misp-rfc", owner: { login: "MISP" }, private: false, default_branch: "main" });
  const want = {
    fact: "pullRequests",
    targets: [{ repository: REF, branch: "proposal/0012", paths: [], openedPaths: [] }],
  } as const;
  expect(await ours.read(REF, want)).toEqual({ pullRequests: { known: true, value: [] } });
  expect(await ours.read(REF, { fact: "specification", link: "https://evil.example" })).toMatchObject({
    specification: { known: true, value: { status: "refused" } },
  });
});

const STANDARDS = { owner: "FIRST", name: "standards" };
const publication = {
  fact: "pullRequests",
  targets: [{ repository: STANDARDS, branch: "proposal/0012", paths: [], openedPaths: [] }],
} as const;
const theirs = () => github().get("/repos/FIRST/standards/pulls").query(true);
const installation = () => github().get("/repos/FIRST/standards/installation");

test.each([
  ["the App is not installed there", () => installation().reply(404, { message: "Not Found" })],
  ["it may not read pull requests", () => refused(403, "Resource not accessible by integration")],
  ["the repository is hidden from it", () => refused(404, "Not Found")],
])("where %s, nothing is known of the publication, and why", async (_, answers) => {
  const ours = createGitHub({
    appId: APP_ID,
    authenticate,
    clock,
    log,
    webUrl: "https://github.com",
    sealing: SEALING,
  }).github;
  answers();
  expect(await ours.read(REF, publication)).toEqual({
    pullRequests: {
      known: false,
      because: "The App cannot read FIRST/standards: is it installed there?",
    },
  });
});

test("where the installation there is suspended, nothing is known of the publication either", async () => {
  const octokit = new Octokit({ log: quiet });
  // What the App's authentication does before the first request of an installation.
  octokit.hook.before("request", async () => {
    await new Octokit({ log: quiet }).request("POST /app/installations/8/access_tokens");
  });
  const suspended: Authenticate = async (id) => (id === null ? authenticate(id) : octokit);
  const options = {
    appId: APP_ID,
    authenticate: suspended,
    clock,
    log,
    webUrl: "https://github.com",
    sealing: SEALING,
  };
  installation().reply(200, { id: 8 });
  github()
    .post("/app/installations/8/access_tokens")
    .reply(403, { message: "This installation is suspended" });
  expect(await createGitHub(options).github.read(REF, publication)).toMatchObject({
    pullRequests: { known: false },
  });
});

test.each<[string, number, Record<string, string>]>([
  ["GitHub is down", 502, {}],
  ["the rate limit is used up", 403, { "retry-after": "60" }],
])("where %s, the reading fails and is tried again", async (_, status, headers) => {
  const ours = createGitHub({
    appId: APP_ID,
    authenticate,
    clock,
    log,
    webUrl: "https://github.com",
    sealing: SEALING,
  }).github;
  installation().reply(200, { id: 8 });
  theirs().reply(status, { message: "no" }, headers);
  await expect(ours.read(REF, publication)).rejects.toMatchObject({ name: "GitHubFailure", status });
});

function refused(status: number, message: string): void {
  installation().reply(200, { id: 8 });
  theirs().reply(status, { message });
}
