/** One fact more, as a rule asks for it. */
import { z } from "zod";
import {
  type DraftFact,
  type GitHubWant,
  known,
  type OptionalFacts,
  type Person,
  type ProposalRef,
  type PullRequestFact,
  type Reading,
  type Repository,
  unknown,
  type WantedPullRequest,
} from "../proposal/facts.ts";
import { before, type Instant, MINUTE, seconds } from "../proposal/instant.ts";
import { ALL_LABELS, PROPOSAL_LABEL } from "../proposal/labels.ts";
import { GitHubFailure } from "../reconcile/ports.ts";
import type { CharterReader } from "./charter.ts";
import type { Client } from "./client.ts";
import { readDraft } from "./draft.ts";
import { hasStatus } from "./failure.ts";
import type { Gate } from "./gate.ts";
import { ours, person } from "./observe.ts";
import { readPullRequests } from "./pulls.ts";
import { readReactions } from "./reactions.ts";
import type { RosterReader } from "./roster.ts";
import { issueEvent, listedIssue } from "./shapes.ts";
import { readSpecification } from "./specification.ts";

export type Readers = {
  readonly client: Client;
  readonly charters: CharterReader;
  readonly rosters: RosterReader;
  /** Where people see GitHub, for example `https://github.com`. */
  readonly webUrl: string;
};

export async function read(readers: Readers, ref: ProposalRef, want: GitHubWant): Promise<OptionalFacts> {
  const { client } = readers;
  switch (want.fact) {
    case "charter":
      return { charter: await readers.charters.inForce(ref) };
    case "specification":
      return { specification: known(await readSpecification(client, ref, want.link, readers.webUrl)) };
    case "roster":
      return { rosters: { [want.role]: await readers.rosters(ref, want.seats) } };
    case "reactions":
      return { reactions: await readReactions(client, ref, want.comment) };
    case "pullRequests":
      return { pullRequests: await readPublication(client, want.targets) };
    case "isFirstProposal":
      return { isFirstProposal: known(await isFirst(client, ref)) };
    case "lastHand":
      return { lastHand: known(await lastHand(client, ref)) };
    case "closing":
      return { closing: await closing(client, ref, want.closedAt) };
    case "draft":
      return { draft: await readPublished(client, want) };
  }
}

async function readPublished(
  client: Client,
  want: Extract<GitHubWant, { fact: "draft" }>,
): Promise<Reading<DraftFact>> {
  try {
    return await readDraft(client, want);
  } catch (error) {
    if (isShutOut(error)) return shutOut(want.repository);
    throw error;
  }
}

function shutOut({ owner, name }: Repository): Reading<never> {
  return unknown(`The App cannot read ${owner}/${name}: is it installed there?`);
}

/** A repository that the App may not see is for people to mend; GitHub failing is not, and is thrown. */
async function readPublication(
  client: Client,
  targets: readonly WantedPullRequest[],
): Promise<Reading<readonly PullRequestFact[]>> {
  const found: PullRequestFact[] = [];
  for (const target of targets) {
    try {
      found.push(...(await readPullRequests(client, target)));
    } catch (error) {
      if (!isShutOut(error)) throw error;
      return shutOut(target.repository);
    }
  }
  return known(found);
}

/** Refused by GitHub, or already where the installation's token is made: it is suspended. */
function isShutOut(error: unknown): boolean {
  return hasStatus(error, 403, 404) || (error instanceof GitHubFailure && hasStatus(error.cause, 403, 404));
}

/** Oldest first; a labelled pull request is no proposal, and few of them will stand before the first. */
async function isFirst(client: Client, ref: ProposalRef): Promise<boolean> {
  const gate = await client.of(ref);
  const wanted = { labels: PROPOSAL_LABEL, state: "all", sort: "created", direction: "asc", per_page: 100 };
  const parameters = { owner: ref.owner, repo: ref.name, ...wanted };
  const oldest = await gate.get("GET /repos/{owner}/{repo}/issues", parameters, z.array(listedIssue));
  const first = oldest.find(({ pull_request }) => pull_request === undefined);
  // GitHub's lists can lag behind: the proposal at hand may not be in it yet.
  return first === undefined || first.number >= ref.number;
}

const OUR_NAMES: ReadonlySet<string> = new Set(ALL_LABELS.map(({ name }) => name.toLowerCase()));

/** Is it about something that the App keeps? Other labels are nobody's concern here, nor are those who set them. */
function isAboutOurs({ event, label }: z.infer<typeof issueEvent>): boolean {
  switch (event) {
    case "closed":
    case "reopened":
      return true;
    case "labeled":
    case "unlabeled":
      return OUR_NAMES.has((label?.name ?? "").toLowerCase());
    default:
      return false;
  }
}

type IssueEvent = z.infer<typeof issueEvent>;

/** GitHub lists the oldest first; of two in the same second the later one in the list is the newer. */
async function newestEvent(
  gate: Gate,
  ref: ProposalRef,
  isWanted: (event: IssueEvent) => boolean,
): Promise<IssueEvent | null> {
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/events";
  const parameters = { owner: ref.owner, repo: ref.name, issue_number: ref.number };
  const events = await gate.list(route, parameters, z.array(issueEvent));
  return events
    .filter(isWanted)
    .reduce<IssueEvent | null>(
      (best, next) => (best !== null && best.created_at > next.created_at ? best : next),
      null,
    );
}

/** Who made the newest of these events; null: our App, or an account that is gone. */
async function lastHand(client: Client, ref: ProposalRef): Promise<Person | null> {
  const gate = await client.of(ref);
  const newest = await newestEvent(gate, ref, isAboutOurs);
  if (newest === null) return null;
  const isOurs = await ours(client, gate, [newest]);
  return isOurs(newest) ? null : person(newest.actor);
}

/** In seconds: an event may bear a moment a little before the one that its issue says. */
const EVENT_BEFORE = seconds(MINUTE);

/** A commit that says "fixes #12" leaves its name in the event that it causes. GitHub's list of events may be an old one. */
async function closing(
  client: Client,
  ref: ProposalRef,
  closedAt: Instant,
): Promise<Reading<"by hand" | "by a commit">> {
  const newest = await newestEvent(await client.of(ref), ref, ({ event }) => event === "closed");
  if (newest === null || newest.created_at < before(closedAt, EVENT_BEFORE))
    return unknown("GitHub does not show yet how the issue was closed.");
  return known(newest.commit_id ? "by a commit" : "by hand");
}
