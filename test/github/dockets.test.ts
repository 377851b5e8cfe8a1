import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createDockets } from "../../src/github/dockets.ts";
import { blobSha } from "../../src/github/files.ts";
import { append } from "../../src/proposal/docket.ts";
import type { Entry } from "../../src/proposal/entries.ts";
import { publishedKey, sealed } from "../../src/proposal/seal.ts";
import type { DocketWrite } from "../../src/reconcile/ports.ts";
import { github, useNock } from "../support/nock.ts";
import { COMMIT, client, HERE, NOW, RAW_HEADERS, REF, SEALING } from "./support.ts";

useNock();

const DOCKET = `${HERE}/contents/0012/docket.json`;
const TEXT = `${HERE}/contents/0012/text.md`;
const ON_BRANCH = { ref: "dockets" };
const ENTRIES = append(
  [],
  [
    { kind: "received", issue: 4_012, author: { id: 1, login: "alice" }, title: "Ünïcode", at: NOW },
    { kind: "accepted", by: { id: 2, login: "bob" }, comment: 5, at: NOW },
  ],
  NOW,
);
const FILE = written(ENTRIES);
const SHA = blobSha(Buffer.from(FILE));

const read = () => createDockets(client(), SEALING).read(REF);
const MADE = { commit: { sha: COMMIT } };
const KEYS = { format: "secretariat keys", version: 1, keys: [publishedKey(SEALING.key)] };
/** The branch is there, and publishes the App's key. */
const write = (changes: Partial<DocketWrite> = {}) => {
  if (changes.readAt !== null)
    github().get(`${HERE}/contents/keys.json`).query(ON_BRANCH).reply(200, KEYS, RAW_HEADERS);
  return createDockets(client(), SEALING).write(REF, {
    entries: ENTRIES,
    readAt: SHA,
    text: null,
    message: "#12: accepted",
    ...changes,
  });
};

test("a docket is read with the name git gives its content", async () => {
  github().get(DOCKET).query(ON_BRANCH).reply(200, FILE, RAW_HEADERS);
  expect(await read()).toEqual({ entries: ENTRIES, sha: SHA, keyChange: null });
  expect(blobSha(Buffer.from("what is up, doc?"))).toBe("bd9dbf5aae1a3862dd1526723246b20206e5fc37");
});

test("a docket of more than 1 MB is read as any other", async () => {
  const reason = "x".repeat(1_500_000);
  const entries = append(
    ENTRIES,
    [{ kind: "declined", by: { id: 2, login: "bob" }, comment: 6, reason, at: NOW }],
    NOW,
  );
  github().get(DOCKET).query(ON_BRANCH).reply(200, written(entries), RAW_HEADERS);
  expect((await read()).entries).toHaveLength(3);
});

test("no docket yet", async () => {
  github().get(DOCKET).query(ON_BRANCH).reply(404, { message: "No commit found for the ref dockets" });
  expect(await read()).toEqual({ entries: [], sha: null, keyChange: null });
});

test("folders have four digits, or more", async () => {
  const dockets = createDockets(client(), SEALING);
  github().get(`${HERE}/contents/12345/docket.json`).query(ON_BRANCH).reply(404, {});
  await dockets.read({ ...REF, number: 12_345 });
});

const [first, second] = ENTRIES;
test.each<[string, string | Buffer]>([
  ["nothing", ""],
  ["half a file", FILE.slice(0, 200)],
  ["not an object", "[]"],
  ["not UTF-8", Buffer.from([0xff, 0xfe])],
  ["another format", changed({ format: "something" })],
  ["a later version", changed({ version: 2 })],
  ["a key that is not ours", changed({ note: "x" })],
  ["another proposal's", changed({ proposal: "MISP/misp-rfc#13" })],
  ["no entries", changed({ entries: null })],
  ["a kind that is not known", changed({ entries: [{ ...first, kind: "constructor" }] })],
  ["no instant", changed({ entries: [{ ...first, at: "2026-11-20" }] })],
  ["a hash that is none", changed({ entries: [{ ...first, hash: "abc" }] })],
  ["an entry taken out", changed({ entries: [second] })],
  ["entries in another order", changed({ entries: [second, first] })],
])("a docket that is %s is damaged, never empty", async (_, content) => {
  github().get(DOCKET).query(ON_BRANCH).reply(200, content, RAW_HEADERS);
  await expect(read()).rejects.toMatchObject({
    name: "DocketDamaged",
    message: expect.stringMatching(/^The docket 0012\/docket\.json of MISP\/misp-rfc#12 is damaged: ./),
  });
});

test("a docket of a repository that has been renamed since is whole", async () => {
  github()
    .get(DOCKET)
    .query(ON_BRANCH)
    .reply(200, changed({ proposal: "MISP/old-name#12" }), RAW_HEADERS);
  expect((await read()).entries).toHaveLength(2);
});

test.each([403, 500])("%d on reading is a failure, not an empty docket", async (status) => {
  github().get(DOCKET).query(ON_BRANCH).reply(status, { message: "no" });
  await expect(read()).rejects.toMatchObject({ name: "GitHubFailure", status });
});

test("a write carries the name of what it was read as, and says what happened", async () => {
  github()
    .put(DOCKET, {
      message: "#12: accepted\n\n[skip ci]",
      branch: "dockets",
      sha: SHA,
      content: base64(FILE),
    })
    .reply(200, MADE);
  expect(await write()).toEqual({ result: "written", sha: SHA, commit: COMMIT });
});

test("the text is written before the docket", async () => {
  const order: string[] = [];
  const note = (what: string) => () => {
    order.push(what);
    return MADE;
  };
  github().get(TEXT).query(ON_BRANCH).reply(200, "Before", RAW_HEADERS);
  const sha = blobSha(Buffer.from("Before"));
  github()
    .put(TEXT, {
      message: "#12: accepted (its text)\n\n[skip ci]",
      branch: "dockets",
      sha,
      content: base64("Tëxt\r\n"),
    })
    .reply(200, note("text"));
  github().put(DOCKET).reply(200, note("docket"));
  expect(await write({ text: "Tëxt\r\n" })).toEqual({ result: "written", sha: SHA, commit: COMMIT });
  expect(order).toEqual(["text", "docket"]);
});

test("a text that is there already is not written again", async () => {
  github().get(TEXT).query(ON_BRANCH).reply(200, "Text", RAW_HEADERS);
  github().put(DOCKET).reply(200, MADE);
  expect((await write({ text: "Text" })).result).toBe("written");
});

test.each([
  [409, "0012/docket.json does not match 1234"],
  [409, "dockets is at 1234 but expected 5678"],
  [422, 'Invalid request.\n\n"sha" wasn\'t supplied.'],
])("a lost race is a conflict: %d %s", async (status, message) => {
  github().put(DOCKET).reply(status, { message });
  expect(await write()).toEqual({ result: "conflict" });
});

test("a text that somebody else wrote meanwhile is a conflict, and the docket is left alone", async () => {
  github().get(TEXT).query(ON_BRANCH).reply(404, { message: "Not Found" });
  github().put(TEXT).reply(422, { message: 'Invalid request.\n\n"sha" wasn\'t supplied.' });
  expect(await write({ text: "Text" })).toEqual({ result: "conflict" });
});

test.each([
  [409, "Repository rule violations found"],
  [422, "Invalid request."],
  [500, "Server Error"],
  [502, "Bad gateway"],
])("what reading again would not mend is a failure: %d %s", async (status, message) => {
  github().put(DOCKET).once().reply(status, { message });
  await expect(write()).rejects.toMatchObject({ name: "GitHubFailure", status });
});

test.each([403, 404])("no permission to write (%d) is said in clear words", async (status) => {
  github().put(DOCKET).reply(status, { message: "Resource not accessible by integration" });
  await expect(write()).rejects.toMatchObject({
    status,
    message: expect.stringMatching(/^The App is not allowed to write the branch dockets of MISP\/misp-rfc/),
  });
});

const REF_PATH = `${HERE}/git/ref/heads/dockets`;

test("the branch is begun with a commit of its own", async () => {
  github().get(REF_PATH).reply(404, { message: "Not Found" });
  github()
    .post(`${HERE}/git/trees`, (body: { tree: { path: string; content: string }[]; base_tree?: string }) => {
      expect(body.base_tree).toBeUndefined();
      expect(body.tree.map(({ path }) => path)).toEqual([
        "README.md",
        "keys.json",
        "0012/docket.json",
        "0012/text.md",
      ]);
      expect(body.tree.slice(2).map(({ content }) => content)).toEqual([FILE, "Text"]);
      return true;
    })
    .reply(201, { sha: "e".repeat(40) });
  github()
    .post(`${HERE}/git/commits`, { message: "#12: accepted\n\n[skip ci]", tree: "e".repeat(40), parents: [] })
    .reply(201, { sha: COMMIT });
  github()
    .post(`${HERE}/git/refs`, { ref: "refs/heads/dockets", sha: COMMIT })
    .reply(201, { object: { sha: COMMIT } });
  expect(await write({ readAt: null, text: "Text" })).toEqual({
    result: "written",
    sha: SHA,
    commit: COMMIT,
  });
});

test("two that begin the branch at once: one wins, the other reads again", async () => {
  github().get(REF_PATH).reply(404, { message: "Not Found" });
  github()
    .post(`${HERE}/git/trees`)
    .reply(201, { sha: "e".repeat(40) });
  github().post(`${HERE}/git/commits`).reply(201, { sha: COMMIT });
  github().post(`${HERE}/git/refs`).reply(422, { message: "Reference already exists" });
  expect(await write({ readAt: null })).toEqual({ result: "conflict" });
});

test("a new docket on a branch that is there; the branch is looked for once", async () => {
  const dockets = createDockets(client(), SEALING);
  const begin = { entries: ENTRIES, readAt: null, text: null, message: "#12: received" };
  github()
    .get(REF_PATH)
    .once()
    .reply(200, { object: { sha: COMMIT } });
  github()
    .get(`${HERE}/contents/keys.json`)
    .query(ON_BRANCH)
    .once()
    .reply(200, { ...KEYS, keys: [] }, RAW_HEADERS);
  github()
    .put(`${HERE}/contents/keys.json`, ({ content }) =>
      unbase64(content).includes(publishedKey(SEALING.key).id),
    )
    .reply(200, MADE);
  github()
    .put(DOCKET, (body) => !("sha" in body))
    .twice()
    .reply(201, MADE);
  await dockets.write(REF, begin);
  expect(await dockets.write(REF, begin)).toEqual({ result: "written", sha: SHA, commit: COMMIT });
});

test("no permission to begin the branch is said in clear words", async () => {
  github().get(REF_PATH).reply(404, { message: "Not Found" });
  github().post(`${HERE}/git/trees`).reply(403, { message: "Resource not accessible by integration" });
  await expect(write({ readAt: null })).rejects.toThrow(
    /^The App is not allowed to write the branch dockets/,
  );
});

const readText = (text: string) => createDockets(client(), SEALING).readText(REF, sha256(text));

test("the text beside the docket, by its digest", async () => {
  github().get(TEXT).query(ON_BRANCH).reply(200, "\ufeffText\r\n", RAW_HEADERS);
  expect(await readText("\ufeffText\r\n")).toBe("\ufeffText\r\n");
});

test("a text that another one has replaced is found in the branch's history", async () => {
  github().get(TEXT).query(ON_BRANCH).reply(200, "Newer", RAW_HEADERS);
  const commits = [{ sha: "1".repeat(40) }, { sha: "2".repeat(40) }];
  github()
    .get(`${HERE}/commits`)
    .query({ sha: "dockets", path: "0012/text.md", per_page: 100 })
    .reply(200, commits);
  github()
    .get(TEXT)
    .query({ ref: "1".repeat(40) })
    .reply(200, "Newer", RAW_HEADERS);
  github()
    .get(TEXT)
    .query({ ref: "2".repeat(40) })
    .reply(200, "Text", RAW_HEADERS);
  expect(await readText("Text")).toBe("Text");
});

test("a text of another digest is not handed out", async () => {
  github().get(TEXT).query(ON_BRANCH).reply(200, "Other", RAW_HEADERS);
  github().get(`${HERE}/commits`).query(true).reply(200, []);
  expect(await readText("Text")).toBeNull();
});

test("no text", async () => {
  github().get(TEXT).query(ON_BRANCH).reply(404, { message: "Not Found" });
  expect(await readText("Text")).toBeNull();
});

function written(entries: readonly Entry[]): string {
  const signature = sealed(REF.number, entries, SEALING.key);
  const content = {
    format: "secretariat docket",
    version: 1,
    proposal: "MISP/misp-rfc#12",
    entries,
    signature,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function changed(changes: object): string {
  return JSON.stringify({ ...JSON.parse(FILE), ...changes });
}

function unbase64(content: string): string {
  return Buffer.from(content, "base64").toString("utf8");
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
