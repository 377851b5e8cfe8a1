import { expect, it } from "vitest";
import { rendered } from "../support/sample-messages.ts";

it("ballot", () => {
  expect(rendered("ballot")).toMatchInlineSnapshot(`
    "### Ballot

    **Shall the committee adopt “MISP core format” as a new standard?**

    The ballot is open until **2027-01-03 09:30 UTC**. The 9 members listed below can vote, each with one reaction on this comment:

    | Reaction | Meaning |
    | --- | --- |
    | 👍 | **for** the proposal as it stands |
    | 👎 | **against** the proposal |
    | 👀 | **abstain**: take part without choosing a side |

    You may change your vote until the ballot closes: take the old reaction away and add the new one. What stands then counts. A member with two different choices then has taken part, but is counted for neither.

    - **What is voted on:** the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`). Later edits of this issue do not change it.
    - **Short name:** \`misp-core-format\`, the folder of the standard.
    - **Majority:** the proposal is approved by more than 1/2 of the votes cast. Votes cast are those for and against; abstentions are not among them. A tie does not pass.
    - **Quorum:** at least 1/2 of the members, that is 5 of 9 members. If it is not reached by the deadline, the ballot is prolonged once, by 7 days.
    - **Closing:** the ballot closes at the deadline and never earlier.

    #### Tally

    | For | Against | Abstain | Two choices | Not voted |
    | --- | --- | --- | --- | --- |
    | 4 | 1 | 1 | 1 | 2 |

    grace has more than one voting reaction. Please take away all but one before the deadline; otherwise this counts as taking part without a choice.

    Not counted: reactions of 1 person outside the electorate and 1 reaction from deleted accounts.

    #### Electorate: 9 members

    | Member | Organization | Sector | Voted |
    | --- | --- | --- | --- |
    | @alice | CIRCL | CSIRT | yes |
    | @bob | Example Bank | industry | yes |
    | @carol | University of Luxembourg | academia | yes |
    | @dave |  |  | yes |
    | @erin | CIRCL | CSIRT | yes |
    | @frank |  | government | yes |
    | @grace | Example Telecom | industry | two choices |
    | @heidi |  |  | not yet |
    | @ivan |  |  | not yet |

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>"
  `);
});

it("ballot: unreadable, two thirds of members, early closing", () => {
  expect(rendered("ballot: unreadable, two thirds of members, early closing")).toMatchInlineSnapshot(`
    "### Ballot

    **Shall the committee adopt “MISP core format” as a new standard?**

    The ballot is open until **2027-01-03 09:30 UTC**. The 9 members listed below can vote, each with one reaction on this comment:

    | Reaction | Meaning |
    | --- | --- |
    | 🚀 | **for** the proposal as it stands |
    | 😕 | **against** the proposal |
    | ❤️ | **abstain**: take part without choosing a side |

    You may change your vote until the ballot closes: take the old reaction away and add the new one. What stands then counts. A member with two different choices then has taken part, but is counted for neither.

    - **What is voted on:** the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`). Later edits of this issue do not change it.
    - **Short name:** \`misp-core-format\`, the folder of the standard.
    - **Majority:** the proposal is approved by at least 2/3 of the members. Only votes for are counted towards it; whoever abstains or does not vote is still counted as a member.
    - **Quorum:** the charter sets none.
    - **Closing:** the ballot closes at the deadline, or earlier when every member has voted and a second look, at least five minutes later, finds the same votes.

    #### Tally

    The reactions could not be read just now. Votes stand as they were cast; the tally returns as soon as they can be read.

    #### Electorate: 9 members

    | Member | Organization | Sector |
    | --- | --- | --- |
    | @alice | CIRCL | CSIRT |
    | @bob | Example Bank | industry |
    | @carol | University of Luxembourg | academia |
    | @dave |  |  |
    | @erin | CIRCL | CSIRT |
    | @frank |  | government |
    | @grace | Example Telecom | industry |
    | @heidi |  |  |
    | @ivan |  |  |

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>"
  `);
});

it("ballot: closed", () => {
  expect(rendered("ballot: closed")).toMatchInlineSnapshot(`
    "### Ballot closed: approved

    The question was: **Shall the committee adopt “MISP core format” as a new standard?**

    The ballot closed on **2027-01-03 09:30 UTC**. Reactions added or taken away since then change nothing.

    - **Majority:** 5 for, 3 against, 1 abstention: 5 of 8 votes cast is more than 1/2.
    - **Quorum:** reached; 9 of 9 members took part, and 5 were needed.

    | For | Against | Abstain | Two choices | Not voted |
    | --- | --- | --- | --- | --- |
    | 5 | 3 | 1 | 0 | 0 |

    The decision, with every vote, is in a comment of its own on this issue.

    What was voted on: the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`).

    <details><summary>Digests in full</summary>

    - Specification, 96,306 bytes of UTF-8, kept beside the docket: SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`
    - This issue’s title and text: SHA-256 \`60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\`

    </details>"
  `);
});

it("ballot: withdrawn", () => {
  expect(rendered("ballot: withdrawn")).toMatchInlineSnapshot(`
    "### Ballot ended: the proposal was withdrawn

    The question was: **Shall the committee adopt “MISP core format” as a new standard?**

    The proposal was withdrawn before the ballot closed, so there is no result. Reactions on this comment no longer count.

    What was voted on: the file [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`)."
  `);
});

it("ballot reminder", () => {
  expect(rendered("ballot reminder")).toMatchInlineSnapshot(`
    "### Reminder: the ballot closes on 2027-01-03 09:30 UTC

    A vote is one reaction on the ballot comment above, which says what each reaction means. To abstain is to take part, too.

    Not yet voted: @heidi, @ivan."
  `);
});

it("ballot reminder, all voted", () => {
  expect(rendered("ballot reminder, all voted")).toMatchInlineSnapshot(`
    "### Reminder: the ballot closes on 2027-01-03 09:30 UTC

    A vote is one reaction on the ballot comment above, which says what each reaction means. To abstain is to take part, too.

    Every member has voted. Votes can still be changed until the ballot closes."
  `);
});

it("ballot prolonged", () => {
  expect(rendered("ballot prolonged")).toMatchInlineSnapshot(`
    "### The ballot is prolonged

    The quorum was not reached by the deadline. As the charter provides, the ballot stays open once more, until **2027-01-10 09:30 UTC**.

    Votes already cast remain valid and can still be changed.

    4 of 9 members took part so far. Not yet voted: @erin, @frank, @grace, @heidi, @ivan."
  `);
});

it("ballot prolonged, posted late", () => {
  expect(rendered("ballot prolonged, posted late")).toMatchInlineSnapshot(`
    "### The ballot is prolonged

    The present ballot comment was posted late, or in place of one that was deleted. So that everyone has the full time to vote, it stays open until **2027-01-10 09:30 UTC**.

    Votes that were on record from a comment that was deleted remain valid, and the tally in the present ballot comment counts them. To change such a vote, please vote on the present one.

    The members: @alice, @bob, @carol, @dave, @erin, @frank, @grace, @heidi, @ivan."
  `);
});
