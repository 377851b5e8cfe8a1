/** What becomes of a hostile title, reason, name or path, to be read by eye. */
import { expect, it } from "vitest";
import { renderMessage } from "../../src/messages/render.ts";
import type { Message } from "../../src/proposal/desired-state.ts";
import { HOSTILE, withEverywhere } from "../support/hostile.ts";
import { WEB } from "../support/sample-committee.ts";
import { SAMPLES } from "../support/sample-messages.ts";

function hostile(name: string): string {
  const message: Message | undefined = SAMPLES[name];
  if (message === undefined) throw new Error(`No such sample: ${name}`);
  return renderMessage(withEverywhere(message, HOSTILE), WEB);
}

it("comment period extended", () => {
  expect(hostile("comment period extended")).toMatchInlineSnapshot(`
    "### The comment period is extended

    It now ends on **2027-01-03 09:30 UTC**. Extended by &lt;/details&gt; --&gt; &lt;!-- secretariat:⁠ballot --&gt; @⁠everyone @⁠MISP/…, for this reason:

    > &lt;/details&gt; --&gt; &lt;!-- secretariat:⁠ballot --&gt; @⁠everyone @⁠MISP/chairs \\\`@⁠alice\\\` @⁠bob
    > \\#\\# A heading
    > fixes \\#⁠1, closes MISP/misp-rfc\\#⁠2 GH-⁠3 https:⁠//github.com/MISP/misp-rfc/issues/4
    > \\| a \\| b \\| \\[x\\](javascript:⁠alert(1)) !\\[y\\](https:⁠//evil.example/z.png) &lt;img src=x onerror=alert(1)&gt;
    > gnp.exe \\\`\\\`\\\` \\*bold\\* \\_\\_bold\\_\\_ \\~\\~gone\\~\\~ \\[ \\] - \\[x\\] done :⁠tada: &#36;&#36;x&#36;&#36;

    Everyone may comment on this issue until then. The ballot opens afterwards."
  `);
});

it("refusal: own proposal", () => {
  expect(hostile("refusal: own proposal")).toMatchInlineSnapshot(`
    "@⁠&lt;/details&gt; --&gt; &lt;!-- secretariat:⁠ballot --&gt; @⁠everyone @⁠MISP/chairs \\\`@⁠alice\\\` @⁠bob \\#\\# A heading fixes \\#⁠1, closes MISP/misp-rfc\\#⁠2 GH-⁠3 https:⁠//github.com/MISP/misp-rfc/issues/4 \\| a \\| b \\| \\[x\\](javascript:⁠alert(1)) !\\[y\\](https:⁠//evil.example/z.png) &lt;img src=x on…: \`/accept\` is not open to the author of the proposal, because nobody assesses their own work.

    Please leave it to another member of the review team."
  `);
});

it("ballot: withdrawn", () => {
  expect(hostile("ballot: withdrawn")).toMatchInlineSnapshot(`
    "### Ballot ended: the proposal was withdrawn

    The question was: **Shall the committee adopt “&lt;/details&gt; --&gt; &lt;!-- secretariat:⁠ballot --&gt; @⁠everyone @⁠MISP/chairs \\\`@⁠alice\\\` @⁠bob \\#\\# A heading fixes \\#⁠1, closes MISP/misp-rfc\\#⁠2 GH-⁠3 https:⁠//github.com/MISP/misp-rfc/issues/4 \\| a \\| b \\| \\[x\\](javascript:⁠alert(1)) !\\[y\\](https:⁠//evil.example/z.png) &lt;img src=x one…” as a new standard?**

    The proposal was withdrawn before the ballot closed, so there is no result. Reactions on this comment no longer count.

    What was voted on: the file [MISP/misp-rfc: &lt;/details&gt; --&gt; &lt;!-- secretariat:⁠ballot --&gt; @⁠everyone @⁠MISP/chairs \\\`@⁠alice\\\` @⁠bob \\#\\# A heading fixes \\#⁠1, closes MISP/misp-rfc\\#⁠2 GH-⁠3 https:⁠//github.com/MISP/misp-rfc/issues/4 \\| a \\| b \\| \\[x\\](javascript:⁠alert(1)) !\\[y\\](https:⁠//evil.example/z.png)…](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/%3C/details%3E%20--%3E%20%3C!--%20secretariat%3Aballot%20--%3E%20%40everyone%20%40MISP/chairs%20%60%40alice%60%20%26%2364%3Bbob%0A%23%23%20A%20heading%0Afixes%20%231%2C%20closes%20MISP/misp-rfc%232%20GH-3%20https%3A//github.com/MISP/misp-rfc/issues/4%0A%7C%20a%20%7C%20b%20%7C%20%5Bx%5D%28javascript%3Aalert%281%29%29%20!%5By%5D%28https%3A//evil.example/z.png%29%20%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%0A%E2%80%AEgnp.exe%E2%80%AC%20%60%60%60%20%2Abold%2A%20__bold__%20~~gone~~%20%5B%20%5D%20-%20%5Bx%5D%20done%20%3Atada%3A%20%24%24x%24%24) at commit \`1a2b3c4\` (96,306 bytes, SHA-256 \`9f86d081884c\`)."
  `);
});

it("status: charter invalid", () => {
  expect(hostile("status: charter invalid")).toMatchInlineSnapshot(`
    "### Status: intake, on hold

    **intake** → assessment → comment period → ballot → publication → published

    **On hold:** the committee’s charter, [MISP/misp-rfc: &lt;/details&gt; --&gt; &lt;!-- secretariat:⁠ballot --&gt; @⁠everyone @⁠MISP/chairs \\\`@⁠alice\\\` @⁠bob \\#\\# A heading fixes \\#⁠1, closes MISP/misp-rfc\\#⁠2 GH-⁠3 https:⁠//github.com/MISP/misp-rfc/issues/4 \\| a \\| b \\| \\[x\\](javascript:⁠alert(1)) !\\[y\\](https:⁠//evil.example/z.png)…](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/%3C/details%3E%20--%3E%20%3C!--%20secretariat%3Aballot%20--%3E%20%40everyone%20%40MISP/chairs%20%60%40alice%60%20%26%2364%3Bbob%0A%23%23%20A%20heading%0Afixes%20%231%2C%20closes%20MISP/misp-rfc%232%20GH-3%20https%3A//github.com/MISP/misp-rfc/issues/4%0A%7C%20a%20%7C%20b%20%7C%20%5Bx%5D%28javascript%3Aalert%281%29%29%20!%5By%5D%28https%3A//evil.example/z.png%29%20%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%0A%E2%80%AEgnp.exe%E2%80%AC%20%60%60%60%20%2Abold%2A%20__bold__%20~~gone~~%20%5B%20%5D%20-%20%5Bx%5D%20done%20%3Atada%3A%20%24%24x%24%24) at commit \`1a2b3c4\`, cannot be used as it is, so nothing formal can happen until a maintainer has mended it. Everything goes on by itself once that is done.

    - [line 7, column 11](https://github.com/MISP/misp-rfc/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/%3C/details%3E%20--%3E%20%3C!--%20secretariat%3Aballot%20--%3E%20%40everyone%20%40MISP/chairs%20%60%40alice%60%20%26%2364%3Bbob%0A%23%23%20A%20heading%0Afixes%20%231%2C%20closes%20MISP/misp-rfc%232%20GH-3%20https%3A//github.com/MISP/misp-rfc/issues/4%0A%7C%20a%20%7C%20b%20%7C%20%5Bx%5D%28javascript%3Aalert%281%29%29%20!%5By%5D%28https%3A//evil.example/z.png%29%20%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%0A%E2%80%AEgnp.exe%E2%80%AC%20%60%60%60%20%2Abold%2A%20__bold__%20~~gone~~%20%5B%20%5D%20-%20%5Bx%5D%20done%20%3Atada%3A%20%24%24x%24%24#L7): &lt;/details&gt; --&gt; &lt;!-- secretariat:⁠ballot --&gt; @⁠everyone @⁠MISP/chairs \\\`@⁠alice\\\` @⁠bob \\#\\# A heading fixes \\#⁠1, closes MISP/misp-rfc\\#⁠2 GH-⁠3 https:⁠//github.com/MISP/misp-rfc/issues/4 \\| a \\| b \\| \\[x\\](javascript:⁠alert(1)) !\\[y\\](https:⁠//evil.example/z.png) &lt;img src=x onerror=alert(1)&gt; gnp.exe \\\`\\\`\\\` \\*bold\\* \\_\\_bold\\_\\_ \\~… Write instead: &lt;/details&gt; --&gt; &lt;!-- secretariat:⁠ballot --&gt; @⁠everyone @⁠MISP/chairs \\\`@⁠alice\\\` @⁠bob \\#\\# A heading fixes \\#⁠1, closes MISP/misp-rfc\\#⁠2 GH-⁠3 https:⁠//github.com/MISP/misp-rfc/issues/4 \\| a \\| b \\| \\[x\\](javascript:⁠alert(1)) !\\[y\\](https:⁠//evil.example/z.png) &lt;img src=x onerror=alert(1)&gt; gnp.exe \\\`\\\`\\\` \\*bold\\* \\_\\_bold\\_\\_ \\~…

    The documentation has not been looked at yet.

    - Official record: [the docket](https://github.com/MISP/misp-rfc/blob/dockets/%3C/details%3E%20--%3E%20%3C!--%20secretariat%3Aballot%20--%3E%20%40everyone%20%40MISP/chairs%20%60%40alice%60%20%26%2364%3Bbob%0A%23%23%20A%20heading%0Afixes%20%231%2C%20closes%20MISP/misp-rfc%232%20GH-3%20https%3A//github.com/MISP/misp-rfc/issues/4%0A%7C%20a%20%7C%20b%20%7C%20%5Bx%5D%28javascript%3Aalert%281%29%29%20!%5By%5D%28https%3A//evil.example/z.png%29%20%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%0A%E2%80%AEgnp.exe%E2%80%AC%20%60%60%60%20%2Abold%2A%20__bold__%20~~gone~~%20%5B%20%5D%20-%20%5Bx%5D%20done%20%3Atada%3A%20%24%24x%24%24)

    Commands that can be written in a comment now: \`/withdraw REASON\` (the author or a chair), \`/status\` and \`/help\` (anyone)."
  `);
});

it("published", () => {
  expect(hostile("published")).toMatchInlineSnapshot(`
    "### Published

    What the committee approved was merged on **2027-01-05 16:20 UTC**. The proposal is published, and this issue is closed as completed.

    - [MISP/misp-rfc pull request 34](https://github.com/MISP/misp-rfc/pull/34), merged as commit \`1a2b3c4\`

    | Repository | File | SHA-256 | Text |
    | --- | --- | --- | --- |
    | MISP/misp-rfc | <code>&lt;/details&gt; --&gt; &lt;!-- secretariat:⁠ballot --&gt; @⁠everyone @⁠MISP/chairs \\\`@⁠alice\\\` &amp;\\#⁠64;bob \\#\\# A heading fixes \\#⁠1, closes MISP/misp-rfc\\#⁠2 GH-⁠3 https:⁠//github.com/MISP/misp-rfc/issues/4 \\| a \\| b \\| \\[x\\](javascript:⁠alert(1)) !\\[y\\](https:⁠//evil.example/z.png) &lt;img src=x…</code> | \`9f86d081884c\` | as voted on, byte for byte |
    | MISP/misp-rfc | <code>&lt;/details&gt; --&gt; &lt;!-- secretariat:⁠ballot --&gt; @⁠everyone @⁠MISP/chairs \\\`@⁠alice\\\` &amp;\\#⁠64;bob \\#\\# A heading fixes \\#⁠1, closes MISP/misp-rfc\\#⁠2 GH-⁠3 https:⁠//github.com/MISP/misp-rfc/issues/4 \\| a \\| b \\| \\[x\\](javascript:⁠alert(1)) !\\[y\\](https:⁠//evil.example/z.png) &lt;img src=x…</code> | \`60303ae22b99\` |  |

    The committee thanks the author, and everyone who commented, reviewed and voted."
  `);
});
