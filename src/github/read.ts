/** One fact more, as a rule asks for it. */
import { z } from "zod";
import {
  type CharterFact,
  known,
  type OptionalFacts,
  type Person,
  type ProposalRef,
  type Reading,
  unknown,
  type Want,
} from "../proposal/facts.ts";
import { PROPOSAL_LABEL } from "../proposal/labels.ts";
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
  /** The charter that the pass under way has read: its rosters are looked up from the same commit. */
  readonly charterOfPass: Map<string, CharterFact>;
};

export function passKey({ owner, name, number }: ProposalRef): string {
  return `${owner}/${name}#${number}`.toLowerCase();
}

export async function read(readers: Readers, ref: ProposalRef, want: Want): Promise<OptionalFacts> {
  const { client } = readers;
  switch (want.fact) {
    case "charter": {
      const charter = await readers.charters.inForce(ref);
      readers.charterOfPass.set(passKey(ref), charter);
      return { charter };
    }
    case "specification":
      return { specification: known(await readSpecification(client, ref, want.link, readers.webUrl)) };
    case "roster":
      return { rosters: { [want.role]: await readRoster(readers, ref, want) } };
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

async function readRoster(
  readers: Readers,
  ref: ProposalRef,
  { role }: Extract<Want, { fact: "roster" }>,
): ReturnType<RosterReader> {
  const charter = readers.charterOfPass.get(passKey(ref)) ?? (await readers.charters.inForce(ref));
  switch (charter.status) {
    case "valid":
      return readers.rosters(ref, charter.charter[role]);
    case "absent":
      return noRoster("there is no charter");
    case "invalid":
      return noRoster("the charter is not valid");
    case "unreadable":
      return noRoster(charter.because);
  }
}

function noRoster(because: string): Reading<never> {
  return unknown(because);
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

const BY_HAND: ReadonlySet<string> = new Set(["labeled", "unlabeled", "closed", "reopened"]);

/** Who made the newest of these events; null: our App, or an account that is gone. */
async function lastHand(client: Client, ref: ProposalRef): Promise<Person | null> {
  const gate = await client.of(ref);
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/events";
  const parameters = { owner: ref.owner, repo: ref.name, issue_number: ref.number };
  const events = await gate.list(route, parameters, z.array(issueEvent));
  // GitHub lists the oldest first; of two in the same second the later one in the list is the newer.
  const newest = events
    .filter(({ event }) => BY_HAND.has(event))
    .reduce<(typeof events)[number] | null>(
      (best, next) => (best !== null && best.created_at > next.created_at ? best : next),
      null,
    );
  if (newest === null) return null;
  const isOurs = await ours(client, gate, [newest]);
  return isOurs(newest) ? null : person(newest.actor);
}
