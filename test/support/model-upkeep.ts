/** A committee's GitHub in memory, as far as the maintenance of its standards sees it. Everything that is written is counted. */
import { parseCharter } from "../../src/charter/parse.ts";
import type { Entry } from "../../src/proposal/entries.ts";
import type { CommentFact, PullRequestFact, Reading, Repository, Seated } from "../../src/proposal/facts.ts";
import { after, type Instant, instant, seconds } from "../../src/proposal/instant.ts";
import type { Register } from "../../src/publication/register/model.ts";
import { readRegister, writeRegister } from "../../src/publication/register/text.ts";
import { maintain } from "../../src/reconcile/maintenance.ts";
import type {
  DeskPort,
  MaintenancePorts,
  OwnIssue,
  UpkeepPress,
} from "../../src/reconcile/maintenance-ports.ts";
import { GitHubFailure } from "../../src/reconcile/ports.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { recordingLog } from "./log.ts";

export const HOME: Repository = { owner: "MISP", name: "misp-rfc" };
const SITE: Repository = { owner: "MISP", name: "misp-standard.org" };
const APP = { id: 99, login: "secretariat[bot]" };

export const KEPT = `committee: MISP
chairs: [adulau]
members: [lena-k, { team: MISP/standards }]
publication:
  draft: { who: misp }
  register: register.json
  maintenance: { before: 30 days }
`;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Issue = Mutable<OwnIssue> & { comments: Mutable<CommentFact>[] };
type Pull = Mutable<PullRequestFact> & { readonly title: string; readonly body: string };

export function createUpkeepModel(register: Register, press?: UpkeepPress) {
  const world = {
    now: instant("2027-06-01T09:00:00Z") as Instant,
    charterText: KEPT,
    charterAt: HOME,
    /** What the committee's repository is called by now. */
    called: HOME as Repository,
    files: new Map<string, string>([["register.json", writeRegister(register)]]),
    issues: [] as Issue[],
    pulls: [] as Pull[],
    branches: new Map<string, string>(),
    labelled: new Map<string, { number: number; title: string; url: string; labels: string[] }[]>(),
    dockets: new Map<number, readonly Entry[]>(),
    team: { known: true, value: [] } as Reading<readonly Seated[]>,
    /** How many writes succeed before one is made and its answer lost. */
    writesLeft: Number.POSITIVE_INFINITY,
    /** Lists of issues as they were some time ago. */
    staleIssues: null as readonly OwnIssue[] | null,
    writes: [] as string[],
    nextComment: 500,
  };
  let store = openSqliteStore(":memory:");

  function written(what: string): void {
    world.writes.push(what);
    world.writesLeft -= 1;
    if (world.writesLeft < 0)
      throw new GitHubFailure(`${what}: the answer was lost`, { status: 502, retryAt: null });
  }
  const issueOf = ({ number }: { readonly number: number }): Issue => {
    const found = world.issues.find(({ ref }) => ref.number === number);
    if (found === undefined) throw new Error(`No issue ${number}`);
    return found;
  };
  const keyed = (author: { id: number; login: string }, body: string): Mutable<CommentFact> => ({
    id: world.nextComment++,
    url: "https://github.example/comment",
    author,
    authorIsBot: author === APP,
    byApp: author === APP,
    body,
    createdAt: world.now,
    updatedAt: world.now,
    reactions: {},
  });

  const desk: DeskPort = {
    ownIssues: async () =>
      world.staleIssues ?? world.issues.map(({ comments: _, ...issue }) => ({ ...issue })),
    labelled: async (repository, label) =>
      (world.labelled.get(`${repository.name} ${label}`) ?? []).map(({ number, ...rest }) => ({
        ref: { ...repository, number },
        ...rest,
      })),
    async openIssue(repository, text) {
      const ref = { ...repository, number: world.issues.length + 1 };
      world.issues.push({ ref, state: "open", ...text, comments: [] });
      written(`open issue ${ref.number}`);
      return ref;
    },
    async changeIssue(ref, change) {
      Object.assign(issueOf(ref), change);
      written(`change issue ${ref.number}: ${change.state}`);
    },
  };

  const github: MaintenancePorts["github"] = {
    nameNow: async () => world.called,
    async observe(ref) {
      const { comments, body, state, title } = issueOf(ref);
      const about = {
        url: "https://github.example/issue",
        id: 1,
        author: APP,
        closedBy: null,
        closedAt: null,
        labels: [],
      };
      const issue = { ...about, ref, title, body, state, createdAt: world.now, updatedAt: world.now };
      return { issue, comments: comments.map((each) => ({ ...each })) };
    },
    async read(_, want) {
      if (want.fact === "roster") return { rosters: { [want.role]: world.team } };
      if (want.fact !== "pullRequests") throw new Error(`Nobody asks for ${want.fact}`);
      const branches = new Set(want.targets.map(({ branch, repository }) => `${repository.name} ${branch}`));
      const value = world.pulls.filter(({ branch, repository }) =>
        branches.has(`${repository.name} ${branch}`),
      );
      return { pullRequests: { known: true, value: value.map((each) => ({ ...each })) } };
    },
    readDocket: async ({ number }) => ({
      entries: world.dockets.get(number) ?? [],
      sha: null,
      keyChange: null,
    }),
    async act(ref, action) {
      switch (action.do) {
        case "acknowledge": {
          const comment = issueOf(ref).comments.find(({ id }) => id === action.comment);
          if (comment !== undefined) comment.reactions = { ...comment.reactions, [action.content]: 1 };
          written(`react ${action.content}`);
          return { made: "change" };
        }
        case "create comment": {
          const comment = keyed(APP, action.body);
          issueOf(ref).comments.push(comment);
          written(`comment ${action.key}`);
          return { made: "comment", comment };
        }
        case "make branch":
          world.branches.set(`${action.repository.name} ${action.branch}`, action.commitMessage);
          written(`branch ${action.repository.name} ${action.branch}`);
          return { made: "change" };
        case "open pull request":
          return { made: "pull request", pullRequest: openPull(action) };
        default:
          throw new Error(`Nobody does ${action.do} here`);
      }
    },
    async workshop(_, repository) {
      const base = { branch: "main", commit: "c".repeat(40), tree: "t".repeat(40) };
      return {
        base,
        read: async (path) => (repository.name === HOME.name ? (world.files.get(path) ?? null) : null),
      };
    },
  };

  function openPull({
    repository,
    branch,
    title,
    body,
  }: {
    repository: Repository;
    branch: string;
    title: string;
    body: string;
  }): Pull {
    const before = world.pulls.find(
      (each) => each.branch === branch && each.repository.name === repository.name,
    );
    if (before !== undefined) return before;
    const number = 100 + world.pulls.length;
    const url = `https://github.example/${repository.name}/pull/${number}`;
    const state = "open" as const;
    const none = { mergedAt: null, mergeCommit: null, closedAt: null, openedFiles: [], mergedFiles: [] };
    const pull: Pull = { repository, number, url, branch, state, ...none, title, body };
    world.pulls.push(pull);
    written(`pull request ${repository.name} ${branch}`);
    return pull;
  }

  const plainPress: UpkeepPress = {
    async make({ what, expiring, standards }) {
      const file = { path: "register.json", content: `${what} ${expiring.standard.slug}` };
      const website = { repository: SITE, carries: "website", files: [file], fixed: [] } as const;
      const own = { repository: standards, carries: "standards", files: [file], fixed: [] } as const;
      return { draft: `${expiring.draft}-99`, targets: [website, own], remarks: [] };
    },
  };

  const directory: MaintenancePorts["directory"] = {
    async charter() {
      const pin = { ...world.charterAt, path: ".github/committee.yml", commit: "c".repeat(40) };
      const parsed = parseCharter(world.charterText);
      return parsed.ok
        ? { status: "valid", charter: parsed.charter, pin }
        : { status: "invalid", problems: parsed.problems, pin };
    },
  };

  return {
    world,
    store: () => store,
    /** One pass, as the worker runs it. */
    pass: (repository: Repository = HOME) =>
      maintain(
        {
          github,
          directory,
          desk,
          press: press ?? plainPress,
          store,
          clock: { now: () => world.now },
          log: recordingLog(),
        },
        repository,
      ),
    losesStore: () => {
      store = openSqliteStore(":memory:");
    },
    forward(days: number) {
      world.now = after(world.now, seconds(Math.round(days * 86_400)));
    },
    says(login: string, body: string, issue = world.issues.length): Mutable<CommentFact> {
      const comment = keyed({ id: login.length, login }, body);
      issueOf({ number: issue }).comments.push(comment);
      return comment;
    },
    /** What the App has said on an issue, without the hidden keys. */
    heard: (issue = world.issues.length) =>
      issueOf({ number: issue })
        .comments.filter(({ byApp }) => byApp)
        .map(({ body }) => body.split("\n").slice(1).join("\n")),
    /** Merges a pull request and puts what it does into the register. */
    changeRegister(change: (register: Register) => Register) {
      world.files.set(
        "register.json",
        writeRegister(change(readRegister(world.files.get("register.json") ?? null))),
      );
    },
    async closePull(branch: string, state: "closed" | "merged") {
      for (const pull of world.pulls.filter((each) => each.branch === branch))
        Object.assign(pull, { state, closedAt: world.now });
    },
  };
}
