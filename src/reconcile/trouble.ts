/** What people must mend before the App can go on is said on the proposal, once, and that it is mended is said too. */
import type { CommentFact, Facts } from "../proposal/facts.ts";
import { after, type Instant, instant, SETTLING } from "../proposal/instant.ts";
import { keyOf, TROUBLE_KEY } from "../proposal/keys.ts";
import { type IssueId, issueNote } from "./issue-note.ts";
import type { Log } from "./log.ts";
import { DocketDamaged, GitHubFailure, type GitHubPort, NeedsPeople, type StorePort } from "./ports.ts";
import { renderFor } from "./words.ts";

export type TroublePorts = {
  readonly github: Pick<GitHubPort, "act">;
  readonly store: Pick<StorePort, "recall" | "remember">;
  readonly log: Log;
};

/** The sentence for people, where an error is one that people must mend; null: it passes by itself, or is our own. */
export function troubleIn(error: unknown): string | null {
  if (error instanceof DocketDamaged)
    return `${error.message} A chair can bring back the last version that the App sealed, by writing /restore in a comment.`;
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
    if (told === undefined) await begin(ports, facts, because, now);
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

/** A list of comments can be minutes old: what was said just now is not said again. */
async function begin(
  { github, store }: TroublePorts,
  facts: Facts,
  because: string,
  now: Instant,
): Promise<void> {
  const { issue } = facts;
  const before = await store.recall(noteOf(issue));
  if (before !== null && now < after(instant(before), SETTLING)) return;
  await store.remember(noteOf(issue), now);
  await github.act(issue.ref, { do: "create comment", key: TROUBLE_KEY, body: bodyOf(facts, because) });
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

function noteOf(issue: IssueId): string {
  return issueNote("trouble", issue);
}
