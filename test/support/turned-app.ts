/**
 * The App as a deployment runs it, but for its clock, which a sandbox turns: `node test/support/turned-app.ts CLOCK`. The
 * environment is a deployment's; the file CLOCK says by how many milliseconds the clock is ahead. What it says is also
 * what `src/main.ts` says. It ends with the process that started it.
 */
import { readFileSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { ConfigError, readConfig } from "../../src/config.ts";
import { instant } from "../../src/proposal/instant.ts";
import { startSecretariat } from "../../src/server.ts";
import { sealingFrom, signingKeyPath } from "../../src/signing-key.ts";

/** A turned clock is noticed after so many milliseconds: until then, the App sleeps to a moment of the clock before. */
const LOOKS_EVERY = 25;

const [, , clockFile = ""] = process.argv;
const ahead = () => Number(readFileSync(clockFile, "utf8"));
const config = readConfig(process.env);
if (config.github === null) throw new ConfigError(["There is no GitHub in the environment."]);
const { stop, wake, webhookUrl } = await startSecretariat({
  ...config,
  ...config.github,
  slug: null,
  // A sandbox has no limits, and a life of weeks is played in seconds.
  paced: false,
  storePath: join(config.dataDir, "secretariat.sqlite"),
  sealing: sealingFrom(config.github, signingKeyPath(config.dataDir)),
  clock: { now: () => instant(Date.now() + ahead()) },
});
// Whoever is killed leaves no cache behind, and the next one would compile everything anew.
flushCompileCache();
let known = ahead();
setInterval(() => {
  if (ahead() !== known) wake();
  known = ahead();
}, LOOKS_EVERY);
process.on("SIGTERM", () => void stop().then(() => process.exit(0)));
process.stdin.resume().on("close", () => process.exit(1));
console.log(`Secretariat is ready: webhooks are received at ${webhookUrl}, the clock is the sandbox's.`);
