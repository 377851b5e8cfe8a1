/** Credentials of the sandbox that `npm start` runs, for commands in another terminal. They open nothing else. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { writeSettings } from "./env-file.ts";

export function sandboxEnvironmentPath(dataDir: string): string {
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
