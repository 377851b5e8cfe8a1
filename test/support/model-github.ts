/**
 * A GitHub of one repository in memory, behind the same port as the real one: the whole loop can be run in milliseconds.
 * It keeps what GitHub keeps (ids, timestamps, who did what) and nothing of the App's rules.
 */
import { createHash } from "node:crypto";
import type { Role } from "../../src/charter/charter.ts";
import { parseCharter } from "../../src/charter/parse.ts";
import type { Action, OpenPullRequest } from "../../src/proposal/actions.ts";
import type { Entry } from "../../src/proposal/entries.ts";
import {
  type CharterFact,
  type CommentFact,
  type DraftFact,
  type GitHubWant,
  known,
  type OptionalFacts,
  type Person,
  type ProposalRef,
  type PullRequestFact,
  type ReactionFact,
  type Reading,
  type Seated,
  type SpecificationFact,
  type Want,
  type WantedPullRequest,
} from "../../src/proposal/facts.ts";
import { after, type Instant, instant, seconds } from "../../src/proposal/instant.ts";
import { PROPOSAL_LABEL } from "../../src/proposal/labels.ts";
import { type DocketWrite, GitHubFailure, type GitHubPort, type Outcome } from "../../src/reconcile/ports.ts";

const APP: Person = { id: 1, login: "secretariat[bot]" };

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

type ModelFile = { readonly path: string; readonly content: string };

type ModelComment = Mutable<CommentFact> & { reactionsMade: ReactionFact[] };

export type Model = ReturnType<typeof createModel>;

export type ModelOptions = {
  readonly charterText: string | null;
  readonly rosters: Partial<Record<Role, Reading<readonly Seated[]>>>;
  readonly startsAt?: string;
  /** The number of its one issue; 12 unless said. */
  readonly number?: number;
};

/** A person of the model: the same login always has the same id. */
export function person(login: string): Person {
  return { id: 100 + createHash("sha256").update(login).digest().readUInt16BE(0), login };
}

export function seated(login: string): Seated {
  return { ...person(login), organization: null, sector: null };
}

export function createModel(options: ModelOptions) {
  const ref: ProposalRef = { owner: "MISP", name: "misp-rfc", number: options.number ?? 12 };
  const web = "https://github.example";
  const world = {
    now: instant(options.startsAt ?? "2026-03-01T09:00:00Z"),
    charterText: options.charterText,
    rosters: options.rosters,
    issueId: 4988 + ref.number,
    title: "",
    body: "",
    author: person("nobody"),
    openedAt: instant(options.startsAt ?? "2026-03-01T09:00:00Z"),
    state: "open" as "open" | "closed",
    closedBy: null as Person | null,
    closedAt: null as Instant | null,
    labels: [] as string[],
    comments: [] as ModelComment[],
    docket: null as readonly Entry[] | null,
    docketWrites: 0,
    docketHistory: [] as (readonly Entry[])[],
    docketMessages: [] as string[],
    texts: new Map<string, string>(),
    pullRequests: [] as Mutable<PullRequestFact & { files: readonly ModelFile[] }>[],
    /** Branches that the App made, by repository and name. */
    branches: new Map<string, readonly ModelFile[]>(),
    /** What stands on the default branches, by repository and path. */
    standing: new Map<string, string>(),
    /** Why nothing can be made in a repository, by its name. */
    shut: new Map<string, string>(),
    files: new Map<string, Reading<SpecificationFact>>(),
    /** What lies in the standards repository, at whatever commit. */
    draft: null as (Pick<DraftFact, "registered"> & { readonly xml: string | null }) | null,
    closedByCommit: false,
    lastHand: null as Person | null,
    isFirst: true,
    actions: [] as Action[],
    reads: [] as Want["fact"][],
    nextId: 1000,
    beforeWrite: null as (() => void) | null,
    failOn: null as ((action: Action) => boolean) | null,
  };

  function charterFact(): CharterFact {
    const pin = { owner: ref.owner, name: ref.name, path: ".github/committee.yml", commit: "c".repeat(40) };
    if (world.charterText === null) return { status: "absent" };
    const parsed = parseCharter(world.charterText);
    return parsed.ok
      ? { status: "valid", charter: parsed.charter, pin }
      : { status: "invalid", problems: parsed.problems, pin };
  }

  function commentFact({ reactionsMade, ...comment }: ModelComment): CommentFact {
    const counts = Object.fromEntries(Map.groupBy(reactionsMade, (each) => each.content));
    const reactions = Object.fromEntries(
      Object.entries(counts).map(([content, made]) => [content, made.length]),
    );
    return { ...comment, reactions };
  }

  function addComment(author: Person, byApp: boolean, body: string): ModelComment {
    const id = world.nextId++;
    const url = `${web}/MISP/misp-rfc/issues/${ref.number}#issuecomment-${id}`;
    const comment: ModelComment = {
      id,
      url,
      author,
      authorIsBot: byApp,
      byApp,
      body,
      createdAt: world.now,
      updatedAt: world.now,
      reactions: {},
      reactionsMade: [],
    };
    world.comments.push(comment);
    return comment;
  }

  function commentOf(id: number): ModelComment {
    const comment = world.comments.find((each) => each.id === id);
    if (!comment) throw new Error(`No comment ${id}`);
    return comment;
  }

  function draftFact({ repository, path, commit: asked }: Extract<Want, { fact: "draft" }>): DraftFact {
    const file = { ...repository, path, commit: asked ?? "e".repeat(40) };
    const text = world.draft?.xml ?? null;
    const xml = text === null ? ({ status: "missing" } as const) : ({ status: "read", text, file } as const);
    return { asked, xml, registered: world.draft?.registered ?? null };
  }

  function read(want: GitHubWant): OptionalFacts {
    world.reads.push(want.fact);
    switch (want.fact) {
      case "charter":
        return { charter: charterFact() };
      case "specification":
        return {
          specification:
            world.files.get(want.link) ??
            known({ status: "refused", link: want.link, because: "There is no such file." }),
        };
      case "roster":
        return {
          rosters: { [want.role]: world.rosters[want.role] ?? { known: false, because: "no such team" } },
        };
      case "reactions":
        return { reactions: known(commentOf(want.comment).reactionsMade) };
      case "pullRequests":
        return { pullRequests: known(want.targets.flatMap(pullRequestsOf)) };
      case "draft":
        return { draft: known(draftFact(want)) };
      case "isFirstProposal":
        return { isFirstProposal: known(world.isFirst) };
      case "closing":
        return { closing: known(world.closedByCommit ? "by a commit" : "by hand") };
      case "lastHand":
        return { lastHand: known(world.lastHand) };
    }
  }

  /** Only what is asked for is told. */
  function pullRequestsOf({ repository, branch, paths, openedPaths }: WantedPullRequest) {
    return world.pullRequests
      .filter((each) => each.branch === branch && each.repository.name === repository.name)
      .map((each) => ({
        ...each,
        mergedFiles: each.mergedFiles.filter(({ path }) => paths.includes(path)),
        openedFiles: openedPaths.map((path) => ({ path, sha256: digestIn(each.files, path) })),
      }));
  }

  function act(action: Action): Outcome {
    if (world.failOn?.(action)) throw new Error("GitHub answered 502");
    world.actions.push(action);
    switch (action.do) {
      case "add labels":
        world.labels.push(...action.labels.map((label) => label.name));
        world.lastHand = null;
        return { made: "change" };
      case "remove label":
        world.labels = world.labels.filter((label) => label !== action.name);
        world.lastHand = null;
        return { made: "change" };
      case "create comment":
        return { made: "comment", comment: commentFact(addComment(APP, true, action.body)) };
      case "update comment":
        Object.assign(commentOf(action.comment), { body: action.body, updatedAt: world.now });
        return { made: "change" };
      case "acknowledge":
        commentOf(action.comment).reactionsMade.push({
          user: APP,
          userIsBot: true,
          content: action.content,
          createdAt: world.now,
        });
        return { made: "change" };
      case "close issue":
        Object.assign(world, { state: "closed", closedBy: APP, closedAt: world.now, lastHand: null });
        return { made: "change" };
      case "reopen issue":
        Object.assign(world, { state: "open", closedBy: null, closedAt: null, lastHand: null });
        return { made: "change" };
      case "make branch": {
        const branch = `${action.repository.name} ${action.branch}`;
        if (!world.branches.has(branch)) world.branches.set(branch, action.files);
        return { made: "change" };
      }
      case "open pull request":
        return { made: "pull request", pullRequest: openPullRequest(action) };
    }
  }

  function openPullRequest({ repository, branch, recorded }: OpenPullRequest): PullRequestFact {
    const [there] = pullRequestsOf({ repository, branch, paths: [], openedPaths: [] });
    if (there !== undefined) return there;
    const files = world.branches.get(`${repository.name} ${branch}`);
    if (files === undefined) throw new Error(`A pull request without a branch: ${branch}`);
    const number = world.pullRequests.length + 101;
    const pullRequest = {
      repository,
      number,
      url: `${web}/${repository.owner}/${repository.name}/pull/${number}`,
      branch,
      state: "open" as const,
      mergedAt: null,
      mergeCommit: null,
      closedAt: null,
      openedFiles: recorded,
      mergedFiles: [],
      files,
    };
    world.pullRequests.push(pullRequest);
    return pullRequest;
  }

  const port: GitHubPort = {
    async observe() {
      const { title, body, author, state, closedBy, closedAt, labels } = world;
      const issue = {
        ref,
        id: world.issueId,
        url: `${web}/MISP/misp-rfc/issues/${ref.number}`,
        title,
        body,
        author,
        state,
        closedBy,
        closedAt,
        labels: [...labels],
        createdAt: world.openedAt,
        updatedAt: world.now,
      };
      return { issue, comments: world.comments.map(commentFact) };
    },
    async nameNow() {
      return ref;
    },
    async read(_, want) {
      return read(want);
    },
    async readDocket() {
      return {
        entries: structuredClone(world.docket ?? []),
        sha: world.docket === null ? null : String(world.docketWrites),
        keyChange: null,
      };
    },
    async recoverDocket() {
      const [longest] = [...world.docketHistory].sort((one, other) => other.length - one.length);
      if (longest === undefined) return null;
      return {
        entries: longest,
        sha: world.docket === null ? null : String(world.docketWrites),
        keyChange: null,
      };
    },
    async docketCommit() {
      return world.docket === null ? null : `commit ${world.docketWrites}`;
    },
    async readDocketText(_, sha256) {
      return world.texts.get(sha256) ?? null;
    },
    async writeDocket(_, write: DocketWrite) {
      world.beforeWrite?.();
      const sha = world.docket === null ? null : String(world.docketWrites);
      if (sha !== write.readAt) return { result: "conflict" };
      world.docket = structuredClone(write.entries);
      world.docketHistory.push(world.docket);
      world.docketWrites++;
      world.docketMessages.push(write.message);
      if (write.text !== null) world.texts.set(digest(write.text), write.text);
      return { result: "written", sha: String(world.docketWrites), commit: `commit ${world.docketWrites}` };
    },
    async act(_, action) {
      return act(action);
    },
    async workshop(_, { name }, purpose) {
      const because = world.shut.get(name);
      if (because !== undefined && purpose === "write")
        throw new GitHubFailure(because, { status: null, retryAt: null, isForPeople: true });
      return {
        base: { branch: "main", commit: "b".repeat(40), tree: "t".repeat(40) },
        read: async (path) => world.standing.get(`${name} ${path}`) ?? null,
      };
    },
  };

  function openIn(repository: string | undefined) {
    return world.pullRequests.filter(
      (each) => each.state === "open" && (repository === undefined || each.repository.name === repository),
    );
  }

  return {
    world,
    ref,
    port,
    clock: { now: () => world.now },
    forward(days: number, more = 0) {
      world.now = after(world.now, seconds(days * 86_400 + more));
    },
    open(login: string, title: string, body: string) {
      Object.assign(world, {
        author: person(login),
        title,
        body,
        openedAt: world.now,
        labels: [PROPOSAL_LABEL],
      });
    },
    comment(login: string, body: string): number {
      return addComment(person(login), false, body).id;
    },
    botComment(login: string, body: string): number {
      const comment = addComment(person(login), false, body);
      comment.authorIsBot = true;
      return comment.id;
    },
    react(login: string, comment: number, content: ReactionFact["content"]) {
      commentOf(comment).reactionsMade.push({
        user: person(login),
        userIsBot: false,
        content,
        createdAt: world.now,
      });
    },
    unreact(login: string, comment: number) {
      const target = commentOf(comment);
      target.reactionsMade = target.reactionsMade.filter((each) => each.user?.login !== login);
    },
    close(login: string) {
      Object.assign(world, {
        state: "closed",
        closedBy: person(login),
        closedAt: world.now,
        lastHand: person(login),
      });
    },
    /** Merges what is open, all of it or that of one repository, with what maintainers changed before. */
    merge(changed: Readonly<Record<string, string>> = {}, repository?: string) {
      for (const pullRequest of openIn(repository)) {
        const merged = pullRequest.files.map(({ path, content }) => ({
          path,
          sha256: digest(changed[path] ?? content),
        }));
        Object.assign(pullRequest, {
          state: "merged",
          mergedAt: world.now,
          mergeCommit: "d".repeat(40),
          mergedFiles: merged,
        });
      }
    },
    closePullRequest(repository?: string) {
      for (const pullRequest of openIn(repository))
        Object.assign(pullRequest, { state: "closed", closedAt: world.now });
    },
    /** The App's comment with a key; throws where there is not exactly one. */
    ours(key: string): CommentFact {
      const found = world.comments.filter(
        (each) => each.byApp && each.body.startsWith(`<!-- secretariat:${key} -->`),
      );
      const [comment, ...others] = found;
      if (!comment || others.length > 0) throw new Error(`${found.length} comments with the key ${key}`);
      return commentFact(comment);
    },
    kinds(): readonly string[] {
      return (world.docket ?? []).map((entry) => entry.kind);
    },
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function digestIn(files: readonly ModelFile[], path: string): string | null {
  const file = files.find((each) => each.path === path);
  return file === undefined ? null : digest(file.content);
}
