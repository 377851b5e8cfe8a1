/** The program as `npm start` runs it, in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { expect, vi } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

export type Program = {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly said: { out: string; err: string };
  /** With what it ended. */
  readonly ended: Promise<unknown>;
};

/** Starts it in a folder; of this process's environment it gets no more than where programs are. */
export function startProgram(folder: string, env: Readonly<Record<string, string>>): Program {
  const said = { out: "", err: "" };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", resolve("src/main.ts")], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
  });
  child.stdout.on("data", (chunk) => (said.out += chunk));
  child.stderr.on("data", (chunk) => (said.err += chunk));
  const ended = new Promise((exit) => child.once("close", exit));
  return { child, said, ended };
}

/** As an operator runs it, with a sandbox in GitHub's place. */
export function deployedIn(sandbox: Sandbox, logLevel: string): Record<string, string> {
  const { appId, privateKey, webhookSecret } = sandbox.app;
  return {
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: sandbox.url,
    PORT: "0",
    NODE_ENV: "production",
    LOG_LEVEL: logLevel,
  };
}

/** Where it receives deliveries, as soon as it does, within so many milliseconds. */
export function addressOf({ said }: Program, patience: number): Promise<string> {
  const found = () => /received at (http\S+),/.exec(said.out)?.[1] ?? expect.fail(said.out + said.err);
  return vi.waitFor(found, patience);
}
