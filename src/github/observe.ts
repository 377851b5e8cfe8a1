/** An issue and its comments, as facts. */
import { z } from "zod";
import type { CommentFact, IssueFact, Person, ProposalRef, Repository } from "../proposal/facts.ts";
import type { Client } from "./client.ts";
import { orNull } from "./failure.ts";
import type { Gate } from "./gate.ts";
import { type Account, comment, issue } from "./shapes.ts";

export type Observed = { readonly issue: IssueFact; readonly comments: readonly CommentFact[] };

type IssueAnswer = z.infer<typeof issue>;
type CommentAnswer = z.infer<typeof comment>;

/** All of it, or null: the issue is deleted (410, 404), transferred or a pull request. */
export async function observe(client: Client, ref: ProposalRef): Promise<Observed | null> {
  const gate = await client.of(ref);
  const parameters = { owner: ref.owner, repo: ref.name, issue_number: ref.number };
  const found = await orNull(gate.get("GET /repos/{owner}/{repo}/issues/{issue_number}", parameters, issue));
  if (found === null || found.pull_request !== undefined || !isIn(found, ref)) return null;
  const comments = found.comments === 0 ? [] : await readComments(gate, parameters, found.comments);
  if (comments === null) return null;
  const isOurs = await ours(client, gate, comments);
  return { issue: issueFact(found), comments: comments.map((item) => commentFact(item, isOurs(item))) };
}

/** A transferred issue, or one of a renamed repository, answers from where it is now (301). */
function isIn(found: IssueAnswer, ref: ProposalRef): boolean {
  return found.number === ref.number && sameRepository(found.repository_url, ref);
}

/**
 * A comment deleted while the pages are read moves the others up, and one of them between two pages. Where the number
 * is not the issue's own, they are read once more.
 */
async function readComments(gate: Gate, parameters: Readonly<Record<string, unknown>>, expected: number) {
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
  const read = () => orNull(gate.list(route, parameters, z.array(comment)));
  const first = await read();
  if (first === null || first.length === expected || expected <= 100) return first;
  return read();
}

/** Who, of those who wrote with an App, is our App. */
export async function ours(
  client: Client,
  gate: Gate,
  items: readonly ByWhom[],
): Promise<(item: ByWhom) => boolean> {
  // Only where GitHub does not say which App it was (older servers) is our App's own account asked for.
  const unnamed = items.some(
    (item) => wroteItself(item)?.isBot === true && item.performed_via_github_app === null,
  );
  const bot = unnamed ? await client.botId(gate) : null;
  return (item) => {
    // `performed_via_github_app` is also set where a person acts through the App.
    const by = wroteItself(item);
    if (by?.isBot !== true) return false;
    return item.performed_via_github_app === null
      ? by.id === bot
      : item.performed_via_github_app.id === client.appId;
  };
}

type ByWhom = {
  readonly user?: Account | null;
  readonly actor?: Account | null;
  readonly performed_via_github_app: { readonly id: number } | null;
};

function wroteItself(item: ByWhom): Account | null {
  return item.user ?? item.actor ?? null;
}

function issueFact(found: IssueAnswer): IssueFact {
  return {
    // In GitHub's own letter case: whoever asked may have written the names in another.
    ref: { ...found.repository_url, number: found.number },
    id: found.id,
    url: found.html_url,
    title: found.title,
    body: found.body,
    author: person(found.user),
    state: found.state,
    closedBy: person(found.closed_by),
    closedAt: found.closed_at,
    labels: found.labels.map((label) => (typeof label === "string" ? label : label.name)),
    createdAt: found.created_at,
    updatedAt: found.updated_at,
  };
}

export function commentFact(found: CommentAnswer, byApp: boolean): CommentFact {
  return {
    id: found.id,
    url: found.html_url,
    author: person(found.user),
    authorIsBot: found.user?.isBot ?? false,
    byApp,
    body: found.body,
    createdAt: found.created_at,
    updatedAt: found.updated_at,
    reactions: found.reactions,
  };
}

export function person(account: Account | null): Person | null {
  return account === null ? null : { id: account.id, login: account.login };
}

export function sameRepository(one: Repository, other: Repository): boolean {
  return (
    one.owner.toLowerCase() === other.owner.toLowerCase() &&
    one.name.toLowerCase() === other.name.toLowerCase()
  );
}
