/** Silence after a rate limit, which is a whole installation's: whoever goes on asking may be banned. */
import { type Instant, latest } from "../proposal/instant.ts";
import { type Clock, GitHubFailure } from "../reconcile/ports.ts";

export type Pause = {
  /** Throws at once while GitHub does not want to be asked anything; `what` is the call that is not made. */
  keep(what: string): void;
  /** Takes note of a failure that says that a rate limit is used up, the primary one or a secondary one. */
  note(failure: GitHubFailure): void;
};

/** See https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit. */
export function createPause(clock: Clock): Pause {
  let until: Instant | null = null;
  return {
    keep(what) {
      if (until === null || clock.now() >= until) return;
      const message = `${what}: not asked, since GitHub's rate limit is used up until ${until}`;
      throw new GitHubFailure(message, { status: 429, retryAt: until });
    },
    note({ status, retryAt }) {
      if (status === 403 || status === 429) until = latest(until, retryAt);
    },
  };
}
