/** The half of a pass that only looks: what is observed, what would be recorded, what would be done. Writes nothing. */
import { type Decision, decide, isOverdue } from "../proposal/decide.ts";
import type { Desired } from "../proposal/desired-state.ts";
import { type Applied, diff, type Plan } from "../proposal/diff.ts";
import { brokenLink } from "../proposal/docket.ts";
import type { Entry } from "../proposal/entries.ts";
import {
  type Facts,
  known,
  type OptionalFacts,
  type ProposalRef,
  unknown,
  type Want,
} from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import { speaksOfRecord } from "../proposal/keys.ts";
import { hasLabel, PROPOSAL_LABEL } from "../proposal/labels.ts";
import { withFact } from "./learn.ts";
import { DocketDamaged, isPaced } from "./ports.ts";
import type { Reader } from "./reader.ts";
import { renderFor } from "./words.ts";

/** Each kind of fact is read once; three rosters make the most. */
const MOST_READS = 12;

/**
 * Throws `DocketDamaged` where the record is not as the App wrote it, or is gone although the App has written of it on the
 * issue. An issue that was transferred here brings the App's comments with it; it is a proposal of this committee only with
 * the label, which GitHub leaves behind where the repository has none of that name.
 */
export function assertWhole(docket: readonly Entry[], { issue, comments }: Facts): void {
  const wrong = whatIsWrong(docket, issue.id);
  if (wrong !== null)
    throw new DocketDamaged(`The docket of this proposal is not as the App wrote it: ${wrong}.`);
  if (docket.length === 0 && hasLabel(issue.labels, PROPOSAL_LABEL) && speaksOfRecord(comments))
    throw new DocketDamaged(
      "The docket of this proposal is gone from the branch dockets, or stayed behind in the repository that this issue was transferred from.",
    );
}

function whatIsWrong(docket: readonly Entry[], issue: number): string | null {
  const [first] = docket;
  if (first?.kind === "received" && first.issue !== issue) return "it is the docket of another issue";
  return brokenLink(docket);
}

export type Considered = {
  readonly facts: Facts;
  readonly decision: Decision;
  /** What kept a further fact from being read. What was decided without it stands, and is to be recorded first. */
  readonly failure: unknown;
};

/** Decides, reading one fact after another as the rules ask for them. */
export async function consider(
  reader: Reader,
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
      const certain = withoutAsking(decision.want, docket);
      facts = withFact(facts, certain ?? (await reader.read(ref, decision.want)));
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

/**
 * Nothing is opened before the approval is on record: while it is not, there is nothing to look for. Where a docket was put
 * back to an older state, the branch is there already, and its pull request is looked for before it is used.
 */
function withoutAsking(want: Want, docket: readonly Entry[]): OptionalFacts | null {
  const isApproved = docket.some((entry) => entry.kind === "ballot-closed");
  return want.fact === "pullRequests" && !isApproved ? { pullRequests: known([]) } : null;
}

/** What only tells whether somebody may give a command must not hold up for ever what does not depend on it. */
function unreadable(want: Want, failure: unknown): OptionalFacts | null {
  const reading = unknown(failure instanceof Error ? failure.message : String(failure));
  if (want.fact === "closing") return { closing: reading };
  return want.fact === "roster" ? { rosters: { [want.role]: reading } } : null;
}

/** Compares, asking who altered something if somebody did. */
export async function compare(
  reader: Reader,
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
    facts = withFact(facts, await reader.read(ref, plan.want));
    plan = diff({ desired: wanted, stage }, facts, applied, render, now);
  }
  return { plan, facts };
}
