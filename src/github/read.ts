/** One fact more, as a rule asks for it. */
import { z } from "zod";
import { known, type OptionalFacts, type Person, type ProposalRef, type Want } from "../proposal/facts.ts";
import { ALL_LABELS, PROPOSAL_LABEL } from "../proposal/labels.ts";
import type { CharterReader } from "./charter.ts";
import type { Client } from "./client.ts";
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

export async function read(readers: Readers, ref: ProposalRef, want: Want): Promise<OptionalFacts> {
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
      return {
        pullRequests: known(await readPullRequests(client, want.repository, want.branch, want.paths)),
      };
    case "isFirstProposal":
      return { isFirstProposal: known(await isFirst(client, ref)) };
    case "lastHand":
      return { lastHand: known(await lastHand(client, ref)) };
  }
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

/** Who made the newest of these events; null: our App, or an account that is gone. */
async function lastHand(client: Client, ref: ProposalRef): Promise<Person | null> {
  const gate = await client.of(ref);
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/events";
  const parameters = { owner: ref.owner, repo: ref.name, issue_number: ref.number };
  const events = await gate.list(route, parameters, z.array(issueEvent));
  // GitHub lists the oldest first; of two in the same second the later one in the list is the newer.
  const newest = events
    .filter(isAboutOurs)
    .reduce<(typeof events)[number] | null>(
      (best, next) => (best !== null && best.created_at > next.created_at ? best : next),
      null,
    );
  if (newest === null) return null;
  const isOurs = await ours(client, gate, [newest]);
  return isOurs(newest) ? null : person(newest.actor);
}
