import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { openPullRequest, readPullRequests } from "../../src/github/pulls.ts";
import type { OpenPullRequest } from "../../src/proposal/actions.ts";
import { github, useNock } from "../support/nock.ts";
import { alice, bot, COMMIT, client, HERE, pullAnswer, RAW_HEADERS } from "./support.ts";

useNock();

const REPOSITORY = { owner: "MISP", name: "misp-rfc" };
const BRANCH = "proposal/0012";
const MERGE = "c".repeat(40);
const FILE = { path: "a/raw.md", sha256: createHash("sha256").update("Tëxt\n").digest("hex") };
const ACTION: OpenPullRequest = {
  do: "open pull request",
  repository: REPOSITORY,
  branch: BRANCH,
  into: "main",
  title: "Publish a standard",
  body: "As voted.",
  recorded: [FILE],
};
const WANTED = { repository: REPOSITORY, branch: BRANCH, paths: [], openedPaths: [] };

const list = () =>
  github()
    .get(`${HERE}/pulls`)
    .query({ head: `MISP:${BRANCH}`, state: "all", per_page: 100 });
/** Who the App is, which is asked only where there is a pull request to tell apart. */
const named = () => github().get("/app").reply(200, { slug: "secretariat" });
/** What the repository of the publication is called now. */
const about = (owner: string, name: string) =>
  github()
    .get(HERE)
    .reply(200, { name, owner: { login: owner }, private: false, default_branch: "main" });
/** The commits of a pull request, of which only the first is asked for. */
const first = (author: object | null, number = 20) =>
  github()
    .get(`${HERE}/pulls/${number}/commits`)
    .query({ per_page: 1 })
    .reply(200, [{ sha: COMMIT, author }]);
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
  const found = await readPullRequests(client(), { ...WANTED, paths: ["a/raw.md", "gone.md"] });
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
  about("MISP", "misp-rfc");
  expect(await readPullRequests(client(), WANTED)).toEqual([]);
});

test("a pull request of a repository that has moved to another owner is found by that one's branch", async () => {
  named();
  list().reply(200, []);
  about("CIRCL", "misp-rfc");
  github()
    .get("/repos/CIRCL/misp-rfc/pulls")
    .query({ head: `CIRCL:${BRANCH}`, state: "all", per_page: 100 })
    .reply(200, [pullAnswer(20, { head: { ref: BRANCH, label: `CIRCL:${BRANCH}` } })]);
  // It is still known by the name that stands in the record.
  expect(await readPullRequests(client(), WANTED)).toMatchObject([{ number: 20, repository: REPOSITORY }]);
});

const CLOSED = { state: "closed", closed_at: "2026-12-02T00:00:00Z" };

test("an open one comes first, and its first commit tells how it was opened", async () => {
  named();
  list().reply(200, [pullAnswer(19, CLOSED), pullAnswer(20)]);
  for (const number of [20, 19]) first(bot, number);
  contents(COMMIT).reply(200, "Tëxt\n", RAW_HEADERS);
  const found = await readPullRequests(client(), { ...WANTED, openedPaths: ["a/raw.md"] });
  expect(found).toMatchObject([
    { number: 20, state: "open", openedFiles: [FILE] },
    { number: 19, state: "closed", openedFiles: [FILE] },
  ]);
});

test.each([
  ["a person", alice],
  ["nobody known", null],
])("a branch rewritten by %s does not tell any more how it was opened", async (_, author) => {
  named();
  list().reply(200, [pullAnswer(20)]);
  first(author);
  const found = await readPullRequests(client(), { ...WANTED, openedPaths: ["a/raw.md"] });
  expect(found).toMatchObject([{ openedFiles: [{ path: "a/raw.md", sha256: null }] }]);
});

test.each([
  ["a person", alice],
  ["a person of the App's name", { ...alice, login: "secretariat[bot]" }],
  ["another App", { ...bot, login: "renovate[bot]" }],
  ["an account that is gone", null],
])("a pull request that %s opened from the App's branch is not the publication", async (_, user) => {
  named();
  list().reply(200, [pullAnswer(20, { user }), pullAnswer(21)]);
  const found = await readPullRequests(client(), WANTED);
  expect(found.map(({ number }) => number)).toEqual([21]);
});

test("the App's name counts in any letter case", async () => {
  named();
  list().reply(200, [pullAnswer(20, { user: { ...bot, login: "Secretariat[bot]" } })]);
  expect(await readPullRequests(client(), WANTED)).toHaveLength(1);
});

test("a pull request is opened from the branch, and its files are those that were put there", async () => {
  github()
    .post(`${HERE}/pulls`, { title: ACTION.title, body: ACTION.body, head: BRANCH, base: "main" })
    .reply(201, pullAnswer(23));
  expect(await open()).toMatchObject({
    number: 23,
    state: "open",
    branch: BRANCH,
    openedFiles: [FILE],
    mergedFiles: [],
  });
});

test("a pull request that somebody else opened from the App's branch is for a maintainer to mend", async () => {
  exists();
  named();
  list().reply(200, [pullAnswer(20, { user: alice })]);
  await expect(open()).rejects.toMatchObject({
    isForPeople: true,
    message:
      "The branch proposal/0012 of MISP/misp-rfc, from which the App wants to publish, has a pull request of somebody else. A maintainer has to rename or delete that branch; the App then goes on by itself.",
  });
});

test("where there is an open one that an old list did not show, none is opened", async () => {
  exists();
  named();
  list().reply(200, [pullAnswer(20)]);
  first(bot);
  contents(COMMIT).reply(200, "Tëxt\n", RAW_HEADERS);
  expect(await open()).toMatchObject({ number: 20, openedFiles: [FILE] });
});

test("a refusal for another reason is a failure", async () => {
  github().post(`${HERE}/pulls`).reply(422, { message: "No commits between main and proposal/0012" });
  list().reply(200, []);
  await expect(open()).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining("No commits between"),
  });
});

test.each([403, 404])("%d says which permission is missing", async (status) => {
  github().post(`${HERE}/pulls`).reply(status, { message: "Resource not accessible by integration" });
  await expect(open()).rejects.toMatchObject({
    status,
    isForPeople: true,
    message: expect.stringContaining("needs write access to contents and pull requests"),
  });
});

function exists(): void {
  github()
    .post(`${HERE}/pulls`)
    .reply(422, { message: "A pull request already exists for MISP:proposal/0012." });
}
