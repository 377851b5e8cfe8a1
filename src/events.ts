/** The subjects that an event of GitHub's names. Of its payload nothing else is used. Pure. */
import { z } from "zod";
import { CHARTER_PATH } from "./charter/charter.ts";
import { proposalOf, saysNoDraft } from "./messages/key.ts";
import { maintainedFor } from "./messages/maintenance-pulls.ts";
import type { Repository } from "./proposal/facts.ts";
import { keyOf, MAINTENANCE_KEY } from "./proposal/keys.ts";
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

const issue = z.object({ number: z.number(), body: z.string().nullish() });

/** `app.yml` subscribes to these; GitHub sends those about installations to every App. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ["issues", reading(z.object({ repository, issue }), ofIssue)],
  [
    "issue_comment",
    reading(
      z.object({ repository, issue: issue.extend({ pull_request: z.unknown().optional() }) }),
      // GitHub speaks of comments on pull requests with the same event.
      (payload) => (payload.issue.pull_request ? NOTHING : ofIssue(payload)),
    ),
  ],
  ["pull_request", reading(z.object({ action: z.string(), repository, pull_request: issue }), ofPullRequest)],
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

type IssuePayload = z.infer<typeof issue>;

/** Anybody can begin an issue with a hidden key: it only names what to look at. */
function ofIssue(payload: { readonly repository: RepositoryPayload; readonly issue: IssuePayload }): Naming {
  const here = nameOf(payload.repository);
  const { number, body } = payload.issue;
  const subject: Subject =
    keyOf(body ?? "") === MAINTENANCE_KEY
      ? { kind: "maintenance", repository: here }
      : { kind: "proposal", ref: { ...here, number } };
  return { subjects: [subject], concernsEverybody: false };
}

function ofPullRequest(payload: {
  readonly action: string;
  readonly repository: RepositoryPayload;
  readonly pull_request: IssuePayload;
}): Naming {
  const { pull_request: pull } = payload;
  const here = nameOf(payload.repository);
  const drafts = draftsIn(pull, here);
  switch (payload.action) {
    case "closed":
      return { subjects: namedBy(pull, here), concernsEverybody: false };
    case "reopened":
      return { subjects: [...namedBy(pull, here), ...drafts], concernsEverybody: false };
    case "opened":
    case "synchronize":
      return { subjects: drafts, concernsEverybody: false };
    default:
      return NOTHING;
  }
}

/** The drafts in a pull request that says it is one of the App's; whether it is, is seen when it is looked at. */
function draftsIn({ number, body }: IssuePayload, here: Repository): readonly Subject[] {
  const text = body ?? "";
  if ((proposalOf(text) === null && maintainedFor(text) === null) || saysNoDraft(text)) return [];
  return [{ kind: "draft check", ref: { ...here, number } }];
}

/**
 * The proposal whose publication a pull request is, or the committee whose standards it keeps, by the hidden line in its
 * text. Anybody can write such a line: it only names what to look at, and only within the same account, where the App is
 * installed.
 */
function namedBy({ body }: IssuePayload, here: Repository): readonly Subject[] {
  const isHere = ({ owner }: Repository) => owner.toLowerCase() === here.owner.toLowerCase();
  const ref = proposalOf(body ?? "");
  if (ref !== null) return isHere(ref) ? [{ kind: "proposal", ref }] : [];
  const kept = maintainedFor(body ?? "");
  return kept !== null && isHere(kept) ? [{ kind: "maintenance", repository: kept }] : [];
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

type Push = z.infer<ReturnType<typeof pushShape>>;

function ofPush(push: Push): Naming {
  if (push.deleted) return NOTHING;
  const charters = chartersOf(push);
  return { ...charters, subjects: [...charters.subjects, ...registersOf(push)] };
}

/**
 * The charters that a push may have changed: the pushed commit's own, for its check run, and on the default branch the
 * one in force. A forced push does not list what it took away, so it may always have; so may one that lists nothing at all.
 */
function chartersOf(push: Push): Naming {
  const touches = touchedBy(push, (path) => path === CHARTER_PATH) ?? true;
  const onDefaultBranch = isOnDefaultBranch(push);
  if (!(touches || (push.forced && onDefaultBranch))) return NOTHING;
  const where = nameOf(push.repository);
  const pushed: Subject = { kind: "charter", repository: where, commit: push.after };
  const inForce: Subject = { kind: "charter", repository: where, commit: null };
  // The organization's `.github` repository holds the charter of every repository that has none.
  const concernsEverybody = onDefaultBranch && where.name.toLowerCase() === ".github";
  return { subjects: onDefaultBranch ? [pushed, inForce] : [pushed], concernsEverybody };
}

/** The standards whose register a push may have changed. One that the charter calls otherwise is looked at once a day. */
function registersOf(push: Push): readonly Subject[] {
  const isRegister = (path: string) => path === "register.json" || path.endsWith("/register.json");
  const isTouched = isOnDefaultBranch(push) && touchedBy(push, isRegister) === true;
  return isTouched ? [{ kind: "maintenance", repository: nameOf(push.repository) }] : [];
}

function isOnDefaultBranch({ ref, repository: { default_branch } }: Push): boolean {
  return ref === `refs/heads/${default_branch}`;
}

/** Whether a push lists such a path; undefined: it lists nothing. */
function touchedBy({ commits }: Push, isWanted: (path: string) => boolean): boolean | undefined {
  return commits?.some(({ added = [], modified = [], removed = [] }) =>
    [added, modified, removed].some((paths) => paths.some(isWanted)),
  );
}

function nameOf({ owner, name }: RepositoryPayload): Repository {
  return { owner: owner.login, name };
}
