import { createHash } from "node:crypto";
import { Octokit } from "@octokit/rest";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { createAnswerCache, type Remembered } from "../../src/github/answer-cache.ts";
import { observe } from "../../src/github/observe.ts";
import { github, useNock } from "../support/nock.ts";
import { client, HERE, issueAnswer, JSON_HEADERS, nextPage, quiet, RAW_HEADERS, REF } from "./support.ts";

useNock();

const ISSUE = `${HERE}/issues/12`;
const CONTENT = `${HERE}/contents/a.md`;
const numbers = z.array(z.number());

test("what GitHub said before is asked for with its ETag, and a 304 is answered from memory", async () => {
  const ours = client();
  github().get(ISSUE).reply(200, issueAnswer(), { etag: 'W/"1"' });
  const first = await observe(ours, REF);
  github().get(ISSUE).matchHeader("if-none-match", 'W/"1"').reply(304, "");
  expect(await observe(ours, REF)).toEqual(first);
  github()
    .get(ISSUE)
    .matchHeader("if-none-match", 'W/"1"')
    .reply(200, issueAnswer({ title: "New" }), { etag: 'W/"2"' });
  expect((await observe(ours, REF))?.issue.title).toBe("New");
});

test("an unchanged page keeps its next page", async () => {
  const gate = await client().of(REF);
  const page = (number: number) =>
    github()
      .get("/numbers")
      .query(number === 1 ? { per_page: 100 } : { per_page: 100, page: 2 });
  page(1).reply(200, [1], { etag: '"1"', ...nextPage("/numbers", 2) });
  page(2).reply(200, [2], { etag: '"2"' });
  expect(await gate.list("GET /numbers", {}, numbers)).toEqual([1, 2]);
  page(1).matchHeader("if-none-match", '"1"').reply(304, "");
  page(2).matchHeader("if-none-match", '"2"').reply(200, [3], { etag: '"3"' });
  expect(await gate.list("GET /numbers", {}, numbers)).toEqual([1, 3]);
});

test("an answer stands for the token that comes after it too", async () => {
  const body = JSON.stringify([1, 2]);
  const tagFor = (token: string) => {
    const varying = `application/vnd.github+json:token ${token}:`;
    return `"${createHash("sha256").update(varying).update(body).digest("hex")}"`;
  };
  let token = "first";
  const octokit = new Octokit({ log: quiet });
  octokit.hook.before("request", (options) => {
    options.headers.authorization = `token ${token}`;
  });
  const gate = client({ authenticate: async () => octokit }).ofInstallation(7);
  const read = () => gate.get("GET /numbers", {}, numbers);
  const asks = (condition: string) => github().get("/numbers").matchHeader("if-none-match", condition);
  github()
    .get("/numbers")
    .reply(200, body, { ...JSON_HEADERS, etag: 'W/"as GitHub likes"' });
  expect(await read()).toEqual([1, 2]);
  // With the same token GitHub's own tag is the safest.
  asks('W/"as GitHub likes"').reply(304, "");
  expect(await read()).toEqual([1, 2]);
  token = "second";
  asks(tagFor("second")).reply(304, "");
  expect(await read()).toEqual([1, 2]);
});

test("a page that is unchanged may have a next one by now", async () => {
  const gate = await client().of(REF);
  const page = () => github().get("/numbers").query({ per_page: 100 });
  page().reply(200, [1], { etag: '"1"' });
  expect(await gate.list("GET /numbers", {}, numbers)).toEqual([1]);
  page().matchHeader("if-none-match", '"1"').reply(304, "", nextPage("/numbers", 2));
  github().get("/numbers").query({ per_page: 100, page: 2 }).reply(200, [2]);
  expect(await gate.list("GET /numbers", {}, numbers)).toEqual([1, 2]);
});

test("a full last page is read anew: its tag would not tell of another page", async () => {
  const gate = await client().of(REF);
  const full = Array.from({ length: 100 }, (_, index) => index);
  const first = () =>
    github({ badheaders: ["if-none-match"] })
      .get("/numbers")
      .query({ per_page: 100 });
  first().reply(200, full, { etag: '"1"' });
  expect(await gate.list("GET /numbers", {}, numbers)).toHaveLength(100);
  first().reply(200, full, { etag: '"1"', ...nextPage("/numbers", 2) });
  github().get("/numbers").query({ per_page: 100, page: 2 }).reply(200, [100]);
  expect(await gate.list("GET /numbers", {}, numbers)).toHaveLength(101);
});

test("one installation's answers are not another's", async () => {
  const ours = client();
  const get = (id: number) => ours.ofInstallation(id).get("GET /numbers", {}, numbers);
  github().get("/numbers").reply(200, [1], { etag: '"1"' });
  expect(await get(1)).toEqual([1]);
  github({ badheaders: ["if-none-match"] })
    .get("/numbers")
    .reply(200, [2], { etag: '"2"' });
  expect(await get(2)).toEqual([2]);
});

test("a link to the next page leads nowhere but to GitHub", async () => {
  const gate = await client().of(REF);
  const link = '<https://evil.example/numbers?page=2&per_page=100>; rel="next"';
  github().get("/numbers").query({ per_page: 100 }).reply(200, [1], { link });
  github().get("/numbers").query({ per_page: 100, page: 2 }).reply(200, [2]);
  expect(await gate.list("GET /numbers", {}, numbers)).toEqual([1, 2]);
});

test("pages without end are a failure", async () => {
  const octokit = new Octokit();
  let asked = 0;
  octokit.hook.wrap("request", async () => {
    asked += 1;
    return { status: 200, url: "", data: new Response("[1]").body, headers: nextPage("/numbers", 1) };
  });
  const gate = client({ authenticate: async () => octokit }).ofInstallation(7);
  await expect(gate.list("GET /numbers", {}, numbers)).rejects.toThrow(/more than 300 pages/);
  expect(asked).toBe(300);
});

test("bytes are handed out as they are, and those of a commit are read once", async () => {
  const gate = await client().of(REF);
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff]);
  github().get(CONTENT).once().reply(200, bytes, RAW_HEADERS);
  const read = () => gate.bytes(`GET ${CONTENT}`, {}, { limit: 5, immutable: true });
  expect(Buffer.from(await asBytes(read()))).toEqual(bytes);
  expect(Buffer.from(await asBytes(read()))).toEqual(bytes);
});

test("more bytes than wanted, and what is no file, are said to be so", async () => {
  const gate = await client().of(REF);
  const read = () => gate.bytes(`GET ${CONTENT}`, {}, { limit: 4, immutable: false });
  github().get(CONTENT).reply(200, "12345", RAW_HEADERS);
  expect(await read()).toBe("too large");
  github()
    .get(CONTENT)
    .reply(200, [{ type: "file" }], { "content-type": "application/json; charset=utf-8" });
  expect(await read()).toBe("not a file");
});

test("the cache never holds more than its limit, and what it holds is what was put last", () => {
  const put = fc.record({ key: fc.constantFrom("a", "b", "c", "d"), bytes: fc.integer({ min: 0, max: 12 }) });
  fc.assert(
    fc.property(fc.array(put), (puts) => {
      const cache = createAnswerCache(10);
      const last = new Map<string, Remembered>();
      puts.forEach(({ key, bytes }) => {
        const answer = answerOf(bytes);
        cache.put(key, answer);
        last.set(key, answer);
      });
      const held = [...last].filter(([key]) => cache.get(key) !== null);
      expect(held.reduce((sum, [, { body }]) => sum + 1 + body.length, 0)).toBeLessThanOrEqual(10);
      for (const [key, answer] of held) expect(cache.get(key)).toBe(answer);
      const newest = puts.at(-1);
      if (newest !== undefined && newest.bytes < 10) expect(cache.get(newest.key)).not.toBeNull();
    }),
  );
});

test("what was used last stays longest", () => {
  const cache = createAnswerCache(4);
  cache.put("a", answerOf(1));
  cache.put("b", answerOf(1));
  cache.get("a");
  cache.put("c", answerOf(1));
  expect(["a", "b", "c"].map((key) => cache.get(key) !== null)).toEqual([true, false, true]);
});

test("what is too large to keep pushes nothing else out", () => {
  const cache = createAnswerCache(2);
  cache.put("a", answerOf(1));
  cache.put("b", answerOf(2));
  expect(["a", "b"].map((key) => cache.get(key) !== null)).toEqual([true, false]);
});

/** An answer of so many bytes. */
function answerOf(bytes: number): Remembered {
  return { etag: null, askedWith: "", link: null, body: new Uint8Array(bytes), immutable: false };
}

async function asBytes(read: Promise<Uint8Array | string>): Promise<Uint8Array> {
  const bytes = await read;
  if (typeof bytes === "string") throw new Error(bytes);
  return bytes;
}
