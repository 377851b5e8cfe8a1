/** What GitHub refuses to a publication, in sentences for maintainers. */
import type { Repository } from "../proposal/facts.ts";
import type { GitHubFailure } from "../reconcile/ports.ts";
import { inWords } from "./failure.ts";

export function taken(
  error: GitHubFailure,
  { repository, branch }: { readonly repository: Repository; readonly branch: string },
  how: string,
): GitHubFailure {
  return inWords(
    error,
    `The branch ${branch} of ${repository.owner}/${repository.name}, from which the App wants to publish, ${how}. A maintainer has to rename or delete that branch; the App then goes on by itself.`,
  );
}

export function notAllowed(error: GitHubFailure, { owner, name }: Repository, what: string): GitHubFailure {
  return inWords(
    error,
    `The App is not allowed to ${what} in ${owner}/${name}: it needs write access to contents and pull requests. ${error.message}`,
  );
}
