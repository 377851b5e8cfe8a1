/** Check runs on the App's own pull requests. */
import { expect, test } from "vitest";
import { createChecks, ownPullRequests } from "../../src/github/checks.ts";
import type { DraftReport } from "../../src/messages/draft-check.ts";
import { recordingLog } from "../support/log.ts";
import { github, useNock } from "../support/nock.ts";
import { APP_ID, alice, bot, COMMIT, client, HERE, pullAnswer, REF } from "./support.ts";

useNock();

const RUNS = `${HERE}/check-runs`;
const head = { ref: "secretariat/0012-x", sha: COMMIT };
const named = () => github().get("/app").reply(200, { slug: "secretariat" });
const pulls = (found: object) => github().get(`${HERE}/pulls/12`).reply(200, found);

function report(annotations: number): DraftReport {
  const one = { path: "a/raw.md", level: "warning", title: "CODE", message: "m" } as const;
  return {
    conclusion: "neutral",
    title: "0 errors, 1 warning",
    summary: "Text",
    annotations: Array.from({ length: annotations }, (_, at) => ({ ...one, line: at + 1 })),
  };
}

test("a pull request is looked at if it is open and the App's", async () => {
  const checks = createChecks(client());
  named();
  pulls(pullAnswer(12, { head, body: "Text" }));
  expect(await checks.pullRequest(REF)).toEqual({ head: COMMIT, body: "Text" });
  for (const other of [{ user: alice }, { state: "closed" }, { user: null }]) {
    pulls(pullAnswer(12, { head, body: null, ...other }));
    expect(await checks.pullRequest(REF)).toBe(null);
  }
  github().get(`${HERE}/pulls/12`).reply(404, { message: "Not Found" });
  expect(await checks.pullRequest(REF)).toBe(null);
});

test("the files that it changes, but for those it takes away", async () => {
  const files = [
    { filename: "a/raw.md", status: "added" },
    { filename: "b/raw.md", status: "removed" },
    { filename: "c/raw.md", status: "renamed" },
  ];
  github().get(`${HERE}/pulls/12/files`).query({ per_page: 100 }).reply(200, files);
  expect(await createChecks(client()).changedFiles(REF)).toEqual(["a/raw.md", "c/raw.md"]);
});

test("a commit is checked once a check of that name stands there with its result", async () => {
  const run = (more: object) => ({ id: 31, name: "idnits", status: "completed", ...more });
  const cases: readonly (readonly [readonly object[], boolean])[] = [
    [[], false],
    [[run({})], true],
    [[run({ status: "in_progress" })], false],
    [[run({ name: "build" })], false],
    [[run({ status: "in_progress" }), run({})], true],
  ];
  for (const [found, expected] of cases) {
    github()
      .get(`${HERE}/commits/${COMMIT}/check-runs`)
      .query({ check_name: "idnits", app_id: APP_ID, per_page: 100 })
      .reply(200, { check_runs: found });
    expect(await createChecks(client()).isChecked(REF, COMMIT)).toBe(expected);
  }
});

test("a result without annotations is one request", async () => {
  const output = { title: "0 errors, 1 warning", summary: "Text", annotations: [] };
  const created = { name: "idnits", head_sha: COMMIT, status: "completed", conclusion: "neutral", output };
  github().post(RUNS, created).reply(201, { id: 31 });
  await createChecks(client()).report(REF, COMMIT, report(0));
});

test("fifty annotations a request, and the last request completes the check", async () => {
  const sent: object[] = [];
  const note = (body: Record<string, unknown>) => {
    const { annotations } = body.output as { annotations: { start_line: number }[] };
    sent.push([body.status, body.conclusion, annotations.length, annotations[0]?.start_line]);
    return true;
  };
  github().post(RUNS, note).reply(201, { id: 31 });
  github().patch(`${RUNS}/31`, note).times(2).reply(200, {});
  await createChecks(client()).report(REF, COMMIT, report(101));
  expect(sent).toEqual([
    ["in_progress", undefined, 50, 1],
    ["in_progress", undefined, 50, 51],
    ["completed", "neutral", 1, 101],
  ]);
});

test("without leave for check runs it is left out, with a word in the log; another failure is told", async () => {
  const log = recordingLog();
  github().post(RUNS).reply(403, { message: "Resource not accessible by integration" });
  await createChecks(client({ log })).report(REF, COMMIT, report(0));
  expect(log.lines).toEqual([expect.stringMatching(/^warn: The App may not write check runs here/)]);
  github().post(RUNS).reply(502, "Bad gateway");
  await expect(createChecks(client()).report(REF, COMMIT, report(0))).rejects.toThrow("502");
});

test("the App's own open pull requests, among those of others", async () => {
  named();
  const found = [
    pullAnswer(12, { head }),
    pullAnswer(13, { head, user: alice }),
    pullAnswer(14, { head, user: { ...bot, login: "dependabot[bot]" } }),
    pullAnswer(15, { head, user: { ...bot, type: "User" } }),
  ];
  github().get(`${HERE}/pulls`).query({ state: "open", per_page: 100 }).reply(200, found);
  const own = await ownPullRequests(client(), REF);
  expect(own).toEqual([{ ref: { owner: "MISP", name: "misp-rfc", number: 12 }, head: COMMIT }]);
});
