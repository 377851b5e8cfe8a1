import { expect, it } from "vitest";
import { rendered } from "../support/sample-messages.ts";

it("comment period open", () => {
  expect(rendered("comment period open")).toMatchInlineSnapshot(`
    "### The comment period is open

    bob has accepted this proposal on behalf of the review team. The committee invites comments from everyone, members or not, on “MISP core format” for 30 days, until **2026-12-20 09:30 UTC**.

    - **How to comment:** write a comment on this issue before the deadline. Say what should stay, what should change and why. A reaction to somebody else’s comment is recorded too.
    - **What is proposed:** the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`).
    - **If the text is edited meanwhile:** the edit is noted in the record and the deadline stays.
    - **What happens next:** when the comment period has ended, the comments are listed in a digest and the ballot opens on the text as it then stands. A chair can extend the period with \`/extend 14 days REASON\`; it is never shortened.

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>"
  `);
});

it("comment period restarted", () => {
  expect(rendered("comment period restarted")).toMatchInlineSnapshot(`
    "### The comment period starts again

    The text was edited (2026-12-01 08:00 UTC), and the charter asks for a full comment period on the new text. It now ends on **2026-12-31 08:00 UTC**.

    Comments made before the edit remain part of the record and need not be repeated. Please say if the edit has changed your mind."
  `);
});

it("comment period extended", () => {
  expect(rendered("comment period extended")).toMatchInlineSnapshot(`
    "### The comment period is extended

    It now ends on **2027-01-03 09:30 UTC**. Extended by alice, for this reason:

    > Several members are away over the holidays.

    Everyone may comment on this issue until then. The ballot opens afterwards."
  `);
});

it("text incomplete", () => {
  expect(rendered("text incomplete")).toMatchInlineSnapshot(`
    "### The text is no longer complete

    After an edit, this issue lacks something that the charter asks for, and so cannot be put to the vote as it stands:

    - [ ] **Objectives**: not found. Add a heading \`## Objectives\` and below it at least 20 words. (A heading Goals or Aims is read as the same.)
    - [ ] **Relevance**: there is a heading, but nothing below it yet. Write at least 1 word.
    - [ ] **Compatibility**: 7 words so far, and at least 20 words are asked for. Add 13 more words.
    - [ ] **Technical specification**: the link cannot be used. It leads to a repository that the App cannot read.
    - [ ] **Authors**: this cannot be used. “&lt;ada@⁠example.org&gt;” does not begin with a name. Write one author a line.

    Please edit it again before **2026-12-20 09:30 UTC**. Otherwise the ballot opens on the text as it was last complete: the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`). The comment period goes on as it is."
  `);
});

it("comment reminder", () => {
  expect(rendered("comment reminder")).toMatchInlineSnapshot(`
    "### Reminder: comments are welcome until 2026-12-20 09:30 UTC

    Everyone is invited to comment on this issue until then. The ballot opens afterwards.

    If you need more time, please say so here before then: a chair can extend the period with \`/extend 14 days REASON\`."
  `);
});

it("feedback", () => {
  expect(rendered("feedback")).toMatchInlineSnapshot(`
    "### Feedback from the comment period

    The comment period ended on 2026-12-20 09:30 UTC. 2 comments by 2 people, oldest first:

    | Who | When | Where | Reactions |
    | --- | --- | --- | --- |
    | dave | 2026-11-25 14:03 UTC | [comment](https://github.com/MISP/misp-rfc/issues/12#issuecomment-900) | thumbs up: 3, eyes: 1 |
    | a deleted account | 2026-12-02 07:45 UTC | [comment](https://github.com/MISP/misp-rfc/issues/12#issuecomment-901) | none |

    The ballot opens next. The committee is asked to consider this feedback before it votes."
  `);
});

it("feedback: none", () => {
  expect(rendered("feedback: none")).toMatchInlineSnapshot(`
    "### Feedback from the comment period

    The comment period ended on 2026-12-20 09:30 UTC. No comments were made.

    The ballot opens next."
  `);
});
