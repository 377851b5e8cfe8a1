/** The subjects that an event of GitHub's names. Of its payload nothing else is used. Pure. */
import { z } from "zod";
import { CHARTER_PATH } from "./charter/charter.ts";
import { proposalOf } from "./messages/key.ts";
import type { Repository } from "./proposal/facts.ts";
import type { Subject } from "./reconcile/ports.ts";
import { isSubject } from "./reconcile/subjects.ts";

export type Named = {
  readonly subjects: readonly Subject[];
  /** What changed may concern every repository: a sweep is called for. */
  readonly concernsEverybody: boolean;
  /** Whose deed it was; null: GitHub does not say. */
  readonly sender: string | null;
};

type Naming = Omit<Named, "sender">;
type Reader = (payload: unknown) => Naming | null;

const NOTHING: Naming = { subjects: [], concernsEverybody: false };
const EVERYBODY: Naming = { subjects: [], concernsEverybody: true };

const sender = z.object({ sender: z.object({ login: z.string() }).nullish() });
const repository = z.object({
  name: z.string(),
  owner: z.object({ login: z.string() }),
  default_branch: z.string().optional(),
});

/** `app.yml` subscribes to these; GitHub sends those about installations to every App. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ["issues", reading(z.object({ repository, issue: z.object({ number: z.number() }) }), ofIssue)],
  [
    "issue_comment",
    reading(
      z.object({ repository, issue: z.object({ number: z.number(), pull_request: z.unknown().optional() }) }),
      // GitHub speaks of comments on pull requests with the same event.
      (payload) => (payload.issue.pull_request ? NOTHING : ofIssue(payload)),
    ),
  ],
  [
    "pull_request",
    reading(
      z.object({ action: z.string(), repository, pull_request: z.object({ body: z.string().nullish() }) }),
      ofPullRequest,
    ),
  ],
  ["push", reading(pushShape(), ofPush)],
  ["repository", () => EVERYBODY],
  ["installation", () => EVERYBODY],
  ["installation_repositories", () => EVERYBODY],
]);

/** The events that can name something; all others are stored, and that is all. */
export const EVENTS: readonly string[] = [...READERS.keys()];

/** What an event names; null: the payload is not what GitHub documents for it. */
export function named(event: string, payload: unknown): Named | null {
  const from = sender.safeParse(payload);
  if (!from.success) return null;
  const naming = (READERS.get(event) ?? (() => NOTHING))(payload);
  if (naming === null || !naming.subjects.every(isSubject)) return null;
  return { ...naming, sender: from.data.sender?.login ?? null };
}

function reading<T>(shape: z.ZodType<T>, name: (payload: T) => Naming): Reader {
  return (payload) => {
    const read = shape.safeParse(payload);
    return read.success ? name(read.data) : null;
  };
}

type RepositoryPayload = z.infer<typeof repository>;

function ofIssue(payload: {
  readonly repository: RepositoryPayload;
  readonly issue: { readonly number: number };
}): Naming {
  const ref = { ...nameOf(payload.repository), number: payload.issue.number };
  return { subjects: [{ kind: "proposal", ref }], concernsEverybody: false };
}

/**
 * The proposal whose publication a pull request is, by the hidden line in its text. Anybody can write such a line: it
 * only names what to look at, and only within the same account, where the App is installed.
 */
function ofPullRequest(payload: {
  readonly action: string;
  readonly repository: RepositoryPayload;
  readonly pull_request: { readonly body?: string | null | undefined };
}): Naming {
  if (payload.action !== "closed" && payload.action !== "reopened") return NOTHING;
  const ref = proposalOf(payload.pull_request.body ?? "");
  const { owner } = nameOf(payload.repository);
  if (ref === null || ref.owner.toLowerCase() !== owner.toLowerCase()) return NOTHING;
  return { subjects: [{ kind: "proposal", ref }], concernsEverybody: false };
}

function pushShape() {
  const paths = z.array(z.string()).optional();
  return z.object({
    ref: z.string(),
    after: z.string(),
    deleted: z.boolean().optional(),
    forced: z.boolean().optional(),
    repository,
    commits: z.array(z.object({ added: paths, modified: paths, removed: paths })).optional(),
  });
}

/**
 * The charters that a push may have changed: the pushed commit's own, for its check run, and on the default branch the
 * one in force. A forced push does not list what it took away, so it may always have; so may one that lists nothing at all.
 */
function ofPush(push: z.infer<ReturnType<typeof pushShape>>): Naming {
  const touches =
    push.commits?.some(({ added = [], modified = [], removed = [] }) =>
      [added, modified, removed].some((paths) => paths.includes(CHARTER_PATH)),
    ) ?? true;
  const onDefaultBranch = push.ref === `refs/heads/${push.repository.default_branch}`;
  if (push.deleted || !(touches || (push.forced && onDefaultBranch))) return NOTHING;
  const where = nameOf(push.repository);
  const pushed: Subject = { kind: "charter", repository: where, commit: push.after };
  const inForce: Subject = { kind: "charter", repository: where, commit: null };
  // The organization's `.github` repository holds the charter of every repository that has none.
  const concernsEverybody = onDefaultBranch && where.name.toLowerCase() === ".github";
  return { subjects: onDefaultBranch ? [pushed, inForce] : [pushed], concernsEverybody };
}

function nameOf({ owner, name }: RepositoryPayload): Repository {
  return { owner: owner.login, name };
}
