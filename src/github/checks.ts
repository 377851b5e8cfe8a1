/** Check runs on the App's own pull requests: what is in them, and what is said of it. */
import { z } from "zod";
import { type Annotation, DRAFT_CHECK_NAME, type DraftReport } from "../messages/draft-check.ts";
import type { ProposalRef, Repository } from "../proposal/facts.ts";
import type { ChecksPort } from "../reconcile/draft-check.ts";
import type { Client } from "./client.ts";
import { hasStatus, orNull } from "./failure.ts";
import { readFile } from "./files.ts";
import { anything, type Gate, type Parameters } from "./gate.ts";
import { pullRequest } from "./shapes.ts";

const withHead = pullRequest.extend({
  body: z
    .string()
    .nullish()
    .transform((text) => text ?? ""),
  head: z.object({ ref: z.string(), sha: z.string() }),
});
const changedFile = z.object({ filename: z.string(), status: z.string() });
const checkRun = z.object({ id: z.number(), name: z.string(), status: z.string() });
const checkRuns = z.object({ check_runs: z.array(checkRun) }).transform(({ check_runs }) => check_runs);

/** GitHub takes 50 annotations a request, and adds those of an update (https://docs.github.com/en/rest/checks/runs). */
const ANNOTATIONS_EACH = 50;

/** A draft has at most 1 MiB; a larger file is refused without being read to its end. */
const DRAFT_LIMIT = 4 * 1024 * 1024;

export function createChecks(client: Client): ChecksPort {
  return {
    async pullRequest(ref) {
      const gate = await client.of(ref);
      const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
      const found = await orNull(gate.get(route, placeOf(ref), withHead));
      if (found === null || found.state !== "open" || !(await isOwn(client, found))) return null;
      return { head: found.head.sha, body: found.body };
    },
    async changedFiles(ref) {
      const gate = await client.of(ref);
      const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";
      const files = await gate.list(route, placeOf(ref), z.array(changedFile));
      return files.filter(({ status }) => status !== "removed").map(({ filename }) => filename);
    },
    async isChecked(repository, commit) {
      const gate = await client.of(repository);
      const route = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
      const { owner, name: repo } = repository;
      const wanted = { owner, repo, ref: commit, check_name: DRAFT_CHECK_NAME, app_id: client.appId };
      const found = await gate.list(route, wanted, checkRuns);
      return found.some(({ name, status }) => name === DRAFT_CHECK_NAME && status === "completed");
    },
    async file(repository, commit, path) {
      const gate = await client.of(repository);
      return readFile(gate, { ...repository, path, ref: commit, limit: DRAFT_LIMIT });
    },
    report: (repository, commit, report) => reportCheck(client, repository, commit, report),
  };
}

/** The open pull requests that the App has made, with their newest commits. */
export async function ownPullRequests(
  client: Client,
  repository: Repository,
): Promise<readonly { readonly ref: ProposalRef; readonly head: string }[]> {
  const gate = await client.of(repository);
  const { owner, name } = repository;
  const route = "GET /repos/{owner}/{repo}/pulls";
  const open = await gate.list(route, { owner, repo: name, state: "open" }, z.array(withHead));
  const own = [];
  for (const pull of open) if (await isOwn(client, pull)) own.push(pull);
  return own.map(({ number, head }) => ({ ref: { owner, name, number }, head: head.sha }));
}

async function isOwn(client: Client, { user }: z.infer<typeof withHead>): Promise<boolean> {
  if (user?.type !== "Bot") return false;
  return user.login.toLowerCase() === `${await client.slug()}[bot]`.toLowerCase();
}

function placeOf({ owner, name: repo, number: pull_number }: ProposalRef): Parameters {
  return { owner, repo, pull_number };
}

/**
 * One check run, with its annotations in as many requests as they need; the last one completes it. One that a crash left
 * incomplete is not gone on with, as nobody can tell what it holds: a new one of the same name takes its place.
 */
async function reportCheck(
  client: Client,
  repository: Repository,
  commit: string,
  report: DraftReport,
): Promise<void> {
  const gate = await client.of(repository);
  const place = { owner: repository.owner, repo: repository.name };
  try {
    await write(gate, place, commit, report);
  } catch (error) {
    // The check is a courtesy: a committee may have given the App no leave for it.
    if (!hasStatus(error, 403)) throw error;
    client.log.warn(
      { repository: place, err: error },
      "The App may not write check runs here; the check of the drafts is left out",
    );
  }
}

async function write(gate: Gate, place: Parameters, commit: string, report: DraftReport): Promise<void> {
  const { conclusion, title, summary } = report;
  const batches = batchesOf(report.annotations);
  let made: number | null = null;
  for (const [index, annotations] of batches.entries()) {
    const isLast = index === batches.length - 1;
    const state = isLast ? { status: "completed", conclusion } : { status: "in_progress" };
    const content = { ...state, output: { title, summary, annotations: annotations.map(written) } };
    if (made === null) {
      const created = { ...place, name: DRAFT_CHECK_NAME, head_sha: commit, ...content };
      const shape = z.object({ id: z.number() });
      made = (await gate.send("POST /repos/{owner}/{repo}/check-runs", created, shape)).id;
    } else {
      const changed = { ...place, check_run_id: made, ...content };
      await gate.send("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", changed, anything);
    }
  }
}

/** At least one, as a check without annotations is a check too. */
function batchesOf(annotations: readonly Annotation[]): readonly (readonly Annotation[])[] {
  const many = Math.max(1, Math.ceil(annotations.length / ANNOTATIONS_EACH));
  return Array.from({ length: many }, (_, at) =>
    annotations.slice(at * ANNOTATIONS_EACH, (at + 1) * ANNOTATIONS_EACH),
  );
}

function written({ path, line, level, title, message }: Annotation) {
  return { path, start_line: line, end_line: line, annotation_level: level, title, message };
}
