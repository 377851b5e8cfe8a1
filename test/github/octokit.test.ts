import { generateKeyPairSync } from "node:crypto";
import { ProbotOctokit } from "probot";
import { expect, test } from "vitest";
import { type Api, appOctokits, probotOctokit } from "../../src/github/octokit.ts";
import { github, useNock } from "../support/nock.ts";
import { actorOf, client, commentAnswer, HERE, quiet, REF } from "./support.ts";

useNock();

const comment = { do: "create comment", key: "status", body: "Hello" } as const;
const options = { auth: { token: "t" }, log: quiet };

/** Probot lays its own defaults over the class that it is given, `throttle` among them. */
function asProbotMakesIt(Octokit: typeof ProbotOctokit): Api {
  const throttle = { onRateLimit: () => true, onSecondaryRateLimit: () => true };
  return new (Octokit.defaults({ throttle }))(options);
}

test.each([
  ["Probot's Octokit as it comes", () => new ProbotOctokit({ ...options, throttle: { enabled: false } })],
  ["Probot's Octokit with our settings", () => asProbotMakesIt(probotOctokit())],
])("%s posts once, although GitHub answers 502", async (_, api) => {
  github().post(`${HERE}/issues/12/comments`).matchHeader("authorization", "token t").once().reply(502, "");
  const act = actorOf(client({ authenticate: async () => api() }));
  await expect(act(REF, comment)).rejects.toMatchObject({ status: 502 });
});

test("inside a call nothing is spaced", async () => {
  const api = asProbotMakesIt(probotOctokit());
  const act = actorOf(client({ authenticate: async () => api }));
  github().post(`${HERE}/issues/12/comments`).times(3).reply(201, commentAnswer(1));
  const start = performance.now();
  for (const _ of [1, 2, 3]) await act(REF, comment);
  expect(performance.now() - start).toBeLessThan(900);
});

test("an Octokit from the App's key signs as the App, and asks for an installation's token", async () => {
  const authenticate = appOctokits({ appId: 1, privateKey: rsaKey(), baseUrl: "https://api.github.com" });
  github()
    .get("/app")
    .matchHeader("authorization", /^bearer ey/)
    .reply(200, { slug: "secretariat" });
  const expires_at = "2099-01-01T00:00:00Z";
  github()
    .post("/app/installations/7/access_tokens")
    .reply(201, { token: "ghs_x", expires_at, permissions: {} });
  github().get("/rate_limit").matchHeader("authorization", "token ghs_x").reply(200, {});
  await (await authenticate(null)).request("GET /app");
  await (await authenticate(7)).request("GET /rate_limit");
});

function rsaKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
