/** The App as an operator runs it, told to log everything, while much goes wrong: what it then says. */
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SAMPLE_PROPOSAL } from "../src/cli/welcome.ts";
import { type Sandbox, startSandbox } from "../src/sandbox/sandbox.ts";
import { addressOf, deployedIn, type Program, startProgram } from "./support/program.ts";

const CHARTER = "committee: MISP Standard Committee\nreviewers: [iglocska]\nmembers: [adulau, iglocska]\n";
const EMAIL = "somebody.private@example.org";
let folder: string;
let sandbox: Sandbox;
let program: Program | null = null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "secretariat-secrets-"));
  sandbox = await startSandbox({ committee: CHARTER });
});
afterEach(async () => {
  program?.child.kill("SIGKILL");
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** Starts it; everything that it prints is said. */
async function start() {
  program = startProgram(folder, deployedIn(sandbox, "trace"));
  const { said } = program;
  return { address: await addressOf(program, 20_000), said: () => said.out + said.err };
}

function deliver(address: string, body: string, signature: string): Promise<Response> {
  const headers = {
    "content-type": "application/json",
    "x-github-event": "issues",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": signature,
    authorization: "Bearer for-our-proxy",
  };
  return fetch(address, { method: "POST", body, headers });
}

test("whatever goes wrong, no key, secret, token or e-mail address is logged", async () => {
  const { address, said } = await start();
  const { privateKey, webhookSecret } = sandbox.app;
  const body = JSON.stringify({ repository: EMAIL, sender: { login: "x" }, email: EMAIL });
  const signature = `sha256=${createHmac("sha256", webhookSecret).update(body).digest("hex")}`;
  expect((await deliver(address, body, signature)).status).toBe(400);
  expect((await deliver(address, body, `sha256=${"0".repeat(64)}`)).status).toBe(401);
  expect((await deliver(address, body.slice(1), signature)).status).toBe(401);

  const failing = [
    { fault: { kind: "server error", status: 500 }, match: { method: "POST", path: /\/comments/ } },
    { fault: { kind: "bad credentials" }, match: { method: "GET", path: /\/issues\/1\/comments/ } },
    { fault: { kind: "refusal", status: 422, message: "No" }, match: { method: "PUT", path: /docket/ } },
  ] as const;
  const faults = failing.map((each) => sandbox.faults.next({ ...each, times: 1 }));
  sandbox.setWebhookUrl(address);
  await sandbox
    .as("rafiot")
    .openIssue("misp-rfc", { ...SAMPLE_PROPOSAL, body: `${SAMPLE_PROPOSAL.body}\n\n${EMAIL}` });
  await vi.waitFor(() => expect(faults.some(({ happened }) => happened > 0)).toBe(true), 20_000);
  await vi.waitFor(() => expect(said()).toMatch(/"level":"?(?:error|warn|50|40)/), 20_000);

  const told = said();
  expect(told).toContain("proposal misp/misp-rfc#1");
  for (const secret of [webhookSecret, "for-our-proxy", EMAIL]) expect(told).not.toContain(secret);
  expect(told).not.toContain(privateKey.split("\n")[2]);
  expect(told).not.toMatch(/\bgh[a-z]_[A-Za-z0-9]{4,}|\b(?:bearer|token) (?!\[REDACTED\])[\w.-]{12,}|\beyJ/i);
}, 60_000);
