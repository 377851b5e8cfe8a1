/** What people are told about publication. */
import type { Message, PullRequestStanding } from "../proposal/desired-state.ts";
import type { EntryOf } from "../proposal/entries.ts";
import { inWords } from "../proposal/instant.ts";
import { codeSpan, inline, link } from "./escape.ts";
import { bullets, count, listed, paragraphs, shortCommit, shortDigest, table } from "./parts.ts";

type MessageOf<K extends Message["kind"]> = Extract<Message, { kind: K }>;

/** More pull requests than a person would read; a publication has one or a few. */
const SHOWN = 20;

type Linked = Pick<PullRequestStanding, "repository" | "number" | "url"> & Partial<PullRequestStanding>;

function pullRequestLink({ repository, number, url }: Linked): string {
  return link(`${repository.owner}/${repository.name} pull request ${number}`, url);
}

/** How each stands is said where that is known. */
export function pullRequestLinks(pullRequests: readonly Linked[]): string {
  const links = pullRequests
    .slice(0, SHOWN)
    .map((each) => pullRequestLink(each) + stands(each.state ?? null));
  const left = pullRequests.length - links.length;
  return listed(left > 0 ? [...links, `${left} more`] : links);
}

function stands(state: PullRequestStanding["state"]): string {
  switch (state) {
    case null:
      return "";
    case "open":
      return " (open)";
    case "merged":
      return " (merged)";
    case "closed":
      return " (closed without being merged)";
  }
}

export function publicationStopped({ pullRequests }: MessageOf<"publication-stopped">): string {
  const [was, it] = pullRequests.length === 1 ? ["was", "a new pull request"] : ["were", "new pull requests"];
  return paragraphs(
    "### Publication has stopped",
    `${pullRequestLinks(pullRequests)} ${was} closed without being merged.`,
    `The proposal remains approved, and nothing more happens by itself. When the reason is settled, a chair can ask for ${it} with the same approved text by writing \`/publish\` in a comment.`,
  );
}

export function published({ entry, text }: MessageOf<"published">): string {
  return paragraphs(
    "### Published",
    `What the committee approved was merged on **${inWords(entry.at)}**. The proposal is published, and this issue is closed as completed.`,
    bullets(...entry.pullRequests.slice(0, SHOWN).map(merged)),
    files(entry.files, text),
    "The committee thanks the author, and everyone who commented, reviewed and voted.",
  );
}

function merged(pullRequest: EntryOf<"published">["pullRequests"][number]): string {
  const commit = pullRequest.mergeCommit === null ? "" : ` as commit ${shortCommit(pullRequest.mergeCommit)}`;
  return `${pullRequestLink(pullRequest)}, merged${commit}`;
}

function files(all: EntryOf<"published">["files"], text: string | null): string | null {
  if (all.length === 0) return null;
  return table({
    head: ["Repository", "File", "SHA-256", "Text"],
    rows: all.map((file) => [
      inline(`${file.owner}/${file.name}`),
      codeSpan(file.path),
      file.sha256 === null ? "" : shortDigest(file.sha256),
      fidelity(file, text),
    ]),
    leftOut: (left) => `${count(left, "more file")} ${left === 1 ? "is" : "are"} named in the docket.`,
  });
}

function fidelity({ sha256, asVoted }: EntryOf<"published">["files"][number], text: string | null): string {
  if (sha256 === null) return "left out when it was merged";
  if (asVoted === null) return "";
  if (!asVoted) return "edited by maintainers before it was merged; the record notes it";
  return sha256 === text ? "as voted on, byte for byte" : "as made from the text that was voted on";
}
