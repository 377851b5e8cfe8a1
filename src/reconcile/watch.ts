/** What the loop tells of itself while it works, for health and metrics. Nothing hangs on it. */
import type { CharterFact, Repository } from "../proposal/facts.ts";
import type { Subject } from "./ports.ts";

/** `waits`: it was not its turn by GitHub's limits, or the App stops. */
export type PassOutcome = "done" | "waits" | "failed";

export type Watch = {
  /** Something turned: the loop is alive. */
  beat(): void;
  passEnded(kind: Subject["kind"], outcome: PassOutcome, seconds: number): void;
  charterRead(repository: Repository, status: CharterFact["status"]): void;
  /** GitHub was asked; `status` null: there was no answer. `route` has names where values would be. */
  asked(route: string, status: number | null): void;
};

/** The note of when a charter was last read, by whichever replica: one of them does it for all. */
export const CHARTER_READ_NOTE = "charter read";

export const UNWATCHED: Watch = {
  beat: nothing,
  passEnded: nothing,
  charterRead: nothing,
  asked: nothing,
};

function nothing(): void {}
