import { expect, it } from "vitest";
import { rendered } from "../support/sample-messages.ts";

it("status: intake", () => {
  expect(rendered("status: intake")).toMatchInlineSnapshot(`
    "### Status: intake

    **intake** → assessment → comment period → ballot → publication → published

    The documentation is not complete yet. The author completes it by editing this issue; it is checked again after each edit, and the review team’s assessment begins when every item is ticked.

    #### Documentation

    - [x] **Description**
    - [ ] **Objectives**: not found. Add a heading \`## Objectives\` and below it at least 20 words. (A heading Goals or Aims is read as the same.)
    - [ ] **Relevance**: there is a heading, but nothing below it yet. Write at least 1 word.
    - [ ] **Compatibility**: 7 words so far, and at least 20 words are asked for. Add 13 more words.
    - [ ] **Technical specification**: the link cannot be used. It leads to a repository that the App cannot read.
    - [ ] **Authors**: this cannot be used. “&lt;ada@⁠example.org&gt;” does not begin with a name. Write one author a line.

    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    Commands that can be written in a comment now: \`/withdraw REASON\` (the author or a chair), \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: returned", () => {
  expect(rendered("status: returned")).toMatchInlineSnapshot(`
    "### Status: intake

    **intake** → assessment → comment period → ballot → publication → published

    The review team has returned this proposal to its author. It is assessed again once the text has been edited to answer the reason below and the documentation is complete; the issue is looked at again after each edit.

    Returned by bob, for this reason:

    > The objectives do not say who is going to use this.
    > Please add them.

    #### Documentation

    - [x] **Description**
    - [x] **Objectives**
    - [x] **Relevance**
    - [x] **Compatibility**
    - [x] **Technical specification**
    - [x] **Authors**

    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    Commands that can be written in a comment now: \`/withdraw REASON\` (the author or a chair), \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: assessment", () => {
  expect(rendered("status: assessment")).toMatchInlineSnapshot(`
    "### Status: assessment

    intake → **assessment** → comment period → ballot → publication → published

    The documentation is complete. The review team now assesses whether the proposal is complete and relevant. A reviewer other than the author answers with \`/accept\`, \`/return REASON\` or \`/decline REASON\`.

    #### Documentation

    - [x] **Description**
    - [x] **Objectives**
    - [x] **Relevance**
    - [x] **Compatibility**
    - [x] **Technical specification**
    - [x] **Authors**

    - Short name: \`misp-core-format\`, the folder of the standard
    - Text: the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`)
    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>

    Commands that can be written in a comment now: \`/accept\` (a reviewer, not the author), \`/return REASON\` (a reviewer, not the author), \`/decline REASON\` (a reviewer, not the author), \`/withdraw REASON\` (the author or a chair), \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: comment", () => {
  expect(rendered("status: comment")).toMatchInlineSnapshot(`
    "### Status: comment period

    intake → assessment → **comment period** → ballot → publication → published

    The comment period is open until **2026-12-20 09:30 UTC**. Everyone is invited to comment on this issue. When it has ended, the comments are listed in a digest and the ballot opens.

    - Short name: \`misp-core-format\`, the folder of the standard
    - Text: the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`)
    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>

    Commands that can be written in a comment now: \`/extend 14 days REASON\` (a chair), \`/withdraw REASON\` (the author or a chair), \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: vote, text edited", () => {
  expect(rendered("status: vote, text edited")).toMatchInlineSnapshot(`
    "### Status: ballot

    intake → assessment → comment period → **ballot** → publication → published

    The committee votes until **2027-01-03 09:30 UTC**, with reactions on the ballot comment. The result follows when the deadline has passed, or earlier only where the ballot says so.

    **This issue was edited after the ballot opened.** The edit does not change what is voted on: that is the text named below, as it stood when the ballot opened.

    - Short name: \`misp-core-format\`, the folder of the standard
    - Text: the specification in this issue (5,210 bytes, SHA-256 \`9f86d081884c\`)
    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    <details><summary>Digests in full</summary>

    - Specification, 5,210 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>

    Commands that can be written in a comment now: \`/withdraw REASON\` (the author or a chair), \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: approved", () => {
  expect(rendered("status: approved")).toMatchInlineSnapshot(`
    "### Status: approved

    intake → assessment → comment period → ballot → **publication** → published

    The committee has approved this proposal. A pull request with the approved text is opened next; nobody needs to do anything for it.

    - Short name: \`misp-core-format\`, the folder of the standard
    - Text: the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`)
    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>

    Commands that can be written in a comment now: \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: publication", () => {
  expect(rendered("status: publication")).toMatchInlineSnapshot(`
    "### Status: publication

    intake → assessment → comment period → ballot → **publication** → published

    The committee has approved this proposal. It is published when a maintainer has merged every pull request named below. If one is closed without being merged, a chair can ask for a new one with \`/publish\`.

    - Short name: \`misp-core-format\`, the folder of the standard
    - Text: the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`)
    - Pull requests: [MISP/misp-rfc pull request 34](https://github.com/MISP/misp-rfc/pull/34) (open)
    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>

    Commands that can be written in a comment now: \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: published", () => {
  expect(rendered("status: published")).toMatchInlineSnapshot(`
    "### Status: published

    intake → assessment → comment period → ballot → publication → **published**

    This proposal is approved and published. Nothing more is to be done here.

    - Short name: \`misp-core-format\`, the folder of the standard
    - Text: the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`)
    - Pull requests: [MISP/misp-rfc pull request 34](https://github.com/MISP/misp-rfc/pull/34) (merged)
    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>

    Commands that can be written in a comment now: \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: declined", () => {
  expect(rendered("status: declined")).toMatchInlineSnapshot(`
    "### Status: declined

    The review team has declined this proposal. The author is welcome to open a new one that answers the reason.

    Declined by alice, for this reason:

    > This is not about threat intelligence.

    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    Commands that can be written in a comment now: \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: rejected", () => {
  expect(rendered("status: rejected")).toMatchInlineSnapshot(`
    "### Status: rejected

    The committee has voted and did not approve this proposal. It may be proposed again in a new issue, for example when objections have been answered.

    - Short name: \`misp-core-format\`, the folder of the standard
    - Text: the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`)
    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>

    Commands that can be written in a comment now: \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: no quorum", () => {
  expect(rendered("status: no quorum")).toMatchInlineSnapshot(`
    "### Status: not approved (no quorum)

    Too few of the electorate took part, so this proposal was not approved. It may be proposed again in a new issue.

    - Short name: \`misp-core-format\`, the folder of the standard
    - Text: the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`)
    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>

    Commands that can be written in a comment now: \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: withdrawn", () => {
  expect(rendered("status: withdrawn")).toMatchInlineSnapshot(`
    "### Status: withdrawn

    This proposal has been withdrawn. Nothing more happens with it; its record is kept.

    Withdrawn by carol, without giving a reason.

    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    Commands that can be written in a comment now: \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: no charter", () => {
  expect(rendered("status: no charter")).toMatchInlineSnapshot(`
    "### Status: intake, on hold

    **intake** → assessment → comment period → ballot → publication → published

    **On hold:** the committee has no charter yet, so nothing formal can happen. A maintainer can add one as \`.github/committee.yml\` on the default branch. Everything goes on by itself once that is done.

    The documentation has not been looked at yet.

    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    Commands that can be written in a comment now: \`/withdraw REASON\` (the author or a chair), \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: charter invalid", () => {
  expect(rendered("status: charter invalid")).toMatchInlineSnapshot(`
    "### Status: intake, on hold

    **intake** → assessment → comment period → ballot → publication → published

    **On hold:** the committee’s charter, [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`, cannot be used as it is, so nothing formal can happen until a maintainer has mended it. Everything goes on by itself once that is done.

    - [line 7, column 11](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml#L7): "most" is not a majority. Write instead: \\\`more than 1/2 of votes cast\\\`.

    The documentation has not been looked at yet.

    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    Commands that can be written in a comment now: \`/withdraw REASON\` (the author or a chair), \`/status\` and \`/help\` (anyone)."
  `);
});

it("status: unreadable", () => {
  expect(rendered("status: unreadable")).toMatchInlineSnapshot(`
    "### Status: comment period, on hold

    intake → assessment → **comment period** → ballot → publication → published

    **On hold:** something that is needed could not be read from GitHub. The team MISP/standard-committee cannot be read. It is tried again by itself. Nothing is decided on half of the facts, and no vote or comment is lost.

    The comment period is open until **2026-12-20 09:30 UTC**. Everyone is invited to comment on this issue. When it has ended, the comments are listed in a digest and the ballot opens.

    - Charter: [MISP/misp-rfc: .github/committee.yml](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/.github/committee.yml) at commit \`1a2b3c4\`
    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    Commands that can be written in a comment now: \`/extend 14 days REASON\` (a chair), \`/withdraw REASON\` (the author or a chair), \`/status\` and \`/help\` (anyone)."
  `);
});
