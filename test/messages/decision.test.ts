import { expect, it } from "vitest";
import { rendered } from "../support/sample-messages.ts";

it("decision: approved", () => {
  expect(rendered("decision: approved")).toMatchInlineSnapshot(`
    "### Decision: approved

    The committee has approved “MISP core format” as a new standard. The ballot closed on **2027-01-03 09:30 UTC**.

    - **Majority:** 5 for, 3 against, 1 abstention: 5 of 8 votes cast is more than 1/2.
    - **Quorum:** reached; 9 of 9 members took part, and 5 were needed.
    - **Text voted on:** the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`).

    | Vote | Number | Members |
    | --- | --- | --- |
    | For | 5 | alice, bob, carol, dave, erin |
    | Against | 3 | frank, grace, heidi |
    | Abstain | 1 | ivan |
    | Two choices | 0 |  |
    | Not voted | 0 |  |

    **What happens next:** a pull request with exactly this text, or the Internet-Draft made from it if the charter asks for one, and the record of this decision is opened. When a maintainer has merged it, the proposal is published and this issue is closed.

    The committee thanks everyone who commented and voted.

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>"
  `);
});

it("decision: rejected", () => {
  expect(rendered("decision: rejected")).toMatchInlineSnapshot(`
    "### Decision: rejected

    The committee has not approved “MISP core format”. The ballot closed on **2027-01-03 09:30 UTC**.

    - **Majority:** 3 for, 5 against, 0 abstentions: 3 of 8 votes cast is not more than 1/2.
    - **Quorum:** reached; 9 of 9 members took part, and 5 were needed.
    - **Text voted on:** the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`).

    | Vote | Number | Members |
    | --- | --- | --- |
    | For | 3 | alice, bob, carol |
    | Against | 5 | dave, erin, frank, grace, heidi |
    | Abstain | 0 |  |
    | Two choices | 1 | ivan |
    | Not voted | 0 |  |

    **What happens next:** this issue is closed and its record kept. The author is welcome to open a new proposal, for example when objections have been answered.

    The committee thanks everyone who commented and voted.

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>"
  `);
});

it("decision: tie", () => {
  expect(rendered("decision: tie")).toMatchInlineSnapshot(`
    "### Decision: rejected

    The committee has not approved “MISP core format”. The ballot closed on **2027-01-03 09:30 UTC**.

    - **Majority:** 4 for, 4 against, 1 abstention: 4 of 8 votes cast is not more than 1/2; a tie does not pass.
    - **Quorum:** reached; 9 of 9 members took part, and 5 were needed.
    - **Text voted on:** the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`).

    | Vote | Number | Members |
    | --- | --- | --- |
    | For | 4 | alice, bob, carol, dave |
    | Against | 4 | erin, frank, grace, heidi |
    | Abstain | 1 | ivan |
    | Two choices | 0 |  |
    | Not voted | 0 |  |

    **What happens next:** this issue is closed and its record kept. The author is welcome to open a new proposal, for example when objections have been answered.

    The committee thanks everyone who commented and voted.

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>"
  `);
});

it("decision: no quorum", () => {
  expect(rendered("decision: no quorum")).toMatchInlineSnapshot(`
    "### Decision: not approved (no quorum)

    “MISP core format” is not approved: too few members took part for the committee to decide. The ballot closed on **2027-01-03 09:30 UTC**.

    - **Majority:** not looked at, because the quorum was not reached.
    - **Quorum:** not reached; 4 of 9 members took part, and 5 were needed.
    - **Text voted on:** the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`).

    | Vote | Number | Members |
    | --- | --- | --- |
    | For | 3 | alice, bob, carol |
    | Against | 1 | dave |
    | Abstain | 0 |  |
    | Two choices | 0 |  |
    | Not voted | 5 | erin, frank, grace, heidi, ivan |

    **What happens next:** this issue is closed and its record kept. This was no judgement on the proposal itself; anyone may propose it again in a new issue.

    The committee thanks everyone who commented and voted.

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>"
  `);
});

it("decision: no votes, no quorum asked for", () => {
  expect(rendered("decision: no votes, no quorum asked for")).toMatchInlineSnapshot(`
    "### Decision: rejected

    The committee has not approved “MISP core format”. The ballot closed on **2027-01-03 09:30 UTC**.

    - **Majority:** 0 for, 0 against, 0 abstentions: without a vote in favour nothing is approved.
    - **Quorum:** the charter sets none.
    - **Text voted on:** the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`).

    | Vote | Number | Members |
    | --- | --- | --- |
    | For | 0 |  |
    | Against | 0 |  |
    | Abstain | 0 |  |
    | Two choices | 0 |  |
    | Not voted | 9 | alice, bob, carol, dave, erin, frank, grace, heidi, ivan |

    **What happens next:** this issue is closed and its record kept. The author is welcome to open a new proposal, for example when objections have been answered.

    The committee thanks everyone who commented and voted.

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>"
  `);
});

it("decision: retirement", () => {
  expect(rendered("decision: retirement")).toMatchInlineSnapshot(`
    "### Decision: approved

    The committee has approved the retirement proposed in “Retire the sighting format”. The ballot closed on **2027-01-03 09:30 UTC**.

    - **Majority:** 6 for, 0 against, 0 abstentions: 6 of 9 members is at least 2/3.
    - **Quorum:** reached; 6 of 9 members took part, and 5 were needed.
    - **Text voted on:** this issue’s title and text (SHA-256 \`60303ae22b99\`).

    | Vote | Number | Members |
    | --- | --- | --- |
    | For | 6 | alice, bob, carol, dave, erin, frank |
    | Against | 0 |  |
    | Abstain | 0 |  |
    | Two choices | 0 |  |
    | Not voted | 3 | grace, heidi, ivan |

    **What happens next:** a pull request with the record of this decision is opened. When a maintainer has merged it, the proposal is published and this issue is closed.

    The committee thanks everyone who commented and voted.

    <details><summary>Digests in full</summary>

    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>"
  `);
});
