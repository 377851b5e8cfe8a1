/** The composition root: the environment in, a running server out. With credentials on GitHub, without in the sandbox. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { removeSandboxEnvironment, writeSandboxEnvironment } from "./cli/sandbox-environment.ts";
import { SAMPLE_PROPOSAL, welcomeText } from "./cli/welcome.ts";
import { type Config, type GitHubConfig, loadEnvFile, readConfig } from "./config.ts";
import { startInSandbox } from "./in-sandbox.ts";
import { instant } from "./proposal/instant.ts";
import { startSecretariat } from "./server.ts";
import { sealingFrom, signingKeyPath } from "./signing-key.ts";
import { storeName } from "./store/open.ts";

type Started = { readonly stop: () => Promise<void>; readonly words: string };

async function main(): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env);
  const started = config.github === null ? await inSandbox(config) : await onGitHub(config, config.github);
  console.log(started.words);
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      // Asked twice: whoever asks will not wait.
      if (stopping) process.exit(1);
      stopping = true;
      console.log("Stopping: what runs is finished first.");
      started.stop().then(() => process.exit(0), fail);
    });
}

async function onGitHub(config: Config, github: GitHubConfig): Promise<Started> {
  const storePath = join(config.dataDir, "secretariat.sqlite");
  const store = { storePath, databaseUrl: config.databaseUrl };
  const clock = { now: () => instant(Date.now()) };
  const running = await startSecretariat({
    ...config,
    ...github,
    slug: null,
    paced: true,
    ...store,
    sealing: sealingFrom(github, signingKeyPath(config.dataDir)),
    clock,
  });
  const words = `Secretariat is ready, after ${secondsSinceStart()} s: webhooks from ${github.webUrl} are received at ${running.webhookUrl}, the store is ${storeName(store)}.`;
  return { stop: running.stop, words };
}

async function inSandbox(config: Config): Promise<Started> {
  const committee = readFileSync(new URL("../.github/committee.yml", import.meta.url), "utf8");
  // Each sandbox is a new world, of which a database that was used before would know another.
  const { sandbox, app, settled, stop } = await startInSandbox({
    ...config,
    databaseUrl: null,
    sandbox: { committee },
  });
  writeSandboxEnvironment(config.dataDir, sandbox);
  const proposal = await sandbox.as("rafiot").openIssue("misp-rfc", SAMPLE_PROPOSAL);
  await settled();
  const words = welcomeText({
    seconds: Number(secondsSinceStart()),
    githubUrl: sandbox.url,
    appUrl: app.url,
    now: sandbox.clock.now(),
    proposal,
  });
  return {
    words,
    stop: () => {
      removeSandboxEnvironment(config.dataDir, sandbox);
      return stop();
    },
  };
}

function secondsSinceStart(): string {
  return (performance.now() / 1000).toFixed(1);
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  if (process.env.LOG_LEVEL === "debug") console.error(error);
  process.exit(1);
}

main().catch(fail);
