import { type ChildProcess, execFile, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv, promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { choosePort } from "../../src/web/port.ts";

const CONNECT = resolve("src/cli/connect.ts");
const KEY = "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\n";

describe("npm run connect", () => {
  let folder: string;
  let running: ChildProcess | null;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "secretariat-connect-"));
    copyFileSync("app.yml", join(folder, "app.yml"));
    running = null;
  });
  afterEach(() => {
    running?.kill();
    rmSync(folder, { recursive: true });
  });
  const bare = () => ({ PATH: process.env.PATH, HOME: folder });

  async function refusal(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
    const call = promisify(execFile)(process.execPath, [CONNECT, ...args], {
      cwd: folder,
      env: { ...bare(), ...env },
    });
    const { code, stderr } = await call.then(
      () => expect.fail("it must refuse"),
      (error: { code: number; stderr: string }) => error,
    );
    expect(code).toBe(1);
    return stderr;
  }

  test("asks where webhooks shall go", async () => {
    expect(await refusal([])).toMatch(/^Say where GitHub shall send its webhooks:/);
  });

  test("refuses to register a second App over the first", async () => {
    writeFileSync(join(folder, ".env"), "APP_ID=1\n");
    expect(await refusal(["--url", "https://example.org"])).toMatch(/^There are credentials already/);
  });

  test("refuses an address that GitHub could not use safely", async () => {
    expect(await refusal(["--url", "http://example.org"])).toBe(
      "--url must be an address that begins with https://.\n",
    );
  });

  test("hands app.yml to GitHub and keeps the credentials that come back", async () => {
    const asked: string[] = [];
    const github = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const app = { id: 77, client_id: "c", client_secret: "s", webhook_secret: "w".repeat(40), pem: KEY };
      response.writeHead(201, { "content-type": "application/json" });
      response.end(JSON.stringify({ ...app, html_url: "https://github.com/apps/secretariat" }));
    }).listen(0, "127.0.0.1");
    await new Promise((listening) => github.once("listening", listening));
    const address = github.address();
    const host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    const port = await choosePort("127.0.0.1", 0);
    writeFileSync(join(folder, ".env"), "SWEEP_MINUTES=5\n");

    let said = "";
    const child = spawn(process.execPath, [CONNECT, "--url", "https://secretariat.example.org"], {
      cwd: folder,
      env: {
        ...bare(),
        PORT: String(port),
        HOST: "127.0.0.1",
        GHE_HOST: host,
        GHE_PROTOCOL: "http",
        GH_ORG: "MISP",
      },
    });
    running = child;
    child.stdout.on("data", (chunk) => (said += chunk));
    const page = await vi.waitFor(async () => (await fetch(`http://127.0.0.1:${port}/probot`)).text(), 5_000);
    expect(page).toContain(`action="http://${host}/organizations/MISP/settings/apps/new"`);
    expect(page).toContain('"hook_attributes":{"url":"https://secretariat.example.org/api/github/webhooks"}');
    expect(page).toContain('"members":"read"');

    const ended = new Promise((exit) => child.once("exit", exit));
    const sentOn = await fetch(`http://127.0.0.1:${port}/probot/setup?code=abc`, { redirect: "manual" });
    expect(sentOn.headers.get("location")).toBe("https://github.com/apps/secretariat/installations/new");
    expect(await ended).toBe(0);
    expect(asked).toEqual(["POST /api/v3/app-manifests/abc/conversions"]);
    expect(said).toContain("Install it on the committee's repositories");
    expect(parseEnv(readFileSync(join(folder, ".env"), "utf8"))).toEqual({
      SWEEP_MINUTES: "5",
      APP_ID: "77",
      PRIVATE_KEY: KEY.trim(),
      WEBHOOK_SECRET: "w".repeat(40),
      GHE_HOST: host,
    });
    github.close();
  }, 15_000);
});
