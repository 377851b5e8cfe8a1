import { expect, it } from "vitest";
import { rendered } from "../support/sample-messages.ts";
import { SUBMISSIONS } from "../support/sample-submissions.ts";

it("auth", () => {
  expect(rendered("submission: auth")).toMatchInlineSnapshot(`
    "### Submitted to the IETF: its authors confirm it by e-mail

    The IETF’s datatracker has taken \`draft-misp-core-format-20\` and has written to its authors. **Please follow the link in that e-mail** to confirm the submission; the draft is posted after that."
  `);
});

it("approval", () => {
  expect(rendered("submission: approval")).toMatchInlineSnapshot(`
    "### Submitted to the IETF: it waits for an approval there

    The IETF’s datatracker has taken \`draft-misp-core-format-20\`, and somebody at the IETF has to act before it is posted. Nothing is to be done here."
  `);
});

it("posted", () => {
  expect(rendered("submission: posted")).toMatchInlineSnapshot(`
    "### Posted by the IETF

    The IETF has posted \`draft-misp-core-format-20\`: [draft-misp-core-format](https://datatracker.ietf.org/doc/draft-misp-core-format/)."
  `);
});

it("canceled", () => {
  expect(rendered("submission: canceled")).toMatchInlineSnapshot(`
    "### The submission to the IETF was canceled

    The submission of \`draft-misp-core-format-20\` failed in processing, or somebody canceled it at the IETF. The draft is not posted.

    Once the reason is settled, a chair can write \`/submit\` in a comment. If the draft itself has to be mended, a maintainer mends \`misp-core-format/raw.md.xml\` in MISP/misp-rfc first: the file is then submitted as it is on the default branch."
  `);
});

it("refused", () => {
  expect(rendered("submission: refused")).toMatchInlineSnapshot(`
    "### The IETF did not take the draft

    The datatracker refused \`draft-misp-core-format-20\`. In its own words: Validation Error.

    - Invalid revision (revision 21 is expected)
    - The title is &lt;b&gt;too&lt;/b&gt; long

    Once the reason is settled, a chair can write \`/submit\` in a comment. If the draft itself has to be mended, a maintainer mends \`misp-core-format/raw.md.xml\` in MISP/misp-rfc first: the file is then submitted as it is on the default branch."
  `);
});

it("given up", () => {
  expect(rendered("submission: given up")).toMatchInlineSnapshot(`
    "### The secretariat no longer asks the IETF

    What became of \`draft-misp-core-format-20\` could not be learned, or nothing came of its submission for 30 days.

    A chair can write \`/submit\` in a comment: the secretariat then looks for the submission again, and submits the draft only if there is none."
  `);
});

it("not submitted, and why", () => {
  const names = Object.keys(SUBMISSIONS).filter((name) =>
    rendered(name).startsWith("### The draft was not submitted"),
  );
  expect(names.map((name) => rendered(name).split("\n\n")[1])).toMatchInlineSnapshot(`
    [
      "There is no \`misp-core-format/raw.md.xml\` in MISP/misp-rfc.",
      "The file \`misp-core-format/raw.md.xml\` in MISP/misp-rfc is too large to be submitted.",
      "The file \`misp-core-format/raw.md.xml\` in MISP/misp-rfc does not say which Internet-Draft it is, as RFCXML does in \`docName\`.",
      "The register does not say which draft and revision \`misp-core-format/raw.md.xml\` in MISP/misp-rfc should be.",
      "The register cannot be read, so it is not known which draft and revision \`misp-core-format/raw.md.xml\` in MISP/misp-rfc should be.",
      "The file \`misp-core-format/raw.md.xml\` in MISP/misp-rfc says that it is \`draft-misp-core-format-20\`, and the register has \`draft-misp-core-format-21\`.",
    ]
  `);
  expect(rendered("submission: file missing")).toMatchInlineSnapshot(`
    "### The draft was not submitted to the IETF

    There is no \`misp-core-format/raw.md.xml\` in MISP/misp-rfc.

    When that is mended on the default branch, a chair can write \`/submit\` in a comment."
  `);
});

it("refusals of /submit", () => {
  const names = ["no submitter", "submission in progress", "submission posted"];
  expect(names.map((name) => rendered(`refusal: ${name}`))).toMatchInlineSnapshot(`
    [
      "@mallory: \`/submit\` is for drafts that go to the IETF, and the charter names nobody who submits them, or named nobody when this publication was opened.

    Please submit the draft by hand, and ask a maintainer to set \`ietf\` in the charter for the next one.",
      "@mallory: \`/submit\` is for a submission that has ended; the present one is still in progress.

    The status comment says where it stands. If it is refused or canceled, please write the command again.",
      "@mallory: \`/submit\` is not needed any more: the IETF has posted the draft.

    A change of the text begins with a new proposal; to go on as it is, a draft is renewed.",
    ]
  `);
});
