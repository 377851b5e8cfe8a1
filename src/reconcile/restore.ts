/** Brings back the last docket that the App sealed, where another hand was on it and a chair asks for it. */
import { docketCommitSubject } from "../messages/docket-commit.ts";
import { append } from "../proposal/docket.ts";
import type { EntryBody, NewEntry } from "../proposal/entries.ts";
import type { Facts } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import { type RestoreOrder, restoreOrders } from "../proposal/restoring.ts";
import { fold } from "../proposal/state.ts";
import { type Attempt, attemptAfter, lastCommit, rememberDocket } from "./last-docket.ts";
import { withFact } from "./learn.ts";
import {
  type DatatrackerPort,
  type DocketDamaged,
  type GitHubPort,
  NeedsPeople,
  type StoredDocket,
  type StorePort,
} from "./ports.ts";
import { createReader, type Reader } from "./reader.ts";

export type RestorePorts = {
  readonly github: GitHubPort;
  readonly datatracker: DatatrackerPort;
  readonly store: Pick<StorePort, "recall" | "remember">;
};

/** A charter and a roster, and once more for good measure. */
const MOST_READS = 4;

/** Whether the docket was brought back, and the proposal can go on from it. */
export async function restore(
  ports: RestorePorts,
  observed: Facts,
  damage: DocketDamaged,
  now: Instant,
): Promise<boolean> {
  const { github, datatracker, store } = ports;
  const { ref } = observed.issue;
  const orders = await ordersIn(createReader(github, datatracker), observed);
  if (orders.length === 0) return false;
  const onto = await lastCommit(store, observed.issue);
  const stored = await github.recoverDocket(ref, onto);
  if (stored === null)
    throw new NeedsPeople(
      "No version of this docket that the App sealed is left in the repository. Somebody who has a clone of the branch dockets has to push it back.",
      { cause: damage },
    );
  // An order that is on record was carried out already: what was done to the docket since then needs another one.
  const { settled } = fold(stored.entries);
  const order = orders.find(({ comment }) => !settled.has(comment));
  if (order === undefined) return false;
  const attempt = await attemptOn(store, observed.issue, stored, order);
  const tried = attempt?.entries ?? [];
  const added: NewEntry[] = [
    ...(stored.keyChange === null || keyIn(tried) !== null ? [] : [{ ...stored.keyChange, at: now }]),
    { kind: "restored", by: order.by, comment: order.comment, found: damage.message, at: order.at },
  ];
  const entries = append([...stored.entries, ...tried], added, now);
  const message = docketCommitSubject(ref, entries.slice(stored.entries.length));
  const write = { entries, readAt: stored.sha, text: attempt?.text ?? null, message, onto };
  const written = await github.writeDocket(ref, write);
  if (written.result === "written") await rememberDocket(store, observed.issue, entries, written.commit);
  return true;
}

/**
 * What the App was writing when the docket was lost. Not where it tells of another key than the one that seals by now, nor where
 * it answers the order itself, which an old read made look needless.
 */
async function attemptOn(
  store: RestorePorts["store"],
  issue: Facts["issue"],
  { entries, keyChange }: StoredDocket,
  order: RestoreOrder,
): Promise<Attempt | null> {
  const attempt = await attemptAfter(store, issue, entries);
  const key = keyIn(attempt?.entries ?? []);
  if (attempt === null || (key !== null && key !== keyIn([keyChange]))) return null;
  return fold([...entries, ...attempt.entries]).settled.has(order.comment) ? null : attempt;
}

/** The key that is told of. */
function keyIn(entries: readonly (EntryBody | null)[]): string | null {
  return entries.find((entry) => entry?.kind === "key-changed")?.to.id ?? null;
}

async function ordersIn(reader: Reader, observed: Facts): Promise<readonly RestoreOrder[]> {
  let facts = observed;
  for (let reads = 0; reads < MOST_READS; reads++) {
    const orders = restoreOrders(facts);
    if ("got" in orders) return orders.got;
    if (orders.step.do !== "want") return [];
    facts = withFact(facts, await reader.read(facts.issue.ref, orders.step.want));
  }
  return [];
}
