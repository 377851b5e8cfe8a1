/** The words of a publication pull request. */
import type { ProposalKind } from "../charter/charter.ts";
import type { EntryOf } from "../proposal/entries.ts";
import type { ProposalRef, Repository } from "../proposal/facts.ts";
import { inWords } from "../proposal/instant.ts";
import { majoritySum, quorumSum } from "./arithmetic.ts";
import { codeSpan, inline, link } from "./escape.ts";
import { proposalLine } from "./key.ts";
import { oneLine } from "./one-line.ts";
import { bullets, count, fileLink, paragraphs } from "./parts.ts";
import { docketUrl, type WebUrl } from "./web.ts";

export type PublicationNotice = {
  readonly ref: ProposalRef;
  readonly opened: EntryOf<"ballot-opened">;
  readonly closed: EntryOf<"ballot-closed">;
  /** The paths that the pull request adds or changes. */
  readonly files: readonly string[];
  readonly docket: Repository & { readonly path: string };
};

const KINDS: Readonly<Record<ProposalKind, string>> = {
  new: "new standard",
  update: "update",
  retirement: "retirement",
};

/** At most 256 characters, GitHub's limit for a title. */
export function pullRequestTitle({ ref, opened }: Pick<PublicationNotice, "ref" | "opened">): string {
  const origin = ` (${reference(ref)})`;
  return `Publish ${KINDS[opened.text.proposal]}: ${oneLine(opened.text.title, 200 - origin.length)}${origin}`;
}

/** No closing keyword: the App closes the issue itself, once the publication is on the record. */
export function pullRequestBody(notice: PublicationNotice, web: WebUrl): string {
  const { ref, opened, closed, files, docket } = notice;
  const { text, electorate, terms } = opened;
  const title = `“${inline(text.title)}”`;
  return paragraphs(
    proposalLine(ref),
    `This publishes what the committee approved in ${reference(ref)}: the ${KINDS[text.proposal]} ${title}.`,
    bullets(
      `**Decision:** approved on ${inWords(closed.at)}. ${majoritySum(terms.passes, closed.tally, electorate.length)} Quorum: ${quorumSum(terms.quorum, closed.tally, electorate.length)}`,
      text.bytes === 0
        ? "**Text:** the proposal has no specification; what is published is the record of the decision."
        : `**Text:** byte for byte the one that was voted on, ${count(text.bytes, "byte")}, SHA-256 ${codeSpan(text.text)}. It was read from ${text.source === "issue" ? "the proposal’s issue" : fileLink(text.source, web)}.`,
      `**Official record:** ${link("the docket", docketUrl(web, docket))}`,
    ),
    "**Files**",
    fileList(files),
    "**For maintainers:** please review and merge this; any way of merging is fine, and the proposal is published when it is merged. You may add commits to this branch, and they will not be overwritten. If a file that is merged differs from the text that was voted on, the record notes it. If you close this unmerged, a chair can ask for a new pull request by writing `/publish` on the proposal.",
  );
}

/** The commit that holds the files; its first line is at most 72 characters long. */
export function publicationCommitMessage({ ref, opened, closed }: PublicationNotice): string {
  const start = `Publish ${KINDS[opened.text.proposal]}: `;
  return [
    `${start}${oneLine(opened.text.title, 72 - start.length)}`,
    `Approved by the committee on ${inWords(closed.at)}, proposal ${reference(ref)}.`,
    opened.text.bytes === 0 ? null : `SHA-256 of the text voted on:\n${opened.text.text}`,
  ]
    .filter((part) => part !== null)
    .join("\n\n");
}

function fileList(files: readonly string[]): string {
  const shown = files.slice(0, 100).map((path) => codeSpan(path));
  const left = files.length - shown.length;
  return bullets(...shown, left > 0 ? `and ${count(left, "more file")}` : null);
}

function reference({ owner, name, number }: ProposalRef): string {
  return `${owner}/${name}#${number}`;
}
