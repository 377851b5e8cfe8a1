/** The login that the App itself acts with, `<slug>[bot]`: GitHub is asked for it until it has said so. */
import type { Log } from "./reconcile/log.ts";

/**
 * Says the login, or null while it is not known: then the App's own events cost a pass each that finds nothing. A failed
 * question is asked again the next time somebody wants to know.
 */
export function createOwnLogin(
  slug: string | null,
  ask: () => Promise<string>,
  log: Pick<Log, "warn">,
): () => string | null {
  let known = slug;
  let asking = false;

  async function find(): Promise<void> {
    asking = true;
    try {
      known = await ask();
    } catch (error) {
      log.warn(
        { err: error },
        "GitHub did not say what the App is called; it is asked again at the next event",
      );
    } finally {
      asking = false;
    }
  }

  function ownLogin(): string | null {
    if (known === null && !asking) void find();
    return known === null ? null : `${known}[bot]`;
  }

  // Asked for at once, so that it is known when the first event comes.
  ownLogin();
  return ownLogin;
}
