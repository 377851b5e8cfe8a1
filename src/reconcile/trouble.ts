/** What people must mend before the App can go on is said on the proposal, once, and that it is mended is said too. */
import type { CommentFact, Facts } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import { keyOf, TROUBLE_KEY } from "../proposal/keys.ts";
import { intentsOf } from "./intents.ts";
import type { Log } from "./log.ts";
import {
  type Clock,
  DocketDamaged,
  GitHubFailure,
  type GitHubPort,
  NeedsPeople,
  type StorePort,
} from "./ports.ts";
import { renderFor } from "./words.ts";

export type TroublePorts = {
  readonly github: Pick<GitHubPort, "act">;
  readonly store: Pick<StorePort, "recall" | "remember">;
  readonly clock: Clock;
  readonly log: Log;
};

/** The sentence for people, where an error is one that people must mend; null: it passes by itself, or is our own. */
export function troubleIn(error: unknown): string | null {
  if (error instanceof DocketDamaged)
    return `${error.message} A chair can bring back the last version that the App sealed by writing /restore in a comment.`;
  if (error instanceof NeedsPeople) return error.message;
  return error instanceof GitHubFailure && error.isForPeople ? error.message : null;
}

/** Says on the proposal what is in the way. Never throws: what led here is the failure to be told. */
export async function tellTrouble(
  ports: TroublePorts,
  facts: Facts,
  error: unknown,
  now: Instant,
): Promise<void> {
  const because = troubleIn(error);
  if (because === null) return;
  try {
    const [told] = toldIn(facts);
    const hasHistory = error instanceof DocketDamaged || facts.comments.some((comment) => comment.byApp);
    if (told === undefined) await begin(ports, facts, because, { now, hasHistory });
    else await change(ports, facts, told, because);
  } catch (failure) {
    ports.log.warn(
      { proposal: facts.issue.ref, err: failure },
      "What is in the way could not be said on the proposal",
    );
  }
}

/** After a pass that went well: if trouble was told, that it is over. */
export async function tellMended(ports: TroublePorts, facts: Facts): Promise<void> {
  for (const told of toldIn(facts)) await change(ports, facts, told, null);
}

function toldIn({ comments }: Facts): readonly CommentFact[] {
  return comments.filter((comment) => comment.byApp && keyOf(comment.body) === TROUBLE_KEY);
}

/** A list of comments can be minutes old: what was said just now, perhaps before the store was lost, is not said again. */
async function begin(
  ports: TroublePorts,
  facts: Facts,
  because: string,
  { now, hasHistory }: { readonly now: Instant; readonly hasHistory: boolean },
): Promise<void> {
  const { issue } = facts;
  const intents = intentsOf(ports, issue, now, hasHistory);
  if ((await intents.begin(TROUBLE_KEY)) !== null) return;
  try {
    await ports.github.act(issue.ref, {
      do: "create comment",
      key: TROUBLE_KEY,
      body: bodyOf(facts, because),
    });
  } catch (error) {
    await intents.failed(TROUBLE_KEY, error);
    throw error;
  }
}

async function change(
  { github }: TroublePorts,
  facts: Facts,
  told: CommentFact,
  because: string | null,
): Promise<void> {
  const body = bodyOf(facts, because);
  if (told.body.trim() === body.trim()) return;
  await github.act(facts.issue.ref, { do: "update comment", comment: told.id, key: TROUBLE_KEY, body });
}

function bodyOf(facts: Facts, because: string | null): string {
  return renderFor(facts)(TROUBLE_KEY, { kind: "trouble", because });
}
