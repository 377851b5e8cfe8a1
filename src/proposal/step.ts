/** What a rule answers: record something, ask for a fact, wait for a moment, or hold because something cannot be known. */
import type { Charter, Role } from "../charter/charter.ts";
import type { Held } from "./desired-state.ts";
import type { NewEntry } from "./entries.ts";
import type {
  CharterPin,
  Facts,
  PullRequestFact,
  ReactionFact,
  Reading,
  Seated,
  Want,
  WantedPullRequest,
} from "./facts.ts";
import type { Instant } from "./instant.ts";

export type Check = { readonly claim: string; readonly holds: boolean };

export type Step = (
  | { readonly do: "record"; readonly entries: readonly NewEntry[] }
  | { readonly do: "want"; readonly want: Want }
  | { readonly do: "hold"; readonly held: Held }
  | { readonly do: "wait"; readonly until: Instant | null }
) & { readonly because: string; readonly checks: readonly Check[] };

/** Either what was needed, or the step to take instead. */
export type Need<T> = { readonly got: T } | { readonly step: Step };

export function record(because: string, entries: readonly NewEntry[], checks: readonly Check[] = []): Step {
  return { do: "record", entries, because, checks };
}

export function wait(because: string, until: Instant | null, checks: readonly Check[] = []): Step {
  return { do: "wait", until, because, checks };
}

function hold(held: Held, because: string): Step {
  return { do: "hold", held, because, checks: [] };
}

export function cannotRead(because: string): Step {
  return hold({ why: "unreadable", because }, because);
}

function ask(want: Want): { readonly step: Step } {
  return { step: { do: "want", want, because: `the ${want.fact} must be read first`, checks: [] } };
}

export function needCharter(facts: Facts): Need<{ readonly charter: Charter; readonly pin: CharterPin }> {
  const fact = facts.charter;
  if (fact === undefined) return ask({ fact: "charter" });
  switch (fact.status) {
    case "valid":
      return { got: fact };
    case "absent":
      return { step: hold({ why: "charter absent" }, "the committee has no charter yet") };
    case "invalid":
      return {
        step: hold(
          { why: "charter invalid", problems: fact.problems, pin: fact.pin },
          "the charter is not valid",
        ),
      };
    case "unreadable":
      return { step: cannotRead(fact.because) };
  }
}

export function needRoster(facts: Facts, role: Role, charter: Charter): Need<readonly Seated[]> {
  return need(facts.rosters?.[role], { fact: "roster", role, seats: charter[role] });
}

export function needReactions(facts: Facts, comment: number): Need<readonly ReactionFact[]> {
  return need(facts.reactions, { fact: "reactions", comment });
}

export function needPullRequests(
  facts: Facts,
  targets: readonly WantedPullRequest[],
): Need<readonly PullRequestFact[]> {
  return need(facts.pullRequests, { fact: "pullRequests", targets });
}

export function needClosing(facts: Facts, closedAt: Instant): Need<"by hand" | "by a commit"> {
  return need(facts.closing, { fact: "closing", closedAt });
}

export function need<T>(reading: Reading<T> | undefined, want: Want): Need<T> {
  if (reading === undefined) return ask(want);
  return reading.known ? { got: reading.value } : { step: cannotRead(reading.because) };
}
