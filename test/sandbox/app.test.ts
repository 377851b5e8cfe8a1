import { Probot } from "probot";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { list, object, text } from "../../src/sandbox/json.ts";
import { asking } from "../../src/sandbox/person.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { asInstallation, installationToken, jwt, raw, refusalOf } from "./support.ts";

const RFC = "/repos/MISP/misp-rfc";

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

function probot(): Probot {
  const { appId, privateKey, webhookSecret } = sandbox.app;
  return new Probot({ appId, privateKey, secret: webhookSecret, baseUrl: sandbox.url, logLevel: "fatal" });
}

describe("Probot's own authentication", () => {
  test("works, and goes on working after the clock was turned by 60 days", async () => {
    const app = probot();
    const octokit = await app.auth(sandbox.app.installationId);
    const number = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "t", body: "b" });
    const at = { owner: "MISP", repo: "misp-rfc", issue_number: number };
    expect((await octokit.rest.issues.get(at)).data.title).toBe("t");
    const turned = sandbox.clock.forward(60 * 86_400);
    const { data } = await octokit.rest.issues.createComment({ ...at, body: "two months later" });
    expect(data.created_at >= turned).toBe(true);
    expect(data.performed_via_github_app).toMatchObject({ id: sandbox.app.appId });
    const later = await (await probot().auth(sandbox.app.installationId)).rest.issues.listComments(at);
    expect(later.data.map(({ body }) => body)).toEqual(["two months later"]);
    const asApp = await (await probot().auth()).rest.apps.listInstallations();
    expect(asApp.data).toMatchObject([{ id: sandbox.app.installationId, account: { login: "MISP" } }]);
  });

  test("reads all pages", async () => {
    const octokit = await probot().auth(sandbox.app.installationId);
    const number = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "t", body: "b" });
    for (const word of ["a", "b", "c", "d", "e"])
      await sandbox.as("rafiot").comment("misp-rfc", number, word);
    const planned = sandbox.faults.next({
      fault: { kind: "page size", size: 2 },
      match: { path: /comments/ },
      times: Number.POSITIVE_INFINITY,
    });
    const all = await octokit.paginate(octokit.rest.issues.listComments, {
      owner: "MISP",
      repo: "misp-rfc",
      issue_number: number,
      per_page: 100,
    });
    planned.cancel();
    expect(all.map(({ body }) => body)).toEqual(["a", "b", "c", "d", "e"]);
    expect(planned.happened).toBe(3);
  });
});

describe("the App", () => {
  test.each([
    ["signed by somebody else", (token: string) => `${token.slice(0, -20)}${"A".repeat(20)}`, {}],
    ["for another App", (token: string) => token, { iss: 1 }],
    ["expired", (token: string) => token, { exp: Math.floor(Date.now() / 1000) - 5 }],
    ["valid for too long", (token: string) => token, { exp: Math.floor(Date.now() / 1000) + 3_600 }],
    ["from the future", (token: string) => token, { iat: Math.floor(Date.now() / 1000) + 300 }],
  ])("is refused with a token that is %s", async (_what, bend, claims) => {
    const ask = asking(sandbox.url, bend(jwt(sandbox.app, claims)));
    expect(await refusalOf(ask("GET", "/app"))).toMatch(/^401 /);
  });

  test("is refused with a token that nobody gave out", async () => {
    const { status, body } = await raw(sandbox, RFC, { authorization: "token ghs_madeup" });
    expect([status, object(JSON.parse(body)).message]).toEqual([401, "Bad credentials"]);
  });

  test("gets tokens that expire in an hour of real time", async () => {
    const made = object(
      await asking(sandbox.url, jwt(sandbox.app))(
        "POST",
        `/app/installations/${sandbox.app.installationId}/access_tokens`,
      ),
    );
    const left = Date.parse(text(made.expires_at)) - Date.now();
    expect(left).toBeGreaterThan(3_590_000);
    expect(left).toBeLessThanOrEqual(3_600_000);
    const ask = asking(sandbox.url, text(made.token));
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.setSystemTime(Date.now() + 3_590_000);
    await ask("GET", RFC);
    vi.setSystemTime(Date.now() + 20_000);
    const refused = await refusalOf(ask("GET", RFC));
    vi.useRealTimers();
    expect(refused).toBe("401 Bad credentials");
  });

  test("sees its repositories, the team, and what people may do", async () => {
    const app = await asInstallation(sandbox);
    const repositories = object(await app("GET", "/installation/repositories?per_page=1"));
    expect(repositories.total_count).toBe(2);
    expect(list(repositories.repositories)).toMatchObject([{ full_name: "MISP/misp-rfc" }]);
    const members = async () =>
      list(await app("GET", "/orgs/MISP/teams/standard-committee/members")).map(({ login }) => login);
    expect(await members()).toHaveLength(9);
    await sandbox.leaveTeam("standard-committee", "tomas-h");
    await sandbox.joinTeam("standard-committee", "rafiot");
    expect(await members()).toEqual(expect.arrayContaining(["adulau", "rafiot"]));
    expect(await members()).not.toContain("tomas-h");
    const may = async (login: string) =>
      object(await app("GET", `${RFC}/collaborators/${login}/permission`)).permission;
    expect(await Promise.all(["adulau", "cedric", "iglocska"].map(may))).toEqual(["admin", "write", "read"]);
    expect((await raw(sandbox, "/orgs/MISP/teams/standard-committee/members")).status).toBe(401);
  });

  test("a token that was asked for with less opens less", async () => {
    const whole = await asInstallation(sandbox);
    const { id } = object(await whole("GET", RFC));
    const narrow = { repository_ids: [id], permissions: { issues: "read" } };
    const app = asking(sandbox.url, await installationToken(sandbox, narrow));
    expect(list(await app("GET", `${RFC}/labels`))).toEqual(expect.any(Array));
    await expect(app("POST", `${RFC}/labels`, { name: "x" })).rejects.toThrow("403");
    await expect(app("GET", `${RFC}/commits`)).rejects.toThrow("403");
    // The other repository is public: everybody may read it.
    expect(object(await app("GET", "/repos/MISP/misp-standard.org")).name).toBe("misp-standard.org");
    await expect(app("POST", "/repos/MISP/misp-standard.org/labels", { name: "x" })).rejects.toThrow("403");
  });

  test("has its requests counted, and nobody else's", async () => {
    const token = await installationToken(sandbox);
    sandbox.requests.reset();
    const app = asking(sandbox.url, await installationToken(sandbox));
    await app("GET", RFC);
    await app("POST", `${RFC}/labels`, { name: "counted", color: "ffffff" });
    await sandbox.as("rafiot").ask("GET", RFC);
    await raw(sandbox, RFC);
    const { headers } = await raw(sandbox, RFC, { authorization: `token ${token}` });
    const again = await raw(sandbox, RFC, {
      authorization: `token ${token}`,
      "if-none-match": headers.get("etag") ?? "",
    });
    expect([again.status, again.body, again.headers.get("etag")]).toEqual([304, "", headers.get("etag")]);
    const { total, reads, writes, notModified, tokens } = sandbox.requests;
    const counted = { total, reads, writes, notModified, tokens };
    expect(counted).toEqual({ total: 4, reads: 3, writes: 1, notModified: 1, tokens: 1 });
    expect(
      sandbox.requests.log.map(({ by, method, status }) => `${by} ${method} ${status}`),
    ).toMatchInlineSnapshot(`
      [
        "app POST 201",
        "installation GET 200",
        "installation POST 201",
        "rafiot GET 200",
        "nobody GET 200",
        "installation GET 200",
        "installation GET 304",
      ]
    `);
    await app("PATCH", `${RFC}/labels/counted`, { color: "000000" });
    const after = await raw(sandbox, `${RFC}/labels`, {
      authorization: `token ${token}`,
      "if-none-match": headers.get("etag") ?? "",
    });
    expect(after.status).toBe(200);
    expect(Number(after.headers.get("x-ratelimit-remaining"))).toBeLessThan(5_000);
  });

  test("is told GitHub's time in each answer", async () => {
    const { headers } = await raw(sandbox, RFC);
    expect(Math.abs(Date.parse(headers.get("date") ?? "") - sandbox.clock.milliseconds())).toBeLessThan(
      3_000,
    );
  });
});
