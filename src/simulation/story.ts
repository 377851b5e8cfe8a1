/** What truly happened to one proposal, line by line: for whoever replays a seed and wants to know why. */
import { keyIn } from "./reading.ts";
import { instantAt } from "./time.ts";
import { APP, type Deed, type Thread } from "./world.ts";

export function storyOf(thread: Thread): readonly string[] {
  let recorded = 0;
  const { issue } = thread.view.now;
  const lines = thread.deeds.flatMap((deed) => {
    const when = instantAt(deed.at);
    if (deed.kind !== "recorded") return [`${when} ${told(deed)}`];
    const added = deed.entries.slice(recorded);
    recorded = deed.entries.length;
    return added.map(({ number, kind, at, recordedAt, previous: _, hash: __, ...more }) => {
      const result = "result" in more ? ` (${more.result})` : "";
      return `${when} recorded ${number} ${kind}${result} at ${at} (${recordedAt}) ${JSON.stringify(more).slice(0, 300)}`;
    });
  });
  return [
    `Proposal ${thread.number} by ${thread.author}`,
    ...lines,
    `${issue.state}: ${issue.labels.join(", ")}`,
  ];
}

function told(deed: Exclude<Deed, { kind: "recorded" }>): string {
  switch (deed.kind) {
    case "reacted":
    case "unreacted":
      return `${deed.by} ${deed.kind} ${deed.content} to ${deed.comment}`;
    case "said":
      return `${deed.by.id} said ${deed.comment}: ${deed.by.id === APP.id ? keyIn(deed.body) : JSON.stringify(deed.body)}`;
    case "edited":
    case "unsaid":
      return `${deed.by.id} ${deed.kind} ${deed.comment}`;
    case "drafted":
      return `drafted, ${deed.draft.isComplete ? "complete" : "incomplete"}`;
    case "labels changed":
      return `${deed.by.id} changed labels`;
    case "closed":
    case "reopened":
      return `${deed.by.id} ${deed.kind}${deed.byCommit ? " by a commit" : ""}`;
    case "tampered":
    case "mended":
      return `${deed.kind}: ${deed.how}`;
    case "left the repository":
      return deed.kind;
  }
}
