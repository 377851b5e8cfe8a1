/** The changes that the App makes on GitHub, as data. `github/act.ts` carries them out. */
import type { ReactionContent } from "../charter/charter.ts";
import type { Repository } from "./facts.ts";
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
  | OpenPullRequest;

export type OpenPullRequest = {
  readonly do: "open pull request";
  readonly repository: Repository;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  readonly commitMessage: string;
  readonly files: readonly { readonly path: string; readonly content: string }[];
};
