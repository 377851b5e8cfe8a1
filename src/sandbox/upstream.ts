/** The stateful GitHub behind the front: started in a worker thread, spoken to over HTTP on a port nobody else knows. */
import http from "node:http";
import { Worker } from "node:worker_threads";
import type { SandboxClock } from "./clock.ts";
import type { FromHost, HostData, ToHost } from "./emulate-host.ts";
import { isObject, type JsonObject, list, object } from "./json.ts";

export type UpstreamAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

type UpstreamRequest = {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly accept?: string | undefined;
};

export type Upstream = {
  request(method: string, path: string, options?: UpstreamRequest): Promise<UpstreamAnswer>;
  /** Reads as the sandbox itself; null: there is no such thing. Throws on any other refusal. */
  read(path: string): Promise<JsonObject | null>;
  /** Reads every page of a list as the sandbox itself. */
  readAll(path: string): Promise<JsonObject[]>;
  /** Resolves once every event that has happened so far was handed over. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
};

export type UpstreamOptions = {
  readonly clock: SandboxClock;
  readonly baseUrl: string;
  readonly seed: JsonObject;
  /** Tokens to read with as the sandbox itself; each is good for some 5,000 requests an hour. */
  readonly readers: readonly string[];
  readonly onEvent: (event: string, body: string) => void;
};

/** Requests that one upstream token is used for before the next takes over (the emulator allows 5,000 an hour). */
const USES_OF_A_TOKEN = 4_000;

export async function startUpstream(options: UpstreamOptions): Promise<Upstream> {
  const hostData: HostData = { clock: options.clock.shared, baseUrl: options.baseUrl, seed: options.seed };
  const worker = new Worker(new URL("./emulate-host.ts", import.meta.url), {
    workerData: hostData,
    env: {},
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const waiting = new Map<number, () => void>();
  const port = await untilReady(worker, waiting, options.onEvent);
  const agent = new http.Agent({ keepAlive: true });
  const host = new URL(options.baseUrl).host;
  const request: Upstream["request"] = (method, path, given = {}) =>
    send({ method, path, port, host, agent, ...given });
  let uses = 0;
  const reader = () => options.readers[Math.floor(uses++ / USES_OF_A_TOKEN) % options.readers.length];
  let tickets = 0;
  return {
    request,
    read: async (path) => {
      const answer = await request("GET", path, { token: reader() });
      return answer.status === 404 ? null : object(parsed(answer, path));
    },
    readAll: (path) => readPages((page) => request("GET", page, { token: reader() }), path),
    caughtUp: () =>
      new Promise((resolve) => {
        const ticket = ++tickets;
        waiting.set(ticket, resolve);
        worker.postMessage({ kind: "catch up", ticket } satisfies ToHost);
      }),
    close: async () => {
      agent.destroy();
      await worker.terminate();
    },
  };
}

/** The port on which the emulator listens. Rejects if the worker fails before it is ready. */
function untilReady(
  worker: Worker,
  waiting: Map<number, () => void>,
  onEvent: UpstreamOptions["onEvent"],
): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.on("message", (message: FromHost) => {
      switch (message.kind) {
        case "ready":
          return resolve(message.port);
        case "event":
          return onEvent(message.event, message.body);
        case "caught up":
          waiting.get(message.ticket)?.();
          waiting.delete(message.ticket);
      }
    });
  });
}

async function readPages(
  read: (path: string) => Promise<UpstreamAnswer>,
  path: string,
): Promise<JsonObject[]> {
  const items: JsonObject[] = [];
  for (let page = 1; ; page++) {
    const paged = `${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`;
    const answer = await read(paged);
    if (answer.status === 404) return items;
    const found = list(parsed(answer, paged));
    items.push(...found);
    if (found.length < 100) return items;
  }
}

function parsed(answer: UpstreamAnswer, path: string): unknown {
  const value: unknown = JSON.parse(answer.body.toString("utf8"));
  if (answer.status >= 400) {
    throw new Error(`${path}: ${answer.status} ${isObject(value) ? String(value.message) : ""}`);
  }
  return value;
}

type Sent = UpstreamRequest & {
  readonly method: string;
  readonly path: string;
  readonly port: number;
  readonly host: string;
  readonly agent: http.Agent;
};

function send(sent: Sent): Promise<UpstreamAnswer> {
  const body = sent.body === undefined ? undefined : Buffer.from(JSON.stringify(sent.body));
  return new Promise((resolve, reject) => {
    const request = http.request({
      host: "127.0.0.1",
      port: sent.port,
      method: sent.method,
      path: sent.path,
      agent: sent.agent,
      headers: {
        host: sent.host,
        ...(sent.token === undefined ? {} : { authorization: `Bearer ${sent.token}` }),
        ...(sent.accept === undefined ? {} : { accept: sent.accept }),
        ...(body === undefined ? {} : { "content-type": "application/json", "content-length": body.length }),
      },
    });
    request.on("error", reject);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: response.statusCode ?? 500,
          headers: Object.fromEntries(headers),
          body: Buffer.concat(chunks),
        });
      });
    });
    request.end(body);
  });
}
