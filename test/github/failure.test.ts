import { expect, test } from "vitest";
import { observe } from "../../src/github/observe.ts";
import { GitHubFailure } from "../../src/reconcile/ports.ts";
import { github, useNock } from "../support/nock.ts";
import { actorOf, client, HERE, issueAnswer, JSON_HEADERS, REF } from "./support.ts";

useNock();

const LIMITED = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795167600" };
const HTML = { "content-type": "text/html" };
const IN_A_MINUTE = "2026-11-20T09:31:00Z";

type Case = {
  readonly what: string;
  readonly status: number;
  readonly body: string | object;
  readonly headers?: Record<string, string>;
  readonly expected: {
    readonly status: number | null;
    readonly retryAt: string | null;
    readonly says: RegExp;
  };
};

const cases: readonly Case[] = [
  {
    what: "a token that is not accepted",
    status: 401,
    body: { message: "Bad credentials" },
    expected: { status: 401, retryAt: null, says: /Bad credentials/ },
  },
  {
    what: "a missing permission",
    status: 403,
    body: { message: "Resource not accessible by integration" },
    headers: { "x-ratelimit-remaining": "4999", "x-ratelimit-reset": "1795167600" },
    expected: { status: 403, retryAt: null, says: /not accessible/ },
  },
  {
    what: "the hourly limit",
    status: 403,
    body: { message: "API rate limit exceeded for installation ID 7." },
    headers: LIMITED,
    expected: { status: 403, retryAt: "2026-11-20T09:40:00Z", says: /rate limit/ },
  },
  {
    what: "the secondary limit with a time",
    status: 403,
    body: { message: "You have exceeded a secondary rate limit." },
    headers: { "retry-after": "90", ...LIMITED },
    expected: { status: 403, retryAt: "2026-11-20T09:31:30Z", says: /secondary/ },
  },
  {
    what: "the secondary limit without a time",
    status: 403,
    body: { message: "You have exceeded a secondary rate limit." },
    expected: { status: 403, retryAt: IN_A_MINUTE, says: /secondary/ },
  },
  {
    what: "too many requests",
    status: 429,
    body: { message: "Too many requests" },
    expected: { status: 429, retryAt: IN_A_MINUTE, says: /429/ },
  },
  {
    what: "a fault of GitHub's",
    status: 500,
    body: { message: "Server Error" },
    expected: { status: 500, retryAt: null, says: /500/ },
  },
  {
    what: "a proxy's page",
    status: 502,
    body: "<html><title>Unicorn!</title></html>",
    headers: HTML,
    expected: { status: 502, retryAt: null, says: /502/ },
  },
  {
    what: "maintenance",
    status: 503,
    body: { message: "Service unavailable" },
    headers: { "retry-after": "600" },
    expected: { status: 503, retryAt: "2026-11-20T09:40:00Z", says: /503/ },
  },
  {
    what: "a page of HTML that calls itself a success",
    status: 200,
    body: "<html>Sign in</html>",
    headers: HTML,
    expected: { status: null, retryAt: null, says: /not what its documentation says/ },
  },
  {
    what: "half an answer",
    status: 200,
    body: JSON.stringify(issueAnswer()).slice(0, 120),
    headers: JSON_HEADERS,
    expected: { status: null, retryAt: null, says: /not what its documentation says/ },
  },
  {
    what: "an answer without what we rely on",
    status: 200,
    body: issueAnswer({ created_at: "yesterday" }),
    expected: { status: null, retryAt: null, says: /created_at/ },
  },
];

test.each(cases)("$what is a failure, never a fact", async ({ status, body, headers = {}, expected }) => {
  github().get(`${HERE}/issues/12`).reply(status, body, headers);
  const failure = await failureOf(observe(client(), REF));
  expect({ status: failure.status, retryAt: failure.retryAt }).toEqual({
    status: expected.status,
    retryAt: expected.retryAt,
  });
  expect(failure.message).toMatch(expected.says);
  expect(failure.message).toContain("/repos/MISP/misp-rfc/issues/12");
});

test("a connection that breaks is a failure without a status", async () => {
  github()
    .get(`${HERE}/issues/12`)
    .replyWithError(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
  expect(await failureOf(observe(client(), REF))).toMatchObject({ status: null, retryAt: null });
});

test("a comment that may have been posted is not posted again", async () => {
  github().post(`${HERE}/issues/12/comments`).once().reply(502, "Bad gateway", HTML);
  const act = actorOf(client());
  const failure = await failureOf(act(REF, { do: "create comment", key: "status", body: "Hello" }));
  expect(failure.status).toBe(502);
});

test("a long error page is cut", async () => {
  github().get(`${HERE}/issues/12`).reply(500, "x".repeat(100_000), { "content-type": "text/plain" });
  expect((await failureOf(observe(client(), REF))).message.length).toBeLessThan(500);
});

async function failureOf(promise: Promise<unknown>): Promise<GitHubFailure> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof GitHubFailure)) throw new Error(`Not a GitHubFailure: ${String(error)}`);
  return error;
}
