/** Facts grow in the course of a pass: by what is read, and by what the App itself has just made. Pure. */
import type { Action } from "../proposal/actions.ts";
import { type Facts, known, type OptionalFacts, type PullRequestFact } from "../proposal/facts.ts";
import { BALLOT_KEY } from "../proposal/keys.ts";
import type { Outcome } from "./ports.ts";

export function withFact(facts: Facts, read: OptionalFacts): Facts {
  return { ...facts, ...read, rosters: { ...facts.rosters, ...read.rosters } };
}

/** The facts once an action is done, so that nothing need be read again. */
export function withOutcome(facts: Facts, action: Action, outcome: Outcome): Facts {
  const { issue } = facts;
  switch (action.do) {
    case "add labels":
      return withLabels(facts, [...issue.labels, ...action.labels.map((label) => label.name)]);
    case "remove label":
      return withLabels(
        facts,
        issue.labels.filter((label) => label !== action.name),
      );
    case "close issue":
      return { ...facts, issue: { ...issue, state: "closed" } };
    case "reopen issue":
      return { ...facts, issue: { ...issue, state: "open", closedAt: null, closedBy: null } };
    case "update comment":
      return {
        ...facts,
        comments: facts.comments.map((comment) =>
          comment.id === action.comment ? { ...comment, body: action.body } : comment,
        ),
      };
    case "create comment":
      return withComment(facts, action.key, outcome);
    case "open pull request":
      return outcome.made === "pull request" ? withPullRequest(facts, outcome.pullRequest) : facts;
    case "make branch":
    case "acknowledge":
      return facts;
  }
}

/** Only a posted ballot or an opened pull request brings about something new to decide. */
export function bringsMore(action: Action): boolean {
  return action.do === "open pull request" || (action.do === "create comment" && action.key === BALLOT_KEY);
}

function withLabels(facts: Facts, labels: readonly string[]): Facts {
  return { ...facts, issue: { ...facts.issue, labels } };
}

function withPullRequest(facts: Facts, opened: PullRequestFact): Facts {
  const before = facts.pullRequests?.known ? facts.pullRequests.value : [];
  return { ...facts, pullRequests: known([...before, opened]) };
}

/** A ballot that was posted a moment ago has no reactions yet. */
function withComment(facts: Facts, key: string, outcome: Outcome): Facts {
  if (outcome.made !== "comment") return facts;
  const comments = [...facts.comments, outcome.comment];
  return key === BALLOT_KEY ? { ...facts, comments, reactions: known([]) } : { ...facts, comments };
}
