/** The stages intake and assessment: what is there, and what a reviewer has to say before it goes on. */
import type { Facts } from "./facts.ts";
import { after, HOUR, type Instant } from "./instant.ts";
import { hasLabel, PROPOSAL_LABEL } from "./labels.ts";
import type { ProposalState } from "./state.ts";
import { type Check, need, needCharter, record, type Step, wait } from "./step.ts";
import { type Sighting, sameText, sight } from "./text.ts";

export function receive(facts: Facts, now: Instant): Step {
  if (!hasLabel(facts.issue.labels, PROPOSAL_LABEL))
    return wait("the issue is not labelled as a proposal", null);
  if (facts.issue.state === "closed") return wait("the issue was closed before it was a proposal", null);
  const charter = needCharter(facts);
  if (!("got" in charter))
    return facts.charter?.status === "absent" ? askToBegin(facts, charter.step) : charter.step;
  const { id, author, title } = facts.issue;
  return record("the issue is labelled as a proposal", [
    { kind: "received", issue: id, author, title, at: now },
  ]);
}

/** How to begin is said once in a repository: on its first proposal. */
function askToBegin(facts: Facts, absent: Step): Step {
  const first = need(facts.isFirstProposal, { fact: "isFirstProposal" });
  return "got" in first ? absent : first.step;
}

export function intake(state: ProposalState, facts: Facts, now: Instant): Step {
  const sighting = sight(state, facts);
  if (!("got" in sighting)) return sighting.step;
  const { pinned } = sighting.got;
  const checks = checksOf(sighting.got);
  if (pinned === null)
    return wait("a required section is missing or empty", nextLook(sighting.got, now), checks);
  if (!differsFromReturned(state, pinned.pin))
    return wait("the text has not changed since it was returned", nextLook(sighting.got, now), checks);
  return record(
    "every required section says something",
    [{ kind: "documented", text: pinned.pin, at: now }],
    checks,
  );
}

function differsFromReturned(
  state: ProposalState,
  pin: { readonly issue: string; readonly text: string },
): boolean {
  return state.returned === null || pin.issue !== state.returned.issue || pin.text !== state.returned.text;
}

/** The author may still edit: the text is looked at so that the checklist is true, and pinned when it is accepted. */
export function assessment(state: ProposalState, facts: Facts, now: Instant): Step {
  const sighting = sight(state, facts);
  if (!("got" in sighting)) return sighting.step;
  const { pinned } = sighting.got;
  if (pinned && state.text && !sameText(pinned.pin, state.text)) {
    return record("the text was edited during the assessment", [
      { kind: "documented", text: pinned.pin, at: now },
    ]);
  }
  return wait("the review team has not decided", nextLook(sighting.got, now), checksOf(sighting.got));
}

/** An edited issue is announced by a webhook, or found by the sweep; nobody announces a linked file. */
function nextLook({ documentation }: Sighting, now: Instant): Instant | null {
  return documentation.specification?.from === "link" ? after(now, HOUR) : null;
}

function checksOf({ documentation }: Sighting): readonly Check[] {
  return documentation.findings.map(({ section, state: found }) => ({
    claim: `the section "${section.title}" is ${found}`,
    holds: found === "present",
  }));
}
