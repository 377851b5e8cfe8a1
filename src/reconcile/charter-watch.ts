/**
 * The pass over a charter: tells its state where the committee looks for it (a check run on the commit, and one issue
 * on the default branch), once for each change, and lets every proposal of the repository see the change.
 */
import { z } from "zod";
import { charterReport, type ReadableCharter } from "../messages/charter-report.ts";
import { sha256 } from "../proposal/docket.ts";
import type { Repository } from "../proposal/facts.ts";
import { ALL_LABELS } from "../proposal/labels.ts";
import { isLookDue, keptBy } from "./maintenance-keeper.ts";
import { type Clock, type DirectoryPort, GitHubFailure, type StorePort } from "./ports.ts";
import { subjectKey } from "./subjects.ts";

export type CharterWatchPorts = {
  readonly directory: Pick<DirectoryPort, "charter" | "proposals" | "furnish" | "reportCharter">;
  readonly store: Pick<StorePort, "recall" | "remember" | "touch">;
  readonly clock: Clock;
};

/** What was told last: a digest of the state, and the commit that was reported on (null: on none). */
const Told = z.object({ digest: z.string(), commit: z.string().nullable() });
type Told = z.infer<typeof Told>;

/**
 * `commit` null: the charter in force, on the default branch; else what one pushed commit says.
 * Throws where it cannot be read, so that it is tried again.
 */
export async function watchCharter(
  ports: CharterWatchPorts,
  repository: Repository,
  commit: string | null,
): Promise<null> {
  const { directory, store, clock } = ports;
  const fact = await directory.charter(repository, commit);
  if (fact.status === "unreadable") throw new GitHubFailure(fact.because, { status: null, retryAt: null });
  const own: ReadableCharter = ownOf(fact, repository);
  // Where the charter is inherited, a repository that never sees a proposal is left as it is.
  if (own.status === "valid" && commit === null) await directory.furnish(repository, ALL_LABELS);
  const note = `told ${subjectKey({ kind: "charter", repository, commit })}`;
  const before = toldBefore(await store.recall(note));
  const digest = digestOf(fact);
  const isLate = await isLookDue(store, repository, fact, clock.now());
  if (commit === null && (isLate || (before?.digest !== digest && keptBy(repository, fact) !== null)))
    await store.touch(subjectKey({ kind: "maintenance", repository }), clock.now());
  if (before?.digest === digest) return null;

  const on = own.status === "absent" ? (before?.commit ?? null) : own.pin.commit;
  // Where no charter stands, and none was reported, there is no committee to tell. Where one was taken away, a last
  // report on the same commit closes the issue that an earlier one opened.
  if (on !== null) await directory.reportCharter(repository, charterReport(own, on, commit === null));
  // At first sight there is nothing they could have gone by before: the sweep that came here made them due.
  if (commit === null && before !== null) await touchProposals(ports, repository);
  const told: Told = { digest, commit: own.status === "absent" ? null : on };
  await store.remember(note, JSON.stringify(told));
  return null;
}

/** A charter that is inherited from the organization is reported in its own repository, not in each heir's. */
function ownOf(fact: ReadableCharter, { owner, name }: Repository): ReadableCharter {
  if (fact.status === "absent") return fact;
  const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  return same(owner, fact.pin.owner) && same(name, fact.pin.name) ? fact : { status: "absent" };
}

/** Proposals that waited for a charter, or go by another one now. */
async function touchProposals({ directory, store, clock }: CharterWatchPorts, repository: Repository) {
  for (const { ref } of await directory.proposals(repository))
    await store.touch(subjectKey({ kind: "proposal", ref }), clock.now());
}

/** Of what the charter says, not of the commit: other pushes to the branch change nothing. */
function digestOf(fact: ReadableCharter): string {
  const said = fact.status === "valid" ? fact.charter : fact.status === "invalid" ? fact.problems : null;
  return sha256(JSON.stringify([fact.status, said]));
}

function toldBefore(note: string | null): Told | null {
  return note === null ? null : (Told.safeParse(JSON.parse(note)).data ?? null);
}
