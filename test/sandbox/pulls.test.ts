import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { list, object, text } from "../../src/sandbox/json.ts";
import type { Ask } from "../../src/sandbox/person.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { asInstallation, refusalOf } from "./support.ts";

const SITE = "/repos/MISP/misp-standard.org";
const site = "misp-standard.org";

let sandbox: Sandbox;
let app: Ask;

beforeAll(async () => {
  sandbox = await startSandbox();
  app = await asInstallation(sandbox);
});
afterAll(() => sandbox.close());

/** A branch with one more file, and the App's pull request for it. */
async function proposed(branch: string, path: string, content = "text\n"): Promise<number> {
  const main = object(await app("GET", `${SITE}/git/ref/heads/main`));
  await app("POST", `${SITE}/git/refs`, { ref: `refs/heads/${branch}`, sha: object(main.object).sha });
  await app("PUT", `${SITE}/contents/${path}`, {
    message: `Publish ${path}`,
    content: Buffer.from(content).toString("base64"),
    branch,
  });
  const pull = object(
    await app("POST", `${SITE}/pulls`, { title: `Publish ${path}`, head: branch, base: "main", body: "B" }),
  );
  return Number(pull.number);
}

describe("a pull request", () => {
  test("is refused a second time for the same branch, without a branch, and without a difference", async () => {
    await proposed("publish/0001", "one/raw.md");
    const open = (head: string, base = "main") =>
      app("POST", `${SITE}/pulls`, { title: "again", head, base });
    expect(await refusalOf(open("publish/0001"))).toMatchInlineSnapshot(
      `"422 Validation Failed [{"resource":"PullRequest","code":"custom","message":"A pull request already exists for MISP:publish/0001."}]"`,
    );
    expect(await refusalOf(open("MISP:publish/0001"))).toMatch(
      /A pull request already exists for MISP:publish\/0001\./,
    );
    expect(await refusalOf(open("publish/absent"))).toMatchInlineSnapshot(
      `"422 Validation Failed [{"resource":"PullRequest","field":"head","code":"invalid"}]"`,
    );
    expect(await refusalOf(open("publish/0001", "nowhere"))).toMatch(/"field":"base","code":"invalid"/);
    await sandbox.as("cedric").createBranch(site, "same");
    expect(await refusalOf(open("same"))).toMatch(/No commits between main and same/);
    expect(
      await refusalOf(sandbox.as("mallory").openPull(site, { title: "m", head: "same", base: "main" })),
    ).toMatch(/^403/);
  });

  test("is found by its branch, open or closed, without what lists leave out", async () => {
    const number = await proposed("publish/0002", "two/raw.md");
    const find = async (query: string) => list(await app("GET", `${SITE}/pulls?${query}`));
    const [found] = await find("head=MISP:publish/0002&state=all");
    expect(found).toMatchObject({ number, state: "open", merged_at: null });
    expect(Object.keys(object(found))).not.toContain("merged");
    await sandbox.as("cedric").closePull(site, number);
    expect(await find("head=MISP:publish/0002")).toEqual([]);
    expect(await find("head=MISP:publish/0002&state=all")).toMatchObject([
      { number, state: "closed", merged_at: null },
    ]);
    expect((await find("head=publish/0002&state=all")).length).toBeGreaterThan(1);
  });

  test("follows its branch, is merged as it is then, and keeps what came to main meanwhile", async () => {
    const number = await proposed("publish/0003", "three/raw.md");
    const tip = await sandbox
      .as("cedric")
      .putFile(site, "three/raw.md", "edited by a maintainer\n", { branch: "publish/0003" });
    expect(object((await sandbox.see.pull(site, number)).head).sha).toBe(tip);
    await sandbox.as("adulau").putFile(site, "elsewhere.md", "meanwhile\n");
    const later = sandbox.clock.forward(7 * 86_400);
    const commit = await sandbox.as("cedric").mergePull(site, number);
    const merged = object(await app("GET", `${SITE}/pulls/${number}`));
    expect(merged).toMatchObject({ state: "closed", merged: true, merge_commit_sha: commit });
    expect(merged.merged_at).toBe(merged.closed_at);
    expect(text(merged.merged_at) >= later).toBe(true);
    expect(object(merged.merged_by).login).toBe("cedric");
    expect(await sandbox.see.file(site, "three/raw.md")).toBe("edited by a maintainer\n");
    expect(await sandbox.see.file(site, "three/raw.md", commit)).toBe("edited by a maintainer\n");
    expect(await sandbox.see.file(site, "elsewhere.md")).toBe("meanwhile\n");
    expect(await refusalOf(sandbox.as("cedric").mergePull(site, number))).toMatch(/^405/);
    expect(await refusalOf(app("PATCH", `${SITE}/pulls/${number}`, { state: "open" }))).toMatch(/^422/);
  });

  test("does not undo the one that was merged before it", async () => {
    const first = await proposed("publish/0004", "four/raw.md");
    const second = await proposed("publish/0005", "five/raw.md");
    await sandbox.as("cedric").mergePull(site, first, "squash");
    await sandbox.as("cedric").mergePull(site, second);
    expect(await sandbox.see.files(site)).toEqual(expect.arrayContaining(["four/raw.md", "five/raw.md"]));
  });

  test("cannot be merged over a conflict, by an outsider, or at another commit than was meant", async () => {
    const number = await proposed("publish/0006", "six/raw.md", "ours\n");
    await sandbox.as("adulau").putFile(site, "six/raw.md", "theirs\n");
    expect(await refusalOf(sandbox.as("cedric").mergePull(site, number))).toBe(
      "405 Pull Request is not mergeable",
    );
    expect(await refusalOf(sandbox.as("mallory").mergePull(site, number))).toMatch(/^403/);
    const other = await proposed("publish/0007", "seven/raw.md");
    const stale = app("PUT", `${SITE}/pulls/${other}/merge`, { sha: "0".repeat(40) });
    expect(await refusalOf(stale)).toMatch(/^409 Head branch was modified/);
  });

  test("says which files and commits it brings, before and after", async () => {
    const number = await proposed("publish/0008", "eight/raw.md");
    const files = async () =>
      list(await app("GET", `${SITE}/pulls/${number}/files`)).map(({ filename, status }) => [
        filename,
        status,
      ]);
    expect(await files()).toEqual([["eight/raw.md", "added"]]);
    expect(list(await app("GET", `${SITE}/pulls/${number}/commits`))).toHaveLength(1);
    await sandbox.as("cedric").mergePull(site, number);
    expect(await files()).toEqual([["eight/raw.md", "added"]]);
  });

  test("is an issue, too", async () => {
    const number = await proposed("publish/0009", "nine/raw.md");
    await sandbox.as("adulau").label(site, number, "proposal");
    const seen = object(await app("GET", `${SITE}/issues/${number}`));
    expect(seen).toMatchObject({ number, title: "Publish nine/raw.md", pull_request: { merged_at: null } });
    const labelled = list(await app("GET", `${SITE}/issues?labels=proposal&state=all`));
    expect(labelled).toMatchObject([
      { number, pull_request: { url: `${sandbox.url}${SITE}/pulls/${number}` } },
    ]);
  });

  test("is closed when its branch is deleted", async () => {
    const number = await proposed("publish/0010", "ten/raw.md");
    await sandbox.as("cedric").deleteBranch(site, "publish/0010");
    expect(await sandbox.see.pull(site, number)).toMatchObject({ state: "closed", merged: false });
  });

  test("closes the issues that it says it fixes", async () => {
    const fixed = await sandbox.as("rafiot").openIssue(site, { title: "fixed", body: "" });
    const quoted = await sandbox.as("rafiot").openIssue(site, { title: "quoted", body: "" });
    const number = await proposed("publish/0011", "eleven/raw.md");
    const elsewhere = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "elsewhere", body: "" });
    const body = `Fixes #${fixed}, closes MISP/misp-rfc#${elsewhere}, resolves \u2060#${quoted} and #999`;
    await app("PATCH", `${SITE}/pulls/${number}`, { body });
    await sandbox.as("cedric").mergePull(site, number);
    expect(await sandbox.see.issue(site, fixed)).toMatchObject({
      state: "closed",
      closed_by: { login: "cedric" },
    });
    expect(await sandbox.see.issue("misp-rfc", elsewhere)).toMatchObject({ state: "closed" });
    expect(await sandbox.see.issue(site, quoted)).toMatchObject({ state: "open" });
  });
});
