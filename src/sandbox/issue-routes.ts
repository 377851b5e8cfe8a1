/** Issues and comments, where GitHub is stricter than the emulator, or says more. */
import { allows } from "./access.ts";
import {
  ADMIN_ONLY,
  type Answer,
  type Asked,
  answer,
  type FieldError,
  invalid,
  NOT_FOUND,
  page,
  refusal,
} from "./answers.ts";
import type { Edits } from "./events.ts";
import { isObject, type JsonObject, list, object, objectOrEmpty, text } from "./json.ts";
import { asIssue } from "./pull-state.ts";
import { accountOf } from "./reactions.ts";
import { type Next, type Route, route, type Sandboxed } from "./routes.ts";

/** GitHub refuses longer bodies: "body is too long (maximum is 65536 characters)". */
const LONGEST_BODY = 65_536;
const LONGEST_TITLE = 256;

/** The emulator's own invention; GitHub's list of events has neither. */
const NOT_GITHUB_EVENTS = ["opened", "edited"];

export function issueRoutes(sandboxed: Sandboxed, edits: Edits): readonly Route[] {
  const openingLabels = new Map<string, readonly JsonObject[]>();
  return [
    route("GET", "/repos/:repo/issues", async (asked, [repo = ""], next) =>
      withoutLost(sandboxed, repo, await listIssues(sandboxed, asked, repo, next)),
    ),
    route("POST", "/repos/:repo/issues", (asked, _parts, next) =>
      openIssue(sandboxed, asked, next, openingLabels),
    ),
    route("GET", "/repos/:repo/issues/:number", (_asked, [repo = "", number = ""], next) =>
      readIssue(sandboxed, `${repo}/pulls/${number}`, next),
    ),
    route("PATCH", "/repos/:repo/issues/:number", (asked, _parts, next) =>
      editIssue(sandboxed, asked, next, edits),
    ),
    route("GET", "/repos/:repo/issues/:number/events", (asked) =>
      listEvents(sandboxed, asked, openingLabels),
    ),
    route("GET", "/repos/:repo/issues/:number/comments", (asked, _parts, next) =>
      commentsSince(sandboxed, asked, next),
    ),
    route("POST", "/repos/:repo/issues/:number/comments", async (asked, _parts, next) => {
      const problem = lengthProblem("IssueComment", asked.body);
      if (problem !== null) return invalid(problem);
      return (await isShut(sandboxed, asked)) ? LOCKED : next();
    }),
    route("PATCH", "/repos/:repo/issues/comments/:id", (asked, _parts, next) =>
      changeComment(sandboxed, asked, next, edits),
    ),
    route("DELETE", "/repos/:repo/issues/comments/:id", (asked, _parts, next) =>
      changeComment(sandboxed, asked, next, edits),
    ),
  ];
}

/** GitHub answers an App with this, whatever it may write otherwise; only people with write access are let through. */
const LOCKED = refusal(403, "Unable to create comment because issue is locked.");

async function isShut({ upstream, world }: Sandboxed, asked: Asked): Promise<boolean> {
  const issue = await upstream.read(asked.path.replace(/\/comments$/, ""));
  const mayAllTheSame = asked.caller.kind === "person" && allows(world, asked.caller, "write");
  return issue?.locked === true && !mayAllTheSame;
}

function withoutLost({ places }: Sandboxed, repository: string, found: Answer): Answer {
  if (!Array.isArray(found.body)) return found;
  return {
    ...found,
    body: list(found.body).filter(({ number }) => !places.isLost(repository, Number(number))),
  };
}

function lengthProblem(resource: string, body: unknown): FieldError | null {
  const { title, body: words } = objectOrEmpty(body);
  if (typeof words === "string" && [...words].length > LONGEST_BODY) {
    const message = `body is too long (maximum is ${LONGEST_BODY} characters)`;
    return { resource, code: "custom", field: "body", message };
  }
  if (typeof title === "string" && [...title].length > LONGEST_TITLE) {
    const message = `title is too long (maximum is ${LONGEST_TITLE} characters)`;
    return { resource, code: "custom", field: "title", message };
  }
  return null;
}

/**
 * GitHub drops the labels that somebody without triage rights sends with a new issue. An issue form sets its labels for
 * anybody; a request that names its `template` stands for one that was filled in on the web.
 */
async function openIssue(
  sandboxed: Sandboxed,
  asked: Asked,
  next: Next,
  openingLabels: Map<string, readonly JsonObject[]>,
): Promise<Answer> {
  const problem = lengthProblem("Issue", asked.body);
  if (problem !== null) return invalid(problem);
  const { labels, template, ...rest } = objectOrEmpty(asked.body);
  const mayLabel = typeof template === "string" || allows(sandboxed.world, asked.caller, "triage");
  const opened = await next({ body: mayLabel && labels !== undefined ? { ...rest, labels } : rest });
  if (opened.status === 201) {
    const issue = object(opened.body);
    openingLabels.set(text(issue.url), list(issue.labels));
  }
  return opened;
}

/** To GitHub every pull request is an issue as well. */
async function readIssue(sandboxed: Sandboxed, pullPath: string, next: Next): Promise<Answer> {
  const found = await next();
  if (found.status !== 404) return found;
  const pull = await next({ path: `/repos/${pullPath}` });
  return pull.status === 200 ? answer(200, await sandboxed.dress(asIssue(object(pull.body)))) : found;
}

async function listIssues(sandboxed: Sandboxed, asked: Asked, repo: string, next: Next): Promise<Answer> {
  const pulls = await sandboxed.upstream.readAll(
    `/repos/${repo}/pulls?state=${asked.query.get("state") ?? "open"}`,
  );
  const fitting = pulls.map(asIssue).filter((pull) => fits(pull, asked.query));
  if (fitting.length === 0) return next();
  const filters = new URLSearchParams(asked.query);
  for (const paging of ["page", "per_page"]) filters.delete(paging);
  const issues = await sandboxed.upstream.readAll(`/repos/${repo}/issues?${filters}`);
  const key = asked.query.get("sort") === "updated" ? "updated_at" : "created_at";
  const turn = asked.query.get("direction") === "asc" ? 1 : -1;
  const all = [...issues, ...fitting].sort((one, other) => {
    const [left, right] = [text(one[key]), text(other[key])];
    return left === right ? turn * (Number(one.number) - Number(other.number)) : left < right ? -turn : turn;
  });
  const paged = page(all, asked, sandboxed.url);
  return { ...paged, body: await sandboxed.dress(paged.body) };
}

function fits(issue: JsonObject, query: URLSearchParams): boolean {
  const labels = (query.get("labels") ?? "").split(",").filter((name) => name !== "");
  const names = list(issue.labels).map((label) => label.name);
  const creator = query.get("creator");
  return (
    labels.every((label) => names.includes(label)) &&
    text(issue.updated_at) >= (query.get("since") ?? "") &&
    (creator === null || object(issue.user).login === creator)
  );
}

async function editIssue(sandboxed: Sandboxed, asked: Asked, next: Next, edits: Edits): Promise<Answer> {
  const problem = lengthProblem("Issue", asked.body);
  if (problem !== null) return invalid(problem);
  const issue = await sandboxed.upstream.read(asked.path);
  if (issue === null) return NOT_FOUND;
  const { labels, ...rest } = objectOrEmpty(asked.body);
  const isAuthor = isBy(issue, sandboxed, asked);
  const mayTriage = allows(sandboxed.world, asked.caller, "triage");
  const editsText = "title" in rest || "body" in rest;
  if (editsText && !isAuthor && !allows(sandboxed.world, asked.caller, "write")) return ADMIN_ONLY;
  if (!editsText && !isAuthor && !mayTriage) return ADMIN_ONLY;
  edits.note(text(issue.url), { title: issue.title, body: issue.body });
  return next({ body: mayTriage && labels !== undefined ? { ...rest, labels } : rest });
}

/** A comment may be changed by who wrote it, by those who can write, and by an App that may write issues. */
async function changeComment(sandboxed: Sandboxed, asked: Asked, next: Next, edits: Edits): Promise<Answer> {
  const problem = lengthProblem("IssueComment", asked.body);
  if (problem !== null) return invalid(problem);
  const comment = await sandboxed.upstream.read(asked.path);
  if (comment === null) return NOT_FOUND;
  if (!isBy(comment, sandboxed, asked) && !allows(sandboxed.world, asked.caller, "write")) return ADMIN_ONLY;
  edits.note(text(comment.url), { body: comment.body });
  return next();
}

function isBy(thing: JsonObject, sandboxed: Sandboxed, asked: Asked): boolean {
  const account = accountOf(asked.caller, sandboxed);
  return account !== undefined && isObject(thing.user) && thing.user.id === account.id;
}

async function commentsSince(sandboxed: Sandboxed, asked: Asked, next: Next): Promise<Answer> {
  const since = asked.query.get("since");
  if (since === null) return next();
  const comments = await sandboxed.upstream.readAll(asked.path);
  const paged = page(
    comments.filter((comment) => text(comment.updated_at) >= since),
    asked,
    sandboxed.url,
  );
  return { ...paged, body: await sandboxed.dress(paged.body) };
}

async function listEvents(
  sandboxed: Sandboxed,
  asked: Asked,
  openingLabels: ReadonlyMap<string, readonly JsonObject[]>,
): Promise<Answer> {
  const issue = await sandboxed.upstream.read(asked.path.replace(/\/events$/, ""));
  if (issue === null) return NOT_FOUND;
  const later = (await sandboxed.upstream.readAll(asked.path))
    .filter(({ event }) => !NOT_GITHUB_EVENTS.includes(text(event)))
    .map(({ issue: _issue, ...event }) => ({ ...event, performed_via_github_app: null }));
  const atOpening = (openingLabels.get(text(issue.url)) ?? []).map((label, index) => ({
    id: 5_000_000 + Number(issue.id) * 100 + index,
    url: `${text(issue.url)}/events`,
    actor: issue.user,
    event: "labeled",
    commit_id: null,
    commit_url: null,
    created_at: issue.created_at,
    label: { name: label.name, color: label.color },
    performed_via_github_app: null,
  }));
  const paged = page([...atOpening, ...later], asked, sandboxed.url);
  return { ...paged, body: await sandboxed.dress(paged.body) };
}
