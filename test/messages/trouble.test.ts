import { expect, it } from "vitest";
import { rendered } from "../support/sample-messages.ts";

it("trouble", () => {
  expect(rendered("trouble")).toMatchInlineSnapshot(`
    "**The secretariat cannot go on with this proposal for now, and nothing formal happens until this is mended.**

    The App is not allowed to write the branch dockets of MISP/misp-rfc: it needs write access to contents.

    Whoever looks after the App or this repository can mend it; the App then tries again by itself, within an hour. Votes and comments made meanwhile are not lost."
  `);
});

it("trouble: mended", () => {
  expect(rendered("trouble: mended")).toMatchInlineSnapshot(
    `"What kept the secretariat from going on here has been mended. The proposal goes on."`,
  );
});

it("refusal: edited", () => {
  expect(rendered("refusal: edited")).toMatchInlineSnapshot(`
    "@mallory: \`/accept\` stands in a comment that was edited, and GitHub does not say by whom, so it cannot be carried out.

    Please write it again, in a new comment."
  `);
});
