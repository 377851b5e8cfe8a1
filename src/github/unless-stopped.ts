/** An App that stops does not wait for GitHub. */
import { GitHubFailure } from "../reconcile/ports.ts";

/** What is begun, or a paced failure as soon as the App stops: whatever comes of the call then, the next pass will see it. */
export async function unlessStopped<T>(
  stopped: AbortSignal,
  what: string,
  begin: () => Promise<T>,
): Promise<T> {
  const { promise: stop, reject } = Promise.withResolvers<never>();
  const end = () =>
    reject(new GitHubFailure(`${what}: the App stops`, { status: null, retryAt: null, paced: true }));
  if (stopped.aborted) end();
  stopped.addEventListener("abort", end);
  try {
    return await Promise.race(stopped.aborted ? [stop] : [stop, begin()]);
  } finally {
    stopped.removeEventListener("abort", end);
  }
}
