import { describe, expect, it } from "vitest";
import { proposalOf } from "../../src/messages/key.ts";
import {
  type PublicationNotice,
  publicationCommitMessage,
  pullRequestBody,
  pullRequestTitle,
} from "../../src/messages/pull-request.ts";
import { HOSTILE } from "../support/hostile.ts";
import { REF, TEXT, WEB } from "../support/sample-committee.ts";
import { NOTICE } from "../support/sample-messages.ts";

function withText(text: Partial<typeof TEXT>): PublicationNotice {
  return { ...NOTICE, opened: { ...NOTICE.opened, text: { ...TEXT, ...text } } };
}

it("a pull request that publishes a new standard", () => {
  expect(pullRequestTitle(NOTICE)).toMatchInlineSnapshot(
    `"Publish new standard: MISP core format (MISP/misp-rfc#12)"`,
  );
  expect(pullRequestBody(NOTICE, WEB)).toMatchInlineSnapshot(`
    "<!-- secretariat:proposal MISP/misp-rfc#12 -->

    This publishes what the committee approved in MISP/misp-rfc#12: the new standard “MISP core format”.

    - **Decision:** approved on 2027-01-03 09:30 UTC. 5 for, 3 against, 1 abstention: 5 of 8 votes cast is more than 1/2. Quorum: reached; 9 of 9 members took part, and 5 were needed.
    - **Text:** byte for byte the one that was voted on, 96,306 bytes, SHA-256 \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`. It was read from [MISP/misp-rfc: misp-core-format/raw.md](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/misp-core-format/raw.md) at commit \`1a2b3c4\`.
    - **Official record:** [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    **Files**

    - \`misp-core-format/raw.md\`
    - \`decisions/0012.json\`

    **For maintainers:** please review and merge this; any way of merging is fine, and the proposal is published when it is merged. You may add commits to this branch, and they will not be overwritten. If a file that is merged differs from the text that was voted on, the record notes it. If you close this unmerged, a chair can ask for a new pull request by writing \`/publish\` on the proposal."
  `);
  expect(publicationCommitMessage(NOTICE)).toMatchInlineSnapshot(`
    "Publish new standard: MISP core format

    Approved by the committee on 2027-01-03 09:30 UTC, proposal MISP/misp-rfc#12.

    SHA-256 of the text voted on:
    9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  `);
});

it("a pull request that records a retirement", () => {
  const notice = {
    ...withText({ proposal: "retirement", bytes: 0, source: "issue" }),
    files: ["decisions/0012.json"],
    text: "none" as const,
  };
  expect(pullRequestTitle(notice)).toMatchInlineSnapshot(
    `"Publish retirement: MISP core format (MISP/misp-rfc#12)"`,
  );
  expect(pullRequestBody(notice, WEB)).toMatchInlineSnapshot(`
    "<!-- secretariat:proposal MISP/misp-rfc#12 -->

    This publishes what the committee approved in MISP/misp-rfc#12: the retirement “MISP core format”.

    - **Decision:** approved on 2027-01-03 09:30 UTC. 5 for, 3 against, 1 abstention: 5 of 8 votes cast is more than 1/2. Quorum: reached; 9 of 9 members took part, and 5 were needed.
    - **Text:** the proposal has no specification; what is published is the record of the decision.
    - **Official record:** [the docket](https://github.com/MISP/misp-rfc/blob/dockets/0012/docket.json)

    **Files**

    - \`decisions/0012.json\`

    **For maintainers:** please review and merge this; any way of merging is fine, and the proposal is published when it is merged. You may add commits to this branch, and they will not be overwritten. If a file that is merged differs from the text that was voted on, the record notes it. If you close this unmerged, a chair can ask for a new pull request by writing \`/publish\` on the proposal."
  `);
  expect(publicationCommitMessage(notice)).toMatchInlineSnapshot(`
    "Publish retirement: MISP core format

    Approved by the committee on 2027-01-03 09:30 UTC, proposal MISP/misp-rfc#12."
  `);
});

describe("a hostile title", () => {
  const notice = withText({ title: HOSTILE });

  it("stays within GitHub's limits", () => {
    expect(pullRequestTitle(notice).length).toBeLessThanOrEqual(256);
    expect(publicationCommitMessage(notice).split("\n")[0]?.length).toBeLessThanOrEqual(72);
    expect(pullRequestBody({ ...notice, files: Array(5_000).fill(HOSTILE) }, WEB).length).toBeLessThan(
      60_000,
    );
  });

  it("closes, mentions and refers to nothing", () => {
    const ours = `${REF.owner}/${REF.name}#${REF.number}`;
    for (const text of [pullRequestTitle(notice), publicationCommitMessage(notice)]) {
      expect(text.replace(ours, "")).not.toMatch(/@\w|#\d|:\/\/|GH-\d/i);
    }
  });
});

it("names its proposal where the App looks for it", () => {
  expect(proposalOf(pullRequestBody(NOTICE, WEB))).toEqual(REF);
});

it("closes no issue by itself", () => {
  const words = [
    pullRequestTitle(NOTICE),
    pullRequestBody(NOTICE, WEB),
    publicationCommitMessage(NOTICE),
  ].join("\n");
  expect(words).not.toMatch(/\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+\S*#\d/i);
});
