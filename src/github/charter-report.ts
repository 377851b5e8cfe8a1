/** The charter's state where the committee looks for it: a check run on the commit, and one issue while it is broken. */
import { z } from "zod";
import type { CharterReport } from "../messages/charter-report.ts";
import type { Repository } from "../proposal/facts.ts";
import { keyOf, withKey } from "../proposal/keys.ts";
import type { Client } from "./client.ts";
import { hasStatus } from "./failure.ts";
import { anything, type Gate, type Parameters } from "./gate.ts";
import { listedIssue } from "./shapes.ts";

const CHECK_NAME = "Committee charter";
const ISSUE_KEY = "charter-problems";

const checkRun = z.object({
  id: z.number(),
  name: z.string(),
  conclusion: z.string().nullish(),
  output: z.object({ title: z.string().nullish(), summary: z.string().nullish() }),
});
const checkRuns = z.object({ check_runs: z.array(checkRun) }).transform(({ check_runs }) => check_runs);

export async function reportCharter(
  client: Client,
  repository: Repository,
  report: CharterReport,
): Promise<void> {
  const gate = await client.of(repository);
  const place = { owner: repository.owner, repo: repository.name };
  try {
    await reportCheck(client, gate, place, report);
  } catch (error) {
    // The check is a courtesy: a committee may have given the App no leave for it, and the issue says the same.
    if (!hasStatus(error, 403)) throw error;
    client.log.warn(
      { repository: place, err: error },
      "The App may not write check runs here; the charter's check is left out",
    );
  }
  if (report.onDefaultBranch) await reportIssue(client, gate, place, report.issue);
}

/** One check run a commit: what it says already is left alone. */
async function reportCheck(client: Client, gate: Gate, place: Parameters, { commit, check }: CharterReport) {
  const route = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
  const wanted = { ...place, ref: commit, check_name: CHECK_NAME, app_id: client.appId };
  const existing = (await gate.list(route, wanted, checkRuns)).find(({ name }) => name === CHECK_NAME);
  const { conclusion, title, summary } = check;
  const isSame =
    existing?.conclusion === conclusion &&
    existing.output.title === title &&
    existing.output.summary === summary;
  if (isSame) return;
  const output = { title, summary, annotations: check.annotations.map(annotation) };
  const state = { status: "completed", conclusion, output };
  if (existing === undefined) {
    const created = { ...place, name: CHECK_NAME, head_sha: commit, ...state };
    await gate.send("POST /repos/{owner}/{repo}/check-runs", created, anything);
    return;
  }
  const changed = { ...place, check_run_id: existing.id, ...state };
  await gate.send("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", changed, anything);
}

function annotation({ path, line, column, message }: CharterReport["check"]["annotations"][number]) {
  return {
    path,
    start_line: line,
    end_line: line,
    start_column: column,
    end_column: column,
    annotation_level: "failure",
    message,
  };
}

/** The open issue that the App wrote with its hidden key: made, brought up to date, or closed. */
async function reportIssue(client: Client, gate: Gate, place: Parameters, wanted: CharterReport["issue"]) {
  const bot = `${await client.slug()}[bot]`;
  const parameters = { ...place, creator: bot, state: "open" };
  const open = await gate.list("GET /repos/{owner}/{repo}/issues", parameters, z.array(listedIssue));
  const mine = open.filter(
    ({ user, body, pull_request }) => pull_request === undefined && user?.login === bot && hasKey(body),
  );
  const [kept, ...spare] = wanted === null ? [undefined, ...mine] : mine;
  for (const issue of spare) if (issue !== undefined) await close(gate, place, issue.number);
  if (wanted === null) return;
  const title = wanted.title;
  const body = withKey(ISSUE_KEY, wanted.body);
  if (kept === undefined) {
    await gate.send("POST /repos/{owner}/{repo}/issues", { ...place, title, body }, anything);
  } else if (kept.title !== title || kept.body !== body) {
    const changed = { ...place, issue_number: kept.number, title, body };
    await gate.send("PATCH /repos/{owner}/{repo}/issues/{issue_number}", changed, anything);
  }
}

async function close(gate: Gate, place: Parameters, issue_number: number): Promise<void> {
  const changed = { ...place, issue_number, state: "closed", state_reason: "completed" };
  await gate.send("PATCH /repos/{owner}/{repo}/issues/{issue_number}", changed, anything);
}

function hasKey(body: string): boolean {
  return keyOf(body) === ISSUE_KEY;
}
