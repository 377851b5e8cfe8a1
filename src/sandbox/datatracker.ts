/** The IETF's datatracker in a box: takes drafts, processes them, waits for their authors, posts them. On 127.0.0.1. */
import type http from "node:http";
import { after, type Instant, seconds } from "../proposal/instant.ts";
import type { SandboxClock } from "./clock.ts";
import { type Listening, listenLocally } from "./listening.ts";
import { readUpload, type Upload } from "./upload.ts";

type SandboxSubmission = {
  readonly id: string;
  readonly name: string;
  readonly rev: string;
  readonly user: string;
  readonly replaces: string | null;
  readonly xml: string;
  readonly at: Instant;
  readonly state: "validating" | "auth" | "posted" | "cancel";
};

/** What goes wrong with the next submission, once. */
type DatatrackerMishap =
  /** It is taken, and the answer is lost. */
  | "lost answer"
  /** A gateway's error page, and nothing was taken. */
  | "down"
  /** It fails while it is processed. */
  | "fails validation"
  /** No answer at all until the other side gives up. */
  | "slow";

export type SandboxDatatracker = {
  readonly url: string;
  /** Every submission that was taken, in order. */
  readonly submissions: readonly SandboxSubmission[];
  /** How many drafts were sent, taken or not. */
  readonly posts: number;
  misbehave(how: DatatrackerMishap): void;
  /** An address without an account. */
  forget(user: string): void;
  /** The authors follow the link in their mail. Throws if nothing waits for them. */
  confirm(name: string): void;
  /** Somebody cancels what is in progress. Throws if nothing is. */
  cancel(name: string): void;
  close(): Promise<void>;
};

/** How long the datatracker processes a draft, by the sandbox's clock. */
const PROCESSING = seconds(60);

type Answer = { readonly status: number; readonly body: unknown };
type Taken = { -readonly [Key in keyof SandboxSubmission]: SandboxSubmission[Key] } & { fails: boolean };
type Books = { taken: Taken[]; posts: number; mishaps: DatatrackerMishap[]; strangers: Set<string> };

/** Starts it. Close it, or the process stays. */
export async function startDatatracker(clock: SandboxClock): Promise<SandboxDatatracker> {
  const books: Books = { taken: [], posts: 0, mishaps: [], strangers: new Set() };
  const listening: Listening = await listenLocally((request, response) => {
    serve(books, clock, listening.url, request, response).catch((error: unknown) => {
      const words = error instanceof Error ? error.message : String(error);
      write(response, { status: 500, body: { error: `The sandbox itself failed: ${words}` } });
    });
  });
  return {
    url: listening.url,
    get submissions() {
      return books.taken.map((one) => ({ ...processed(one, clock.now()) }));
    },
    get posts() {
      return books.posts;
    },
    misbehave: (how) => void books.mishaps.push(how),
    forget: (user) => void books.strangers.add(user),
    confirm: (name) => settle(books, clock, name, "posted", ["auth"]),
    cancel: (name) => settle(books, clock, name, "cancel", ["validating", "auth"]),
    close: listening.close,
  };
}

async function serve(
  books: Books,
  clock: SandboxClock,
  url: string,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? "/", url).pathname;
  const id = /^\/api\/submission\/([0-9]+)\/status$/.exec(path)?.[1];
  if (request.method === "GET" && id !== undefined) {
    const one = books.taken.find((taken) => taken.id === id);
    if (one === undefined) return write(response, { status: 404, body: { error: "No such submission" } });
    return write(response, { status: 200, body: { id, state: processed(one, clock.now()).state } });
  }
  if (request.method === "GET" && path === "/api/v1/submit/submission/")
    return write(response, { status: 200, body: tableOf(books, clock, new URL(request.url ?? "/", url)) });
  if (request.method !== "POST" || path !== "/api/submission")
    return write(response, { status: 404, body: { error: "Not found" } });
  books.posts += 1;
  const mishap = books.mishaps.shift();
  const upload = await readUpload(request);
  if (mishap === "slow") return;
  if (mishap === "down") return write(response, { status: 502, body: null });
  const given = receive(books, clock.now(), url, upload, mishap === "fails validation");
  if (mishap === "lost answer") request.socket.destroy();
  else write(response, given);
}

function receive(books: Books, now: Instant, url: string, upload: Upload, fails: boolean): Answer {
  const invalid = (...messages: string[]) => ({ status: 400, body: { error: "Validation Error", messages } });
  const { user, xml, replaces } = upload;
  if (user === null || xml === null) return invalid("This field is required.");
  if (books.strangers.has(user) || !/^[^\s@]+@[^\s@]+$/.test(user))
    return { status: 400, body: { error: `No such user: ${user}` } };
  const [, name, rev] = /<rfc\s[^>]*docName="(draft-[a-z0-9-]+)-([0-9]{2})"/.exec(xml) ?? [];
  if (name === undefined || rev === undefined)
    return invalid("Could not extract a valid Internet-Draft name from the XML.");
  const before = books.taken.map((one) => processed(one, now)).filter((one) => one.name === name);
  const current = before.find(
    (one) => one.rev === rev && (one.state === "validating" || one.state === "auth"),
  );
  if (current !== undefined) return invalid(inProgress(current.id));
  const newest = before.filter(({ state }) => state === "posted").at(-1)?.rev;
  const expected = newest === undefined ? rev : String(Number(newest) + 1).padStart(2, "0");
  if (rev !== expected) return invalid(`Invalid revision (revision ${expected} is expected)`);
  const id = String(books.taken.length + 1);
  books.taken.push({ id, name, rev, user, replaces, xml, at: now, state: "validating", fails });
  return { status: 200, body: { id, name, rev, status_url: `${url}/api/submission/${id}/status` } };
}

function inProgress(id: string): string {
  const link = `<a href="/submit/status/${id}/">Check the status here.</a>`;
  return `A submission with same name and revision is currently being processed. ${link}`;
}

/** The datatracker's general interface to its tables, as far as the App asks it. */
function tableOf(books: Books, clock: SandboxClock, { searchParams }: URL): unknown {
  const [name, rev] = [searchParams.get("name"), searchParams.get("rev")];
  const objects = books.taken
    .filter((one) => one.name === name && one.rev === rev)
    .map((one) => ({ ...processed(one, clock.now()) }))
    .map(({ id, state }) => ({
      id: Number(id),
      name,
      rev,
      state: `/api/v1/name/draftsubmissionstatename/${state}/`,
    }));
  return {
    meta: { limit: 100, next: null, offset: 0, previous: null, total_count: objects.length },
    objects,
  };
}

/** A submission as it is by now. */
function processed(one: Taken, now: Instant): Taken {
  if (one.state === "validating" && after(one.at, PROCESSING) <= now)
    one.state = one.fails ? "cancel" : "auth";
  return one;
}

function settle(
  books: Books,
  clock: SandboxClock,
  name: string,
  state: "posted" | "cancel",
  from: readonly SandboxSubmission["state"][],
): void {
  const waiting = books.taken.filter(
    (one) => one.name === name && from.includes(processed(one, clock.now()).state),
  );
  const last = waiting.at(-1);
  if (last === undefined) throw new Error(`No submission of ${name} is ${from.join(" or ")}`);
  last.state = state;
}

function write(response: http.ServerResponse, { status, body }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  if (body === null) response.writeHead(status, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>");
  else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
