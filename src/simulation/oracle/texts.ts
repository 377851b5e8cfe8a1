/** What is voted on is what could be commented on, and what is published is what was voted on, byte for byte. */
import { digest } from "../digest.ts";
import { secondsOf } from "../time.ts";
import { REPOSITORY, type Thread } from "../world.ts";
import type { Complain } from "./violation.ts";
import { READING, standing, writtenIn } from "./written.ts";

export function checkTexts(thread: Thread, complain: Complain): void {
  const all = writtenIn(thread);
  const period = all.find(({ entry }) => entry.kind === "comment-period-opened");
  const ballot = all.find(({ entry }) => entry.kind === "ballot-opened")?.entry;
  if (ballot?.kind !== "ballot-opened" || period === undefined) return;
  const closed = all.find(({ entry }) => entry.kind === "comment-period-closed")?.entry.at ?? "";
  const drafts = thread.deeds.flatMap((deed) =>
    deed.kind === "drafted" ? [{ at: deed.at, draft: deed.draft }] : [],
  );
  // What a reviewer accepted may have been noticed well before.
  const documented = all.findLast(({ entry, at }) => entry.kind === "documented" && at <= period.at);
  const possible = standing(drafts, (documented?.at ?? period.at) - READING, secondsOf(closed));
  const voted = possible.find(
    ({ draft }) => draft.isComplete && digest(draft.specification) === ballot.text.text,
  )?.draft;
  if (voted === undefined) {
    complain("what is voted on could be commented on", ballot.text.text.slice(0, 12));
    return;
  }
  if (thread.texts.get(ballot.text.text) !== voted.specification)
    complain("the text that was voted on is kept", ballot.text.text.slice(0, 12));
  for (const pull of thread.pulls.now.filter(({ repository }) => repository.name === REPOSITORY.name)) {
    const source = pull.files.find(({ path }) => path.endsWith("/raw.md"));
    if (source?.content !== voted.specification)
      complain("what is published is what was voted on", pull.branch);
  }
  checkPublished(thread, complain);
}

/** The record says so where a maintainer's hand changed it on the way. */
function checkPublished(thread: Thread, complain: Complain): void {
  const published = thread.record.find((entry) => entry.kind === "published");
  if (published?.kind !== "published") return;
  for (const { number } of published.pullRequests) {
    const pull = thread.pulls.now.find((each) => each.number === number);
    if (pull?.state !== "merged") complain("published when merged, and as it was merged", String(number));
    if (pull?.repository.name !== REPOSITORY.name) continue;
    const source = pull.files.find(({ path }) => path.endsWith("/raw.md"));
    const merged = pull.mergedFiles.find(({ path }) => path === source?.path);
    const isSame = merged !== undefined && source !== undefined && merged.sha256 === digest(source.content);
    const said = published.files.find(({ path }) => path === source?.path);
    if (said?.asVoted !== isSame) complain("published when merged, and as it was merged", String(number));
  }
}
