/** Turns what the emulator would have sent as a webhook into what GitHub sends. */
import { isObject, type JsonObject, list, object, text } from "./json.ts";
import { isPull } from "./pull-state.ts";
import type { Upstream } from "./upstream.ts";

export type WebhookEvent = { readonly event: string; readonly payload: JsonObject };

export type Edits = {
  /** Notes what an issue or comment said before it is edited. */
  note(url: string, before: { readonly title?: unknown; readonly body?: unknown }): void;
  take(url: string): JsonObject | undefined;
};

export function createEdits(): Edits {
  const notes = new Map<string, JsonObject>();
  return {
    note: (url, before) => notes.set(url, before),
    take: (url) => {
      const found = notes.get(url);
      notes.delete(url);
      return found;
    },
  };
}

/** The deliveries that GitHub makes of one of the emulator's: usually one, sometimes more. */
export async function githubEvents(
  given: WebhookEvent,
  context: {
    readonly installation: number;
    readonly upstream: Upstream;
    readonly edits: Edits;
  },
): Promise<readonly WebhookEvent[]> {
  const payload = framed(given.payload, context.installation);
  switch (given.event) {
    case "issues":
      return issueEvents(payload, context.edits);
    case "issue_comment":
      return [{ event: given.event, payload: withChanges(payload, payload.comment, context.edits) }];
    case "push":
      return [
        { event: given.event, payload: await withCommits(payload, context.upstream) },
        ...(await synchronized(payload, context.upstream)),
      ];
    case "create":
      return [{ event: given.event, payload: { ...payload, ref: shortRef(text(payload.ref)) } }];
    default:
      return [{ event: given.event, payload }];
  }
}

/** The installation and the organization stand beside every event. */
export function framed(payload: JsonObject, installation: number): JsonObject {
  const { installation: _theirs, ...rest } = payload;
  const owner = isObject(rest.repository) ? rest.repository.owner : undefined;
  return {
    ...rest,
    ...(isObject(owner) && owner.type === "Organization" ? { organization: owner } : {}),
    installation: { id: installation, node_id: `MDI_${installation}` },
  };
}

function issueEvents(payload: JsonObject, edits: Edits): readonly WebhookEvent[] {
  const issue = object(payload.issue);
  if (isPull(issue)) {
    const { issue: pull, ...rest } = payload;
    return [{ event: "pull_request", payload: { ...rest, number: issue.number, pull_request: pull } }];
  }
  const own = { event: "issues", payload: withChanges(payload, issue, edits) };
  if (payload.action !== "opened") return [own];
  const labelled = list(issue.labels).map((label) => ({
    event: "issues",
    payload: { ...payload, action: "labeled", label },
  }));
  return [own, ...labelled];
}

/** `changes` says what stood there before. */
function withChanges(payload: JsonObject, subject: unknown, edits: Edits): JsonObject {
  if (payload.action !== "edited" || !isObject(subject)) return payload;
  const earlier = edits.take(text(subject.url)) ?? {};
  const changes = Object.entries(earlier)
    .filter(([name, value]) => value !== undefined && subject[name] !== value)
    .map(([name, value]) => [name, { from: value ?? "" }]);
  return { ...payload, changes: Object.fromEntries(changes) };
}

/** A push lists its commits, each with the files it changed; of a merge the emulator keeps them to itself. */
async function withCommits(push: JsonObject, upstream: Upstream): Promise<JsonObject> {
  if (Array.isArray(push.commits)) return push;
  const repository = text(object(push.repository).full_name);
  const compared = await upstream.read(`/repos/${repository}/compare/${push.before}...${push.after}`);
  const files = compared === null ? [] : list(compared.files);
  const paths = (status: string) =>
    files.filter((file) => file.status === status).map((file) => file.filename);
  const commit = {
    id: push.after,
    added: paths("added"),
    modified: paths("modified"),
    removed: paths("removed"),
  };
  return { ...push, created: false, deleted: false, forced: false, commits: [commit] };
}

/** A push to the branch of an open pull request is news about the pull request, too. */
async function synchronized(push: JsonObject, upstream: Upstream): Promise<readonly WebhookEvent[]> {
  const repository = object(push.repository);
  const path = `/repos/${text(repository.full_name)}/pulls?state=open`;
  const pulls = await upstream.readAll(path);
  const { ref, commits: _commits, ...rest } = push;
  return pulls
    .filter((pull) => object(pull.head).ref === shortRef(text(ref)))
    .map((pull) => ({
      event: "pull_request",
      payload: { ...rest, action: "synchronize", number: pull.number, pull_request: pull },
    }));
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, "");
}
