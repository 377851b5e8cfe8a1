/** The stretches of a proposal's life that many stories share. */
import { expect } from "vitest";
import type { Story } from "./story.ts";
import type { Given, Proposal } from "./story-proposal.ts";

/** A proposal that a reviewer has accepted: open for comment. */
export async function inCommentPeriod(s: Story, given: Given = {}): Promise<Proposal> {
  const p = await s.proposes(given);
  await p.says("iglocska", "/accept");
  await p.hears("status", "comment-period-open");
  return p;
}

/** A proposal on which the committee votes. */
export async function inVote(s: Story, given: Given = {}): Promise<Proposal> {
  const p = await inCommentPeriod(s, given);
  await s.passes("31 days");
  await p.hears("feedback", "ballot");
  return p;
}

/** A proposal that was approved: its publication pull request is open. */
export async function inPublication(s: Story, given: Given = {}): Promise<Proposal> {
  const p = await inVote(s, given);
  await p.votes({ for: 6, against: 2, abstain: 1 });
  await s.passes("15 days");
  await p.hears("decision");
  return p;
}

export const WHOLE_LIFE = [
  "received",
  "documented",
  "accepted",
  "comment-period-opened",
  "comment-period-closed",
  "ballot-opened",
  "ballot-posted",
  "votes-recorded",
  "ballot-closed",
  "publication-opened",
  "published",
];

/**
 * A whole life, with something between any two steps of it. However often that comes between, what is recorded and what
 * people are told are the same.
 */
export async function playWholeLife(s: Story, between: () => Promise<void>): Promise<Proposal> {
  await between();
  const p = await s.proposes();
  await between();
  await p.says("iglocska", "/accept");
  await between();
  await p.says("mallory", "The count should be a positive integer.");
  await between();
  await s.passes("31 days");
  await between();
  await p.votes({ for: 5, against: 2, abstain: 1 });
  await between();
  await s.passes("15 days");
  await between();
  await p.merges();
  await between();
  expect(await p.kinds()).toEqual(WHOLE_LIFE);
  expect(await p.isOpen()).toBe(false);
  expect(await p.pulls()).toHaveLength(1);
  await p.hears("status", "comment-period-open", "feedback", "ballot", "decision", "published");
  return p;
}
