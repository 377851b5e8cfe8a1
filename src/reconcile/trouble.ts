/** What people must mend before the App can go on is said on the proposal, once, and that it is mended is said too. */
import type { Facts } from "../proposal/facts.ts";
import { oursByKey, TROUBLE_KEY } from "../proposal/keys.ts";
import type { Log } from "./log.ts";
import { GitHubFailure, type GitHubPort, NeedsPeople } from "./ports.ts";
import { renderFor } from "./words.ts";

/** The sentence for people, where an error is one that people must mend; null: it passes by itself, or is our own. */
function troubleIn(error: unknown): string | null {
  if (error instanceof NeedsPeople) return error.message;
  return error instanceof GitHubFailure && error.isForPeople ? error.message : null;
}

/** Says on the proposal what is in the way. Never throws: what led here is the failure to be told. */
export async function tellTrouble(github: GitHubPort, facts: Facts, error: unknown, log: Log): Promise<void> {
  const because = troubleIn(error);
  if (because === null) return;
  try {
    await say(github, facts, because);
  } catch (failure) {
    log.warn(
      { proposal: facts.issue.ref, err: failure },
      "What is in the way could not be said on the proposal",
    );
  }
}

/** After a pass that went well: if trouble was told, that it is over. */
export async function tellMended(github: GitHubPort, facts: Facts): Promise<void> {
  if (oursByKey(facts.comments).has(TROUBLE_KEY)) await say(github, facts, null);
}

async function say(github: GitHubPort, facts: Facts, because: string | null): Promise<void> {
  const { ref } = facts.issue;
  const told = oursByKey(facts.comments).get(TROUBLE_KEY);
  const body = renderFor(facts)(TROUBLE_KEY, { kind: "trouble", because });
  if (told?.body.trim() === body.trim()) return;
  await github.act(
    ref,
    told === undefined
      ? { do: "create comment", key: TROUBLE_KEY, body }
      : { do: "update comment", comment: told.id, key: TROUBLE_KEY, body },
  );
}
