/** The changes that the App makes on GitHub, as data. `github/act.ts` carries them out. */
import type { ReactionContent } from "../charter/charter.ts";
import type { FileDigest, Repository } from "./facts.ts";
import type { LabelSpec } from "./labels.ts";

/** One change to make on GitHub. Each is safe to run again. */
export type Action =
  | { readonly do: "add labels"; readonly labels: readonly LabelSpec[] }
  | { readonly do: "remove label"; readonly name: string }
  | { readonly do: "create comment"; readonly key: string; readonly body: string }
  | { readonly do: "update comment"; readonly comment: number; readonly key: string; readonly body: string }
  | { readonly do: "acknowledge"; readonly comment: number; readonly content: ReactionContent }
  | { readonly do: "close issue"; readonly reason: "completed" | "not_planned" }
  | { readonly do: "reopen issue" }
  | MakeBranch
  | OpenPullRequest;

/** The newest commit of a repository's default branch, as it was when it was looked at. */
export type Base = { readonly branch: string; readonly commit: string; readonly tree: string };

/** A branch with one commit on top of the base. */
export type MakeBranch = {
  readonly do: "make branch";
  readonly repository: Repository;
  readonly branch: string;
  readonly base: Base;
  readonly commitMessage: string;
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** Files that follow from the decision alone: a branch that an earlier pass left behind must hold just these. */
  readonly fixed: readonly string[];
};

/** The pull request from a branch that is made. */
export type OpenPullRequest = {
  readonly do: "open pull request";
  readonly repository: Repository;
  readonly branch: string;
  /** The branch that it is to be merged into. */
  readonly into: string;
  readonly title: string;
  readonly body: string;
  /** The digests of the files on the branch that go on the record. */
  readonly recorded: readonly FileDigest[];
};
