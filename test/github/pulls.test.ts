import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { openPullRequest, readPullRequests } from "../../src/github/pulls.ts";
import type { OpenPullRequest } from "../../src/proposal/actions.ts";
import { github, useNock } from "../support/nock.ts";
import { alice, bot, COMMIT, client, HERE, pullAnswer, RAW_HEADERS, TREE } from "./support.ts";

useNock();

const REPOSITORY = { owner: "MISP", name: "misp-rfc" };
const BRANCH = "proposal/0012";
const MERGE = "c".repeat(40);
const ACTION: OpenPullRequest = {
  do: "open pull request",
  repository: REPOSITORY,
  branch: BRANCH,
  title: "Publish a standard",
  body: "As voted.",
  commitMessage: "Publish a standard",
  files: [{ path: "a/raw.md", content: "Tëxt\n" }],
};

const list = () =>
  github()
    .get(`${HERE}/pulls`)
    .query({ head: `MISP:${BRANCH}`, state: "all", per_page: 100 });
/** Who the App is, which is asked only where there is a pull request to tell apart. */
const named = () => github().get("/app").reply(200, { slug: "secretariat" });
const contents = (ref: string) => github().get(`${HERE}/contents/a/raw.md`).query({ ref });
const open = () => openPullRequest(client(), ACTION);

test("each state of a pull request, and the files of a merged one as they were merged", async () => {
  named();
  list().reply(200, [
    pullAnswer(20),
    pullAnswer(21, { state: "closed", closed_at: "2026-12-02T00:00:00Z", merge_commit_sha: "d".repeat(40) }),
    pullAnswer(22, {
      state: "closed",
      closed_at: "2026-12-03T00:00:00Z",
      merged_at: "2026-12-03T00:00:00Z",
      merge_commit_sha: MERGE,
    }),
  ]);
  contents(MERGE).reply(200, "Tëxt\r\n", RAW_HEADERS);
  github().get(`${HERE}/contents/gone.md`).query({ ref: MERGE }).reply(404, { message: "Not Found" });
  const found = await readPullRequests(client(), REPOSITORY, BRANCH, ["a/raw.md", "gone.md"]);
  expect(
    found.map(({ number, state, mergeCommit, mergedFiles }) => ({ number, state, mergeCommit, mergedFiles })),
  ).toEqual([
    { number: 20, state: "open", mergeCommit: null, mergedFiles: [] },
    { number: 21, state: "closed", mergeCommit: null, mergedFiles: [] },
    {
      number: 22,
      state: "merged",
      mergeCommit: MERGE,
      mergedFiles: [
        { path: "a/raw.md", sha256: createHash("sha256").update("Tëxt\r\n").digest("hex") },
        { path: "gone.md", sha256: null },
      ],
    },
  ]);
});

test("pull requests from a fork or another branch are not ours", async () => {
  list().reply(200, [
    pullAnswer(20, { head: { ref: BRANCH, label: `mallory:${BRANCH}` } }),
    pullAnswer(21, { head: { ref: "other", label: "MISP:other" } }),
    pullAnswer(22, { head: { ref: BRANCH, label: null } }),
  ]);
  expect(await readPullRequests(client(), REPOSITORY, BRANCH, [])).toEqual([]);
});

test("a pull request is opened with our files on top of the default branch", async () => {
  list().reply(200, []);
  start();
  branch(201, { object: { sha: "f".repeat(40) } });
  github()
    .post(`${HERE}/pulls`, { title: ACTION.title, body: ACTION.body, head: BRANCH, base: "main" })
    .reply(201, pullAnswer(23));
  expect(await open()).toMatchObject({ number: 23, state: "open", branch: BRANCH, mergedFiles: [] });
});

test.each([
  ["an open one", [pullAnswer(20, { state: "closed" }), pullAnswer(21)], 21],
  ["a closed one", [pullAnswer(20, { state: "closed", closed_at: "2026-12-02T00:00:00Z" })], 20],
])("where there is %s, none is opened", async (_, existing, number) => {
  named();
  list().reply(200, existing);
  expect((await open()).number).toBe(number);
});

test("where there is a merged one, it comes with the digests of its files", async () => {
  named();
  const merged = { state: "closed", merged_at: "2026-12-03T00:00:00Z", merge_commit_sha: MERGE };
  list().reply(200, [pullAnswer(20, merged)]);
  contents(MERGE).reply(200, "Another text", RAW_HEADERS);
  expect(await open()).toMatchObject({
    number: 20,
    state: "merged",
    mergedFiles: [{ path: "a/raw.md", sha256: createHash("sha256").update("Another text").digest("hex") }],
  });
});

test.each([
  ["a person", alice],
  ["a person of the App's name", { ...alice, login: "secretariat[bot]" }],
  ["another App", { ...bot, login: "renovate[bot]" }],
  ["an account that is gone", null],
])("a pull request that %s opened from the App's branch is not the publication", async (_, user) => {
  named();
  list().reply(200, [pullAnswer(20, { user }), pullAnswer(21)]);
  const found = await readPullRequests(client(), REPOSITORY, BRANCH, []);
  expect(found.map(({ number }) => number)).toEqual([21]);
});

test("the App's name counts in any letter case", async () => {
  named();
  list().reply(200, [pullAnswer(20, { user: { ...bot, login: "Secretariat[bot]" } })]);
  expect(await readPullRequests(client(), REPOSITORY, BRANCH, [])).toHaveLength(1);
});

test("a branch that an earlier pass left behind is used if it carries our files", async () => {
  list().reply(200, []);
  start();
  branch(422, { message: "Reference already exists" });
  end();
  contents(MERGE).reply(200, "Tëxt\n", RAW_HEADERS);
  github().post(`${HERE}/pulls`).reply(201, pullAnswer(23));
  expect((await open()).number).toBe(23);
});

test.each([
  ["other content", () => contents(MERGE).reply(200, "Another text", RAW_HEADERS)],
  ["no such file", () => contents(MERGE).reply(404, { message: "Not Found" })],
])("a branch of that name with %s is left alone, and the failure says so", async (_, answers) => {
  list().reply(200, []);
  start();
  branch(422, { message: "Reference already exists" });
  end();
  answers();
  await expect(open()).rejects.toMatchObject({
    status: 422,
    isForPeople: true,
    message:
      "The branch proposal/0012 of MISP/misp-rfc, from which the App wants to publish, holds something else than what was decided. A maintainer has to rename or delete that branch; the App then goes on by itself.",
  });
});

test("a refusal to make a branch that is not there is GitHub's own word", async () => {
  list().reply(200, []);
  start();
  branch(422, { message: "Reference update failed" });
  github().get(`${HERE}/commits`).query({ sha: BRANCH, per_page: 1 }).reply(404, { message: "Not Found" });
  await expect(open()).rejects.toMatchObject({
    isForPeople: false,
    message: expect.stringContaining("Reference update failed"),
  });
});

test("a pull request that somebody else opened from the App's branch is for a maintainer to mend", async () => {
  const theirs = [pullAnswer(20, { user: alice })];
  named();
  list().twice().reply(200, theirs);
  start();
  branch(422, { message: "Reference already exists" });
  end();
  contents(MERGE).reply(200, "Tëxt\n", RAW_HEADERS);
  github()
    .post(`${HERE}/pulls`)
    .reply(422, { message: "A pull request already exists for MISP:proposal/0012." });
  await expect(open()).rejects.toMatchObject({
    isForPeople: true,
    message:
      "The branch proposal/0012 of MISP/misp-rfc, from which the App wants to publish, has a pull request of somebody else. A maintainer has to rename or delete that branch; the App then goes on by itself.",
  });
});

test("a pull request that was opened in between is found", async () => {
  named();
  list().reply(200, []);
  start();
  branch(201, { object: { sha: "f".repeat(40) } });
  github()
    .post(`${HERE}/pulls`)
    .reply(422, { message: "A pull request already exists for MISP:proposal/0012." });
  list().reply(200, [pullAnswer(24)]);
  expect((await open()).number).toBe(24);
});

test("a refusal for another reason is a failure", async () => {
  list().twice().reply(200, []);
  start();
  branch(201, { object: { sha: "f".repeat(40) } });
  github().post(`${HERE}/pulls`).reply(422, { message: "No commits between main and proposal/0012" });
  await expect(open()).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining("No commits between"),
  });
});

test.each([403, 404])("%d on the first write says which permission is missing", async (status) => {
  list().reply(200, []);
  about();
  tip("main", COMMIT);
  github().post(`${HERE}/git/trees`).reply(status, { message: "Resource not accessible by integration" });
  await expect(open()).rejects.toMatchObject({
    status,
    message: expect.stringContaining("needs write access to contents and pull requests"),
  });
});

test("an empty repository is a failure in clear words", async () => {
  list().reply(200, []);
  about();
  github().get(`${HERE}/commits`).query(true).reply(409, { message: "Git Repository is empty." });
  await expect(open()).rejects.toThrow("MISP/misp-rfc has no commit on its default branch yet");
});

function about(): void {
  const answer = { name: "misp-rfc", owner: { login: "MISP" }, private: false, default_branch: "main" };
  github().get(HERE).reply(200, answer);
}

function tip(sha: string, commit: string): void {
  const answer = [{ sha: commit, commit: { tree: { sha: TREE } } }];
  github().get(`${HERE}/commits`).query({ sha, per_page: 1 }).reply(200, answer);
}

function end(): void {
  tip(BRANCH, MERGE);
}

/** From the repository's default branch to a commit with our files. */
function start(): void {
  about();
  tip("main", COMMIT);
  const tree = [{ path: "a/raw.md", content: "Tëxt\n", mode: "100644", type: "blob" }];
  github()
    .post(`${HERE}/git/trees`, { base_tree: TREE, tree })
    .reply(201, { sha: "e".repeat(40) });
  const commit = { message: ACTION.commitMessage, tree: "e".repeat(40), parents: [COMMIT] };
  github()
    .post(`${HERE}/git/commits`, commit)
    .reply(201, { sha: "f".repeat(40) });
}

function branch(status: number, answer: object): void {
  const wanted = { ref: `refs/heads/${BRANCH}`, sha: "f".repeat(40) };
  github().post(`${HERE}/git/refs`, wanted).reply(status, answer);
}
