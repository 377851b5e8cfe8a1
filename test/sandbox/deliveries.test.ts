import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { list, object } from "../../src/sandbox/json.ts";
import { asking } from "../../src/sandbox/person.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { asInstallation, jwt, raw, receiver, refusalOf } from "./support.ts";

let sandbox: Sandbox;
let hook: Awaited<ReturnType<typeof receiver>>;

beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(async () => {
  hook = await receiver();
  sandbox.setWebhookUrl(hook.url);
});
afterEach(async () => {
  await sandbox.settled();
  hook.close();
});
afterAll(() => sandbox.close());

async function events(): Promise<string[]> {
  await sandbox.settled();
  return hook.received.map(({ event, payload }) => `${event}.${String(payload.action ?? "")}`);
}

describe("webhooks", () => {
  test("are signed, numbered, and say who, where and through which installation", async () => {
    const number = await sandbox
      .as("rafiot")
      .openIssue("misp-rfc", { title: "t", body: "b", labels: ["proposal"] });
    expect(await events()).toEqual(["issues.opened", "issues.labeled"]);
    const [opened, labelled] = hook.received;
    if (opened === undefined || labelled === undefined) throw new Error("Nothing came");
    const hmac = createHmac("sha256", sandbox.app.webhookSecret).update(opened.body).digest("hex");
    expect(opened.signature).toBe(`sha256=${hmac}`);
    expect(opened.guid).toMatch(/^[0-9a-f-]{36}$/);
    expect(labelled.guid).not.toBe(opened.guid);
    expect(opened.payload).toMatchObject({
      issue: { number, labels: [{ name: "proposal" }] },
      repository: { full_name: "MISP/misp-rfc" },
      organization: { login: "MISP" },
      sender: { login: "rafiot" },
      installation: { id: sandbox.app.installationId },
    });
    expect(labelled.payload).toMatchObject({ label: { name: "proposal" } });
  });

  test("say what stood there before an edit", async () => {
    const rafiot = sandbox.as("rafiot");
    const number = await rafiot.openIssue("misp-rfc", { title: "t", body: "old" });
    await rafiot.editIssue("misp-rfc", number, { body: "new" });
    const comment = await rafiot.comment("misp-rfc", number, "before");
    await rafiot.editComment("misp-rfc", comment, "after");
    expect(await events()).toEqual([
      "issues.opened",
      "issues.edited",
      "issue_comment.created",
      "issue_comment.edited",
    ]);
    expect(hook.received[1]?.payload.changes).toEqual({ body: { from: "old" } });
    expect(hook.received[3]?.payload.changes).toEqual({ body: { from: "before" } });
  });

  test("tell a pull request's life", async () => {
    const cedric = sandbox.as("cedric");
    await cedric.createBranch("misp-rfc", "b");
    await cedric.putFile("misp-rfc", "a.md", "1", { branch: "b" });
    const number = await cedric.openPull("misp-rfc", { title: "p", head: "b", base: "main" });
    await cedric.putFile("misp-rfc", "a.md", "2", { branch: "b" });
    await cedric.comment("misp-rfc", number, "hm");
    await cedric.mergePull("misp-rfc", number);
    expect(await events()).toEqual([
      "push.",
      "pull_request.opened",
      "push.",
      "pull_request.synchronize",
      "issue_comment.created",
      "push.",
      "pull_request.closed",
    ]);
    expect(hook.received[4]?.payload).toMatchObject({ issue: { number, pull_request: { merged_at: null } } });
    expect(hook.received[6]?.payload).toMatchObject({
      pull_request: { number, merged: true, merged_by: { login: "cedric" }, base: { ref: "main" } },
    });
    expect(hook.received[5]?.payload).toMatchObject({ ref: "refs/heads/main" });
  });

  test("are not sent for reactions, for events nobody subscribed to, or to nobody", async () => {
    const number = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "t", body: "" });
    await sandbox.as("rafiot").react("misp-rfc", { issue: number }, "+1");
    await (await asInstallation(sandbox))("POST", "/repos/MISP/misp-rfc/labels", {
      name: "x",
      color: "ffffff",
    });
    expect(await events()).toEqual(["issues.opened"]);
    sandbox.setWebhookUrl(null);
    await sandbox.as("rafiot").comment("misp-rfc", number, "unheard");
    expect(await events()).toEqual(["issues.opened"]);
  });

  test("tell of what the App does, too", async () => {
    const number = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "t", body: "" });
    await (await asInstallation(sandbox))("POST", `/repos/MISP/misp-rfc/issues/${number}/comments`, {
      body: "mine",
    });
    await events();
    expect(hook.received[1]?.payload).toMatchObject({
      sender: { login: "secretariat[bot]", type: "Bot" },
      comment: { performed_via_github_app: { id: sandbox.app.appId } },
    });
  });
});

describe("deliveries that go wrong", () => {
  test("are dropped, doubled under one guid, late, or out of order", async () => {
    const rafiot = sandbox.as("rafiot");
    const number = await rafiot.openIssue("misp-rfc", { title: "t", body: "" });
    await sandbox.settled();
    const said = () => hook.received.splice(0).map(({ payload }) => object(payload.comment).body);
    hook.received.splice(0);
    sandbox.deliveries.next({ fault: "drop", event: "issue_comment" });
    await rafiot.comment("misp-rfc", number, "dropped");
    await rafiot.comment("misp-rfc", number, "heard");
    await sandbox.settled();
    expect(said()).toEqual(["heard"]);

    sandbox.deliveries.next({ fault: "double", event: "issue_comment", action: "created" });
    await rafiot.comment("misp-rfc", number, "twice");
    await sandbox.settled();
    expect(new Set(hook.received.map(({ guid }) => guid)).size).toBe(1);
    expect(said()).toEqual(["twice", "twice"]);

    sandbox.deliveries.next({ fault: "late", milliseconds: 80 });
    await rafiot.comment("misp-rfc", number, "late");
    await rafiot.comment("misp-rfc", number, "on time");
    await sandbox.settled();
    expect(said()).toEqual(["on time", "late"]);

    sandbox.deliveries.next({ fault: "swap" });
    await rafiot.comment("misp-rfc", number, "first");
    await rafiot.comment("misp-rfc", number, "second");
    await sandbox.settled();
    expect(said()).toEqual(["second", "first"]);

    sandbox.deliveries.next({ fault: "swap" });
    await rafiot.comment("misp-rfc", number, "nothing behind it");
    await sandbox.settled();
    expect(said()).toEqual(["nothing behind it"]);
  });

  test("are listed for three days and can be had again under their guid", async () => {
    const app = asking(sandbox.url, jwt(sandbox.app));
    const rafiot = sandbox.as("rafiot");
    sandbox.clock.forward(4 * 86_400);
    sandbox.deliveries.next({ fault: "drop" });
    const number = await rafiot.openIssue("misp-rfc", { title: "lost", body: "" });
    await rafiot.comment("misp-rfc", number, "heard");
    await sandbox.settled();
    const found = list(await app("GET", "/app/hook/deliveries"));
    expect(found.map(({ event, action, status_code: code }) => [event, action, code])).toEqual([
      ["issue_comment", "created", 202],
      ["issues", "opened", 502],
    ]);
    const [failed] = list(await app("GET", "/app/hook/deliveries?status=failure"));
    const id = Number(object(failed).id);
    expect(await app("GET", `/app/hook/deliveries/${id}`)).toMatchObject({
      request: { payload: { issue: { title: "lost" } } },
    });
    await app("POST", `/app/hook/deliveries/${id}/attempts`);
    await sandbox.settled();
    expect(hook.received.map(({ guid, event }) => [guid, event]).at(-1)).toEqual([
      object(failed).guid,
      "issues",
    ]);
    const page = await raw(sandbox, "/app/hook/deliveries?per_page=2", {
      authorization: `Bearer ${jwt(sandbox.app)}`,
    });
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1] ?? "";
    expect(list(await app("GET", next.slice(sandbox.url.length)))).toHaveLength(1);
    sandbox.clock.forward(3 * 86_400 + 60);
    expect(await app("GET", "/app/hook/deliveries")).toEqual([]);
    expect(await refusalOf((await asInstallation(sandbox))("GET", "/app/hook/deliveries"))).toMatch(/^401/);
  });

  test("to an App that is not there fail, and settle", async () => {
    hook.close();
    await sandbox.as("rafiot").openIssue("misp-rfc", { title: "t", body: "" });
    await sandbox.settled();
    expect(sandbox.deliveries.log.at(-1)).toMatchObject({ event: "issues", statusCode: 502 });
  });
});
