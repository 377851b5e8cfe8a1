import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, request as httpRequest, type Server } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { createInbox } from "../src/app.ts";
import { EVENTS } from "../src/events.ts";
import { NO_DRAFT_LINE, proposalLine } from "../src/messages/key.ts";
import { instant } from "../src/proposal/instant.ts";
import type { Delivery } from "../src/reconcile/ports.ts";
import { createReceiver } from "../src/web/receiver.ts";
import { createSite } from "../src/web/site.ts";
import { recordingLog } from "./support/log.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const OLD_SECRET = "fedcba9876543210fedcba9876543210";
const PATH = "/api/github/webhooks";
const NOW = instant("2026-11-01T00:00:00Z");
const SHA = "0123456789abcdef0123456789abcdef01234567";
const LIMIT = 200_000;

const stored: Delivery[] = [];
const log = recordingLog();
const calls = { wakes: 0, sweeps: 0 };
let full = false;
let own: string | null = "secretariat[bot]";
let server: Server;
let url: string;

beforeAll(async () => {
  const receive = async (delivery: Delivery) => {
    if (full) throw new Error("disk full");
    if (stored.some(({ id }) => id === delivery.id)) return "known" as const;
    stored.push(delivery);
    return "stored" as const;
  };
  const ports = {
    store: { receive },
    clock: { now: () => NOW },
    ownLogin: () => own,
    wake: () => void calls.wakes++,
    sweepSoon: () => void calls.sweeps++,
  };
  const answer = createReceiver({
    secrets: [SECRET, OLD_SECRET],
    store: createInbox(ports),
    log,
    limits: { each: LIMIT, together: 3 * LIMIT },
  });
  server = createServer(createSite(new Map([[PATH, { method: "POST", answer }]]), log));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}${PATH}`;
});
afterEach(() => {
  stored.splice(0);
  Object.assign(calls, { wakes: 0, sweeps: 0 });
  full = false;
  own = "secretariat[bot]";
});
afterAll(() => server.close());

const sign = (body: string, secret = SECRET): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

async function deliver(
  event: string,
  payload: object,
  headers: Record<string, string> = {},
): Promise<number> {
  const body = JSON.stringify(payload);
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": sign(body),
      ...headers,
    },
  });
  return response.status;
}
const subjects = () => stored.flatMap((delivery) => delivery.subjects);

const repository = { name: "misp-rfc", owner: { login: "MISP" }, default_branch: "main" };
const base = { repository, sender: { login: "rafiot", type: "User" }, installation: { id: 1 } };
const push = (more: object) => ({
  ...base,
  ref: "refs/heads/main",
  after: SHA,
  deleted: false,
  forced: false,
  commits: [{ added: [], modified: [".github/committee.yml"], removed: [] }],
  ...more,
});
const pull = (action: string, body: string | null) => ({
  ...base,
  action,
  pull_request: { number: 3, body },
});
const line = proposalLine({ owner: "MISP", name: "misp-rfc", number: 12 });

describe("an event names its subjects", () => {
  test.each<[string, string, object, readonly string[]]>([
    ["an issue", "issues", { ...base, action: "opened", issue: { number: 7 } }, ["proposal misp/misp-rfc#7"]],
    [
      "a label moved by hand",
      "issues",
      { ...base, action: "unlabeled", issue: { number: 7 } },
      ["proposal misp/misp-rfc#7"],
    ],
    [
      "a comment",
      "issue_comment",
      { ...base, action: "created", issue: { number: 7 }, comment: { body: "/accept" } },
      ["proposal misp/misp-rfc#7"],
    ],
    [
      "a comment on a pull request",
      "issue_comment",
      { ...base, action: "created", issue: { number: 7, pull_request: { url: "x" } } },
      [],
    ],
    [
      "a comment on the maintenance issue",
      "issue_comment",
      { ...base, action: "created", issue: { number: 7, body: "<!-- secretariat:maintenance -->\nText" } },
      ["maintenance misp/misp-rfc"],
    ],
    [
      "a maintenance issue that was edited",
      "issues",
      { ...base, action: "edited", issue: { number: 7, body: "<!-- secretariat:maintenance -->\nText" } },
      ["maintenance misp/misp-rfc"],
    ],
    [
      "a merged renewal",
      "pull_request",
      pull("closed", "<!-- secretariat:maintenance MISP/misp-rfc -->\nText"),
      ["maintenance misp/misp-rfc"],
    ],
    [
      "a renewal that names another account",
      "pull_request",
      pull("closed", "<!-- secretariat:maintenance mallory/misp-rfc -->\nText"),
      [],
    ],
    [
      "a changed register on the default branch",
      "push",
      push({ commits: [{ modified: ["a/raw.md", "register.json"] }] }),
      ["maintenance misp/misp-rfc"],
    ],
    [
      "a changed register on another branch",
      "push",
      push({ ref: "refs/heads/draft", commits: [{ modified: ["register.json"] }] }),
      [],
    ],
    ["another file of JSON", "push", push({ commits: [{ modified: ["not-register.json"] }] }), []],
    ["a merged publication", "pull_request", pull("closed", `${line}\nText`), ["proposal misp/misp-rfc#12"]],
    [
      "a reopened one",
      "pull_request",
      pull("reopened", line),
      ["proposal misp/misp-rfc#12", "draft check misp/misp-rfc#3"],
    ],
    ["one that was opened", "pull_request", pull("opened", line), ["draft check misp/misp-rfc#3"]],
    ["one of the website", "pull_request", pull("opened", `${line}\n${NO_DRAFT_LINE}`), []],
    ["one that was pushed to", "pull_request", pull("synchronize", line), ["draft check misp/misp-rfc#3"]],
    ["a push to another pull request", "pull_request", pull("synchronize", "Mends a typo"), []],
    ["an edited one", "pull_request", pull("edited", line), []],
    ["another pull request", "pull_request", pull("closed", "Mends a typo"), []],
    ["a pull request without a text", "pull_request", pull("closed", null), []],
    [
      "a pull request that names somebody else's proposal",
      "pull_request",
      pull("closed", proposalLine({ owner: "mallory", name: "misp-rfc", number: 12 })),
      [],
    ],
    [
      "a publication in another repository of the committee",
      "pull_request",
      { ...pull("closed", line), repository: { ...repository, name: "misp-standard.org" } },
      ["proposal misp/misp-rfc#12"],
    ],
    [
      "a changed charter on the default branch",
      "push",
      push({}),
      [`charter misp/misp-rfc@${SHA}`, "charter misp/misp-rfc"],
    ],
    ["one on another branch", "push", push({ ref: "refs/heads/draft" }), [`charter misp/misp-rfc@${SHA}`]],
    [
      "one that was added and taken away on the way",
      "push",
      push({ commits: [{ added: [".github/committee.yml"] }, { removed: [".github/committee.yml"] }] }),
      [`charter misp/misp-rfc@${SHA}`, "charter misp/misp-rfc"],
    ],
    [
      "a push that does not say what it changed",
      "push",
      push({ commits: undefined }),
      [`charter misp/misp-rfc@${SHA}`, "charter misp/misp-rfc"],
    ],
    ["a push of other files", "push", push({ commits: [{ modified: ["README.md", "committee.yml"] }] }), []],
    [
      "a forced push to the default branch",
      "push",
      push({ forced: true, commits: [] }),
      [`charter misp/misp-rfc@${SHA}`, "charter misp/misp-rfc"],
    ],
    ["a forced push elsewhere", "push", push({ forced: true, commits: [], ref: "refs/heads/draft" }), []],
    ["a deleted branch", "push", push({ deleted: true, after: "0".repeat(40) }), []],
    ["an event that nobody listens to", "star", { ...base, action: "created" }, []],
    ["an event that nobody knows", "from_the_future", { ...base, action: "created" }, []],
    ["a ping", "ping", { zen: "Keep it logically awesome.", hook_id: 1 }, []],
  ])("%s", async (_, event, payload, expected) => {
    expect(await deliver(event, payload)).toBe(200);
    expect(subjects()).toEqual(expected);
    expect(calls.wakes).toBe(expected.length === 0 ? 0 : 1);
    expect(calls.sweeps).toBe(0);
  });

  test("the delivery is stored under GitHub's own id, once", async () => {
    const payload = { ...base, action: "opened", issue: { number: 7 } };
    const id = { "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958" };
    expect([await deliver("issues", payload, id), await deliver("issues", payload, id)]).toEqual([200, 200]);
    expect(stored).toEqual([
      {
        id: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        event: "issues",
        receivedAt: NOW,
        subjects: ["proposal misp/misp-rfc#7"],
      },
    ]);
    expect(calls.wakes).toBe(1);
  });

  test.each([
    ["installation", { ...base, action: "created" }],
    ["installation_repositories", { ...base, action: "added" }],
    ["repository", { ...base, action: "renamed" }],
    ["push", push({ repository: { ...repository, name: ".github" } })],
  ])("%s can concern every repository: a sweep", async (event, payload) => {
    expect(await deliver(event, payload)).toBe(200);
    expect(calls.sweeps).toBe(1);
  });
});

describe("what the App did itself", () => {
  const payload = {
    ...base,
    action: "labeled",
    issue: { number: 7 },
    sender: { login: "Secretariat[bot]", type: "Bot" },
  };

  test("is stored, and asks for no other pass", async () => {
    expect(await deliver("issues", payload)).toBe(200);
    expect(stored).toMatchObject([{ event: "issues", subjects: [] }]);
    expect(calls.wakes).toBe(0);
  });

  test("is looked at for the drafts of a pull request that it has opened, and for nothing else", async () => {
    const sender = { login: "secretariat[bot]", type: "Bot" };
    expect(await deliver("pull_request", { ...pull("closed", line), sender })).toBe(200);
    expect(subjects()).toEqual([]);
    expect(await deliver("pull_request", { ...pull("opened", line), sender })).toBe(200);
    expect(subjects()).toEqual(["draft check misp/misp-rfc#3"]);
  });

  test("asks for no sweep", async () => {
    expect(await deliver("repository", { ...payload, action: "edited" })).toBe(200);
    expect(calls.sweeps).toBe(0);
  });

  test("is an event like any other while the App does not know its own name", async () => {
    own = null;
    await deliver("issues", payload);
    expect(subjects()).toEqual(["proposal misp/misp-rfc#7"]);
  });

  test("is not confused with what another App does", async () => {
    await deliver("issues", { ...payload, sender: { login: "labeler[bot]", type: "Bot" } });
    expect(subjects()).toEqual(["proposal misp/misp-rfc#7"]);
  });
});

describe("while the secret is being changed", () => {
  const payload = { ...base, action: "opened", issue: { number: 7 } };
  const body = JSON.stringify(payload);

  test.each([
    ["new", SECRET],
    ["old", OLD_SECRET],
  ])("the %s one is accepted", async (_, secret) => {
    expect(await deliver("issues", payload, { "x-hub-signature-256": sign(body, secret) })).toBe(200);
    expect(subjects()).toEqual(["proposal misp/misp-rfc#7"]);
  });
});

describe("every answer", () => {
  test.each<[string, string, RequestInit]>([
    ["a refusal", PATH, { method: "POST", body: "{}" }],
    ["an address that is none", "/nowhere", {}],
    ["the wrong method", PATH, {}],
    ["the right address with more", `${PATH}/more`, { method: "POST", body: "{}" }],
  ])("%s is a sentence, safe to look at, and kept by nobody", async (_, path, options) => {
    const answer = await fetch(new URL(path, url), options);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).toMatch(/^[A-Z][^<>]+[.]\n$/);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "content-type": "text/plain; charset=utf-8",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
  });

  test("the wrong method is told the right one", async () => {
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("what is refused", () => {
  const payload = { ...base, action: "opened", issue: { number: 7 } };
  const body = JSON.stringify(payload);

  test.each<[string, number, Record<string, string>]>([
    ["a signature made with another secret", 401, { "x-hub-signature-256": sign(body, "another secret") }],
    ["a signature over another body", 401, { "x-hub-signature-256": sign(`${body} `) }],
    ["a signature that is none", 401, { "x-hub-signature-256": "sha256=" }],
    ["a signature in capitals", 401, { "x-hub-signature-256": sign(body).toUpperCase() }],
    ["a signature with more behind it", 401, { "x-hub-signature-256": `${sign(body)}00` }],
    [
      "SHA-1",
      401,
      { "x-hub-signature-256": `sha1=${createHmac("sha1", SECRET).update(body).digest("hex")}` },
    ],
    ["another content type", 415, { "content-type": "application/x-www-form-urlencoded" }],
    ["a delivery without an id", 400, { "x-github-delivery": "" }],
    ["an id that could not be GitHub's", 400, { "x-github-delivery": "1; DROP" }],
    ["an event that could not be GitHub's", 400, { "x-github-event": "../issues" }],
  ])("%s", async (_, status, headers) => {
    expect(await deliver("issues", payload, headers)).toBe(status);
    expect(stored).toEqual([]);
  });

  test("no signature at all", async () => {
    const headers = {
      "content-type": "application/json",
      "x-github-event": "issues",
      "x-github-delivery": randomUUID(),
    };
    expect((await fetch(url, { method: "POST", body, headers })).status).toBe(401);
    expect(stored).toEqual([]);
  });

  test("a delivery that could not be stored is not acknowledged, and the operator is told", async () => {
    full = true;
    expect(await deliver("issues", payload)).toBe(503);
    expect(log.lines).toContain("error: A delivery could not be stored; it was not acknowledged");
  });

  test.each<[string, string, object]>([
    ["an issue without a number", "issues", { ...base, issue: {} }],
    ["an issue of nobody", "issues", { repository: { name: "misp-rfc", owner: null }, issue: { number: 7 } }],
    [
      "a repository that could not be",
      "issues",
      { repository: { name: "..", owner: { login: "MISP" } }, issue: { number: 7 } },
    ],
    ["a push to nowhere", "push", { ...base, commits: [] }],
    ["a sender without a name", "star", { sender: {} }],
    ["a list", "issues", []],
  ])("%s is not what GitHub documents", async (_, event, odd) => {
    expect(await deliver(event, odd)).toBe(400);
    expect(stored).toEqual([]);
  });

  test("text that is not UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from('{"zen":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    const headers = {
      "content-type": "application/json",
      "x-github-event": "star",
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(bytes).digest("hex")}`,
    };
    expect((await fetch(url, { method: "POST", body: bytes, headers })).status).toBe(400);
  });

  test("what is signed but no JSON", async () => {
    const broken = body.slice(0, -1);
    const headers = {
      "content-type": "application/json",
      "x-github-event": "issues",
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": sign(broken),
    };
    expect((await fetch(url, { method: "POST", body: broken, headers })).status).toBe(400);
  });
});

const HEAD = {
  "content-type": "application/json",
  "x-github-event": "issues",
  "x-github-delivery": "1",
  "x-hub-signature-256": sign(""),
};

describe("a body", () => {
  test("of GitHub's largest issue passes whole", async () => {
    const issue = { number: 7, body: "ä".repeat(65_536) };
    expect(await deliver("issues", { ...base, action: "opened", issue })).toBe(200);
    expect(subjects()).toEqual(["proposal misp/misp-rfc#7"]);
  });

  /** Posts so many bytes and says how many could be sent before the answer came. */
  function post(size: number, headers: Record<string, string>): Promise<{ status: number; sent: number }> {
    return new Promise((resolve, reject) => {
      let sent = 0;
      let status: number | undefined;
      const posting = httpRequest(url, { method: "POST", headers: { ...HEAD, ...headers } }, (response) => {
        status = response.statusCode;
        response.resume();
      });
      const chunk = Buffer.alloc(50_000, 32);
      const pour = (): void => {
        if (status !== undefined || sent >= size) return void posting.end();
        sent += chunk.length;
        posting.write(chunk, () => setTimeout(pour, 1));
      };
      // The connection breaks off after the answer: what counts is that there was one.
      posting.on("error", (error) => (status === undefined ? reject(error) : undefined));
      posting.on("close", () => resolve({ status: status ?? 0, sent }));
      pour();
    });
  }

  test("that says it is too large is refused before any of it has come", async () => {
    const headers = { ...HEAD, "content-length": String(LIMIT + 1) };
    const status = await new Promise((resolve, reject) => {
      const posting = httpRequest(url, { method: "POST", headers }, (response) => {
        resolve(response.statusCode);
        posting.destroy();
      });
      posting.on("error", reject);
      posting.flushHeaders();
    });
    expect(status).toBe(413);
  });

  test("that does not say so is refused as soon as it is", async () => {
    const { status, sent } = await post(LIMIT * 50, { "transfer-encoding": "chunked" });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(LIMIT * 50);
  });

  test("that breaks off half-way disturbs nothing", async () => {
    await new Promise<void>((resolve) => {
      const posting = httpRequest(url, { method: "POST", headers: { ...HEAD, "content-length": "1000" } });
      posting.on("error", () => resolve());
      posting.write("{", () => posting.destroy(new Error("gone")));
    });
    expect(await deliver("issues", { ...base, action: "opened", issue: { number: 7 } })).toBe(200);
  });
});

describe("app.yml", () => {
  const manifest: unknown = parse(readFileSync("app.yml", "utf8"));

  test("asks for these permissions and no others", () => {
    expect(manifest).toMatchObject({
      default_permissions: {
        metadata: "read",
        issues: "write",
        contents: "write",
        pull_requests: "write",
        checks: "write",
        members: "read",
      },
    });
    expect(Object.keys(Object(manifest).default_permissions)).toHaveLength(6);
  });

  test("subscribes to what can name something", () => {
    // GitHub sends these two to every App, and takes no subscription to them.
    const automatic = ["installation", "installation_repositories"];
    expect(EVENTS.toSorted()).toEqual([...automatic, ...Object(manifest).default_events].toSorted());
  });
});
