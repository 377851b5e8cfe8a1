/** Credentials of the sandbox that `npm start` runs, for commands in another terminal. They open nothing else. */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { isConnected, loadEnvFile } from "../config.ts";
import { type Instant, instant } from "../proposal/instant.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { writeSettings } from "./env-file.ts";

/** What to say where nothing is connected, and the sandbox that could stand in does not run. */
export const NO_SANDBOX =
  "No credentials, and no sandbox runs: start one with `npm start`, or connect to GitHub with `npm run connect`.";

/** A sandbox answers from this machine, at once. In milliseconds. */
const LONGEST_WAIT = 5_000;

function sandboxEnvironmentPath(dataDir: string): string {
  return join(dataDir, "sandbox.env");
}

export function writeSandboxEnvironment(
  dataDir: string,
  { url, app, datatrackerUrl }: Pick<Sandbox, "url" | "app" | "datatrackerUrl">,
): void {
  mkdirSync(dataDir, { recursive: true });
  writeSettings(sandboxEnvironmentPath(dataDir), {
    APP_ID: String(app.appId),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
    SIGNING_KEY: app.sealing.key.export({ type: "pkcs8", format: "pem" }).toString(),
    GITHUB_API_URL: url,
    DATATRACKER_URL: datatrackerUrl,
  });
}

/** Takes a sandbox's credentials away when it stops, unless another one has written its own there meanwhile. */
export function removeSandboxEnvironment(dataDir: string, { url }: Pick<Sandbox, "url">): void {
  if (sandboxUrl(dataDir) === url) rmSync(sandboxEnvironmentPath(dataDir));
}

/**
 * Puts the sandbox's credentials into the environment of this process. Answers the sandbox's address; null: there is none, or
 * the environment has credentials already, and these are meant.
 */
export function loadSandboxEnvironment(dataDir: string): string | null {
  const url = isConnected(process.env) ? null : sandboxUrl(dataDir);
  if (url !== null) loadEnvFile(sandboxEnvironmentPath(dataDir));
  return url;
}

/** The address of the sandbox that has left its credentials there, whether it still runs or not. */
function sandboxUrl(dataDir: string): string | null {
  try {
    return parseEnv(readFileSync(sandboxEnvironmentPath(dataDir), "utf8")).GITHUB_API_URL ?? null;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** What the sandbox's own clock says; null: no sandbox answers there, as after one that was killed. */
export async function sandboxTime(url: string): Promise<Instant | null> {
  try {
    const answer = await fetch(`${url}/_sandbox/clock`, { signal: AbortSignal.timeout(LONGEST_WAIT) });
    const { now } = Object(await answer.json());
    return instant(now);
  } catch {
    return null;
  }
}
