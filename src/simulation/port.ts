/** The model GitHub behind the loop's port, with everything that can go wrong on the way there and back. */
import type { Action } from "../proposal/actions.ts";
import {
  type GitHubWant,
  known,
  type OptionalFacts,
  type ProposalRef,
  type PullRequestFact,
  type Reading,
  type Seated,
  unknown,
  type WantedPullRequest,
} from "../proposal/facts.ts";
import {
  type DocketWrite,
  GitHubFailure,
  type GitHubPort,
  type Outcome,
  type StoredDocket,
  type Workshop,
} from "../reconcile/ports.ts";
import { actOn } from "./app-changes.ts";
import { digest } from "./digest.ts";
import { commit, hasText, longestSealed, ownFile, readFile } from "./dockets.ts";
import { branchFrom, putFile } from "./hands.ts";
import type { Line } from "./line.ts";
import { seatedNow } from "./seats.ts";
import { asOf } from "./timeline.ts";
import { type Pull, refOf, type Thread, type View, type World } from "./world.ts";

export function createPort(world: World, line: Line): GitHubPort {
  return {
    observe: (ref) => observe(world, line, ref),
    async nameNow(repository) {
      await line.read();
      return repository;
    },
    read: (ref, want) => read(world, line, ref, want),
    readDocket: async (ref) => {
      const at = await line.read();
      const thread = world.threads.get(ref.number);
      const file = thread === undefined ? null : asOf(thread.file, at);
      return file === null ? NO_DOCKET : readFile(ref, file, line.sealing);
    },
    async recoverDocket(ref, lastCommit) {
      await line.read();
      return recover(world, line, threadOf(world, ref), lastCommit);
    },
    async docketCommit() {
      await line.read();
      return world.dockets.head?.id ?? null;
    },
    async readDocketText(ref, sha256) {
      await line.read();
      const text = threadOf(world, ref).texts.get(sha256) ?? null;
      return text !== null && hasText(world.dockets, ref.number, text) ? text : null;
    },
    async workshop(_, __, purpose) {
      await line.read();
      if (purpose === "write" && line.faults.isOn("repository archived")) throw archived();
      return WORKSHOP;
    },
    writeDocket: (ref, write) => writeDocket(world, line, threadOf(world, ref), write),
    act: (ref, action) => line.write(action.do, isCreation(action), () => act(world, ref, action)),
  };
}

const NO_DOCKET: StoredDocket = { entries: [], sha: null, keyChange: null };

/** The other repositories hold nothing that matters to what is simulated. */
const WORKSHOP: Workshop = {
  base: { branch: "main", commit: "b".repeat(40), tree: "e".repeat(40) },
  read: async () => null,
};

function archived(): GitHubFailure {
  const message = "The repository is archived, so no pull request can be opened in it.";
  return new GitHubFailure(message, { status: null, retryAt: null, isForPeople: true });
}

/** As the adapter does it: a branch that is gone is made again where the App wrote last, if GitHub still knows that. */
async function recover(
  world: World,
  line: Line,
  thread: Thread,
  lastCommit: string | null,
): Promise<StoredDocket | null> {
  if (world.dockets.head === null) {
    const last = world.dockets.all.get(lastCommit ?? "");
    if (last === undefined) return null;
    await line.write("docket", false, () => {
      if (world.dockets.head === null) branchFrom(world, last);
    });
  }
  const best = longestSealed(world.dockets, refOf(thread), lastCommit, line.sealing);
  return best === null ? null : { ...best, sha: thread.file.now?.sha ?? null };
}

function isCreation(action: Action): boolean {
  return action.do === "create comment" || action.do === "open pull request";
}

function threadOf(world: World, ref: ProposalRef): Thread {
  const thread = world.threads.get(ref.number);
  if (thread === undefined) throw notFound();
  return thread;
}

function notFound(): GitHubFailure {
  return new GitHubFailure("GitHub answered 404", { status: 404, retryAt: null });
}

/** The issue and its comments are two requests: what happens between them shows in the second alone. */
async function observe(world: World, line: Line, ref: ProposalRef): ReturnType<GitHubPort["observe"]> {
  const before = await line.read();
  const thread = world.threads.get(ref.number);
  if (thread === undefined) return null;
  const { issue, isGone } = asOf(thread.view, before);
  if (isGone) return null;
  const { remarks } = asOf(thread.view, await line.read());
  return { issue, comments: remarks.map(({ fact }) => fact) };
}

async function read(world: World, line: Line, ref: ProposalRef, want: GitHubWant): Promise<OptionalFacts> {
  const at = await line.read();
  const thread = threadOf(world, ref);
  const view = asOf(thread.view, at);
  switch (want.fact) {
    case "charter":
      return { charter: asOf(world.charter, at) };
    case "specification":
      return {
        specification: known({ status: "refused", link: want.link, because: "There is no such file." }),
      };
    case "roster":
      return { rosters: { [want.role]: roster(world, line, want, at) } };
    case "reactions":
      return { reactions: reactions(line, view, want.comment) };
    case "pullRequests":
      return {
        pullRequests: known(want.targets.flatMap((target) => pullsIn(asOf(thread.pulls, at), target))),
      };
    case "draft":
      return { draft: unknown("no committee of the simulation submits drafts") };
    case "isFirstProposal":
      return { isFirstProposal: known(ref.number === Math.min(...world.threads.keys())) };
    case "lastHand":
      return { lastHand: known(view.hand) };
    case "closing":
      return {
        closing:
          view.closing === null || view.closing.at < want.closedAt
            ? unknown("GitHub does not show it yet.")
            : known(view.closing.how),
      };
  }
}

/** Those from the branch, each with the files that are asked for. */
function pullsIn(
  pulls: readonly Pull[],
  { repository, branch, paths }: WantedPullRequest,
): readonly PullRequestFact[] {
  return pulls
    .filter((pull) => pull.branch === branch && pull.repository.name === repository.name)
    .map((pull) => ({ ...pull, mergedFiles: pull.mergedFiles.filter(({ path }) => paths.includes(path)) }));
}

function roster(
  world: World,
  line: Line,
  { seats }: Extract<GitHubWant, { fact: "roster" }>,
  at: number,
): Reading<readonly Seated[]> {
  if (line.faults.isOn("team or person cannot be looked up")) return unknown("the team cannot be read");
  return seatedNow(world, seats, at);
}

/** Pages that go on shifting while they are read are no list. */
function reactions(line: Line, view: View, comment: number): NonNullable<OptionalFacts["reactions"]> {
  if (line.faults.strikes("pages shifted while read"))
    return unknown("the reactions kept changing while they were read");
  const remark = view.remarks.find(({ fact }) => fact.id === comment);
  if (remark === undefined) return unknown("the comment whose reactions are counted is no longer there");
  return known(remark.reactions);
}

/** The text first, then the record, which swaps against what was read. */
async function writeDocket(
  world: World,
  line: Line,
  thread: Thread,
  { entries, readAt, text }: DocketWrite,
): ReturnType<GitHubPort["writeDocket"]> {
  if (text !== null)
    await line.write("docket", false, () => {
      thread.texts.set(digest(text), text);
      if (!hasText(world.dockets, thread.number, text)) commit(world.dockets, thread.number, { text });
    });
  return line.write("docket", false, () => {
    if ((thread.file.now?.sha ?? null) !== readAt || line.faults.strikes("another writer came first"))
      return { result: "conflict" } as const;
    const file = ownFile(refOf(thread), entries, line.sealing);
    const made = putFile(world, thread, file);
    thread.record = entries;
    thread.written = file;
    thread.deeds.push({ at: world.now, kind: "recorded", entries, text });
    world.writes += 1;
    return { result: "written", sha: file.sha, commit: made } as const;
  });
}

function act(world: World, ref: ProposalRef, action: Action): Outcome {
  const thread = threadOf(world, ref);
  const { isGone, isLocked } = thread.view.now;
  if (isGone) throw notFound();
  if (isLocked && (action.do === "create comment" || action.do === "acknowledge"))
    throw new GitHubFailure("GitHub answered 403: the issue is locked", { status: 403, retryAt: null });
  world.writes += 1;
  return actOn(world, thread, action);
}
