import { afterAll, beforeAll, expect, test } from "vitest";
import { object } from "../../src/sandbox/json.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { asInstallation, installationToken, raw, refusalOf } from "./support.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const HOME = "misp-rfc";
const owner = () => sandbox.as("adulau");
const opens = (title: string) => sandbox.as("rafiot").openIssue(HOME, { title, body: `See MISP/${HOME}.` });

test("a renamed repository is shown under its new name, and redirects from the old one", async () => {
  const at = await opens("Before");
  await sandbox.estate.moveRepository(HOME, "CIRCL/standards");
  const answer = await fetch(`${sandbox.url}/repos/MISP/${HOME}/issues/${at}?page=1`, { redirect: "manual" });
  expect(answer.status).toBe(301);
  expect(answer.headers.get("location")).toMatch(/\/repositories\/\d+\/issues\/\d+\?page=1$/);
  const write = { method: "POST", redirect: "manual", body: "{}" } as const;
  expect((await fetch(`${sandbox.url}/repos/MISP/${HOME}/issues/${at}/comments`, write)).status).toBe(307);
  const issue = object(await owner().ask("GET", `/repos/misp/${HOME}/issues/${at}`));
  expect(issue).toMatchObject({
    repository_url: `${sandbox.url}/repos/CIRCL/standards`,
    body: `See MISP/${HOME}.`,
  });
  const repository = { full_name: "CIRCL/standards", name: "standards", owner: { login: "CIRCL" } };
  expect(await owner().ask("GET", "/repos/CIRCL/Standards")).toMatchObject(repository);
  await sandbox.as("rafiot").comment(HOME, at, "Under the old name.");
  expect(await sandbox.see.comments(HOME, at)).toHaveLength(1);
  await sandbox.estate.moveRepository(HOME, `MISP/${HOME}`);
  expect((await raw(sandbox, `/repos/MISP/${HOME}`)).status).toBe(200);
});

test("issues that were deleted or transferred answer as GitHub has it, and are in no list", async () => {
  const [deleted, moved, kept] = [await opens("Deleted"), await opens("Moved"), await opens("Kept")];
  await sandbox.estate.deleteIssue(HOME, deleted);
  const arrived = await sandbox.estate.transferIssue(HOME, moved, "misp-standard.org");
  const ask = await asInstallation(sandbox);
  expect(await refusalOf(ask("GET", `/repos/MISP/${HOME}/issues/${deleted}/comments`))).toMatch(/^410/);
  expect(await ask("GET", `/repos/MISP/${HOME}/issues/${moved}`)).toMatchObject({
    number: arrived,
    title: "Moved",
    repository_url: `${sandbox.url}/repos/MISP/misp-standard.org`,
  });
  const listed = (await ask("GET", `/repos/MISP/${HOME}/issues`)) as { number: number }[];
  const numbers = listed.map(({ number }) => number);
  expect(numbers).toContain(kept);
  expect(numbers).not.toContain(deleted);
  expect(numbers).not.toContain(moved);
});

test("an archived repository can be read, and nothing else", async () => {
  const at = await opens("Archived");
  await owner().ask("PATCH", `/repos/MISP/${HOME}`, { archived: true });
  const ask = await asInstallation(sandbox);
  expect(await ask("GET", `/repos/MISP/${HOME}/issues/${at}`)).toMatchObject({ number: at });
  const comment = ask("POST", `/repos/MISP/${HOME}/issues/${at}/comments`, { body: "Too late." });
  expect(await refusalOf(comment)).toBe("403 Repository was archived so is read-only.");
  await owner().ask("PATCH", `/repos/MISP/${HOME}`, { archived: false });
  expect(await sandbox.as("rafiot").comment(HOME, at, "In time.")).toBeGreaterThan(0);
});

test("on a locked issue only people with write access can comment, and no App", async () => {
  const at = await opens("Locked");
  const lock = `/repos/MISP/${HOME}/issues/${at}/lock`;
  await owner().ask("PUT", lock, { lock_reason: "resolved" });
  const words = "403 Unable to create comment because issue is locked.";
  const ask = await asInstallation(sandbox);
  const byApp = ask("POST", `/repos/MISP/${HOME}/issues/${at}/comments`, { body: "May I?" });
  expect(await refusalOf(byApp)).toBe(words);
  expect(await refusalOf(sandbox.as("rafiot").comment(HOME, at, "And I?"))).toBe(words);
  expect(await sandbox.as("cedric").comment(HOME, at, "I may.")).toBeGreaterThan(0);
});

test("a repository that is taken from the installation is hidden from it alone", async () => {
  await sandbox.estate.giveRepository(HOME, false);
  const ask = await asInstallation(sandbox);
  expect(await refusalOf(ask("GET", `/repos/MISP/${HOME}`))).toBe("404 Not Found");
  expect(await ask("GET", "/installation/repositories")).toMatchObject({ total_count: 1 });
  expect((await raw(sandbox, `/repos/MISP/${HOME}`)).status).toBe(200);
  await sandbox.estate.giveRepository(HOME, true);
  expect(await ask("GET", "/installation/repositories")).toMatchObject({ total_count: 2 });
});

test("a suspended installation has neither tokens nor access; one made anew has another number", async () => {
  const ask = await asInstallation(sandbox);
  await sandbox.estate.suspend();
  expect(await refusalOf(ask("GET", `/repos/MISP/${HOME}`))).toBe("403 This installation has been suspended");
  expect(await refusalOf(installationToken(sandbox))).toBe("403 This installation has been suspended");
  await sandbox.estate.unsuspend();
  expect(await ask("GET", `/repos/MISP/${HOME}`)).toMatchObject({ name: HOME });
  await sandbox.estate.uninstall();
  expect(await refusalOf(ask("GET", `/repos/MISP/${HOME}`))).toBe("401 Bad credentials");
  expect(await refusalOf(installationToken(sandbox))).toBe("404 Not Found");
  await sandbox.estate.install();
  expect(await refusalOf(installationToken(sandbox))).toBe("404 Not Found");
});
