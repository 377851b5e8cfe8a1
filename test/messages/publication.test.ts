import { expect, it } from "vitest";
import { rendered } from "../support/sample-messages.ts";

it("publication stopped", () => {
  expect(rendered("publication stopped")).toMatchInlineSnapshot(`
    "### Publication has stopped

    [MISP/misp-rfc pull request 34](https://github.com/MISP/misp-rfc/pull/34) was closed without being merged.

    The proposal remains approved, and nothing more happens by itself. When the reason is settled, a chair can ask for a new pull request with the same approved text by writing \`/publish\` in a comment."
  `);
});

it("published", () => {
  expect(rendered("published")).toMatchInlineSnapshot(`
    "### Published

    What the committee approved was merged on **2027-01-05 16:20 UTC**. The proposal is published, and this issue is closed as completed.

    - [MISP/misp-rfc pull request 34](https://github.com/MISP/misp-rfc/pull/34), merged as commit \`1a2b3c4\`

    | Repository | File | SHA-256 | Text |
    | --- | --- | --- | --- |
    | MISP/misp-rfc | \`misp-core-format/raw.md\` | \`9f86d081884c\` | as voted on, byte for byte |
    | MISP/misp-rfc | \`decisions/0012.json\` | \`60303ae22b99\` |  |

    The committee thanks the author, and everyone who commented, reviewed and voted."
  `);
});

it("published, edited", () => {
  expect(rendered("published, edited")).toMatchInlineSnapshot(`
    "### Published

    What the committee approved was merged on **2027-01-05 16:20 UTC**. The proposal is published, and this issue is closed as completed.

    - [MISP/misp-rfc pull request 34](https://github.com/MISP/misp-rfc/pull/34), merged

    | Repository | File | SHA-256 | Text |
    | --- | --- | --- | --- |
    | MISP/misp-rfc | \`misp-core-format/raw.md\` | \`60303ae22b99\` | edited by maintainers before it was merged; the record notes it |
    | MISP/misp-rfc | \`decisions/0012.json\` |  | left out when it was merged |

    The committee thanks the author, and everyone who commented, reviewed and voted."
  `);
});
