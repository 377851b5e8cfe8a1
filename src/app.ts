/**
 * The Probot application. An event names subjects, nothing more: what to do about them is worked out from what is on
 * GitHub when their turn comes. An event is answered once it is stored, so none is lost that was acknowledged.
 */
import type { Probot } from "probot";
import { CHARTER_PATH } from "./charter/charter.ts";
import { proposalOf, saysNoDraft } from "./messages/key.ts";
import { maintainedFor } from "./messages/maintenance-pulls.ts";
import type { Repository } from "./proposal/facts.ts";
import { keyOf, MAINTENANCE_KEY } from "./proposal/keys.ts";
import type { Clock, StorePort, Subject } from "./reconcile/ports.ts";
import { subjectKey } from "./reconcile/subjects.ts";

export type AppPorts = {
  readonly store: Pick<StorePort, "receive">;
  readonly clock: Clock;
  /** The login that the App itself acts with, `<slug>[bot]`; null: not known (yet). */
  readonly ownLogin: () => string | null;
  /** Something is due. */
  readonly wake: () => void;
  /** Repositories came, went or changed their names. */
  readonly sweepSoon: () => void;
};

/** What is used of an event; the payloads of GitHub say far more. */
type Event = {
  readonly id: string;
  readonly name: string;
  readonly payload: { readonly sender?: Sender | null | undefined };
};
type Sender = { readonly login: string };
type RepositoryPayload = { readonly name: string; readonly owner: { readonly login: string } | null };

/** The application to load into Probot. `app.yml` subscribes to the events that are listened to here. */
export function secretariat(ports: AppPorts): (app: Probot) => void {
  /**
   * Events that the App itself caused are answered and forgotten. That loses nothing: a pass ends only when nothing is
   * left to do, so its own changes ask for no other; what people do meanwhile has events of its own; and the sweep
   * finds whatever was touched after it was last looked at.
   */
  async function receive(
    { id, name, payload }: Event,
    subjects: readonly Subject[],
    whose: "people's" | "anybody's" = "people's",
  ): Promise<boolean> {
    const own = ports.ownLogin();
    const isOwn = own !== null && payload.sender?.login.toLowerCase() === own.toLowerCase();
    if (isOwn && whose === "people's") return false;
    const keys = subjects.map(subjectKey);
    const answer = await ports.store.receive({
      id,
      event: name,
      receivedAt: ports.clock.now(),
      subjects: keys,
    });
    if (answer === "stored" && keys.length > 0) ports.wake();
    return answer === "stored";
  }

  return (app) => {
    app.on("issues", async (context) => {
      const { repository, issue } = context.payload;
      await receive(context, [issueIn(repository, issue)]);
    });
    app.on("issue_comment", async (context) => {
      const { repository, issue } = context.payload;
      // GitHub speaks of comments on pull requests with the same event.
      if (!issue.pull_request) await receive(context, [issueIn(repository, issue)]);
    });
    app.on(["pull_request.closed", "pull_request.reopened"], async (context) => {
      const { repository, pull_request: pull } = context.payload;
      const drafts = context.payload.action === "reopened" ? draftsIn(pull, repository) : [];
      await receive(context, [...namedBy(pull, repository), ...drafts]);
    });
    app.on(["pull_request.opened", "pull_request.synchronize"], async (context) => {
      const { repository, pull_request: pull } = context.payload;
      const drafts = draftsIn(pull, repository);
      // The App's own pull requests are what is to be checked.
      if (drafts.length > 0) await receive(context, drafts, "anybody's");
    });
    app.on("push", async (context) => {
      const { subjects: charters, concernsEverybody } = chartersOf(context.payload);
      const subjects = [...charters, ...registersOf(context.payload)];
      const stored = subjects.length > 0 && (await receive(context, subjects));
      if (stored && concernsEverybody) ports.sweepSoon();
    });
    app.on(["installation", "installation_repositories", "repository"], async (context) => {
      if (await receive(context, [])) ports.sweepSoon();
    });
  };
}

/** Anybody can begin an issue with a hidden key: it only names what to look at. */
function issueIn(repository: RepositoryPayload, issue: IssuePayload): Subject {
  const here = named(repository);
  if (keyOf(issue.body ?? "") === MAINTENANCE_KEY) return { kind: "maintenance", repository: here };
  return { kind: "proposal", ref: { ...here, number: issue.number } };
}

type IssuePayload = { readonly number: number; readonly body?: string | null };

/** The drafts in a pull request that says it is one of the App's; whether it is, is seen when it is looked at. */
function draftsIn(pull: PullPayload, repository: RepositoryPayload): readonly Subject[] {
  const body = pull.body ?? "";
  if ((proposalOf(body) === null && maintainedFor(body) === null) || saysNoDraft(body)) return [];
  return [{ kind: "draft check", ref: { ...named(repository), number: pull.number } }];
}

type PullPayload = { readonly number: number; readonly body: string | null };

/**
 * The proposal whose publication a pull request is, or the committee whose standards it keeps, by the hidden line in its
 * text. Anybody can write such a line: it only names what to look at, and only within the same account, where the App is
 * installed.
 */
function namedBy(pull: { readonly body: string | null }, repository: RepositoryPayload): readonly Subject[] {
  const body = pull.body ?? "";
  const isHere = ({ owner }: Repository) => owner.toLowerCase() === named(repository).owner.toLowerCase();
  const ref = proposalOf(body);
  if (ref !== null) return isHere(ref) ? [{ kind: "proposal", ref }] : [];
  const kept = maintainedFor(body);
  return kept !== null && isHere(kept) ? [{ kind: "maintenance", repository: kept }] : [];
}

type Push = {
  readonly ref: string;
  readonly after: string;
  readonly deleted: boolean;
  readonly forced: boolean;
  readonly repository: RepositoryPayload & { readonly default_branch?: string };
  readonly commits?: readonly {
    readonly added?: readonly string[];
    readonly modified?: readonly string[];
    readonly removed?: readonly string[];
  }[];
};

/**
 * The charters that a push may have changed: the pushed commit's own, for its check run, and on the default branch the
 * one in force. A forced push does not list what it took away, so it may always have; so may one that lists nothing at all.
 */
function chartersOf(push: Push): { subjects: readonly Subject[]; concernsEverybody: boolean } {
  const touches =
    push.commits?.some(({ added = [], modified = [], removed = [] }) =>
      [added, modified, removed].some((paths) => paths.includes(CHARTER_PATH)),
    ) ?? true;
  const repository = named(push.repository);
  const onDefaultBranch = push.ref === `refs/heads/${push.repository.default_branch}`;
  if (push.deleted || !(touches || (push.forced && onDefaultBranch)))
    return { subjects: [], concernsEverybody: false };
  const pushed: Subject = { kind: "charter", repository, commit: push.after };
  const inForce: Subject = { kind: "charter", repository, commit: null };
  // The organization's `.github` repository holds the charter of every repository that has none.
  const concernsEverybody = onDefaultBranch && repository.name.toLowerCase() === ".github";
  return { subjects: onDefaultBranch ? [pushed, inForce] : [pushed], concernsEverybody };
}

/** The standards whose register a push may have changed. One that the charter calls otherwise is looked at once a day. */
function registersOf(push: Push): readonly Subject[] {
  if (push.deleted || push.ref !== `refs/heads/${push.repository.default_branch}`) return [];
  const isRegister = (path: string) => path === "register.json" || path.endsWith("/register.json");
  const touches = push.commits?.some(({ added = [], modified = [], removed = [] }) =>
    [added, modified, removed].some((paths) => paths.some(isRegister)),
  );
  return touches === true ? [{ kind: "maintenance", repository: named(push.repository) }] : [];
}

function named({ owner, name }: RepositoryPayload): Repository {
  if (owner === null) throw new TypeError(`GitHub named no owner of the repository ${name}`);
  return { owner: owner.login, name };
}
