/**
 * The worker thread that holds the stateful GitHub. Its clock is the sandbox's, and what would leave as a webhook
 * is handed to the thread in front instead.
 */
import http from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { sharedTime } from "./shared-time.ts";

export type HostData = {
  readonly clock: SharedArrayBuffer;
  readonly baseUrl: string;
  readonly seed: { readonly [part: string]: unknown };
};

export type FromHost =
  | { readonly kind: "ready"; readonly port: number }
  | { readonly kind: "event"; readonly event: string; readonly body: string }
  | { readonly kind: "caught up"; readonly ticket: number };

export type ToHost = { readonly kind: "catch up"; readonly ticket: number };

const { clock, baseUrl, seed } = workerData as HostData;
const RealDate = Date;
const realNow = () => RealDate.now();

/** GitHub's timestamps have no fraction of a second. */
class SandboxDate extends RealDate {
  constructor(value?: number | string | Date) {
    super(value ?? sharedTime(clock, realNow()));
  }

  static override now(): number {
    return sharedTime(clock, realNow());
  }

  override toISOString(): string {
    return super.toISOString().replace(/\.\d{3}Z$/, "Z");
  }
}

function tell(message: FromHost): void {
  parentPort?.postMessage(message);
}

/** The only requests the emulator makes by itself are webhook deliveries. */
async function collectDelivery(_url: unknown, init?: RequestInit): Promise<Response> {
  tell({
    kind: "event",
    event: new Headers(init?.headers).get("x-github-event") ?? "",
    body: String(init?.body ?? ""),
  });
  return new Response(null, { status: 202 });
}

/** Remembers the next server that listens: the emulator does not say which free port it was given. */
function nextListener(): Promise<http.Server> {
  return new Promise((resolve) => {
    const listen = http.Server.prototype.listen;
    http.Server.prototype.listen = function (this: http.Server, ...args: unknown[]) {
      http.Server.prototype.listen = listen;
      this.once("listening", () => resolve(this));
      return Reflect.apply(listen, this, args);
    } as typeof listen;
  });
}

async function host(): Promise<void> {
  globalThis.Date = SandboxDate as DateConstructor;
  globalThis.fetch = collectDelivery as typeof fetch;
  const listening = nextListener();
  const { createEmulator } = await import("emulate");
  await createEmulator({ service: "github", port: 0, baseUrl, seed });
  const server = await listening;
  // Left idle for a few seconds, a connection would be closed just when the front sends the next request on it.
  server.keepAliveTimeout = 0;
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("The emulator does not listen on a port");
  parentPort?.on("message", (message: ToHost) => {
    setImmediate(() => tell({ kind: "caught up", ticket: message.ticket }));
  });
  tell({ kind: "ready", port: address.port });
}

await host();
