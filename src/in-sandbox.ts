/** The production App against the sandbox: the same composition, with GitHub in a box and a clock that can be turned. */
import type { IetfConfig } from "./config.ts";
import type { Sandbox, SandboxOptions } from "./sandbox/sandbox.ts";
import { type Running, type SecretariatOptions, startSecretariat } from "./server.ts";

export type InSandbox = {
  readonly sandbox: Sandbox;
  readonly app: Running;
  /** Settled when every webhook was delivered and everything that is due was done. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

export type InSandboxOptions = Partial<
  Pick<
    SecretariatOptions,
    "host" | "port" | "logLevel" | "logFormat" | "sweepMinutes" | "storePath" | "databaseUrl"
  >
> & {
  readonly sandbox?: SandboxOptions;
  /** Nobody outside is asked: the bibliography is the sandbox's own. */
  readonly ietf?: Pick<IetfConfig, "xml2rfc">;
};

/** Starts both. The store is in memory unless given: each sandbox is a new world, of which an old store knows nothing. */
export async function startInSandbox({
  sandbox: world = {},
  ...options
}: InSandboxOptions = {}): Promise<InSandbox> {
  const { startSandbox } = await import("./sandbox/sandbox.ts");
  const sandbox = await startSandbox(world);
  try {
    const app = await startAppIn(sandbox, options);
    return {
      sandbox,
      app,
      settled: () => settle(sandbox, app),
      async stop() {
        await app.stop();
        await sandbox.close();
      },
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** Starts the App, for the first time or again, against a sandbox that runs. */
export async function startAppIn(
  sandbox: Sandbox,
  options: Omit<InSandboxOptions, "sandbox"> = {},
): Promise<Running> {
  const { appId, slug, privateKey, webhookSecret, sealing } = sandbox.app;
  const app = await startSecretariat({
    appId,
    slug,
    privateKey,
    webhookSecrets: [webhookSecret],
    sealing,
    apiUrl: sandbox.url,
    webUrl: sandbox.url,
    webhookProxy: null,
    paced: false,
    host: "127.0.0.1",
    port: 0,
    storePath: ":memory:",
    databaseUrl: null,
    sweepMinutes: 15,
    logLevel: "fatal",
    logFormat: "pretty",
    clock: sandbox.clock,
    ...options,
    // Last: whatever was given, nothing leaves the sandbox.
    datatrackerUrl: sandbox.datatrackerUrl,
    ietf: { xml2rfc: options.ietf?.xml2rfc ?? null, bibliographyUrl: sandbox.bibliographyUrl },
  });
  sandbox.setWebhookUrl(app.webhookUrl);
  const unhook = sandbox.clock.onTurn(app.wake);
  return {
    ...app,
    async stop() {
      unhook();
      sandbox.setWebhookUrl(null);
      await app.stop();
    },
  };
}

/** A pass makes webhooks, and a webhook makes a pass: at rest is when a whole round has asked nothing of GitHub. */
async function settle(sandbox: Sandbox, app: Running): Promise<void> {
  for (let before = -1; before !== sandbox.requests.total; ) {
    before = sandbox.requests.total;
    await sandbox.settled();
    await app.idle();
  }
}
