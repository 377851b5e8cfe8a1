/**
 * Finds what lost webhooks and downtime left behind. It only lists: whatever changed since its last pass is made due,
 * and the passes do the rest. A wiped store makes everything due.
 */
import type { Repository } from "../proposal/facts.ts";
import { isDraftChecked } from "./draft-check.ts";
import type { Log } from "./log.ts";
import type { Clock, DirectoryPort, StorePort } from "./ports.ts";
import { type Repeating, startRepeating } from "./repeat.ts";
import { isSeen } from "./seen.ts";
import { subjectKey } from "./subjects.ts";

export type SweepPorts = {
  readonly directory: Pick<DirectoryPort, "repositories" | "proposals" | "ownPullRequests">;
  readonly store: Pick<StorePort, "touch" | "recall">;
  readonly clock: Clock;
  readonly log: Log;
};

export type SweepResult = {
  readonly repositories: number;
  readonly touched: number;
  /** Repositories that could not be listed; the next sweep tries again. */
  readonly failed: number;
};

/** One sweep over every repository of every installation. Throws only if these cannot be listed. */
export async function sweep(ports: SweepPorts): Promise<SweepResult> {
  const repositories = await ports.directory.repositories();
  let touched = 0;
  let failed = 0;
  for (const repository of repositories) {
    try {
      touched += await sweepRepository(ports, repository);
    } catch (error) {
      failed += 1;
      const name = `${repository.owner}/${repository.name}`;
      ports.log.warn(
        { repository: name, err: error },
        `${name} could not be swept; the next sweep tries again`,
      );
    }
  }
  const result = { repositories: repositories.length, touched, failed };
  ports.log.info(result, "Swept");
  return result;
}

async function sweepRepository(
  { directory, store, clock }: SweepPorts,
  repository: Repository,
): Promise<number> {
  await store.touch(subjectKey({ kind: "charter", repository, commit: null }), clock.now());
  let touched = 1;
  for (const { ref, updatedAt } of await directory.proposals(repository)) {
    if (await isSeen(store, ref, updatedAt)) continue;
    await store.touch(subjectKey({ kind: "proposal", ref }), clock.now());
    touched += 1;
  }
  for (const { ref, head } of await directory.ownPullRequests(repository)) {
    if (await isDraftChecked(store, ref, head)) continue;
    await store.touch(subjectKey({ kind: "draft check", ref }), clock.now());
    touched += 1;
  }
  return touched;
}

const AFTER_FAILURE_MINUTES = 1;

/** Sweeps at once, and then every so many minutes of real time; `swept` is called after each. */
export function startSweeping(ports: SweepPorts, everyMinutes: number, swept: () => void): Repeating {
  return startRepeating(async () => {
    try {
      const { failed } = await sweep(ports);
      return failed === 0 ? everyMinutes : Math.min(everyMinutes, AFTER_FAILURE_MINUTES);
    } catch (error) {
      ports.log.warn({ err: error }, "The sweep failed; it is tried again in a minute");
      return Math.min(everyMinutes, AFTER_FAILURE_MINUTES);
    } finally {
      swept();
    }
  });
}
