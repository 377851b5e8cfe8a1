/** The parts of GitHub's answers that we rely on, turned into facts. All else in them is ignored. */
import { z } from "zod";
import { REACTION_CONTENTS, type ReactionContent } from "../charter/charter.ts";
import type { Person, Repository } from "../proposal/facts.ts";
import { instant } from "../proposal/instant.ts";

const moment = z.iso.datetime({ offset: true }).transform((text) => instant(text));
const maybeMoment = moment.nullish().transform((value) => value ?? null);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

export type Account = Person & { readonly isBot: boolean; readonly type: string };

export const account = z
  .object({ id: z.number(), login: z.string(), type: z.string().default("User") })
  .transform(
    ({ id, login, type }): Account => ({ id, login, type, isBot: type === "Bot" || login.endsWith("[bot]") }),
  );

/** Deleted accounts are null, or the placeholder `ghost` (https://github.com/ghost), whose name nobody can have. */
const author = account
  .nullish()
  .transform((user) => (user === null || user?.login === "ghost" ? null : (user ?? null)));

const viaApp = z
  .object({ id: z.number() })
  .nullish()
  .transform((app) => app ?? null);

/** The repository that an address of the API names, in GitHub's own letter case. */
const repositoryAddress = z
  .string()
  .regex(/\/repos\/[^/]+\/[^/]+$/)
  .transform((address): Repository => {
    const [owner = "", name = ""] = address.split("/").slice(-2);
    return { owner, name };
  });

export const issue = z.object({
  id: z.number(),
  number: z.number(),
  html_url: z.string(),
  repository_url: repositoryAddress,
  title: z.string(),
  body: text,
  user: author,
  state: z.enum(["open", "closed"]),
  closed_by: author,
  closed_at: maybeMoment,
  labels: z.array(z.union([z.string(), z.object({ name: text })])),
  comments: z.number(),
  created_at: moment,
  updated_at: moment,
  pull_request: z.unknown().optional(),
});

/** An issue in a list. */
export const listedIssue = z.object({
  number: z.number(),
  title: z.string(),
  body: text,
  user: author,
  updated_at: moment,
  pull_request: z.unknown().optional(),
});

/**
 * Of somebody's comment so much is kept, in characters: a command stands near the beginning. GitHub allows 65,536 of them in
 * each of thousands of comments, which is more than a process holds. Bots' are kept whole: ours are among them.
 */
const KEPT_OF_COMMENT = 10_000;

const wholeComment = z.object({
  id: z.number(),
  html_url: z.string(),
  user: author,
  body: text,
  created_at: moment,
  updated_at: moment,
  performed_via_github_app: viaApp,
  reactions: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((counts) => reactionCounts(counts ?? {})),
});

export const comment = wholeComment.transform((found) =>
  found.user?.isBot || found.body.length <= KEPT_OF_COMMENT ? found : { ...found, body: cut(found.body) },
);

/** A text of its own: a slice would hold on to the whole. */
function cut(body: string): string {
  return Buffer.from(body.slice(0, KEPT_OF_COMMENT), "utf8").toString("utf8");
}

export const reaction = z.object({ id: z.number(), user: author, content: z.string(), created_at: moment });

export const issueEvent = z.object({
  id: z.number(),
  event: z.string(),
  actor: author,
  created_at: moment,
  label: z.object({ name: text }).nullish(),
  commit_id: z.string().nullish(),
  performed_via_github_app: viaApp,
});

export const pullRequest = z.object({
  number: z.number(),
  html_url: z.string(),
  user: author,
  state: z.enum(["open", "closed"]),
  merged_at: maybeMoment,
  closed_at: maybeMoment,
  merge_commit_sha: z.string().nullish(),
  head: z.object({ ref: z.string(), label: z.string().nullish() }),
});

/** An item of `GET /repos/{owner}/{repo}/commits`. */
export const listedCommit = z.object({
  sha: z.string(),
  commit: z.object({ tree: z.object({ sha: z.string() }), message: text }),
});

/** An item of `GET /repos/{owner}/{repo}/pulls/{pull_number}/commits`. */
export const pullRequestCommit = z.object({ sha: z.string(), author });

/** What making a tree, a commit or a blob answers. */
export const gitObject = z.object({ sha: z.string() });

export const gitRef = z.object({ object: z.object({ sha: z.string() }) });

export const repository = z.object({
  name: z.string(),
  owner: z.object({ login: z.string() }),
  private: z.boolean(),
  default_branch: z.string(),
  archived: z.boolean().default(false),
  disabled: z.boolean().default(false),
  has_issues: z.boolean().default(true),
});

export function isReactionContent(content: string): content is ReactionContent {
  return REACTION_CONTENTS.some((known) => known === content);
}

function reactionCounts(counts: Readonly<Record<string, unknown>>): Partial<Record<ReactionContent, number>> {
  const found: Partial<Record<ReactionContent, number>> = {};
  for (const content of REACTION_CONTENTS) {
    const count = counts[content];
    if (typeof count === "number" && count > 0) found[content] = count;
  }
  return found;
}
