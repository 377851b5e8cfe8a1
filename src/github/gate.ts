/** Calls to GitHub: one at a time, never repeated, and checked against the shape that we rely on. */
import { z } from "zod";
import { type Clock, GitHubFailure } from "../reconcile/ports.ts";
import type { Watch } from "../reconcile/watch.ts";
import type { AnswerCache, Remembered } from "./answer-cache.ts";
import { type Body, type Bytes, parsed, rawBody, wholeBody } from "./bodies.ts";
import { costOf } from "./budget.ts";
import { askedWith, conditionOf } from "./condition.ts";
import { answered, failureOf } from "./failure.ts";
import type { Api } from "./octokit.ts";
import type { Pace } from "./pace.ts";
import { unlessStopped } from "./unless-stopped.ts";

export type Parameters = Readonly<Record<string, unknown>>;

/** GitHub as one installation, or as the App itself, may use it. Every call throws `GitHubFailure`. */
export type Gate = {
  get<T>(route: string, parameters: Parameters, shape: z.ZodType<T>): Promise<T>;
  /** All pages; `page` is the shape of one. */
  list<T>(route: string, parameters: Parameters, page: z.ZodType<readonly T[]>): Promise<readonly T[]>;
  /** One page, and the parameters of the next one; null: it was the last. */
  page<T>(route: string, parameters: Parameters, shape: z.ZodType<readonly T[]>): Promise<Page<T>>;
  /** A file's bytes as they are. `immutable`: the parameters name a commit. */
  bytes(route: string, parameters: Parameters, wanted: BytesWanted): Promise<Bytes>;
  send<T>(route: string, parameters: Parameters, shape: z.ZodType<T>): Promise<T>;
};

type Page<T> = { readonly items: readonly T[]; readonly next: Parameters | null };
type BytesWanted = { readonly limit: number; readonly immutable: boolean };

/** The shape of answers of which nothing is used. */
export const anything: z.ZodType<unknown> = z.unknown();

export type GateOptions = {
  /** The Octokit for one route. */
  readonly api: (route: string) => Promise<Api>;
  readonly clock: Clock;
  readonly cache: AnswerCache;
  /** Keeps the answers that one identity got apart from those of another. */
  readonly identity: string;
  readonly pace: Pace;
  readonly watch: Pick<Watch, "asked">;
  /** The App stops: nothing more is asked, and no answer is waited for. */
  readonly stopped: AbortSignal;
};

/** What was asked for, and the link that came with it. */
type Answer<T> = { readonly data: T; readonly link: string | null };

/** GitHub ends a request after 10 s; a connection that hangs longer is dead. */
const TIMEOUT_MS = 30_000;
/** 30,000 items: more than any list we read will have, and an end to a link that leads in a circle. */
const MOST_PAGES = 300;
const JSON_TYPE = "application/vnd.github+json";
const RAW_TYPE = "application/vnd.github.raw+json";

export function createGate(options: GateOptions): Gate {
  const read: Read = (route, parameters) => readAgain(options, route, parameters, AS_JSON);
  return {
    async get(route, parameters, shape) {
      return checked(shape, (await read(route, parameters)).data, told(route, parameters));
    },
    list: (route, parameters, page) => allPages(read, route, parameters, page),
    page: (route, parameters, shape) => onePage(read, route, { per_page: 100, ...parameters }, shape),
    async bytes(route, parameters, { limit, immutable }) {
      const body = (unread: Body) => rawBody(unread, limit);
      const reading = { accept: RAW_TYPE, limit, immutable, body, parse: (read: Bytes) => read };
      return (await readAgain(options, route, parameters, reading)).data;
    },
    async send(route, parameters, shape) {
      const { data } = await request(options, route, parameters, {
        accept: JSON_TYPE,
        fetch: fetchInTime,
        isParsed: true,
      });
      return checked(shape, data, told(route, parameters));
    },
  };
}

type Read = (route: string, parameters: Parameters) => Promise<Answer<unknown>>;

async function onePage<T>(
  read: Read,
  route: string,
  parameters: Parameters,
  shape: z.ZodType<readonly T[]>,
): Promise<Page<T>> {
  const answer = await read(route, parameters);
  const query = nextQuery(answer.link);
  const next = query === null ? null : { ...parameters, ...query };
  return { items: checked(shape, answer.data, told(route, parameters)), next };
}

async function allPages<T>(
  read: Read,
  route: string,
  parameters: Parameters,
  page: z.ZodType<readonly T[]>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let next: Parameters | null = { per_page: 100, ...parameters };
  for (let count = 0; next !== null; count++) {
    if (count === MOST_PAGES) throw odd(`${told(route, parameters)}: more than ${MOST_PAGES} pages`);
    const answer: Page<T> = await onePage(read, route, next, page);
    items.push(...answer.items);
    next = answer.next;
  }
  return items;
}

/**
 * The query of the `next` link (https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api).
 * Nothing but its query is followed, so that no header can send the token elsewhere.
 */
function nextQuery(link: string | null): Parameters | null {
  const next = (link ?? "").split(",").find((part) => part.includes('rel="next"')) ?? "";
  const address = next.slice(next.indexOf("<") + 1, next.indexOf(">"));
  return URL.canParse(address) ? Object.fromEntries(new URL(address).searchParams) : null;
}

type Reading<T> = {
  readonly accept: string;
  /** In bytes; null: none. What was too large for one reader is not for another. */
  readonly limit: number | null;
  readonly immutable: boolean;
  readonly body: (body: Body) => Promise<Bytes>;
  readonly parse: (body: Bytes) => T;
};

const AS_JSON: Reading<unknown> = {
  accept: JSON_TYPE,
  limit: null,
  immutable: false,
  body: wholeBody,
  parse: parsed,
};

/** A GET on condition that the last answer, if there is one, does not stand any more. */
async function readAgain<T>(
  options: GateOptions,
  route: string,
  parameters: Parameters,
  { accept, limit, immutable, body: readBody, parse }: Reading<T>,
): Promise<Answer<T>> {
  const what = told(route, parameters);
  const key = [options.identity, accept, limit, what, JSON.stringify(parameters)].join(" ");
  const before = options.cache.get(key);
  if (before?.immutable) return { data: parse(before.body), link: before.link };
  const asking = ask(before);
  const response = await request(options, route, parameters, {
    accept,
    fetch: asking.fetch,
    isParsed: false,
  });
  if (response.status === 304) {
    if (before === null) throw odd(`${what}: not modified, but it was never read`);
    // There may be a next page by now: it is not part of what the tag is of.
    return { data: parse(before.body), link: header(response, "link") ?? before.link };
  }
  const unread = { stream: response.data, type: header(response, "content-type") };
  const body = await readBody(unread).catch((error: unknown) => {
    // A body can break off while it is read.
    throw failureOf(error, what, options.clock.now());
  });
  const etag = header(response, "etag");
  const link = header(response, "link");
  const data = parse(body);
  const keeps = immutable || (etag !== null && !mayGoOn(data, link, parameters));
  if (keeps) options.cache.put(key, { etag, link, body, immutable, askedWith: asking.with() });
  return { data, link };
}

/** Sends the condition along with the headers that it depends on, which Octokit knows last. */
function ask(before: Remembered | null) {
  let sentWith = "";
  return {
    with: () => sentWith,
    fetch(address: string | URL | Request, init: RequestInit = {}): Promise<Response> {
      const headers = new Headers(init.headers);
      sentWith = askedWith(headers);
      const condition = before === null ? null : conditionOf(before, headers);
      if (condition !== null) headers.set("if-none-match", condition);
      return fetchInTime(address, { ...init, headers });
    },
  };
}

/**
 * GitHub's tags are of the items alone: a last page that is full stays as it is when another one follows. It is read anew
 * each time, so that no list ends too early.
 */
function mayGoOn(items: unknown, link: string | null, { per_page }: Parameters): boolean {
  if (per_page === undefined || nextQuery(link) !== null) return false;
  return Array.isArray(items) && items.length >= Number(per_page);
}

type ApiResponse = {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
};

type Sending = { readonly accept: string; readonly fetch: typeof fetch; readonly isParsed: boolean };

/** One request. `retries: 0`: Octokit would repeat a POST after a 502 that may have succeeded. */
async function request(
  { api, clock, pace, stopped, watch }: GateOptions,
  route: string,
  parameters: Parameters,
  { accept, fetch, isParsed }: Sending,
): Promise<ApiResponse> {
  const what = told(route, parameters);
  const settings = { retries: 0, fetch, parseSuccessResponseBody: isParsed };
  const headers = { accept };
  const call = async () => (await api(route)).request(route, { ...parameters, headers, request: settings });
  const hear = (said: Omit<ApiResponse, "data"> | null) => {
    watch.asked(route, said?.status ?? null);
    pace.heard(said?.headers ?? {});
  };
  const over = await unlessStopped(stopped, what, () => pace.turn(what, costOf(route)));
  try {
    const response = await unlessStopped(stopped, what, call);
    hear(response);
    return response;
  } catch (error) {
    if (stopped.aborted) throw error;
    const said = answered(error);
    hear(said);
    if (said?.status === 304) return { ...said, data: null };
    const failure = failureOf(error, what, clock.now());
    pace.failed(failure);
    throw failure;
  } finally {
    over();
  }
}

/** The clock runs from the request itself, not from when it was queued behind others. */
function fetchInTime(address: string | URL | Request, init?: RequestInit): Promise<Response> {
  return fetch(address, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
}

/** A page of HTML, half an answer or a changed shape is GitHub failing, not a fact. */
function checked<T>(shape: z.ZodType<T>, data: unknown, what: string): T {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` (${issue.path.join(".")})`;
  throw odd(`${what}: GitHub's answer is not what its documentation says${where}: ${issue?.message}`);
}

function odd(message: string): GitHubFailure {
  return new GitHubFailure(message, { status: null, retryAt: null });
}

function header(response: ApiResponse, name: string): string | null {
  const value = response.headers[name];
  return typeof value === "string" ? value : null;
}

/** The call as a person would write it: the route with its names filled in. */
function told(route: string, parameters: Parameters): string {
  return route.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? name));
}
