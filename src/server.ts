/** The App as it runs in production, started and stopped as a whole. Nothing in it is global: many can run at once. */
import type { Server as HttpServer, IncomingMessage } from "node:http";
import { Probot, Server } from "probot";
import type { LogLevel } from "./config.ts";
import { appOctokits } from "./github/octokit.ts";
import { type Loop, type LoopOptions, startLoop } from "./loop.ts";
import type { Watch } from "./reconcile/watch.ts";
import { createMetrics, type Metrics } from "./web/metrics.ts";
import { choosePort } from "./web/port.ts";
import { createReceiver } from "./web/receiver.ts";
import { createSite, type Place, type Site } from "./web/site.ts";
import { createVitals, type Vitals } from "./web/vitals.ts";

export type SecretariatOptions = Omit<LoopOptions, "authenticate"> & {
  readonly privateKey: string;
  /** Two while the secret is being changed, else one. */
  readonly webhookSecrets: readonly string[];
  readonly apiUrl: string;
  readonly webhookProxy: string | null;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly logFormat: "pretty" | "json";
};

export type Running = Pick<Loop, "store" | "wake" | "sweep" | "recover" | "idle"> & {
  readonly url: string;
  /** Where GitHub delivers to. */
  readonly webhookUrl: string;
  /** Takes no more deliveries, and finishes what runs: at most 10 seconds. */
  stop(): Promise<void>;
};

type ProbotOptions = NonNullable<ConstructorParameters<typeof Probot>[0]>;

const WEBHOOK_PATH = "/api/github/webhooks";
const GRACE_MS = 10_000;
/** GitHub itself waits no longer than 10 seconds for an answer. */
const REQUEST_MS = 30_000;

/** Starts everything; settled when deliveries are answered. Throws, in words for an operator, if it cannot. */
export async function startSecretariat(options: SecretariatOptions): Promise<Running> {
  const port = await choosePort(options.host, options.port);
  const probotOptions = probotOptionsOf(options);
  const probot = await new Probot(probotOptions).ready();
  const { clock } = options;
  const vitals = createVitals({ store: () => loop.store, clock });
  const metrics = createMetrics({ store: () => loop.store, budgets: () => loop.budgets(), clock });
  const { appId, privateKey, apiUrl: baseUrl } = options;
  const authenticate = appOctokits({ appId, privateKey, baseUrl });
  const loop = await startLoop({ ...options, authenticate }, probot.log, watchOf(vitals, metrics));
  const receive = createReceiver({ secrets: options.webhookSecrets, store: loop.inbox, log: probot.log });
  const server = new Server({
    host: options.host,
    port,
    log: requestLog(options, probot.log),
    webhookPath: WEBHOOK_PATH,
    webhookProxy: options.webhookProxy ?? undefined,
    enableStaticFiles: false,
    enablePing: false,
    enableNotFound: false,
    Probot: serving(createSite(placesOf(receive, vitals, metrics), probot.log), probotOptions),
  });
  try {
    const http = await server.start();
    http.requestTimeout = REQUEST_MS;
    const url = `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`;
    const stop = () => stopAll(loop, server, http);
    return { ...loop, url, webhookUrl: `${url}${WEBHOOK_PATH}`, stop };
  } catch (error) {
    await stopAll(loop, server, null);
    throw error;
  }
}

/**
 * Probot's server logs each request. Whoever watches asks every few seconds, and our own site tells what went wrong: so
 * only where details are wanted; a relay of webhooks warns there too.
 */
function requestLog({ logLevel, webhookProxy }: SecretariatOptions, log: Probot["log"]): Probot["log"] {
  const wanted = logLevel === "trace" || logLevel === "debug";
  // Where no request is logged, there is nothing to take out of it, for each of which pino would look.
  if (!wanted && webhookProxy === null) return log.child({}, { level: "fatal" });
  const redact = ["req.headers.authorization", "req.headers.cookie"];
  return log.child({}, { level: wanted ? logLevel : "warn", redact });
}

function watchOf(vitals: Vitals, metrics: Metrics): Watch {
  return {
    ...vitals.watch,
    ...metrics.watch,
    asked(route, status) {
      vitals.watch.asked(route, status);
      metrics.watch.asked(route, status);
    },
  };
}

function placesOf(
  receive: ReturnType<typeof createReceiver>,
  vitals: Vitals,
  metrics: Metrics,
): ReadonlyMap<string, Place> {
  async function counted(request: IncomingMessage) {
    const answer = await receive(request);
    metrics.delivered(answer.status);
    return answer;
  }
  return new Map<string, Place>([
    [WEBHOOK_PATH, { method: "POST", answer: counted }],
    ["/healthz", { method: "GET", answer: vitals.alive }],
    ["/readyz", { method: "GET", answer: vitals.ready }],
    ["/metrics", { method: "GET", answer: metrics.page }],
  ]);
}

/** Probot's server asks its Probot what to answer requests with: everything is answered by our own site. */
function serving(site: Site, defaults: ProbotOptions): typeof Probot {
  return class extends Probot {
    constructor(given: ProbotOptions = {}) {
      super({ ...defaults, ...given });
    }
    override async getNodeMiddleware() {
      return async (...[request, response]: Parameters<Site>) => {
        await site(request, response);
        return true;
      };
    }
  };
}

function probotOptionsOf(options: SecretariatOptions) {
  const { appId, privateKey, apiUrl: baseUrl, logLevel, logFormat } = options;
  return { appId, privateKey, baseUrl, logLevel, logFormat };
}

async function stopAll(loop: Loop, server: Server, http: HttpServer | null): Promise<void> {
  // Deliveries that came in are stored in milliseconds; a connection that is still open after that has nothing to say.
  const closed = server.stop();
  const late = setTimeout(() => http?.closeAllConnections(), GRACE_MS / 10);
  await within(GRACE_MS, Promise.all([closed, loop.stop()]));
  clearTimeout(late);
  await loop.store.close();
}

/** Waits for work to end, but no longer than so many milliseconds. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work, over]);
  clearTimeout(timer);
}
