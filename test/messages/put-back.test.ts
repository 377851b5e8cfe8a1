import { expect, it } from "vitest";
import { rendered } from "../support/sample-messages.ts";

it("put back: labels", () => {
  expect(rendered("put back: labels")).toMatchInlineSnapshot(`
    "@mallory: the labels that show the stage of a proposal follow its record, so they have been put back.

    The proposal is at the stage **ballot**. Commands move it; \`/help\` lists them. All other labels are yours to set."
  `);
});

it("put back: closed", () => {
  expect(rendered("put back: closed")).toMatchInlineSnapshot(`
    "@mallory: this issue was closed by hand while the proposal is still under way, so it has been reopened.

    The proposal is at the stage **ballot**. Until it is approved, its author or a chair can withdraw it with \`/withdraw REASON\`."
  `);
});

it("put back: reopened", () => {
  expect(rendered("put back: reopened")).toMatchInlineSnapshot(`
    "This issue was reopened by hand after the proposal had ended, so it has been closed again.

    The proposal is at the stage **rejected**. The comments stay open for discussion; to propose something again, please open a new issue."
  `);
});

it("put back: comment", () => {
  expect(rendered("put back: comment")).toMatchInlineSnapshot(`
    "@mallory: the secretariat’s comments show what is on the record, so one that was altered or deleted has been put back.

    The proposal is at the stage **comment period**. If something in it is wrong, please say so in a comment of your own."
  `);
});

it("no charter", () => {
  expect(rendered("no charter")).toMatchInlineSnapshot(`
    "### This committee has no charter yet

    This proposal has been received, but nothing formal can happen before the committee’s rules are written down. A maintainer can begin by adding the file \`.github/committee.yml\` to the default branch of this repository, or of the organization’s \`.github\` repository:

    \`\`\`yaml
    committee: Name of the committee
    chairs: [login-of-a-chair]
    members:
      - login-of-a-member
      - login-of-another-member
    \`\`\`

    That is a complete charter: a comment period of 30 days, then a ballot of 14 days, decided by more than half of the votes cast. Every rule can be changed in the same file.

    Once the file is there, this proposal goes on by itself."
  `);
});
