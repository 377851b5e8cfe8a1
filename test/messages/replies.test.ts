import { expect, it } from "vitest";
import { rendered } from "../support/sample-messages.ts";

it("refusal: not a reviewer", () => {
  expect(rendered("refusal: not a reviewer")).toMatchInlineSnapshot(`
    "@mallory: \`/accept\` is for the review team, and the charter does not name you as a reviewer.

    If you should be one, please ask a chair to add you to the charter. Your opinion is welcome as a comment in any case."
  `);
});

it("refusal: not a chair", () => {
  expect(rendered("refusal: not a chair")).toMatchInlineSnapshot(`
    "@mallory: \`/extend\` is for the committee’s chairs, and the charter does not name you as one.

    Please ask a chair to write it, and say why you think it is needed."
  `);
});

it("refusal: neither author nor chair", () => {
  expect(rendered("refusal: neither author nor chair")).toMatchInlineSnapshot(`
    "@mallory: \`/withdraw\` is for the author of the proposal and the committee’s chairs, and you are neither.

    Please ask one of them to write it, and say why you think it is needed."
  `);
});

it("refusal: own proposal", () => {
  expect(rendered("refusal: own proposal")).toMatchInlineSnapshot(`
    "@mallory: \`/accept\` is not open to the author of the proposal, because nobody assesses their own work.

    Please leave it to another member of the review team."
  `);
});

it("refusal: wrong stage", () => {
  expect(rendered("refusal: wrong stage")).toMatchInlineSnapshot(`
    "@mallory: \`/accept\` is possible only at the stage “assessment”; this proposal is at the stage “comment period”.

    The status comment says what can be done now; \`/help\` lists all commands."
  `);
});

it("refusal: wrong stage, several", () => {
  expect(rendered("refusal: wrong stage, several")).toMatchInlineSnapshot(`
    "@mallory: \`/withdraw\` is possible only at the stages “intake”, “assessment”, “comment period” and “ballot”; this proposal is at the stage “published”.

    The status comment says what can be done now; \`/help\` lists all commands."
  `);
});

it("refusal: reason missing", () => {
  expect(rendered("refusal: reason missing")).toMatchInlineSnapshot(`
    "@mallory: \`/return\` needs a reason, so that the people concerned and the record have one.

    Please write \`/return REASON\`, with your reason in place of \`REASON\`."
  `);
});

it("refusal: span missing", () => {
  expect(rendered("refusal: span missing")).toMatchInlineSnapshot(`
    "@mallory: \`/extend\` needs to know by how much, as a whole number of hours, days or weeks.

    Please write, for example, \`/extend 14 days REASON\`, with your reason in place of \`REASON\`."
  `);
});

it("refusal: not later", () => {
  expect(rendered("refusal: not later")).toMatchInlineSnapshot(`
    "@mallory: \`/extend\` can only move the end of the comment period later, never earlier and never to the same moment.

    Please write, for example, \`/extend 14 days REASON\`. The days are added to the present deadline."
  `);
});

it("refusal: documentation incomplete", () => {
  expect(rendered("refusal: documentation incomplete")).toMatchInlineSnapshot(`
    "@mallory: \`/accept\` is possible only once the documentation is complete, and at the moment something is missing.

    The checklist in the status comment says what to add. Once the author has added it, please write the command again."
  `);
});

it("refusal: pull request open", () => {
  expect(rendered("refusal: pull request open")).toMatchInlineSnapshot(`
    "@mallory: \`/publish\` is for a pull request that was closed without being merged; the present one is still open.

    A maintainer merges it, or closes it first. The status comment links to it."
  `);
});

it("refusal: deleted account", () => {
  expect(rendered("refusal: deleted account")).toMatchInlineSnapshot(`
    "\`/accept\` is not open to the author of the proposal, because nobody assesses their own work.

    Please leave it to another member of the review team."
  `);
});

it("help", () => {
  expect(rendered("help")).toMatchInlineSnapshot(`
    "@mallory: these are the commands. Each is written at the beginning of a line; in a comment with several, the first one counts.

    | Command | What it does | Who may | When |
    | --- | --- | --- | --- |
    | \`/accept\` | accepts the proposal for the comment period, which opens at once | a reviewer, not the author | during the assessment |
    | \`/return REASON\` | gives the proposal back to its author to be mended | a reviewer, not the author | during the assessment |
    | \`/decline REASON\` | ends the proposal without a ballot | a reviewer, not the author | during the assessment |
    | \`/extend 14 days REASON\` | moves the end of the comment period later, never earlier | a chair | during the comment period |
    | \`/withdraw REASON\` | takes the proposal back; the record is kept | the author or a chair | before approval |
    | \`/publish\` | opens a new pull request with the same approved text | a chair | after a publication pull request was closed unmerged |
    | \`/restore\` | brings back the last version of the docket that the App sealed | a chair | when another hand was found on the docket |
    | \`/submit\` | submits the draft again, as it is now in the repository | a chair | after the IETF refused or canceled a submission |
    | \`/status\` | answers with the stage, the deadline and what happens next | anyone | at any time |
    | \`/help\` | answers with this list | anyone | at any time |

    Each command is answered with a reaction on your comment; if one is refused, a reply says why. Votes are not commands: they are reactions on the ballot comment."
  `);
});

it("status answer", () => {
  expect(rendered("status answer")).toMatchInlineSnapshot(`
    "@mallory: this proposal is at the stage **comment period**.

    The comment period is open until **2026-12-20 09:30 UTC**. Everyone is invited to comment on this issue. When it has ended, the comments are listed in a digest and the ballot opens.

    The status comment, the first of the secretariat’s comments on this issue, has the details."
  `);
});
