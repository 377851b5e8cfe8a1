import { expect, test } from "vitest";
import { makeBranch } from "../../src/github/branches.ts";
import type { MakeBranch } from "../../src/proposal/actions.ts";
import { github, useNock } from "../support/nock.ts";
import { COMMIT, client, HERE, pullAnswer, RAW_HEADERS, TREE } from "./support.ts";

useNock();

const BRANCH = "secretariat/0012-a";
const LEFT = "c".repeat(40);
const ACTION: MakeBranch = {
  do: "make branch",
  repository: { owner: "MISP", name: "misp-rfc" },
  branch: BRANCH,
  base: { branch: "main", commit: COMMIT, tree: TREE },
  commitMessage: "Publish a standard",
  files: [
    { path: "a/raw.md", content: "Tëxt\n" },
    { path: "register.json", content: "{}\n" },
  ],
  fixed: ["a/raw.md"],
};
const make = () => makeBranch(client(), ACTION);

test("all files come in one commit on top of the base", async () => {
  commit();
  branch(201, { object: { sha: "f".repeat(40) } });
  await expect(make()).resolves.toBeUndefined();
});

test("a branch that an earlier pass left behind is used, also where what was made from the base has moved on", async () => {
  commit();
  branch(422, { message: "Reference already exists" });
  end("Publish a standard\n");
  contents(200, "Tëxt\n");
  pulls([]);
  await expect(make()).resolves.toBeUndefined();
});

test("a branch left behind whose pull request an old list did not show is not used again", async () => {
  commit();
  branch(422, { message: "Reference already exists" });
  end("Publish a standard\n");
  contents(200, "Tëxt\n");
  const merged = { state: "closed", merged_at: "2026-12-03T00:00:00Z", merge_commit_sha: LEFT };
  pulls([pullAnswer(20, { ...merged, head: { ref: BRANCH, label: `MISP:${BRANCH}` } })]);
  github().get("/app").reply(200, { slug: "secretariat" });
  await expect(make()).rejects.toMatchObject({
    isForPeople: false,
    message: expect.stringContaining("that GitHub has not shown before"),
  });
});

test.each([
  ["another text", () => contents(200, "Another text"), ACTION.commitMessage],
  ["no such file", () => contents(404, { message: "Not Found" }), ACTION.commitMessage],
  ["another commit on top", () => undefined, "Correct a word"],
])("a branch of that name with %s is left alone, and the failure says so", async (_, answers, message) => {
  commit();
  branch(422, { message: "Reference already exists" });
  end(message);
  answers();
  await expect(make()).rejects.toMatchObject({
    status: 422,
    isForPeople: true,
    message: `The branch ${BRANCH} of MISP/misp-rfc, from which the App wants to publish, holds something else than what was decided. A maintainer has to rename or delete that branch; the App then goes on by itself.`,
  });
});

test("a rule that forbids the branch is for a maintainer to change", async () => {
  commit();
  branch(422, { message: "Reference update failed" });
  github().get(`${HERE}/commits`).query({ sha: BRANCH, per_page: 1 }).reply(404, { message: "Not Found" });
  await expect(make()).rejects.toMatchObject({
    status: 422,
    isForPeople: true,
    message: expect.stringMatching(/A rule of that repository may forbid it.*Reference update failed/),
  });
});

test.each([403, 404])("%d on the first write says which permission is missing", async (status) => {
  github().post(`${HERE}/git/trees`).reply(status, { message: "Resource not accessible by integration" });
  await expect(make()).rejects.toMatchObject({
    status,
    isForPeople: true,
    message: expect.stringContaining("needs write access to contents and pull requests"),
  });
});

test("GitHub failing is not said to be anybody's fault", async () => {
  github().post(`${HERE}/git/trees`).reply(502);
  await expect(make()).rejects.toMatchObject({ status: 502, isForPeople: false });
});

function commit(): void {
  const tree = ACTION.files.map((file) => ({ ...file, mode: "100644", type: "blob" }));
  github()
    .post(`${HERE}/git/trees`, { base_tree: TREE, tree })
    .reply(201, { sha: "e".repeat(40) });
  const wanted = { message: ACTION.commitMessage, tree: "e".repeat(40), parents: [COMMIT] };
  github()
    .post(`${HERE}/git/commits`, wanted)
    .reply(201, { sha: "f".repeat(40) });
}

function branch(status: number, answer: object): void {
  const wanted = { ref: `refs/heads/${BRANCH}`, sha: "f".repeat(40) };
  github().post(`${HERE}/git/refs`, wanted).reply(status, answer);
}

function end(message: string): void {
  const answer = [{ sha: LEFT, commit: { tree: { sha: TREE }, message } }];
  github().get(`${HERE}/commits`).query({ sha: BRANCH, per_page: 1 }).reply(200, answer);
}

function pulls(answer: readonly object[]): void {
  const query = { head: `MISP:${BRANCH}`, state: "all", per_page: 100 };
  github().get(`${HERE}/pulls`).query(query).reply(200, answer);
}

function contents(status: number, answer: string | object): void {
  github()
    .get(`${HERE}/contents/a/raw.md`)
    .query({ ref: LEFT })
    .reply(status, answer, status === 200 ? RAW_HEADERS : {});
}
