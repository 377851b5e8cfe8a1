/** The one living status comment: where the proposal stands, what happens next, and who can do it. */
import { CHARTER_PATH } from "../charter/charter.ts";
import type { Held, StatusMessage } from "../proposal/desired-state.ts";
import { inWords } from "../proposal/instant.ts";
import { canBeTriedAgain, type SubmissionPhase } from "../proposal/submission-life.ts";
import { checklist, isComplete } from "./checklist.ts";
import { type CommandDescription, commandsAt } from "./commands.ts";
import { codeSpan, link, quote } from "./escape.ts";
import {
  bullets,
  capitalized,
  digestDetails,
  fileLink,
  fittedBullets,
  named,
  paragraphs,
  pinned,
  sentence,
  standardFolder,
} from "./parts.ts";
import { pullRequestLinks } from "./publication.ts";
import { progress, resultInWords, stageName } from "./stages.ts";
import { docketUrl, fileUrl, type WebUrl } from "./web.ts";

export function statusMessage(status: StatusMessage, web: WebUrl): string {
  return paragraphs(
    `### Status: ${stageTitle(status)}`,
    progress(status.stage),
    status.held === null ? null : held(status.held, web),
    standing(status),
    returnedReason(status),
    endedReason(status),
    documentation(status),
    flagged(status),
    details(status, web),
    status.text === null ? null : digestDetails(status.text),
    footer(status),
  );
}

/** One or two sentences: where it stands and what comes next. Also the answer to `/status`. */
export function standing(status: StatusMessage): string {
  const until = status.closesAt === null ? "its deadline" : `**${inWords(status.closesAt)}**`;
  switch (status.stage) {
    case "intake":
      return intake(status);
    case "assessment":
      return "The documentation is complete. The review team now assesses whether the proposal is complete and relevant. A reviewer other than the author answers with `/accept`, `/return REASON` or `/decline REASON`.";
    case "comment":
      return `The comment period is open until ${until}. Everyone is invited to comment on this issue. When it has ended, the comments are listed in a digest and the ballot opens.`;
    case "vote":
      return `The committee votes until ${until}, with reactions on the ballot comment. The result follows when the deadline has passed, or earlier only where the ballot says so.`;
    case "approved":
      return status.pullRequests.length === 0
        ? "The committee has approved this proposal. A pull request with the approved text is opened next; nobody needs to do anything for it."
        : "The committee has approved this proposal. Not all of its pull requests are open yet: what is missing beside those named below is opened next.";
    case "publication":
      return "The committee has approved this proposal. It is published when a maintainer has merged every pull request named below. If one is closed without being merged, a chair can ask for a new one with `/publish`.";
    case "published":
      return `This proposal is approved and published. ${afterPublication(status.submission)}`;
    case "declined":
      return "The review team has declined this proposal. The author is welcome to open a new one that answers the reason.";
    case "rejected":
      return status.result === "no quorum"
        ? "Too few of the electorate took part, so this proposal was not approved. It may be proposed again in a new issue."
        : "The committee has voted and did not approve this proposal. It may be proposed again in a new issue, for example when objections have been answered.";
    case "withdrawn":
      return "This proposal has been withdrawn. Nothing more happens with it; its record is kept.";
  }
}

function afterPublication(submission: SubmissionPhase | null): string {
  switch (submission) {
    case null:
      return "Nothing more is to be done here.";
    case "due":
    case "begun":
    case "validating":
      return "Its draft is being submitted to the IETF.";
    case "auth":
      return "Its draft is submitted to the IETF, which posts it when its authors have followed the link in the e-mail that they were sent.";
    case "approval":
      return "Its draft is submitted to the IETF, where it waits for an approval.";
    case "posted":
      return "Its draft is posted by the IETF. Nothing more is to be done here.";
    case "canceled":
    case "refused":
    case "withheld":
    case "given up":
      return "Its draft is not posted by the IETF; a comment below says why. A chair can submit it again with `/submit`.";
  }
}

function intake(status: StatusMessage): string {
  if (status.documentation === null) return "The documentation has not been looked at yet.";
  if (status.returned !== null)
    return "The review team has returned this proposal to its author. It is assessed again once the text has been edited to answer the reason below and the documentation is complete; the issue is looked at again after each edit.";
  if (isComplete(status.documentation))
    return "The documentation is complete. The assessment by the review team begins next.";
  return "The documentation is not complete yet. The author completes it by editing this issue; it is checked again after each edit, and the review team’s assessment begins when every item is ticked.";
}

function stageTitle({ stage, result, held }: StatusMessage): string {
  const name = stage === "rejected" && result !== null ? resultInWords(result) : stageName(stage);
  return held === null ? name : `${name}, on hold`;
}

function held(why: Held, web: WebUrl): string {
  const resumes = "Everything goes on by itself once that is done.";
  switch (why.why) {
    case "charter absent":
      return `**On hold:** the committee has no charter yet, so nothing formal can happen. A maintainer can add one as ${codeSpan(CHARTER_PATH)} on the default branch. ${resumes}`;
    case "charter invalid":
      return paragraphs(
        `**On hold:** the committee’s charter, ${fileLink(why.pin, web)}, cannot be used as it is, so nothing formal can happen until a maintainer has mended it. ${resumes}`,
        problems(why, web),
      );
    case "unreadable":
      return `**On hold:** something that is needed could not be read from GitHub. ${sentence(why.because)} It is tried again by itself. Nothing is decided on half of the facts, and no vote or comment is lost.`;
  }
}

function problems({ problems: all, pin }: Extract<Held, { why: "charter invalid" }>, web: WebUrl): string {
  const written = all.map((problem) => {
    const place = link(
      `line ${problem.line}, column ${problem.column}`,
      `${fileUrl(web, pin)}#L${problem.line}`,
    );
    const instead = problem.instead === "" ? "" : ` Write instead: ${sentence(problem.instead)}`;
    return `${place}: ${sentence(problem.message)}${instead}`;
  });
  return fittedBullets(written, 15_000, (left) => `${left} more`);
}

function returnedReason({ stage, returned }: StatusMessage): string | null {
  if (stage !== "intake" || returned === null) return null;
  return paragraphs(`Returned by ${named(returned.by)}, for this reason:`, quote(returned.reason));
}

function endedReason({ ended, stage }: StatusMessage): string | null {
  if (ended === null) return null;
  const done = `${capitalized(stageName(stage))} by ${named(ended.by)}`;
  if (ended.reason === null || ended.reason === "") return `${done}, without giving a reason.`;
  return paragraphs(`${done}, for this reason:`, quote(ended.reason));
}

function documentation({ documentation: findings }: StatusMessage): string | null {
  return findings === null ? null : paragraphs("#### Documentation", checklist(findings));
}

function flagged({ textFlagged, stage }: StatusMessage): string | null {
  if (!textFlagged) return null;
  return stage === "vote"
    ? "**This issue was edited after the ballot opened.** The edit does not change what is voted on: that is the text named below, as it stood when the ballot opened."
    : "**This issue no longer shows the text that was voted on.** What counts is the text named below, as it stood when the ballot opened.";
}

function details(status: StatusMessage, web: WebUrl): string {
  const { text, pullRequests, charter, docket } = status;
  return bullets(
    text === null ? null : `Short name: ${standardFolder(text)}`,
    text === null ? null : `Text: ${pinned(text, web)}`,
    pullRequests.length === 0 ? null : `Pull requests: ${pullRequestLinks(pullRequests)}`,
    charter === null ? null : `Charter: ${fileLink(charter, web)}`,
    docket === null ? null : `Official record: ${link("the docket", docketUrl(web, docket))}`,
  );
}

function footer({ stage, submission, pullRequests }: StatusMessage): string {
  const canBe: Readonly<Record<string, boolean>> = {
    submit: canBeTriedAgain(submission),
    publish: pullRequests.some(({ state }) => state === "closed"),
  };
  const isOpen = ({ name }: CommandDescription) => canBe[name] ?? true;
  const possible = commandsAt(stage)
    .filter(isOpen)
    .map(({ usage, who }) => `${codeSpan(usage)} (${who})`);
  return `Commands that can be written in a comment now: ${[...possible, "`/status` and `/help` (anyone)"].join(", ")}.`;
}
