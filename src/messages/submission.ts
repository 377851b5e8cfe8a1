/** What people are told about a draft's way through the IETF. The datatracker's words are shown, never trusted. */
import type { SubmissionMessage } from "../proposal/desired-state.ts";
import type { EntryOf } from "../proposal/entries.ts";
import type { Withholding } from "../proposal/submission-entries.ts";
import { codeSpan, inline, link } from "./escape.ts";
import { fittedBullets, paragraphs, sentence } from "./parts.ts";

/** Where the IETF shows its drafts to everybody. */
const DOCUMENTS = "https://datatracker.ietf.org/doc/";

/** Of the reasons of a refusal so much is shown, all together. In characters. */
const REASONS_BUDGET = 10_000;
const LONGEST_REASON = 500;

export function submission(message: SubmissionMessage): string {
  const { told } = message;
  switch (told.kind) {
    case "submission-moved":
      return moved(told.state, message);
    case "submission-refused":
      return refused(told, message);
    case "submission-withheld":
      return paragraphs(
        "### The draft was not submitted to the IETF",
        withheld(told.reason, message),
        "When that is mended on the default branch, a chair can write `/submit` in a comment.",
      );
    case "submission-given-up":
      return paragraphs(
        "### The secretariat no longer asks the IETF",
        `What became of ${nameOf(message)} could not be learned, or nothing came of its submission for 30 days.`,
        "A chair can write `/submit` in a comment: the secretariat then looks for the submission again, and submits the draft only if there is none.",
      );
  }
}

function moved(state: EntryOf<"submission-moved">["state"], message: SubmissionMessage): string {
  const name = nameOf(message);
  switch (state) {
    case "auth":
      return paragraphs(
        "### Submitted to the IETF: its authors confirm it by e-mail",
        `The IETF’s datatracker has taken ${name} and has written to its authors. **Please follow the link in that e-mail** to confirm the submission; the draft is posted after that.`,
      );
    case "approval":
      return paragraphs(
        "### Submitted to the IETF: it waits for an approval there",
        `The IETF’s datatracker has taken ${name}, and somebody at the IETF has to act before it is posted. Nothing is to be done here.`,
      );
    case "posted":
      return paragraphs("### Posted by the IETF", `The IETF has posted ${name}: ${pageOf(message)}.`);
    case "cancel":
      return paragraphs(
        "### The submission to the IETF was canceled",
        `The submission of ${name} failed in processing, or somebody canceled it at the IETF. The draft is not posted.`,
        again(message),
      );
  }
}

function refused({ error, messages }: EntryOf<"submission-refused">, message: SubmissionMessage): string {
  return paragraphs(
    "### The IETF did not take the draft",
    `The datatracker refused ${nameOf(message)}. In its own words: ${sentence(error, LONGEST_REASON)}`,
    fittedBullets(
      messages.map((each) => inline(each, LONGEST_REASON)),
      REASONS_BUDGET,
      (left) => `${left} more in the docket`,
    ),
    again(message),
  );
}

function withheld(reason: Withholding, message: SubmissionMessage): string {
  const place = placeOf(message);
  switch (reason.why) {
    case "file missing":
      return `There is no ${place}.`;
    case "file too large":
      return `The file ${place} is too large to be submitted.`;
    case "not a draft":
      return `The file ${place} does not say which Internet-Draft it is, as RFCXML does in \`docName\`.`;
    case "not in the register":
      return `The register does not say which draft and revision ${place} should be.`;
    case "register unreadable":
      return `The register cannot be read, so it is not known which draft and revision ${place} should be.`;
    case "another draft":
      return `The file ${place} says that it is ${codeSpan(reason.draft)}, and the register has ${codeSpan(reason.registered)}.`;
  }
}

function again(message: SubmissionMessage): string {
  return `Once the reason is settled, a chair can write \`/submit\` in a comment. If the draft itself has to be mended, a maintainer mends ${placeOf(message)} first: the file is then submitted as it is on the default branch.`;
}

function nameOf({ draft }: SubmissionMessage): string {
  return draft === null ? "the draft" : codeSpan(draft);
}

function placeOf({ repository, path }: SubmissionMessage): string {
  return `${codeSpan(path)} in ${inline(`${repository.owner}/${repository.name}`)}`;
}

/** A draft's page is the same for all its revisions. */
function pageOf({ draft }: SubmissionMessage): string {
  const name = (draft ?? "").replace(/-[0-9]{2}$/, "");
  return link(name, `${DOCUMENTS}${encodeURIComponent(name)}/`);
}
