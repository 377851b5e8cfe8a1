import { generateKeyPairSync } from "node:crypto";
/** A client that talks to nock, and the pieces that GitHub's answers are put together from. */
import { Octokit } from "@octokit/rest";
import { type Actor, createActor } from "../../src/github/act.ts";
import { type Client, createClient } from "../../src/github/client.ts";
import { createLabels } from "../../src/github/labels.ts";
import type { Authenticate } from "../../src/github/octokit.ts";
import type { ProposalRef } from "../../src/proposal/facts.ts";
import { instant } from "../../src/proposal/instant.ts";
import type { Sealing } from "../../src/proposal/seal.ts";
import type { Log } from "../../src/reconcile/log.ts";

export const REF: ProposalRef = { owner: "MISP", name: "misp-rfc", number: 12 };
export const HERE = "/repos/MISP/misp-rfc";
export const NOW = instant("2026-11-20T09:30:00Z");
export const APP_ID = 4242;
export const COMMIT = "a".repeat(40);
export const TREE = "b".repeat(40);
export const clock = { now: () => NOW };

const silent = () => {};
export const log: Log = { debug: silent, info: silent, warn: silent, error: silent };
/** The same for an Octokit. */
export const quiet = { debug: silent, info: silent, warn: silent, error: silent };

export const authenticate: Authenticate = async (access) =>
  new Octokit({
    auth: `token-of-${access?.installation ?? "app"}`,
    log: quiet,
  });

/** A client that knows already that installation 7 is the committee's. */
export function client(overrides: Partial<Parameters<typeof createClient>[0]> = {}): Client {
  const made = createClient({ appId: APP_ID, authenticate, clock, log, ...overrides });
  made.installations.learn(REF, { installation: 7, repository: null });
  return made;
}

export const alice = { id: 1, login: "alice", type: "User" };
export const bob = { id: 2, login: "bob", type: "User" };
export const bot = { id: 99, login: "secretariat[bot]", type: "Bot" };
export const viaUs = { id: APP_ID };

export function issueAnswer(changes: object = {}): object {
  return {
    id: 1012,
    number: 12,
    html_url: "https://github.com/MISP/misp-rfc/issues/12",
    repository_url: "https://api.github.com/repos/MISP/misp-rfc",
    title: "A new standard",
    body: "Text",
    user: alice,
    state: "open",
    closed_by: null,
    closed_at: null,
    labels: [{ name: "proposal" }],
    comments: 0,
    created_at: "2026-11-01T00:00:00Z",
    updated_at: "2026-11-02T00:00:00Z",
    ...changes,
  };
}

export function commentAnswer(id: number, changes: object = {}): object {
  return {
    id,
    html_url: `https://github.com/MISP/misp-rfc/issues/12#issuecomment-${id}`,
    user: bob,
    body: `Comment ${id}`,
    created_at: "2026-11-03T00:00:00Z",
    updated_at: "2026-11-03T00:00:00Z",
    performed_via_github_app: null,
    reactions: { total_count: 0, "+1": 0 },
    ...changes,
  };
}

export function pullAnswer(number: number, changes: object = {}): object {
  return {
    number,
    html_url: `https://github.com/MISP/misp-rfc/pull/${number}`,
    user: bot,
    state: "open",
    merged_at: null,
    closed_at: null,
    merge_commit_sha: "c".repeat(40),
    head: { ref: "proposal/0012", label: "MISP:proposal/0012" },
    ...changes,
  };
}

export const tipAnswer = [{ sha: COMMIT, commit: { tree: { sha: TREE } } }];

export const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" };
export const RAW_HEADERS = { "content-type": "application/vnd.github.raw+json; charset=utf-8" };

/** The next page, as GitHub's Link header names it. */
export function nextPage(path: string, page: number): Record<string, string> {
  const address = `https://api.github.com${path}?per_page=100&page=${page}`;
  return { link: `<${address}>; rel="next", <${address}>; rel="last"` };
}

/** An actor that has made no labels yet. */
export function actorOf(ours: Client): Actor {
  return createActor(ours, createLabels(ours));
}

export const SEALING: Sealing = { key: generateKeyPairSync("ed25519").privateKey, previous: null };
