/**
 * A GitHub of one committee, in memory: what it keeps (ids, moments to the second, who did what), and nothing of the
 * App's rules. Beside it stands the chronicle, which GitHub does not show: what truly happened, for the oracle.
 */
import type { ReactionContent } from "../charter/charter.ts";
import type { Entry } from "../proposal/entries.ts";
import type {
  CharterFact,
  CommentFact,
  IssueFact,
  Person,
  ProposalRef,
  PullRequestFact,
  ReactionFact,
  Repository,
} from "../proposal/facts.ts";
import { type DocketBranch, type DocketFile, newBranch } from "./dockets.ts";
import { instantAt } from "./time.ts";
import { type Timeline, timeline } from "./timeline.ts";

export const REPOSITORY: Repository = { owner: "committee", name: "standards" };
export const APP: Person = { id: 1, login: "secretariat[bot]" };

/** What a proposal's author wrote: the simulation knows it without reading Markdown. */
export type Draft = {
  readonly title: string;
  readonly body: string;
  readonly shortName: string;
  readonly kind: "new" | "update";
  readonly specification: string;
  readonly isComplete: boolean;
};

/** A comment and who reacted to it. */
export type Remark = { readonly fact: CommentFact; readonly reactions: readonly ReactionFact[] };

/** An issue as GitHub shows it at one moment; never changed, only replaced. */
export type View = {
  readonly issue: IssueFact;
  readonly remarks: readonly Remark[];
  /** Who made the newest of the events that are about labels and state; null: the App. */
  readonly hand: Person | null;
  readonly closing: { readonly how: "by hand" | "by a commit"; readonly at: string } | null;
  readonly isLocked: boolean;
  readonly isGone: boolean;
};

/** What truly happened to one proposal. */
export type Deed = { readonly at: number } & (
  | {
      readonly kind: "reacted" | "unreacted";
      readonly comment: number;
      readonly by: number;
      readonly content: ReactionContent;
    }
  | { readonly kind: "said"; readonly comment: number; readonly by: Person; readonly body: string }
  | { readonly kind: "edited" | "unsaid"; readonly comment: number; readonly by: Person }
  | { readonly kind: "drafted"; readonly draft: Draft }
  | { readonly kind: "labels changed"; readonly by: Person }
  | { readonly kind: "closed" | "reopened"; readonly by: Person; readonly byCommit: boolean }
  | { readonly kind: "recorded"; readonly entries: readonly Entry[]; readonly text: string | null }
  /** Another hand was on the docket's file; `mended`: one that put back what the App had written. */
  | { readonly kind: "tampered" | "mended"; readonly how: string }
  | { readonly kind: "left the repository" }
);

export type Thread = {
  readonly number: number;
  /** Who opened it, also when the account is gone. */
  readonly author: number;
  readonly view: Timeline<View>;
  /** What the App has put on record, whatever other hands made of the file since. */
  record: readonly Entry[];
  /** The file that it was written to. */
  written: DocketFile | null;
  /** What stands on the branch `dockets`; null: nothing. */
  readonly file: Timeline<DocketFile | null>;
  /** Every text that was ever kept beside the docket, by its SHA-256. */
  readonly texts: Map<string, string>;
  /** What was made to publish it, by repository and branch. */
  readonly branches: Map<string, Pull["files"]>;
  readonly pulls: Timeline<readonly Pull[]>;
  readonly deeds: Deed[];
  draft: Draft;
};

export type Pull = PullRequestFact & {
  readonly files: readonly { readonly path: string; readonly content: string }[];
  readonly body: string;
};

export type Account = { readonly id: number; login: string; isDeleted: boolean };

/** Who truly sat where, from a moment on; null: the charter named somebody whom nobody could find. */
export type Seating = {
  readonly at: number;
  readonly members: ReadonlySet<number> | null;
  readonly chairs: ReadonlySet<number>;
  readonly reviewers: ReadonlySet<number>;
};

/** What GitHub would tell the App of by a webhook. */
export type Announcement = {
  readonly name: "issues" | "issue_comment" | "pull_request" | "push" | "installation";
  readonly sender: string;
  readonly thread: Thread | null;
};

export type World = {
  now: number;
  readonly threads: Map<number, Thread>;
  readonly accounts: Map<number, Account>;
  readonly teams: Map<string, Timeline<readonly number[]>>;
  readonly charter: Timeline<CharterFact>;
  readonly seatings: Seating[];
  readonly dockets: DocketBranch;
  nextId: number;
  /** Changes that the App has made, dockets included. */
  writes: number;
  announce(announcement: Announcement): void;
};

export function createWorld(now: number): World {
  return {
    now,
    threads: new Map(),
    accounts: new Map(),
    teams: new Map(),
    charter: timeline<CharterFact>({ status: "absent" }),
    seatings: [],
    dockets: newBranch(),
    nextId: 1_000,
    writes: 0,
    announce: () => undefined,
  };
}

export function refOf(thread: Thread): ProposalRef {
  return { ...REPOSITORY, number: thread.number };
}

export function personOf(world: World, id: number): Person {
  const account = world.accounts.get(id);
  if (account === undefined) throw new Error(`Nobody has the id ${id}`);
  return { id, login: account.login };
}

/** A new issue, as its author opened it. */
export function newThread(
  world: World,
  number: number,
  author: Person,
  draft: Draft,
  labels: readonly string[],
): Thread {
  const at = instantAt(world.now);
  const url = `https://github.example/${REPOSITORY.owner}/${REPOSITORY.name}/issues/${number}`;
  const issue: IssueFact = {
    ref: { ...REPOSITORY, number },
    id: world.nextId++,
    url,
    title: draft.title,
    body: draft.body,
    author,
    state: "open",
    closedBy: null,
    closedAt: null,
    labels,
    createdAt: at,
    updatedAt: at,
  };
  const view: View = { issue, remarks: [], hand: author, closing: null, isLocked: false, isGone: false };
  const thread: Thread = {
    number,
    author: author.id,
    view: timeline(view),
    record: [],
    written: null,
    file: timeline<DocketFile | null>(null),
    texts: new Map(),
    branches: new Map(),
    pulls: timeline([]),
    deeds: [{ at: world.now, kind: "drafted", draft }],
    draft,
  };
  world.threads.set(number, thread);
  world.announce({ name: "issues", sender: author.login, thread });
  return thread;
}
