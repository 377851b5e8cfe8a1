/** Commands in another terminal than the sandbox's. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, expect, test } from "vitest";
import {
  removeSandboxEnvironment,
  sandboxTime,
  writeSandboxEnvironment,
} from "../../src/cli/sandbox-environment.ts";
import { startInSandbox } from "../../src/in-sandbox.ts";
import { inWords } from "../../src/proposal/instant.ts";
import { parseSpan } from "../../src/sandbox/clock.ts";
import { CHARTER } from "../support/story.ts";
import { formOf } from "../support/story-proposal.ts";

const folder = mkdtempSync(join(tmpdir(), "secretariat-terminal-"));
const data = join(folder, "data");
afterAll(() => rmSync(folder, { recursive: true }));

/** The command as npm runs it, in a folder without `.env`. */
function run(command: string, argument: string, env: NodeJS.ProcessEnv = {}) {
  const args = ["--disable-warning=ExperimentalWarning", resolve(`src/cli/${command}.ts`), argument];
  const options = { cwd: folder, env: { PATH: process.env.PATH, HOME: folder, ...env } };
  return new Promise<{ code: unknown; out: string; err: string }>((ended) =>
    execFile(process.execPath, args, options, (error, out, err) =>
      ended({ code: error?.code ?? 0, out, err }),
    ),
  );
}

const NONE =
  "No credentials, and no sandbox runs: start one with `npm start`, or connect to GitHub with `npm run connect`.\n";

test("explain and verify find the sandbox that runs, and explain goes by its clock", async () => {
  const { sandbox, settled, stop } = await startInSandbox({ sandbox: { committee: CHARTER } });
  try {
    const issue = { title: "Proposal: Sightings", labels: ["proposal"], body: formOf() };
    const number = await sandbox.as("rafiot").openIssue("misp-rfc", issue);
    sandbox.clock.forward(parseSpan("400 days"));
    await settled();
    writeSandboxEnvironment(data, sandbox);
    const explained = await run("explain", `MISP/misp-rfc#${number}`);
    const [first = "", ...others] = explained.out.split("\n");
    expect([explained.code, explained.err]).toEqual([0, ""]);
    // A minute may pass between the two.
    const day = inWords(sandbox.clock.now()).slice(0, "2026-12-20".length);
    expect(first).toContain(`MISP/misp-rfc#${number} at ${day}`);
    expect(others).toContain("  stage assessment");
    const verified = await run("verify", "MISP/misp-rfc");
    expect([verified.code, verified.out.split("\n")[0]]).toEqual([0, "0001  holds, 2 entries"]);
    // Credentials of its own mean GitHub, wherever that is: sandbox.env is not looked at.
    const given = parseEnv(readFileSync(join(data, "sandbox.env"), "utf8"));
    const connected = await run("explain", `MISP/misp-rfc#${number}`, given);
    expect(connected.err).toBe("");
    expect(connected.out).toContain(`MISP/misp-rfc#${number} at `);
    expect(connected.out).not.toContain(`MISP/misp-rfc#${number} at ${day}`);
  } finally {
    await stop();
  }
  const [explained, verified, elsewhere] = await Promise.all([
    run("explain", "MISP/misp-rfc#1"),
    run("verify", "MISP/misp-rfc"),
    run("verify", "MISP/misp-rfc", { GITHUB_API_URL: "http://127.0.0.1:1" }),
  ]);
  expect(explained).toEqual({ code: 2, out: "", err: NONE });
  expect(verified).toEqual({
    code: 2,
    out: "",
    err: "No sandbox runs at the address in sandbox.env: start one with `npm start`, or remove that file to read GitHub.\n",
  });
  // Whoever says where to look is not asked about a sandbox.
  expect(elsewhere).toMatchObject({
    code: 2,
    err: expect.stringMatching(/fetch failed|ECONNREFUSED|bad port/),
  });
  rmSync(data, { recursive: true });
  expect(await run("explain", "MISP/misp-rfc#1")).toEqual({ code: 2, out: "", err: NONE });
}, 30_000);

test("a sandbox that stops takes away its own credentials, and no other sandbox's", async () => {
  const { sandbox, stop } = await startInSandbox();
  await stop();
  writeSandboxEnvironment(data, sandbox);
  const path = join(data, "sandbox.env");
  removeSandboxEnvironment(data, { url: "http://127.0.0.1:1" });
  expect(existsSync(path)).toBe(true);
  removeSandboxEnvironment(data, sandbox);
  expect(existsSync(path)).toBe(false);
  removeSandboxEnvironment(data, sandbox);
  expect(await sandboxTime(sandbox.url)).toBeNull();
});
