/** Where all is well and time has passed, nothing is left lying: no stage that should be over, no command without an answer. */
import { stageIn } from "../reading.ts";
import type { Thread } from "../world.ts";
import type { Complain } from "./violation.ts";

export function checkProgress(thread: Thread, complain: Complain): void {
  const { issue, isGone } = thread.view.now;
  if (isGone) return;
  const entries = thread.record;
  const stage = stageIn(entries);
  const isStuck = stage === "comment" || stage === "vote" || stage === "approved";
  if (isStuck) complain("nothing is left lying", `still at ${stage}`);
  if (stage === "new" && issue.labels.includes("proposal") && issue.state === "open")
    complain("nothing is left lying", "never received");
  const isReturned = entries.some(({ kind }) => kind === "returned");
  if (stage === "intake" && thread.draft.isComplete && !isReturned)
    complain("nothing is left lying", "complete, and still in intake");
  const pulls = thread.pulls.now;
  const newest = [...Map.groupBy(pulls, ({ repository }) => repository.name).values()].map((all) =>
    all.at(-1),
  );
  if (stage === "publication" && newest.every((pull) => pull?.state === "merged"))
    complain("nothing is left lying", "merged, and not published");
  if (stage !== "new") checkCommands(thread, complain);
}

/** As often as this somebody is refused at one stage before they are not heard any more. */
const PATIENCE = 5;

function checkCommands(thread: Thread, complain: Complain): void {
  const entries = thread.record;
  const settled = new Set(entries.flatMap((entry) => ("comment" in entry ? [entry.comment] : [])));
  for (const { fact } of thread.view.now.remarks) {
    if (fact.byApp || fact.author === null || settled.has(fact.id)) continue;
    if (!/^\/(accept|return|decline|extend|withdraw|publish)\b/.test(fact.body)) continue;
    const refused = entries.filter(
      (entry) => entry.kind === "command-refused" && entry.by?.id === fact.author?.id,
    ).length;
    if (refused < PATIENCE)
      complain("every command has its answer", `${fact.body.slice(0, 20)} in comment ${fact.id}`);
  }
}
