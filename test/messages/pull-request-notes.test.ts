import { expect, it, test } from "vitest";
import {
  type PublicationNotice,
  publicationCommitMessage,
  pullRequestBody,
  pullRequestTitle,
} from "../../src/messages/pull-request.ts";
import { pressNotes } from "../../src/messages/pull-request-notes.ts";
import { NO_NOTES, type PressNotes } from "../../src/publication/press-notes.ts";
import { HOSTILE } from "../support/hostile.ts";
import { WEB } from "../support/sample-committee.ts";
import { NOTICE } from "../support/sample-messages.ts";

const WEBSITE = { owner: "MISP", name: "misp-standard.org" };
const MADE: PressNotes = {
  draft: "draft-misp-core-format-01",
  lacking: [{ line: 1, what: "There is no Security Considerations section" }],
  unexpressed: [{ line: 40, what: "The footnote stands where it is referred to" }],
  missing: [{ name: "I-D.nobody-knows", because: "The bibliography does not answer" }],
  nits: { errors: 0, warnings: 2 },
  rendered: { made: "both" },
  difference: "- MUST\n+ SHOULD\n",
};

it("nothing is said where nothing was made", () => {
  expect(pressNotes(NO_NOTES)).toBeNull();
});

it("what the files lack, and what was found", () => {
  expect(pressNotes(MADE)).toMatchInlineSnapshot(`
    "**Internet-Draft:** \`draft-misp-core-format-01\`. idnits found 0 errors and 2 warnings. Text and HTML were made with xml2rfc.

    **Only the authors can say this.** An Internet-Draft needs it, and the text lacks it. Please ask them, and add it to this branch:

    - Line 1: There is no Security Considerations section.

    **Not as it was written.** The draft’s format cannot express this:

    - Line 40: The footnote stands where it is referred to.

    **References that are not written out.** The draft names them by their addresses, or not at all:

    - I-D.nobody-knows: The bibliography does not answer.

    <details><summary>How the text differs from the one that was published before</summary>

    \`\`\`diff
    - MUST
    + SHOULD
    \`\`\`

    </details>"
  `);
});

test.each<[string, Partial<PressNotes>, string]>([
  ["no nits", { nits: { errors: 0, warnings: 0 } }, "idnits found no error and no warning."],
  ["one nit", { nits: { errors: 1, warnings: 0 } }, "idnits found 1 error and 0 warnings."],
  [
    "nothing rendered",
    { rendered: { made: "nothing", because: "xml2rfc is not installed" } },
    "xml2rfc is not installed.\n",
  ],
  [
    "something that is nowhere in particular",
    { lacking: [{ line: 0, what: "a section “Security Considerations”" }] },
    "- A section “Security Considerations”.",
  ],
])("%s", (_, changed, words) => {
  expect(pressNotes({ ...MADE, ...changed })).toContain(words);
});

it("a pull request to the website", () => {
  const notice: PublicationNotice = {
    ...NOTICE,
    carries: ["website"],
    elsewhere: [{ owner: "MISP", name: "misp-rfc" }],
    text: "made from it",
    files: ["standards.md"],
  };
  expect(pullRequestTitle(notice)).toMatchInlineSnapshot(
    `"Show new standard on the website: MISP core format (MISP/misp-rfc#12)"`,
  );
  expect(pullRequestBody(notice, WEB)).toMatchInlineSnapshot(`
    "<!-- secretariat:proposal MISP/misp-rfc#12 -->
    <!-- secretariat:no draft -->

    This shows on the website what the committee approved in MISP/misp-rfc#12: the new standard “MISP core format”.

    - **Decision:** approved on 2027-01-03 09:30 UTC. 5 for, 3 against, 1 abstention: 5 of 8 votes cast is more than 1/2. Quorum: reached; 9 of 9 members took part, and 5 were needed.
    - **Text:** made from the one that was voted on, 96,306 bytes, SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`. It was read from [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\`.
    - **Official record:** [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    **Files**

    - \`standards.md\`

    **For maintainers:** please review and merge this; any way of merging is fine, and the proposal is published when this and the pull request of the same proposal in MISP/misp-rfc are merged. Merge this one last: its pages lead to what the other one adds. You may add commits to this branch, and they will not be overwritten. If you close this unmerged, a chair can ask for a new pull request by writing \`/publish\` on the proposal."
  `);
  expect(publicationCommitMessage(notice).split("\n")[0]).toMatchInlineSnapshot(
    `"Show new standard on the website: MISP core format"`,
  );
});

it("a pull request to the standards that has one to the website beside it, and one that carries both", () => {
  const beside = pullRequestBody({ ...NOTICE, elsewhere: [WEBSITE] }, WEB);
  expect(beside).toContain(
    "published when this and the pull request of the same proposal in MISP/misp-standard.org are merged.",
  );
  expect(beside).not.toContain("Merge this one last");
  const both = pullRequestBody({ ...NOTICE, carries: ["standards", "website"] }, WEB);
  expect(both).toContain("This publishes, and shows on the website, what the committee approved");
});

it("however much there is to say, and whatever it says, GitHub takes the body", () => {
  const many = Array.from({ length: 2_000 }, (_, index) => ({ line: index + 1, what: HOSTILE }));
  const notes: PressNotes = {
    draft: HOSTILE,
    lacking: many,
    unexpressed: many,
    missing: many.map(() => ({ name: HOSTILE, because: HOSTILE })),
    nits: { errors: 9_999, warnings: 9_999 },
    rendered: { made: "nothing", because: HOSTILE },
    difference: "@".repeat(100_000),
  };
  const body = pullRequestBody(
    {
      ...NOTICE,
      notes,
      files: many.map(({ what }) => what),
      opened: { ...NOTICE.opened, text: { ...NOTICE.opened.text, title: HOSTILE } },
      carries: ["website"],
      elsewhere: [WEBSITE],
    },
    WEB,
  );
  expect(body.length).toBeLessThan(60_000);
  expect(body).toContain("… and ");
  expect(body).toContain("Merge this one last");
  expect(pressNotes({ ...NO_NOTES, lacking: many })).not.toMatch(/@\w|<img|[^\\]\]\(javascript/i);
});
