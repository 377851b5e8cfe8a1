/** The program is told to stop while it waits for GitHub. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SAMPLE_PROPOSAL } from "../src/cli/welcome.ts";
import { instant } from "../src/proposal/instant.ts";
import { type Sandbox, startSandbox } from "../src/sandbox/sandbox.ts";
import { openSqliteStore } from "../src/store/sqlite.ts";
import { addressOf, deployedIn, type Program, startProgram } from "./support/program.ts";

const CHARTER = "committee: MISP Standard Committee\nreviewers: [iglocska]\nmembers: [adulau, iglocska]\n";
let folder: string;
let sandbox: Sandbox;
let program: Program | null = null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "secretariat-stop-"));
  sandbox = await startSandbox({ committee: CHARTER });
});
afterEach(async () => {
  program?.child.kill("SIGKILL");
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** The App as an operator runs it, with the sandbox in GitHub's place. */
async function start() {
  program = startProgram(folder, deployedIn(sandbox, "debug"));
  const { child, said, ended } = program;
  const address = await addressOf(program, 10_000);
  sandbox.setWebhookUrl(address);
  return { child, ended, address, said: () => said.out + said.err };
}

test("told to stop in the middle of a pass, it hands the pass back within ten seconds", async () => {
  const { child, ended, address, said } = await start();
  await fetch(new URL("/healthz", address), { headers: { authorization: "Bearer for-our-proxy" } });
  const slow = sandbox.faults.next({
    fault: { kind: "slow", milliseconds: 60_000 },
    match: { method: "GET", path: /\/issues\/1$/ },
  });
  await sandbox.as("rafiot").openIssue("misp-rfc", SAMPLE_PROPOSAL);
  await vi.waitFor(() => expect(slow.happened).toBe(1), 10_000);
  const began = performance.now();
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);

  const store = openSqliteStore(join(folder, "data", "secretariat.sqlite"));
  // The lease was given back, not left to run out: the next process, or another replica, begins at once.
  expect(await store.failures()).toEqual([]);
  const due: string[] = [];
  const now = () => instant(Date.now());
  const note = async (subject: string) => {
    due.push(subject);
    return null;
  };
  while ((await store.runOne(now, note)) === "ran");
  expect(due).toContain("proposal misp/misp-rfc#1");
  await store.close();

  expect(said()).toContain("GET /healthz 200");
  expect(said()).not.toContain("for-our-proxy");
  const lines = said()
    .split("\n")
    .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
  expect(lines).toContainEqual(
    expect.objectContaining({
      subject: "proposal misp/misp-rfc#1",
      pass: expect.stringMatching(/^[0-9a-f]{8}$/),
      msg: expect.stringContaining("the App stops"),
    }),
  );
}, 30_000);
