import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { appOctokits } from "../../src/github/octokit.ts";
import { github, useNock } from "../support/nock.ts";
import { actorOf, client, commentAnswer, HERE, REF } from "./support.ts";

useNock();

const comment = { do: "create comment", key: "status", body: "Hello" } as const;
const ISSUES = { installation: 7, repository: 70, permissions: { issues: "write" } };

test("a comment is posted once, although GitHub answers 502, with a token for that and nothing else", async () => {
  const ours = client({ authenticate: octokits() });
  ours.installations.learn(REF, { installation: 7, repository: 70 });
  tokenFor({ repository_ids: [70], permissions: { issues: "write" } }, "ghs_x");
  github().post(`${HERE}/issues/12/comments`).matchHeader("authorization", "token ghs_x").once().reply(502);
  await expect(actorOf(ours)(REF, comment)).rejects.toMatchObject({ status: 502 });
});

test("inside a call nothing is spaced", async () => {
  const act = actorOf(client({ authenticate: octokits() }));
  tokenFor({ permissions: { issues: "write" } }, "ghs_x");
  github().post(`${HERE}/issues/12/comments`).times(3).reply(201, commentAnswer(1));
  const start = performance.now();
  for (const _ of [1, 2, 3]) await act(REF, comment);
  expect(performance.now() - start).toBeLessThan(900);
});

test("it signs as the App, and asks for a token once for each purpose", async () => {
  const authenticate = octokits();
  github()
    .get("/app")
    .matchHeader("authorization", /^bearer ey/)
    .reply(200, { slug: "secretariat" });
  await (await authenticate(null)).request("GET /app");
  tokenFor({ repository_ids: [70], permissions: { issues: "write" } }, "ghs_issues");
  tokenFor({ permissions: { contents: "read" } }, "ghs_contents");
  const other = { installation: 7, repository: null, permissions: { contents: "read" } };
  for (const [access, token] of [
    [ISSUES, "ghs_issues"],
    [other, "ghs_contents"],
    [ISSUES, "ghs_issues"],
  ] as const) {
    github().get("/rate_limit").matchHeader("authorization", `token ${token}`).reply(200, {});
    await (await authenticate(access)).request("GET /rate_limit");
  }
});

test("a token that GitHub does not take any more is not used again", async () => {
  const authenticate = octokits();
  const ask = async () => (await authenticate(ISSUES)).request("GET /rate_limit");
  const taking = (token: string) =>
    github().get("/rate_limit").matchHeader("authorization", `token ${token}`);
  tokenFor({ repository_ids: [70], permissions: { issues: "write" } }, "ghs_old");
  taking("ghs_old").reply(401, { message: "Bad credentials" });
  await expect(ask()).rejects.toMatchObject({ status: 401 });
  tokenFor({ repository_ids: [70], permissions: { issues: "write" } }, "ghs_new");
  taking("ghs_new").twice().reply(200, {});
  await ask();
  await ask();
});

function octokits() {
  return appOctokits({ appId: 1, privateKey: rsaKey(), baseUrl: "https://api.github.com" });
}

type Asked = { readonly repository_ids?: number[]; readonly permissions: Record<string, string> };

function tokenFor(asked: Asked, token: string): void {
  github()
    .post("/app/installations/7/access_tokens", asked)
    .reply(201, { token, expires_at: "2099-01-01T00:00:00Z", permissions: asked.permissions });
}

function rsaKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
