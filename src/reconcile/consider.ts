/** The half of a pass that only looks: what is observed, what would be recorded, what would be done. Writes nothing. */
import { type Decision, decide, isOverdue } from "../proposal/decide.ts";
import type { Desired } from "../proposal/desired-state.ts";
import { type Applied, diff, type Plan } from "../proposal/diff.ts";
import { brokenLink } from "../proposal/docket.ts";
import type { Entry } from "../proposal/entries.ts";
import {
  type CommentFact,
  type Facts,
  type OptionalFacts,
  type ProposalRef,
  unknown,
  type Want,
} from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import { speaksOfRecord } from "../proposal/keys.ts";
import { withFact } from "./learn.ts";
import { type GitHubPort, isPaced, NeedsPeople } from "./ports.ts";
import { renderFor } from "./words.ts";

/** Each kind of fact is read once; three rosters make the most. */
const MOST_READS = 12;

/** Throws where the record is not as the App wrote it, or is gone although the App has written of it on the issue. */
export function assertWhole(docket: readonly Entry[], comments: readonly CommentFact[]): void {
  const broken = brokenLink(docket);
  if (broken !== null) {
    throw new NeedsPeople(
      `The docket of this proposal is not as the App wrote it: ${broken}. It has to be put back from the history of the branch dockets.`,
    );
  }
  if (docket.length === 0 && speaksOfRecord(comments)) {
    throw new NeedsPeople(
      "The docket of this proposal is gone from the branch dockets. It has to be put back from the history of that branch.",
    );
  }
}

export type Considered = {
  readonly facts: Facts;
  readonly decision: Decision;
  /** What kept a further fact from being read. What was decided without it stands, and is to be recorded first. */
  readonly failure: unknown;
};

/** Decides, reading one fact after another as the rules ask for them. */
export async function consider(
  github: GitHubPort,
  ref: ProposalRef,
  docket: readonly Entry[],
  observed: Facts,
  now: Instant,
): Promise<Considered> {
  let facts = observed;
  let decision = decide(docket, facts, now);
  for (let reads = 0; decision.want !== null; reads++) {
    if (reads > MOST_READS) throw new Error(`The fact ${decision.want.fact} is asked for again and again.`);
    try {
      facts = withFact(facts, await github.read(ref, decision.want));
    } catch (failure) {
      const unread =
        isOverdue(decision.state, now) && !isPaced(failure) ? unreadable(decision.want, failure) : null;
      if (unread === null) return { facts, decision, failure };
      facts = withFact(facts, unread);
    }
    decision = decide(docket, facts, now);
  }
  return { facts, decision, failure: null };
}

/** What only tells whether somebody may give a command must not hold up for ever what does not depend on it. */
function unreadable(want: Want, failure: unknown): OptionalFacts | null {
  const reading = unknown(failure instanceof Error ? failure.message : String(failure));
  if (want.fact === "closing") return { closing: reading };
  return want.fact === "roster" ? { rosters: { [want.role]: reading } } : null;
}

/** Compares, asking who altered something if somebody did. */
export async function compare(
  github: GitHubPort,
  ref: ProposalRef,
  { wanted, decision, applied }: { wanted: Desired; decision: Decision; applied: Applied },
  observed: Facts,
  now: Instant,
): Promise<{ readonly plan: Plan; readonly facts: Facts }> {
  const render = renderFor(observed);
  const stage = decision.state.stage === "new" ? "intake" : decision.state.stage;
  let facts = observed;
  let plan = diff({ desired: wanted, stage }, facts, applied, render, now);
  if (plan.want !== null) {
    facts = withFact(facts, await github.read(ref, plan.want));
    plan = diff({ desired: wanted, stage }, facts, applied, render, now);
  }
  return { plan, facts };
}
