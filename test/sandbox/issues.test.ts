import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { list, object, text } from "../../src/sandbox/json.ts";
import type { Ask } from "../../src/sandbox/person.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { asInstallation, raw, refusalOf } from "./support.ts";

const RFC = "/repos/MISP/misp-rfc";

let sandbox: Sandbox;
let app: Ask;

beforeAll(async () => {
  sandbox = await startSandbox({
    world: { repositories: [{ name: "misp-rfc" }, { name: "inner", private: true }] },
  });
  app = await asInstallation(sandbox);
});
afterAll(() => sandbox.close());

describe("issues", () => {
  test("keep who, when and why they were closed, in sandbox time", async () => {
    const number = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "A", body: "B" });
    const opened = sandbox.clock.now();
    const later = sandbox.clock.forward(3 * 86_400);
    await sandbox.as("adulau").closeIssue("misp-rfc", number, "not_planned");
    const issue = await sandbox.see.issue("misp-rfc", number);
    expect(text(issue.created_at) <= opened).toBe(true);
    expect(text(issue.closed_at) >= later).toBe(true);
    expect(issue.closed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(object(issue.closed_by).login).toBe("adulau");
    expect(issue.state_reason).toBe("not_planned");
    await sandbox.as("rafiot").reopenIssue("misp-rfc", number);
    expect(await sandbox.see.issue("misp-rfc", number)).toMatchObject({
      state: "open",
      closed_by: null,
      closed_at: null,
    });
  });

  test("are refused with a body of more than 65,536 characters, or a title of more than 256", async () => {
    const rafiot = sandbox.as("rafiot");
    const full = { title: "x".repeat(256), body: "é".repeat(65_536) };
    const number = await rafiot.openIssue("misp-rfc", full);
    expect((await sandbox.see.issue("misp-rfc", number)).body).toBe(full.body);
    const tooLong = "é".repeat(65_537);
    expect(
      await refusalOf(rafiot.openIssue("misp-rfc", { title: "x", body: tooLong })),
    ).toMatchInlineSnapshot(
      `"422 Validation Failed [{"resource":"Issue","code":"custom","field":"body","message":"body is too long (maximum is 65536 characters)"}]"`,
    );
    expect(await refusalOf(rafiot.editIssue("misp-rfc", number, { body: tooLong }))).toMatch(
      /^422 .*too long/,
    );
    expect(await refusalOf(rafiot.comment("misp-rfc", number, tooLong))).toMatch(
      /^422 .*IssueComment.*too long/,
    );
    expect(await refusalOf(rafiot.openIssue("misp-rfc", { title: "x".repeat(257), body: "" }))).toMatch(
      /^422 .*title is too long/,
    );
  });

  test("take labels from the form, but not from anybody's own request", async () => {
    const rafiot = sandbox.as("rafiot");
    const byForm = await rafiot.openIssue("misp-rfc", { title: "form", body: "", labels: ["proposal"] });
    expect(await sandbox.see.labels("misp-rfc", byForm)).toEqual(["proposal"]);
    const byHand = object(await rafiot.ask("POST", `${RFC}/issues`, { title: "hand", labels: ["proposal"] }));
    expect(byHand.labels).toEqual([]);
    const byChair = object(
      await sandbox.as("adulau").ask("POST", `${RFC}/issues`, { title: "chair", labels: ["proposal"] }),
    );
    expect(list(byChair.labels)).toHaveLength(1);
  });

  test("tell in their events who put on and took off labels, closed and reopened", async () => {
    const number = await sandbox
      .as("rafiot")
      .openIssue("misp-rfc", { title: "e", body: "", labels: ["proposal"] });
    const chair = sandbox.as("adulau");
    await chair.unlabel("misp-rfc", number, "Proposal");
    await app("POST", `${RFC}/issues/${number}/labels`, { labels: ["stage: intake"] });
    await chair.editIssue("misp-rfc", number, { body: "new" });
    await chair.closeIssue("misp-rfc", number);
    await chair.reopenIssue("misp-rfc", number);
    const events = list(await app("GET", `${RFC}/issues/${number}/events?per_page=100`));
    expect(
      events.map(({ event, actor, label, performed_via_github_app: via }) => [
        event,
        object(actor).login,
        label === null || label === undefined ? null : object(label).name,
        via === null ? null : object(via).slug,
      ]),
    ).toEqual([
      ["labeled", "rafiot", "proposal", null],
      ["unlabeled", "adulau", "proposal", null],
      ["labeled", "secretariat[bot]", "stage: intake", "secretariat"],
      ["closed", "adulau", null, null],
      ["reopened", "adulau", null, null],
    ]);
  });

  test("may be changed by their author and by who has the right", async () => {
    const number = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "mine", body: "" });
    const mallory = sandbox.as("mallory");
    expect(await refusalOf(mallory.editIssue("misp-rfc", number, { body: "hers" }))).toMatch(/^403/);
    expect(await refusalOf(mallory.closeIssue("misp-rfc", number))).toMatch(/^403/);
    expect(await refusalOf(mallory.label("misp-rfc", number, "proposal"))).toMatch(/^403/);
    expect(await refusalOf(mallory.unlabel("misp-rfc", number, "proposal"))).toMatch(/^403/);
    await sandbox.as("cedric").editIssue("misp-rfc", number, { body: "his" });
    expect(await sandbox.see.issue("misp-rfc", number)).toMatchObject({
      state: "open",
      body: "his",
      labels: [],
    });
  });

  test("of a private repository do not exist for outsiders", async () => {
    await sandbox.as("adulau").openIssue("inner", { title: "secret", body: "" });
    expect(await refusalOf(sandbox.as("mallory").ask("GET", "/repos/MISP/inner/issues/1"))).toBe(
      "404 Not Found",
    );
    expect((await raw(sandbox, "/repos/misp/INNER/issues")).status).toBe(404);
    expect(await app("GET", "/repos/MISP/inner/issues/1")).toMatchObject({ title: "secret" });
  });

  test("are found in any letter case, and under /api/v3", async () => {
    expect(await app("GET", "/repos/misp/MISP-RFC")).toMatchObject({ full_name: "MISP/misp-rfc" });
    expect(await app("GET", "/api/v3/repos/MISP/misp-rfc")).toMatchObject({ full_name: "MISP/misp-rfc" });
  });
});

describe("comments", () => {
  test("say when our App wrote them, or another", async () => {
    const number = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "c", body: "" });
    const mine = object(await app("POST", `${RFC}/issues/${number}/comments`, { body: "by the App" }));
    expect(mine.user).toMatchObject({ login: "secretariat[bot]", type: "Bot", id: sandbox.app.botId });
    expect(mine.performed_via_github_app).toMatchObject({ id: sandbox.app.appId, slug: "secretariat" });
    await sandbox.as("rafiot").comment("misp-rfc", number, "by hand");
    const [, hand] = await sandbox.see.comments("misp-rfc", number);
    expect(hand).toMatchObject({ performed_via_github_app: null, user: { type: "User", login: "rafiot" } });
  });

  test("may be changed by their author and by who can write", async () => {
    const number = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "c", body: "" });
    const id = await sandbox.as("rafiot").comment("misp-rfc", number, "one");
    expect(await refusalOf(sandbox.as("mallory").editComment("misp-rfc", id, "two"))).toMatch(/^403/);
    expect(await refusalOf(sandbox.as("mallory").deleteComment("misp-rfc", id))).toMatch(/^403/);
    await sandbox.as("cedric").editComment("misp-rfc", id, "three");
    expect((await sandbox.see.comments("misp-rfc", number)).map(({ body }) => body)).toEqual(["three"]);
    await sandbox.as("rafiot").deleteComment("misp-rfc", id);
    expect(await sandbox.see.comments("misp-rfc", number)).toEqual([]);
  });

  test("come in pages, and since a moment", async () => {
    const rafiot = sandbox.as("rafiot");
    const number = await rafiot.openIssue("misp-rfc", { title: "p", body: "" });
    for (const word of ["a", "b", "c"]) await rafiot.comment("misp-rfc", number, word);
    const first = await raw(sandbox, `${RFC}/issues/${number}/comments?per_page=2`);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    expect(next.startsWith(sandbox.url)).toBe(true);
    expect(list(await (await fetch(next)).json()).map(({ body }) => body)).toEqual(["c"]);
    const turned = sandbox.clock.forward(60);
    await rafiot.comment("misp-rfc", number, "d");
    const since = list(await app("GET", `${RFC}/issues/${number}/comments?since=${turned}`));
    expect(since.map(({ body }) => body)).toEqual(["d"]);
  });
});

describe("labels", () => {
  test("are the same in any letter case, and made when they are put on", async () => {
    const number = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "l", body: "" });
    await app("POST", `${RFC}/labels`, { name: "Stage: Vote", color: "00ff00", description: "now" });
    await sandbox.as("adulau").label("misp-rfc", number, "stage: vote", "brand new");
    expect(await sandbox.see.labels("misp-rfc", number)).toEqual(["Stage: Vote", "brand new"]);
    expect(
      await refusalOf(app("POST", `${RFC}/labels`, { name: "STAGE: VOTE", color: "00ff00" })),
    ).toMatchInlineSnapshot(
      `"422 Validation Failed [{"resource":"Label","code":"already_exists","field":"name"}]"`,
    );
    expect(await refusalOf(app("DELETE", `${RFC}/issues/${number}/labels/absent`))).toBe(
      "404 Label does not exist",
    );
  });

  test("have limits", async () => {
    const long = (count: number) => "x".repeat(count);
    expect(await refusalOf(app("POST", `${RFC}/labels`, { name: long(51), color: "00ff00" }))).toMatch(
      /^422 .*too long/,
    );
    expect(
      await refusalOf(app("POST", `${RFC}/labels`, { name: "y", color: "00ff00", description: long(101) })),
    ).toMatch(/^422 .*too long/);
    expect(
      await app("POST", `${RFC}/labels`, { name: long(50), color: "00ff00", description: long(100) }),
    ).toMatchObject({ color: "00ff00" });
  });
});
