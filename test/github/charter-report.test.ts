import { expect, test } from "vitest";
import { reportCharter } from "../../src/github/charter-report.ts";
import type { CharterReport } from "../../src/messages/charter-report.ts";
import { recordingLog } from "../support/log.ts";
import { github, useNock } from "../support/nock.ts";
import { APP_ID, alice, bot, COMMIT, client, HERE, issueAnswer, log, REF } from "./support.ts";

useNock();

const CHECKS = `${HERE}/commits/${COMMIT}/check-runs`;
const KEY = "<!-- secretariat:charter-problems -->\n";
const broken: CharterReport = {
  commit: COMMIT,
  onDefaultBranch: true,
  check: {
    conclusion: "failure",
    title: "1 problem in the charter",
    summary: "Line 3",
    annotations: [{ path: ".github/committee.yml", line: 3, column: 5, message: "No" }],
  },
  issue: { title: "The charter cannot be used", body: "Line 3" },
};
const mended: CharterReport = {
  ...broken,
  check: { conclusion: "success", title: "The charter is valid", summary: "All well", annotations: [] },
  issue: null,
};
const report = (what: CharterReport, said = log) => reportCharter(client({ log: said }), REF, what);

const checks = () =>
  github().get(CHECKS).query({ check_name: "Committee charter", app_id: APP_ID, per_page: 100 });
const checkRun = ({ conclusion, title, summary }: CharterReport["check"]) => ({
  id: 31,
  name: "Committee charter",
  conclusion,
  output: { title, summary },
});
const issues = (found: readonly object[]) => {
  github().get("/app").reply(200, { slug: "secretariat" });
  const wanted = { creator: "secretariat[bot]", state: "open", per_page: 100 };
  github().get(`${HERE}/issues`).query(wanted).reply(200, found);
};
const ours = (changes: object = {}) =>
  issueAnswer({ user: bot, title: "The charter cannot be used", body: `${KEY}Line 3`, ...changes });

test("a broken charter gets a check run with its places, and an issue", async () => {
  checks().reply(200, { total_count: 0, check_runs: [] });
  github()
    .post(`${HERE}/check-runs`, {
      name: "Committee charter",
      head_sha: COMMIT,
      status: "completed",
      conclusion: "failure",
      output: {
        title: "1 problem in the charter",
        summary: "Line 3",
        annotations: [
          {
            path: ".github/committee.yml",
            start_line: 3,
            end_line: 3,
            start_column: 5,
            end_column: 5,
            annotation_level: "failure",
            message: "No",
          },
        ],
      },
    })
    .reply(201, { id: 31 });
  issues([]);
  github()
    .post(`${HERE}/issues`, { title: "The charter cannot be used", body: `${KEY}Line 3` })
    .reply(201, ours());
  await report(broken);
});

test("what is said already is not said again", async () => {
  checks().reply(200, { check_runs: [checkRun(broken.check)] });
  issues([ours()]);
  await report(broken);
});

test("what has changed is brought up to date in its place", async () => {
  checks().reply(200, { check_runs: [checkRun(mended.check)] });
  github()
    .patch(`${HERE}/check-runs/31`, (body) => body.conclusion === "failure")
    .reply(200, { id: 31 });
  issues([ours({ body: `${KEY}Line 4` })]);
  github()
    .patch(`${HERE}/issues/12`, { title: "The charter cannot be used", body: `${KEY}Line 3` })
    .reply(200, {});
  await report(broken);
});

test("once it is mended, our issue is closed, and nobody else's", async () => {
  checks().reply(200, { check_runs: [checkRun(mended.check)] });
  const forged = ours({ number: 13, user: alice });
  const another = ours({ number: 14, body: "Something else that the App wrote" });
  issues([ours(), forged, another]);
  github().patch(`${HERE}/issues/12`, { state: "closed", state_reason: "completed" }).reply(200, {});
  await report(mended);
});

test("of two issues of ours, one is kept", async () => {
  checks().reply(200, { check_runs: [checkRun(broken.check)] });
  issues([ours(), ours({ number: 13 })]);
  github().patch(`${HERE}/issues/13`, { state: "closed", state_reason: "completed" }).reply(200, {});
  await report(broken);
});

test("on another branch there is a check run, and no issue", async () => {
  checks().reply(200, { check_runs: [checkRun(broken.check)] });
  await report({ ...broken, onDefaultBranch: false });
});

test("without leave to write check runs, the issue is written all the same", async () => {
  const said = recordingLog();
  checks().reply(403, { message: "Resource not accessible by integration" });
  issues([ours()]);
  await report(broken, said);
  expect(said.lines).toEqual([
    "warn: The App may not write check runs here; the charter's check is left out",
  ]);
});

test("a rate limit is no lack of leave", async () => {
  checks().reply(403, { message: "You have exceeded a secondary rate limit" });
  await expect(report(broken)).rejects.toMatchObject({ status: 403 });
});
