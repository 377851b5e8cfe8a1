/**
 * `npm run connect`: Probot's manifest flow. A page on this machine hands `app.yml` to GitHub, GitHub registers the App
 * and gives its credentials, and these are written to `.env`. GH_ORG and GHE_HOST say where the App is to be.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { run } from "probot";
import { ConfigError, isConnected, loadEnvFile } from "../config.ts";
import { choosePort } from "../web/port.ts";
import { type Settings, writeSettings } from "./env-file.ts";

const ENV_FILE = resolve(".env");
const WEBHOOK_PATH = "/api/github/webhooks";

const USAGE = `Say where GitHub shall send its webhooks:

  npm run connect -- --url https://secretariat.example.org   the public address of this App
  npm run connect -- --smee                                  for development: a channel through smee.io, which
                                                             needs network access to install its client

GH_ORG=ORGANIZATION registers the App for an organization, GHE_HOST=HOST on a GitHub Enterprise Server.`;

/** What is kept of GitHub's answer: the App needs no more. */
const KEPT = ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET", "WEBHOOK_PROXY_URL"];

async function connect(): Promise<void> {
  const { values } = parseArgs({
    options: { url: { type: "string" }, smee: { type: "boolean", default: false } },
  });
  loadEnvFile(ENV_FILE);
  if (isConnected(process.env))
    throw new ConfigError([
      "There are credentials already, in the environment or in .env: the App is connected. Run npm start.",
    ]);
  prepare(values.url, values.smee);
  const port = Number(process.env.PORT) || 3_000;
  const host = process.env.HOST ?? "localhost";
  await choosePort(host, port);

  const created = Promise.withResolvers<void>();
  const server = await run(() => {}, {
    // Only the setup page is served here: nothing is to be relayed to it yet.
    env: { ...process.env, HOST: host, PORT: String(port), LOG_LEVEL: "warn", WEBHOOK_PROXY_URL: undefined },
    updateEnv: (settings) => {
      keep(settings);
      if (settings.APP_ID !== undefined) created.resolve();
      return settings;
    },
  });
  if (process.env.WEBHOOK_PROXY_URL === undefined) {
    await server.stop();
    throw new ConfigError(["No channel through smee.io could be made.", "", USAGE]);
  }
  console.log(
    `Open http://localhost:${port} in a browser and follow it to GitHub. This waits until the App is registered.`,
  );
  await created.promise;
  // The browser still has to be sent on to GitHub's page for installing the App.
  await new Promise((wake) => setTimeout(wake, 1_000));
  console.log(
    `The App is registered, and its credentials are in ${ENV_FILE}. Install it on the committee's repositories on the page that GitHub shows, then run npm start.`,
  );
  await server.stop();
  process.exit(0);
}

/** Tells Probot's setup where webhooks go: it reads that from the environment. */
function prepare(url: string | undefined, smee: boolean): void {
  if (url !== undefined) {
    if (!URL.canParse(url) || !url.startsWith("https://"))
      throw new ConfigError(["--url must be an address that begins with https://."]);
    process.env.WEBHOOK_PROXY_URL = new URL(WEBHOOK_PATH, url).href;
  } else if (!smee && process.env.WEBHOOK_PROXY_URL === undefined) throw new ConfigError([USAGE]);
  // Without being asked nothing is downloaded.
  if (!smee) process.env.NO_SMEE_SETUP = "true";
}

/** Probot hands the key over in quotes; the file's writer adds its own. */
function keep(settings: NodeJS.ProcessEnv): void {
  const kept: Settings = Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = settings[name]?.replace(/^"([\s\S]*)"$/, "$1");
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const { GHE_HOST } = process.env;
  // The App is known to that server only: npm start has to go there too.
  writeSettings(ENV_FILE, GHE_HOST === undefined ? kept : { ...kept, GHE_HOST });
  Object.assign(process.env, kept);
}

connect().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
