/** `npm run explain -- OWNER/REPO#N`: what the App knows of a proposal, what it would decide and do, and why. Does nothing. */
import { loadEnvFile, readConfig } from "../config.ts";
import { createGitHub } from "../github/github.ts";
import { appOctokits } from "../github/octokit.ts";
import { createDatatracker } from "../ietf/datatracker.ts";
import { count } from "../messages/parts.ts";
import type { Action } from "../proposal/actions.ts";
import { desired } from "../proposal/desired.ts";
import { NOTHING_APPLIED } from "../proposal/diff.ts";
import type { Facts, ProposalRef } from "../proposal/facts.ts";
import { type Instant, instant, inWords } from "../proposal/instant.ts";
import type { Step } from "../proposal/step.ts";
import { assertWhole, compare, consider } from "../reconcile/consider.ts";
import type { DatatrackerPort, GitHubPort } from "../reconcile/ports.ts";
import { createReader } from "../reconcile/reader.ts";
import { parseSubject } from "../reconcile/subjects.ts";
import { sealingFrom, signingKeyPath } from "../signing-key.ts";
import { loadSandboxEnvironment, NO_SANDBOX, sandboxTime } from "./sandbox-environment.ts";

/** The explanation as lines of text. Reads GitHub; writes nothing. */
export async function explain(
  github: GitHubPort,
  datatracker: DatatrackerPort,
  ref: ProposalRef,
  now: Instant,
): Promise<readonly string[]> {
  const observed = await github.observe(ref);
  if (observed === null) return [`${name(ref)} is not an issue that the App can see.`];
  const { entries } = await github.readDocket(ref);
  assertWhole(entries, observed);
  const reader = createReader(github, datatracker);
  const { facts, decision } = await consider(reader, ref, entries, observed, now);
  const wanted = desired(decision, facts, now);
  const recorded = entries.map((entry) => `  ${entry.number}. ${inWords(entry.at)}  ${entry.kind}`);
  const planned =
    wanted === null
      ? []
      : (await compare(reader, ref, { wanted, decision, applied: NOTHING_APPLIED }, facts, now)).plan.actions;
  const requests = (wanted?.pullRequests ?? []).map(
    ({ repository, branch }) =>
      `open a pull request in ${repository.owner}/${repository.name} from ${branch}`,
  );
  const toSend = decision.entries
    .filter((entry) => entry.kind === "submission-begun")
    .map(({ draft, submitter }) => `submit ${draft} to the IETF as ${oneLine(submitter)}`);
  return [
    `${name(ref)} at ${inWords(now)}`,
    ...section("Facts", factLines(facts)),
    ...section("Docket", recorded),
    ...section("Decision", decision.explanation.flatMap(stepLines)),
    ...section(
      "It would record",
      decision.entries.map((entry) => `  ${entry.kind}, as of ${inWords(entry.at)}`),
    ),
    ...section("Desired state", [
      `  stage ${decision.state.stage}`,
      `  labels ${wanted?.labels.map((label) => label.name).join(", ") || "none"}`,
      ...(wanted?.comments ?? []).map(({ key, mode }) => `  comment ${key} (${mode})`),
    ]),
    ...section(
      "It would do",
      [...toSend, ...requests, ...planned.map(actionInWords)].map((line) => `  ${line}`),
    ),
    "",
    decision.dueAt === null
      ? "It would look again when something happens."
      : `It would look again by ${inWords(decision.dueAt)}.`,
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ["", `${title}:`, ...(lines.length > 0 ? lines : ["  nothing"])];
}

function factLines({
  issue,
  comments,
  charter,
  specification,
  rosters,
  reactions,
  pullRequests,
  draft,
  submissionFound,
  submissionState,
}: Facts): readonly string[] {
  const rosterLines = Object.entries(rosters ?? {}).map(([role, reading]) =>
    reading.known
      ? `${role}: ${count(reading.value.length, "person", "people")}`
      : `${role}: unknown, because ${reading.because}`,
  );
  return [
    `issue "${oneLine(issue.title)}" by ${issue.author?.login ?? "a deleted account"}, ${issue.state}, labels ${issue.labels.map(oneLine).join(", ") || "none"}`,
    `${count(comments.length, "comment")}, ${comments.filter((comment) => comment.byApp).length} of them the App's`,
    ...(charter ? [`charter: ${charter.status}`] : []),
    ...(specification?.known ? [`linked specification: ${specification.value.status}`] : []),
    ...rosterLines,
    ...(reactions?.known ? [`${count(reactions.value.length, "reaction")} on the ballot`] : []),
    ...(pullRequests?.known
      ? pullRequests.value.map(({ url, state }) => `pull request ${url}: ${state}`)
      : []),
    ...(draft?.known ? [`the draft's XML: ${draft.value.xml.status}`] : []),
    ...(submissionFound?.known ? [`at the IETF: ${submissionFound.value ? "found" : "nothing"}`] : []),
    ...(submissionState?.known ? [`at the IETF: ${submissionState.value}`] : []),
  ].map((line) => `  ${line}`);
}

function stepLines({ do: what, because, checks }: Step): readonly string[] {
  return [
    `  ${what}: ${because}`,
    ...checks.map(({ claim, holds }) => `    ${holds ? "yes" : "no "}  ${claim}`),
  ];
}

function actionInWords(action: Action): string {
  switch (action.do) {
    case "add labels":
      return `add the labels ${action.labels.map((label) => label.name).join(", ")}`;
    case "remove label":
      return `remove the label ${action.name}`;
    case "create comment":
      return `write the comment ${action.key}`;
    case "update comment":
      return `bring the comment ${action.key} up to date`;
    case "acknowledge":
      return `acknowledge comment ${action.comment} with ${action.content}`;
    case "close issue":
      return `close the issue as ${action.reason}`;
    case "reopen issue":
      return "open the issue again";
    case "make branch":
      return `make the branch ${action.branch} in ${action.repository.owner}/${action.repository.name}`;
    case "open pull request":
      return `open the pull request "${oneLine(action.title)}"`;
  }
}

/** Terminals obey control characters; nobody's title is to move the cursor. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ").slice(0, 200);
}

function name(ref: ProposalRef): string {
  return `${ref.owner}/${ref.name}#${ref.number}`;
}

async function main(argument: string | undefined): Promise<number> {
  const subject = parseSubject(`proposal ${argument ?? ""}`);
  if (subject?.kind !== "proposal") {
    process.stderr.write("Usage: npm run explain -- OWNER/REPO#N\n");
    return 2;
  }
  loadEnvFile();
  // Without credentials, a sandbox that was started in another terminal is meant.
  const sandbox = loadSandboxEnvironment(readConfig(process.env).dataDir);
  // The sandbox's time may have been turned forward: by this machine's, no deadline there has passed.
  const now = sandbox === null ? instant(Date.now()) : await sandboxTime(sandbox);
  const { github: config, dataDir, datatrackerUrl } = readConfig(process.env);
  if (config === null || now === null) {
    process.stderr.write(`${NO_SANDBOX}\n`);
    return 2;
  }
  const { appId, privateKey, apiUrl, webUrl } = config;
  const clock = { now: () => now };
  const sealing = sealingFrom(config, signingKeyPath(dataDir));
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const authenticate = appOctokits({ appId, privateKey, baseUrl: apiUrl });
  const { github } = createGitHub({ appId, authenticate, clock, log: silent, webUrl, sealing });
  const lines = await explain(github, createDatatracker({ url: datatrackerUrl }), subject.ref, now);
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

if (import.meta.main) {
  process.exitCode = await main(process.argv[2]).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  });
}
