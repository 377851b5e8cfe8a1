/** The HTTP front: who asks, what is to go wrong, what the emulator lacks, and then the emulator. */
import { randomUUID } from "node:crypto";
import type http from "node:http";
import { sees } from "./access.ts";
import { type Answer, type Asked, NOT_ACCESSIBLE, NOT_FOUND, refusal } from "./answers.ts";
import type { Caller } from "./callers.ts";
import { entityTag, isKnown } from "./etag.ts";
import type { Fault, FaultBook } from "./faults.ts";
import { object } from "./json.ts";
import { afterWork, CUT, insteadOfWork, withPageSize } from "./misbehave.ts";
import { passThrough, withSeededRepository } from "./pass-through.ts";
import { isRead, type RequestCounter } from "./requests.ts";
import { ask, type Route, type Sandboxed } from "./routes.ts";
import { opens } from "./token-limits.ts";

export type Front = {
  readonly sandboxed: Sandboxed;
  readonly routes: readonly Route[];
  readonly faults: FaultBook;
  readonly requests: RequestCounter;
  /** Answers under `/_sandbox`. */
  readonly control: (method: string, path: string, body: unknown) => Promise<Answer>;
};

type Remembered = { readonly version: number; readonly answer: Answer };

/** What one running front keeps in mind between requests. */
type Memory = {
  version: number;
  /** When what was version n was written over, in milliseconds of the sandbox. */
  readonly overwritten: number[];
  readonly reads: Map<string, Remembered>;
  window: Window;
};
type Window = { readonly resetAt: number; readonly used: number };

const HOURLY_LIMIT = 5_000;
const HOUR = 3_600;
const MOST_READS = 2_000;

export function serveFront(front: Front): http.RequestListener {
  const memory: Memory = { version: 0, overwritten: [], reads: new Map(), window: { resetAt: 0, used: 0 } };
  return (request, response) => {
    serve(front, memory, request, response).catch((error: unknown) => {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      write(response, request, front.sandboxed, refusal(500, `The sandbox itself failed: ${words}`));
    });
  };
}

async function serve(
  front: Front,
  memory: Memory,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const { sandboxed } = front;
  const url = new URL(request.url ?? "/", sandboxed.url);
  const path = url.pathname.replace(/^\/api\/v3(?=\/)/, "");
  const sent = await readBody(request);
  const body = parsedBody(sent);
  const reply = (given: Answer) => write(response, request, sandboxed, given);
  if (body === UNREADABLE) return reply(refusal(400, "Problems parsing JSON"));
  const method = request.method ?? "GET";
  if (path.startsWith("/_sandbox")) return reply(await front.control(method, path, body));

  const caller = sandboxed.callers.identify(request.headers.authorization);
  const at = sandboxed.clock.now();
  const log = (status: number | null, fault: string | null) => {
    const line = { at, by: nameOf(caller), method, path: path + url.search, status, fault };
    front.requests.note(line, isApp(caller));
  };
  if ("status" in caller) {
    log(caller.status, null);
    return reply(caller);
  }
  const byApp = isApp(caller);
  const faults = front.faults.forRequest({
    method,
    path: path + url.search,
    body: sent.toString("utf8"),
    byApp,
  });
  const given: Asked = {
    method: method === "HEAD" ? "GET" : method,
    path,
    query: withPageSize(url.searchParams, faults),
    headers: request.headers,
    body,
    caller,
  };
  const asked = located(sandboxed, given);
  const done = "status" in asked ? asked : await work(front, memory, asked, faults);
  const outcome = done === CUT ? CUT : outward(sandboxed, done);
  const limits = byApp ? countAgainstLimit(memory, sandboxed) : {};
  const final =
    outcome === CUT ? CUT : conditional({ ...outcome, headers: { ...limits, ...outcome.headers } }, given);
  log(final === CUT ? null : final.status, faults.map(({ kind }) => kind).join(", ") || null);
  if (final === CUT) request.socket.destroy();
  else reply(final);
}

function outward(sandboxed: Sandboxed, given: Answer): Answer {
  const { body } = given;
  return body === undefined || Buffer.isBuffer(body) ? given : { ...given, body: sandboxed.outward(body) };
}

/** The same request under the names behind the front; or the answer, where what it is about has moved or is closed to it. */
function located({ world, places, installations }: Sandboxed, asked: Asked): Asked | Answer {
  const place = places.resolve(asked);
  if ("status" in place) return place;
  const path = withSeededRepository(world, place.path);
  const reached = installations.resolve({ ...asked, path });
  if ("status" in reached) return reached;
  return places.refusal({ ...asked, path }) ?? { ...asked, path: reached.path, query: place.query };
}

/** Does what was asked, unless a fault comes between. */
async function work(
  front: Front,
  memory: Memory,
  asked: Asked,
  faults: readonly Fault[],
): Promise<Answer | typeof CUT> {
  const { sandboxed } = front;
  const last = (given: Asked) => passThrough(sandboxed, given);
  const key = `${nameOf(asked.caller)} ${asked.path}?${asked.query} ${asked.headers.accept ?? ""}`;
  const instead = await insteadOfWork(faults, asked, {
    clock: sandboxed.clock,
    stale: () => {
      const old = memory.reads.get(key);
      const until = memory.overwritten[old?.version ?? memory.version];
      const isPossible = until !== undefined && sandboxed.clock.milliseconds() - until <= STALEST;
      return isPossible ? old?.answer : undefined;
    },
    unchanged: () => ask(front.routes, { ...asked, method: "GET", body: undefined }, last),
  });
  if (instead !== null) return instead;
  const visible = repositoryOf(asked.path);
  const hidden = visible !== null && !sees(sandboxed.world, asked.caller, visible);
  const { version } = memory;
  const isOpen = hidden || (await opens(asked, visible === null ? null : targetOf(sandboxed, visible)));
  const refused = hidden ? NOT_FOUND : NOT_ACCESSIBLE;
  const done = hidden || !isOpen ? refused : await ask(front.routes, asked, last);
  if (isRead(asked.method)) keepRead(memory, key, { version, answer: done });
  else if (done.status < 400) memory.overwritten[memory.version++] = sandboxed.clock.milliseconds();
  return afterWork(faults, done);
}

/** GitHub's answers have been seen to be as old as this, in milliseconds. */
const STALEST = 5 * 60_000;

/** The oldest reads are forgotten: a stale one is never that stale. */
function keepRead({ reads }: Memory, key: string, read: Remembered): void {
  reads.delete(key);
  reads.set(key, read);
  const [oldest] = reads.keys();
  if (reads.size > MOST_READS && oldest !== undefined) reads.delete(oldest);
}

/** A repository as a token may be for it. */
function targetOf({ upstream, world }: Sandboxed, repository: string) {
  return {
    id: async () => object(await upstream.read(`/repos/${repository}`)).id,
    isPublic: sees(world, { kind: "nobody" }, repository),
  };
}

function repositoryOf(path: string): string | null {
  const [, first, owner, name] = path.split("/");
  return first === "repos" && owner !== undefined && name !== undefined ? `${owner}/${name}` : null;
}

/** A read that would repeat what the caller knows already is 304. */
function conditional(given: Answer, asked: Asked): Answer {
  if (!isRead(asked.method) || given.status !== 200) return given;
  const { accept, authorization } = asked.headers;
  const tag = entityTag([accept, authorization], bytesOf(given));
  const headers = { ...given.headers, etag: tag };
  return isKnown(tag, asked.headers["if-none-match"])
    ? { status: 304, headers, body: undefined }
    : { ...given, headers };
}

function isApp(caller: Caller | Answer): boolean {
  return "kind" in caller && (caller.kind === "app" || caller.kind === "installation");
}

function nameOf(caller: Caller | Answer): string {
  if (!("kind" in caller)) return "unknown";
  return caller.kind === "person" ? caller.account.login : caller.kind;
}

/** GitHub says with each answer what is left of the hour's 5,000 requests. It is not enforced here: faults are for that. */
function countAgainstLimit(memory: Memory, { clock }: Sandboxed): Record<string, string> {
  const now = Math.floor(clock.milliseconds() / 1000);
  const { resetAt, used } = memory.window.resetAt > now ? memory.window : { resetAt: now + HOUR, used: 0 };
  memory.window = { resetAt, used: used + 1 };
  return {
    "x-ratelimit-limit": String(HOURLY_LIMIT),
    "x-ratelimit-remaining": String(Math.max(1, HOURLY_LIMIT - used - 1)),
    "x-ratelimit-used": String(used + 1),
    "x-ratelimit-reset": String(resetAt),
    "x-ratelimit-resource": "core",
  };
}

function readBody(request: http.IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", reject);
  });
}

const UNREADABLE = Symbol("not JSON");

function parsedBody(sent: Buffer): unknown {
  if (sent.length === 0) return undefined;
  try {
    return JSON.parse(sent.toString("utf8"));
  } catch {
    return UNREADABLE;
  }
}

function bytesOf({ body }: Answer): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
}

function write(
  response: http.ServerResponse,
  request: http.IncomingMessage,
  { clock }: Sandboxed,
  given: Answer,
): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = bytesOf(given);
  const type = given.body === undefined ? {} : { "content-type": "application/json; charset=utf-8" };
  response.writeHead(given.status, {
    ...type,
    date: new Date(clock.milliseconds()).toUTCString(),
    "x-github-request-id": randomUUID(),
    "x-github-media-type": "github.v3; format=json",
    ...(given.status === 204 || given.status === 304 ? {} : { "content-length": bytes.length }),
    ...given.headers,
  });
  response.end(request.method === "HEAD" ? undefined : bytes);
}
