import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { list, object } from "../../src/sandbox/json.ts";
import type { Ask } from "../../src/sandbox/person.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { asInstallation, raw, refusalOf } from "./support.ts";

const RFC = "/repos/MISP/misp-rfc";

let sandbox: Sandbox;
let app: Ask;
let issue: number;

beforeAll(async () => {
  const people = ["adulau", "cedric", "lena-k", "iglocska", "chrisr3d", "rafiot", "mallory", "renovate[bot]"];
  sandbox = await startSandbox({
    world: { people, teams: { core: ["adulau", "iglocska"] }, access: { cedric: "admin" } },
  });
  app = await asInstallation(sandbox);
  issue = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "A ballot", body: "" });
});
afterAll(() => sandbox.close());

describe("reactions", () => {
  test("are made once, in sandbox time, and counted in the comment", async () => {
    const comment = await sandbox.as("rafiot").comment("misp-rfc", issue, "vote here");
    const now = sandbox.clock.forward(86_400);
    const path = `${RFC}/issues/comments/${comment}/reactions`;
    const send = (content: string) =>
      fetch(sandbox.url + path, {
        method: "POST",
        headers: { authorization: "token iglocska" },
        body: JSON.stringify({ content }),
      });
    const first = await send("+1");
    const second = await send("+1");
    expect([first.status, second.status]).toEqual([201, 200]);
    const made = object(await first.json());
    expect(made).toMatchObject({
      content: "+1",
      user: { login: "iglocska", id: sandbox.idOf("iglocska"), type: "User" },
    });
    expect(String(made.created_at) >= now).toBe(true);
    expect(object(await second.json()).id).toBe(made.id);
    await sandbox.as("adulau").react("misp-rfc", { comment }, "-1");
    const [seen] = await sandbox.see.comments("misp-rfc", issue);
    expect(object(seen).reactions).toMatchObject({ total_count: 2, "+1": 1, "-1": 1, heart: 0 });
    await sandbox.as("adulau").unreact("misp-rfc", { comment }, "-1");
    expect(sandbox.see.reactions("misp-rfc", comment).map(({ login }) => login)).toEqual(["iglocska"]);
  });

  test("are the same in whatever letter case the repository is named", async () => {
    const comment = await sandbox.as("rafiot").comment("misp-rfc", issue, "vote here");
    const path = `/repos/misp/MISP-RFC/issues/comments/${comment}/reactions`;
    await app("POST", path, { content: "eyes" });
    expect(sandbox.see.reactions("misp-rfc", comment)).toMatchObject([{ content: "eyes" }]);
    expect(list(await app("GET", path.toLowerCase()))).toHaveLength(1);
  });

  test("are listed in pages, in order, and by content", async () => {
    const comment = await sandbox.as("rafiot").comment("misp-rfc", issue, "vote here");
    for (const login of ["adulau", "iglocska", "chrisr3d", "rafiot"]) {
      await sandbox.as(login).react("misp-rfc", { comment }, login === "rafiot" ? "eyes" : "+1");
    }
    const path = `${RFC}/issues/comments/${comment}/reactions`;
    const first = await raw(sandbox, `${path}?per_page=3`);
    expect(first.headers.get("link")).toContain(`<${sandbox.url}${path}?per_page=3&page=2>; rel="next"`);
    expect(list(JSON.parse(first.body)).map(({ user }) => object(user).login)).toEqual([
      "adulau",
      "iglocska",
      "chrisr3d",
    ]);
    const second = list(await app("GET", `${path}?per_page=3&page=2`));
    expect(second.map(({ content }) => content)).toEqual(["eyes"]);
    expect(list(await app("GET", `${path}?content=eyes`))).toHaveLength(1);
    expect(list(await app("GET", `${path}?content=${encodeURIComponent("+1")}`))).toHaveLength(3);
  });

  test("of a deleted account have no user, and its comments are the ghost's", async () => {
    const comment = await sandbox.as("mallory").comment("misp-rfc", issue, "bye");
    await sandbox.as("mallory").react("misp-rfc", { comment }, "heart");
    sandbox.deleteAccount("mallory");
    const [reaction] = list(await app("GET", `${RFC}/issues/comments/${comment}/reactions`));
    expect(reaction).toMatchObject({ user: null, content: "heart" });
    expect(await app("GET", `${RFC}/issues/comments/${comment}`)).toMatchObject({
      user: { login: "ghost", id: 10_137 },
    });
    expect(() => sandbox.as("mallory")).toThrow("Nobody");
    const other = await sandbox.as("lena-k").comment("misp-rfc", issue, "bye, too");
    sandbox.deleteAccount("lena-k", "nobody");
    expect(await app("GET", `${RFC}/issues/comments/${other}`)).toMatchObject({ user: null });
  });

  test("can be on the issue, and by Apps", async () => {
    await app("POST", `${RFC}/issues/${issue}/reactions`, { content: "eyes" });
    await sandbox.as("renovate[bot]").react("misp-rfc", { issue }, "+1");
    const reactions = list(await app("GET", `${RFC}/issues/${issue}/reactions`));
    expect(reactions.map(({ user }) => [object(user).login, object(user).type])).toEqual([
      ["secretariat[bot]", "Bot"],
      ["renovate[bot]", "Bot"],
    ]);
    expect((await sandbox.see.issue("misp-rfc", issue)).reactions).toMatchObject({ total_count: 2, eyes: 1 });
  });

  test("by another App's bot are not our App's", async () => {
    const comment = await sandbox
      .as("renovate[bot]")
      .comment("misp-rfc", issue, "<!-- secretariat:status -->");
    const seen = object(await app("GET", `${RFC}/issues/comments/${comment}`));
    expect(object(seen.performed_via_github_app).slug).toBe("renovate");
    expect(object(seen.performed_via_github_app).id).not.toBe(sandbox.app.appId);
  });

  test("are refused where GitHub refuses them", async () => {
    const comment = await sandbox.as("rafiot").comment("misp-rfc", issue, "x");
    const path = `${RFC}/issues/comments/${comment}/reactions`;
    expect(await refusalOf(app("POST", path, { content: "applause" }))).toMatch(/^422/);
    expect(
      await refusalOf(app("POST", `${RFC}/issues/comments/999999/reactions`, { content: "+1" })),
    ).toMatch(/^404/);
    expect(await refusalOf(app("GET", `${RFC}/issues/comments/999999/reactions`))).toMatch(/^404/);
    const id = await sandbox.as("iglocska").react("misp-rfc", { comment }, "+1");
    expect(await refusalOf(sandbox.as("chrisr3d").ask("DELETE", `${path}/${id}`))).toMatch(/^403/);
    expect((await raw(sandbox, path)).status).toBe(200);
  });
});

describe("renaming", () => {
  test("keeps the id, the token and the votes", async () => {
    const comment = await sandbox.as("chrisr3d").comment("misp-rfc", issue, "mine");
    await sandbox.as("chrisr3d").react("misp-rfc", { comment }, "+1");
    const id = sandbox.idOf("chrisr3d");
    sandbox.rename("chrisr3d", "ChristianS");
    const [reaction] = list(await app("GET", `${RFC}/issues/comments/${comment}/reactions`));
    expect(object(reaction).user).toMatchObject({ login: "ChristianS", id });
    expect(await app("GET", "/users/christians")).toMatchObject({ login: "ChristianS", id });
    expect(await app("GET", `/user/${id}`)).toMatchObject({ login: "ChristianS" });
    expect(await refusalOf(app("GET", "/users/chrisr3d"))).toMatch(/^404/);
    await sandbox.as("christians").editComment("misp-rfc", comment, "still mine");
  });
});
