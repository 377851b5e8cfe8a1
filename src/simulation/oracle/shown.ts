/** The issue shows what the docket says, and nobody is told the same thing twice. */
import type { Entry } from "../../proposal/entries.ts";
import { WEBSITE } from "../committee.ts";
import { ENDED, keyIn, type NaiveStage, oursWith, stageIn } from "../reading.ts";
import type { Town } from "../town.ts";
import { APP, REPOSITORY, type Thread } from "../world.ts";
import type { Complain } from "./violation.ts";

/** Each stage's label, and the word for it in the status comment's title. */
const SHOWN: Readonly<Record<Exclude<NaiveStage, "new">, readonly [label: string, title: string]>> = {
  intake: ["intake", "intake"],
  assessment: ["assessment", "assessment"],
  comment: ["comment period", "comment period"],
  vote: ["vote", "ballot"],
  approved: ["approved", "approved"],
  publication: ["publication", "publication"],
  published: ["published", "published"],
  declined: ["declined", "declined"],
  rejected: ["rejected", ""],
  withdrawn: ["withdrawn", "withdrawn"],
};

export function checkShown(thread: Thread, complain: Complain): void {
  const entries = thread.record;
  const stage = stageIn(entries);
  const { issue, isGone } = thread.view.now;
  if (stage === "new" || isGone) return;
  const [name, title] = SHOWN[stage];
  const ours = issue.labels.filter((label) => label.startsWith("stage: "));
  const isLeft = (what: string) => saidWith(thread, what).length > 0;
  if (
    !isLeft(`put-back-labels-${stage}`) &&
    (ours.join() !== `stage: ${name}` || !issue.labels.includes("proposal"))
  )
    complain("the labels show the stage", `${issue.labels.join(", ")} at ${stage}`);
  const isOpen = !ENDED.includes(stage);
  if (!isLeft(`put-back-issue-state-${stage}`) && (issue.state === "open") !== isOpen)
    complain("the issue is open as long as the proposal is", `${issue.state} at ${stage}`);
  const status = oursWith(thread, "status")[0];
  const isFought = isLeft("put-back-comment-status");
  if (!isFought && !status?.body.split("\n")[1]?.startsWith(`### Status: ${title}`))
    complain("the status comment shows the stage", `${status?.body.split("\n")[1]} at ${stage}`);
  checkMilestones(thread, entries, complain);
}

/** What everybody has to be told is there, unless somebody took it away. */
function checkMilestones(thread: Thread, entries: readonly Entry[], complain: Complain): void {
  const kinds = new Set(entries.map(({ kind }) => kind));
  const needed = [
    kinds.has("comment-period-opened") ? "comment-period-open" : null,
    kinds.has("comment-period-closed") ? "feedback" : null,
    kinds.has("ballot-posted") ? "ballot" : null,
    kinds.has("ballot-closed") ? "decision" : null,
    kinds.has("published") ? "published" : null,
  ];
  for (const key of needed) {
    if (key === null || saidWith(thread, key).some(({ deletions }) => deletions > 0)) continue;
    if (saidWith(thread, key).length === 0) complain("everybody is told", key);
  }
}

type Said = { readonly comment: number; readonly deletions: number };

/** All that the App ever said with a key, and whether somebody took it away. */
function saidWith(thread: Thread, key: string): readonly Said[] {
  return thread.deeds.flatMap((deed) => {
    if (deed.kind !== "said" || deed.by.id !== APP.id || keyIn(deed.body) !== key) return [];
    const deletions = thread.deeds.filter(
      (other) => other.kind === "unsaid" && other.comment === deed.comment,
    ).length;
    return [{ comment: deed.comment, deletions }];
  });
}

export function checkOnce(town: Town, thread: Thread, complain: Complain): void {
  const keys = new Set(
    thread.deeds.flatMap((deed) => (deed.kind === "said" && deed.by.id === APP.id ? [keyIn(deed.body)] : [])),
  );
  for (const key of keys) {
    const said = saidWith(thread, key ?? "");
    const deletions = said.reduce((sum, each) => sum + each.deletions, 0);
    if (key === null || said.length > 1 + deletions)
      complain("nobody is told the same thing twice", `${key}: ${said.length} times`);
  }
  const entries = thread.record;
  const asked = entries.filter(({ kind }) => kind === "publication-requested").length;
  const isApproved = entries.some((entry) => entry.kind === "ballot-closed" && entry.result === "approved");
  const most = isApproved ? 1 + asked : 0;
  for (const [target, pulls] of Map.groupBy(thread.pulls.now, ({ repository }) => repository.name)) {
    const closed = pulls.filter(({ state }) => state === "closed").length;
    if (pulls.length > Math.min(most, 1 + closed))
      complain("one pull request a target", `${target}: ${pulls.length} instead of ${most}`);
  }
  checkTargets(town, thread, entries, complain);
}

/** What is published is merged everywhere that the committee publishes to. */
function checkTargets(town: Town, thread: Thread, entries: readonly Entry[], complain: Complain): void {
  if (!entries.some(({ kind }) => kind === "published")) return;
  const targets = [REPOSITORY, ...(town.committee.hasWebsite ? [WEBSITE] : [])];
  for (const { name } of targets) {
    const merged = thread.pulls.now.filter(
      ({ repository, state }) => repository.name === name && state === "merged",
    );
    if (merged.length !== 1) complain("one pull request a target", `${name}: ${merged.length} merged`);
  }
}

/** Which entry stands behind each thing that is said of a proposal's course. */
const BEHIND: Readonly<Record<string, Entry["kind"]>> = {
  "comment-period-open": "comment-period-opened",
  feedback: "comment-period-closed",
  ballot: "ballot-opened",
  decision: "ballot-closed",
  published: "published",
};

/** Only what is on the record is said. */
export function checkRecordedFirst(thread: Thread, complain: Complain): void {
  const recorded = new Set<Entry["kind"]>();
  for (const deed of thread.deeds) {
    if (deed.kind === "recorded") for (const { kind } of deed.entries) recorded.add(kind);
    const key = deed.kind === "said" && deed.by.id === APP.id ? keyIn(deed.body) : null;
    const behind = key === null ? undefined : BEHIND[key];
    if (behind !== undefined && !recorded.has(behind))
      complain("nothing is shown before it is recorded", String(key));
  }
}
