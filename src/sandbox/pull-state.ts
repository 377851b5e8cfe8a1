/**
 * What the emulator does not keep of a pull request: that its head follows the branch, and a merge that merges.
 * It is laid over the emulator's own answers.
 */
import { type JsonObject, object, text, textOrNull } from "./json.ts";
import type { Upstream } from "./upstream.ts";

type Merge = {
  readonly at: string;
  readonly by: JsonObject;
  readonly commit: string;
};

/** What a pull request was when it was closed. */
type Closed = { readonly headSha: string; readonly merge: Merge | null };

export type PullRequests = {
  /** Notes that this number of a repository is a pull request. */
  opened(repository: string, number: number): void;
  has(repository: string, number: number): boolean;
  closed(url: string, closed: Closed): void;
  reopened(url: string): void;
  mergeOf(url: string): Merge | null;
  /** A pull request as GitHub shows it. */
  shown(pull: JsonObject): Promise<JsonObject>;
};

/** What only a single pull request's answer has, never a list's. */
const DETAILS = [
  ..."merged mergeable rebaseable mergeable_state merged_by comments review_comments".split(" "),
  ..."maintainer_can_modify commits additions deletions changed_files".split(" "),
];

export function createPullRequests(upstream: Pick<Upstream, "read">): PullRequests {
  const numbers = new Set<string>();
  const ended = new Map<string, Closed>();
  const key = (repository: string, number: number) => `${repository}#${number}`.toLowerCase();
  const headSha = async (pull: JsonObject): Promise<string> => {
    const head = object(pull.head);
    const closed = ended.get(text(pull.url));
    if (closed !== undefined) return closed.headSha;
    const path = `/repos/${text(object(head.repo).full_name)}/git/ref/heads/${encodePath(text(head.ref))}`;
    const ref = await upstream.read(path);
    return ref === null ? text(head.sha) : text(object(ref.object).sha);
  };
  return {
    opened: (repository, number) => numbers.add(key(repository, number)),
    has: (repository, number) => numbers.has(key(repository, number)),
    closed: (url, closed) => ended.set(url, closed),
    reopened: (url) => ended.delete(url),
    mergeOf: (url) => ended.get(url)?.merge ?? null,
    shown: async (pull) => {
      const merge = ended.get(text(pull.url))?.merge ?? null;
      const head = { ...object(pull.head), sha: await headSha(pull) };
      return { ...pull, head, ...(merge === null ? {} : mergedFields(merge)) };
    },
  };
}

function mergedFields(merge: Merge): JsonObject {
  return {
    state: "closed",
    merged: true,
    merged_at: merge.at,
    closed_at: merge.at,
    merged_by: merge.by,
    merge_commit_sha: merge.commit,
    mergeable: null,
    mergeable_state: "unknown",
  };
}

export function withoutDetails(pull: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(pull).filter(([name]) => !DETAILS.includes(name)));
}

export function isPull(value: JsonObject): boolean {
  return "merge_commit_sha" in value && "head" in value && "base" in value;
}

/** What an issue says about the pull request that it is. */
export function pullRequestOfIssue(htmlUrl: string, url: string, mergedAt: string | null): JsonObject {
  const page = htmlUrl.replace("/issues/", "/pull/");
  return {
    url: url.replace("/issues/", "/pulls/"),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: mergedAt,
  };
}

/** A pull request in the form of the issue that GitHub also takes it for. */
export function asIssue(pull: JsonObject): JsonObject {
  const url = text(pull.url).replace("/pulls/", "/issues/");
  const kept = [
    "id",
    "node_id",
    "number",
    "title",
    "user",
    "labels",
    "state",
    "locked",
    "assignee",
    "assignees",
  ];
  const also = [
    "milestone",
    "comments",
    "created_at",
    "updated_at",
    "closed_at",
    "body",
    "author_association",
  ];
  return {
    url,
    repository_url: url.replace(/\/issues\/\d+$/, ""),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: pull.html_url,
    ...Object.fromEntries([...kept, ...also].map((name) => [name, pull[name]])),
    state_reason: null,
    closed_by: pull.merged_by ?? null,
    reactions: { url: `${url}/reactions`, total_count: 0 },
    performed_via_github_app: null,
    pull_request: pullRequestOfIssue(text(pull.html_url), url, textOrNull(pull.merged_at)),
  };
}

export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
