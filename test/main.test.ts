import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { type Program, startProgram } from "./support/program.ts";

const folder = mkdtempSync(join(tmpdir(), "secretariat-main-"));
let running: Program | null = null;
afterEach(() => running?.child.kill("SIGKILL"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The program as `npm start` runs it, in an empty folder. */
function start(env: Record<string, string>): Program {
  running = startProgram(folder, { HOME: folder, TZ: "America/New_York", ...env });
  return running;
}

describe("npm start", () => {
  test("without credentials starts the sandbox, says what to try, and stops when asked", async () => {
    const { child, said, ended } = start({ PORT: "0" });
    await vi.waitFor(() => expect(said.out).toContain("Ctrl+C stops everything."), 10_000);
    expect(said.out).toMatch(/^Secretariat is ready, after [0-9.]+ s\.\n/);
    const api = /API=(http\S+)/.exec(said.out)?.[1];
    const comments = Object(await (await fetch(`${api}/issues/1/comments`)).json());
    expect(comments[0].body).toContain("/accept");
    const environment = join(folder, "data/sandbox.env");
    expect(existsSync(environment)).toBe(true);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(existsSync(environment)).toBe(false);
    expect(said.err).toBe("");
  }, 15_000);

  test("says in a sentence that its port is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => taken.once("listening", listening));
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { said, ended } = start({ PORT: String(port) });
    expect(await ended).toBe(1);
    expect(said.err).toBe(
      `Port ${port} is already in use on 127.0.0.1. Set PORT to another one, or stop what uses it.\n`,
    );
    taken.close();
  }, 15_000);

  test("says in sentences what is wrong with its environment", async () => {
    const { said, ended } = start({ APP_ID: "1", PRIVATE_KEY: "x", WEBHOOK_SECRET: "development" });
    expect(await ended).toBe(1);
    expect(said.err).toBe(
      "The App's private key is not a PEM private key.\nWEBHOOK_SECRET must have at least 32 bytes; `openssl rand -hex 32` makes a good one.\n",
    );
  });
});
