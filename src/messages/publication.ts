/** What people are told about publication. */
import type { Message } from "../proposal/desired-state.ts";
import type { EntryOf, PullRequestPin } from "../proposal/entries.ts";
import { inWords } from "../proposal/instant.ts";
import { codeSpan, inline, link } from "./escape.ts";
import { bullets, count, listed, paragraphs, shortCommit, shortDigest, table } from "./parts.ts";

type MessageOf<K extends Message["kind"]> = Extract<Message, { kind: K }>;

/** More pull requests than a person would read; a publication has one or a few. */
const SHOWN = 20;

function pullRequestLink({ repository, number, url }: PullRequestPin): string {
  return link(`${repository.owner}/${repository.name} pull request ${number}`, url);
}

export function pullRequestLinks(pullRequests: readonly PullRequestPin[]): string {
  const links = pullRequests.slice(0, SHOWN).map(pullRequestLink);
  const left = pullRequests.length - links.length;
  return listed(left > 0 ? [...links, `${left} more`] : links);
}

export function publicationStopped({ pullRequests }: MessageOf<"publication-stopped">): string {
  const [was, it] = pullRequests.length === 1 ? ["was", "a new pull request"] : ["were", "new pull requests"];
  return paragraphs(
    "### Publication has stopped",
    `${pullRequestLinks(pullRequests)} ${was} closed without being merged.`,
    `The proposal remains approved, and nothing more happens by itself. When the reason is settled, a chair can ask for ${it} with the same approved text by writing \`/publish\` in a comment.`,
  );
}

export function published({ entry }: MessageOf<"published">): string {
  return paragraphs(
    "### Published",
    `What the committee approved was merged on **${inWords(entry.at)}**. The proposal is published, and this issue is closed as completed.`,
    bullets(...entry.pullRequests.slice(0, SHOWN).map(merged)),
    files(entry.files),
    "The committee thanks the author, and everyone who commented, reviewed and voted.",
  );
}

function merged(pullRequest: EntryOf<"published">["pullRequests"][number]): string {
  const commit = pullRequest.mergeCommit === null ? "" : ` as commit ${shortCommit(pullRequest.mergeCommit)}`;
  return `${pullRequestLink(pullRequest)}, merged${commit}`;
}

function files(all: EntryOf<"published">["files"]): string | null {
  if (all.length === 0) return null;
  return table({
    head: ["Repository", "File", "SHA-256", "Text"],
    rows: all.map((file) => [
      inline(`${file.owner}/${file.name}`),
      codeSpan(file.path),
      file.sha256 === null ? "" : shortDigest(file.sha256),
      fidelity(file),
    ]),
    leftOut: (left) => `${count(left, "more file")} ${left === 1 ? "is" : "are"} named in the docket.`,
  });
}

function fidelity({ sha256, asVoted }: EntryOf<"published">["files"][number]): string {
  if (sha256 === null) return "left out when it was merged";
  if (asVoted === null) return "";
  return asVoted
    ? "as voted on, byte for byte"
    : "edited by maintainers before it was merged; the record notes it";
}
