import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { anything } from "../../src/github/gate.ts";
import { observe } from "../../src/github/observe.ts";
import { after, type Instant, MINUTE, seconds } from "../../src/proposal/instant.ts";
import { github, useNock } from "../support/nock.ts";
import { client, HERE, issueAnswer, NOW, quiet, REF } from "./support.ts";

useNock();

const RESET = after(NOW, seconds(90));
const LIMITED = { message: "You have exceeded a secondary rate limit" };

/** A committee with several proposals, and a clock that can be turned. */
function committee() {
  let now: Instant = NOW;
  const ours = client({ clock: { now: () => now } });
  return {
    ours,
    at: (moment: Instant) => {
      now = moment;
    },
    look: (number: number) => observe(ours, { ...REF, number }),
  };
}

const issue = (number: number) => github().get(`${HERE}/issues/${number}`);
const seen = (number: number) => issue(number).reply(200, issueAnswer({ number }));

test.each<[string, number, object, Record<string, string>, Instant]>([
  ["the primary limit", 403, { message: "API rate limit exceeded" }, usedUp(RESET), RESET],
  ["the primary limit, as 429", 429, { message: "API rate limit exceeded" }, usedUp(RESET), RESET],
  ["a secondary limit", 403, LIMITED, { "retry-after": "90" }, RESET],
  ["a secondary limit that says no time", 403, LIMITED, {}, after(NOW, MINUTE)],
])("after %s no proposal asks anything until it is over", async (_, status, body, headers, retryAt) => {
  const { look, at } = committee();
  issue(12).reply(status, body, headers);
  await expect(look(12)).rejects.toMatchObject({ status, retryAt });
  // Nock fails the test on a request that nobody expected.
  for (const number of [12, 13, 14]) {
    await expect(look(number)).rejects.toMatchObject({ name: "GitHubFailure", retryAt });
  }
  at(after(retryAt, seconds(-1)));
  await expect(look(13)).rejects.toThrow(
    `GET ${HERE}/issues/13: not asked, since GitHub's rate limit is used up until ${retryAt}`,
  );
  at(retryAt);
  for (const number of [12, 13, 14]) {
    seen(number);
    expect((await look(number))?.issue.ref.number).toBe(number);
  }
});

test("writes keep the silence too", async () => {
  const { ours, look } = committee();
  issue(12).reply(403, LIMITED);
  await expect(look(12)).rejects.toThrow(/secondary/);
  const gate = await ours.of(REF);
  await expect(gate.send("POST /numbers", {}, anything)).rejects.toThrow(/not asked/);
});

test("the longest silence that was asked for counts", async () => {
  const { look } = committee();
  issue(12).delay(20).reply(403, LIMITED, { "retry-after": "30" });
  issue(13).reply(403, LIMITED, { "retry-after": "90" });
  await Promise.allSettled([look(12), look(13)]);
  await expect(look(14)).rejects.toMatchObject({ retryAt: RESET });
});

test.each<[string, number, Record<string, string>]>([
  ["a missing permission", 403, {}],
  ["GitHub being down", 503, { "retry-after": "90" }],
])("%s silences nobody", async (_, status, headers) => {
  const { look } = committee();
  issue(12).reply(status, { message: "no" }, headers);
  await expect(look(12)).rejects.toMatchObject({ status });
  seen(13);
  expect(await look(13)).not.toBeNull();
});

test("another installation has a limit of its own", async () => {
  const { ours, look } = committee();
  issue(12).reply(403, LIMITED);
  await expect(look(12)).rejects.toThrow(/secondary/);
  const elsewhere = { owner: "FIRST", name: "rfc", number: 1 };
  ours.installations.learn(elsewhere, { installation: 8, repository: null });
  const repository_url = "https://api.github.com/repos/FIRST/rfc";
  github()
    .get("/repos/FIRST/rfc/issues/1")
    .reply(200, issueAnswer({ number: 1, repository_url }));
  expect(await observe(ours, elsewhere)).not.toBeNull();
});

test("a limit that is met while a token is made silences as well", async () => {
  const octokit = new Octokit({ log: quiet });
  // What the App's authentication does before the first request of an installation.
  octokit.hook.before("request", async () => {
    await new Octokit({ log: quiet }).request("POST /app/installations/7/access_tokens");
  });
  const ours = client({ authenticate: async () => octokit });
  github().post("/app/installations/7/access_tokens").reply(403, LIMITED, { "retry-after": "90" });
  await expect(observe(ours, REF)).rejects.toMatchObject({ retryAt: RESET });
  await expect(observe(ours, REF)).rejects.toThrow(/not asked/);
});

function usedUp(reset: Instant): Record<string, string> {
  const at = String(new Date(reset).getTime() / 1000);
  return { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at };
}
