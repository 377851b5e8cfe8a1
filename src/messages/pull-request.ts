/** The words of a publication pull request. */
import type { ProposalKind } from "../charter/charter.ts";
import type { EntryOf } from "../proposal/entries.ts";
import type { ProposalRef, Repository } from "../proposal/facts.ts";
import { inWords } from "../proposal/instant.ts";
import type { PublicationTarget } from "../proposal/publication-plan.ts";
import type { PressNotes } from "../publication/press-notes.ts";
import { majoritySum, quorumSum } from "./arithmetic.ts";
import { codeSpan, inline, link } from "./escape.ts";
import { NO_DRAFT_LINE, proposalLine } from "./key.ts";
import { oneLine } from "./one-line.ts";
import { bullets, count, fileLink, fittedBullets, listed, paragraphs } from "./parts.ts";
import { pressNotes } from "./pull-request-notes.ts";
import { docketUrl, type WebUrl } from "./web.ts";

export type PublicationNotice = {
  readonly ref: ProposalRef;
  readonly opened: EntryOf<"ballot-opened">;
  readonly closed: EntryOf<"ballot-closed">;
  readonly carries: readonly PublicationTarget[];
  /** The other repositories that the same decision is published to. */
  readonly elsewhere: readonly Repository[];
  /** The paths that the pull request adds or changes. */
  readonly files: readonly string[];
  /** What the text that was voted on has become here. */
  readonly text: "as voted" | "made from it" | "none";
  readonly notes: PressNotes;
  readonly docket: Repository & { readonly path: string };
};

const KINDS: Readonly<Record<ProposalKind, string>> = {
  new: "new standard",
  update: "update",
  retirement: "retirement",
};

/** At most 256 characters, GitHub's limit for a title. */
export function pullRequestTitle(notice: Pick<PublicationNotice, "ref" | "opened" | "carries">): string {
  const { ref, opened } = notice;
  const origin = ` (${reference(ref)})`;
  return `${deed(notice)}: ${oneLine(opened.text.title, 200 - origin.length)}${origin}`;
}

function deed({ opened, carries }: Pick<PublicationNotice, "opened" | "carries">): string {
  const kind = KINDS[opened.text.proposal];
  return carries.includes("standards") ? `Publish ${kind}` : `Show ${kind} on the website`;
}

/** No closing keyword: the App closes the issue itself, once the publication is on the record. */
export function pullRequestBody(notice: PublicationNotice, web: WebUrl): string {
  const { ref, opened, closed, carries, files, docket, notes } = notice;
  const { electorate, terms } = opened;
  return paragraphs(
    carries.includes("standards") ? proposalLine(ref) : `${proposalLine(ref)}\n${NO_DRAFT_LINE}`,
    opening(notice),
    bullets(
      `**Decision:** approved on ${inWords(closed.at)}. ${majoritySum(terms.passes, closed.tally, electorate.length)} Quorum: ${quorumSum(terms.quorum, closed.tally, electorate.length)}`,
      text(notice, web),
      `**Official record:** ${link("the docket", docketUrl(web, docket))}`,
    ),
    pressNotes(notes),
    "**Files**",
    fileList(files),
    forMaintainers(notice),
  );
}

function opening({ ref, opened, carries }: PublicationNotice): string {
  const what = `what the committee approved in ${reference(ref)}: the ${KINDS[opened.text.proposal]} “${inline(opened.text.title)}”`;
  if (!carries.includes("standards")) return `This shows on the website ${what}.`;
  return carries.includes("website")
    ? `This publishes, and shows on the website, ${what}.`
    : `This publishes ${what}.`;
}

function text({ opened, text: state }: PublicationNotice, web: WebUrl): string {
  const { bytes, text: digest, source } = opened.text;
  const size = `${count(bytes, "byte")}, SHA-256 ${codeSpan(digest)}`;
  const read = `It was read from ${source === "issue" ? "the proposal’s issue" : fileLink(source, web)}.`;
  switch (state) {
    case "as voted":
      return `**Text:** byte for byte the one that was voted on, ${size}. ${read}`;
    case "made from it":
      return `**Text:** made from the one that was voted on, ${size}. ${read}`;
    case "none":
      return "**Text:** the proposal has no specification; what is published is the record of the decision.";
  }
}

function forMaintainers({ carries, elsewhere }: PublicationNotice): string {
  const others = listed(elsewhere.map(({ owner, name }) => inline(`${owner}/${name}`)));
  const isStandard = carries.includes("standards");
  return [
    "**For maintainers:** please review and merge this; any way of merging is fine, and the proposal is published when",
    others === ""
      ? "it is merged."
      : `this and the pull request of the same proposal in ${others} are merged.`,
    isStandard || others === "" ? null : "Merge this one last: its pages lead to what the other one adds.",
    "You may add commits to this branch, and they will not be overwritten.",
    isStandard
      ? "If a file that is merged differs from the text that was voted on, the record notes it."
      : null,
    "If you close this unmerged, a chair can ask for a new pull request by writing `/publish` on the proposal.",
  ]
    .filter((part) => part !== null)
    .join(" ");
}

/** The commit that holds the files; its first line is at most 72 characters long. */
export function publicationCommitMessage(notice: PublicationNotice): string {
  const { ref, opened, closed } = notice;
  const start = `${deed(notice)}: `;
  return [
    `${start}${oneLine(opened.text.title, 72 - start.length)}`,
    `Approved by the committee on ${inWords(closed.at)}, proposal ${reference(ref)}.`,
    opened.text.bytes === 0 ? null : `SHA-256 of the text voted on:\n${opened.text.text}`,
  ]
    .filter((part) => part !== null)
    .join("\n\n");
}

function fileList(files: readonly string[]): string {
  return fittedBullets(files.map(codeSpan), 10_000, (left) => count(left, "more file"));
}

function reference({ owner, name, number }: ProposalRef): string {
  return `${owner}/${name}#${number}`;
}
