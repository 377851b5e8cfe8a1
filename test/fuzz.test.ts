/**
 * Every reader of what somebody else wrote, on mutilated samples of it: it reads, or refuses in its own words, and never fails.
 * `FUZZ=100000 npx vitest run test/fuzz.test.ts` tries so many texts on each.
 */
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { parseCharter } from "../src/charter/parse.ts";
import { named } from "../src/events.ts";
import { parsedKeys } from "../src/github/docket-branch.ts";
import { parsedDocket } from "../src/github/docket-file.ts";
import { parseSpecificationLink } from "../src/github/specification-link.ts";
import { checkReference } from "../src/ietf/reference.ts";
import { codeBlock, inline } from "../src/messages/escape.ts";
import { parseCommand } from "../src/proposal/commands.ts";
import { readDocumentation } from "../src/proposal/documentation.ts";
import { instant } from "../src/proposal/instant.ts";
import { keyOf } from "../src/proposal/keys.ts";
import { slugOf } from "../src/proposal/slug.ts";
import { readDraft } from "../src/publication/draft/read.ts";
import { withRevision } from "../src/publication/draft/revision.ts";
import { CannotUpdate } from "../src/publication/file-update.ts";
import { renewRequests } from "../src/publication/maintenance/renewals.ts";
import { readRegister } from "../src/publication/register/text.ts";
import { standardItem } from "../src/publication/website/readme-list.ts";
import { standardSection } from "../src/publication/website/standards-page.ts";
import { sampleReadme, sampleStandardsPage } from "../src/sandbox/sample-pages.ts";
import { SAMPLE_REGISTER, sampleRegisterText } from "../src/sandbox/sample-register.ts";
import { body, CHARTER } from "./support/committee.ts";
import { sampleDraft } from "./support/sample-draft.ts";

const RUNS = Number(process.env.FUZZ ?? 150);
const REF = { owner: "MISP", name: "misp-rfc", number: 12 };
const NOW = instant("2026-11-20T09:30:00Z");
const HASH = "a".repeat(64);

const charter = parseCharter(CHARTER);
const { documentation } = charter.ok ? charter.charter : expect.fail("the sample charter is invalid");
const standard = SAMPLE_REGISTER.standards[0] ?? expect.fail("the sample register is empty");

/** What it reads, samples of that, and the reader; which answers, or throws an error of its own that `refuses` knows. */
type Reader = {
  readonly what: string;
  readonly samples: readonly string[];
  readonly read: (text: string) => unknown;
  readonly refuses?: (error: unknown) => boolean;
};

const isDamaged = (error: unknown) => error instanceof Error && / is damaged: /.test(error.message);
const isNoUpdate = (error: unknown) => error instanceof CannotUpdate;

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const DOCKET = JSON.stringify({
  format: "secretariat docket",
  version: 1,
  proposal: "MISP/misp-rfc#12",
  signature: { key: HASH, value: "AA==" },
  entries: [{ number: 1, kind: "received", at: NOW, recordedAt: NOW, previous: HASH, hash: HASH }],
});

const ISSUE_EVENT = JSON.stringify({
  action: "opened",
  repository: { name: "misp-rfc", owner: { login: "MISP" }, default_branch: "main" },
  issue: { number: 12, body: "<!-- secretariat:maintenance -->" },
  pull_request: { number: 12, body: null, head: { ref: "proposal/0012" } },
  ref: "refs/heads/main",
  commits: [{ added: [], modified: [".github/committee.yml"], removed: [] }],
  sender: { login: "ada", type: "User" },
});

const REFERENCE =
  '<reference anchor="RFC8259" target="https://www.rfc-editor.org/info/rfc8259"><front><title>JSON</title><author initials="T." surname="Bray" fullname="T. Bray" role="editor"/><date month="December" year="2017"/><abstract><t>It &amp; more.</t></abstract></front><seriesInfo name="RFC" value="8259"/></reference>';

const COMMENT =
  "Thanks.\n\n/extend 2 weeks Because of the holidays.\n\n> /accept\n\n```\n/decline\n```\n@ada #12";

const READERS: readonly Reader[] = [
  { what: "a charter", samples: [CHARTER], read: parseCharter },
  { what: "an issue", samples: [body()], read: (text) => readDocumentation(documentation, text) },
  { what: "a command", samples: [COMMENT, "/renew core-format, galaxy-format"], read: parseCommand },
  {
    what: "a request to renew",
    samples: ["/renew core-format, taxonomy-format and galaxy-format"],
    read: (text) => renewRequests([commentOf(text)]),
  },
  { what: "a hidden key", samples: ["<!-- secretariat:reply-12 -->\nText"], read: keyOf },
  { what: "a title", samples: ["Proposal: a format for sightings"], read: (text) => slugOf(text, text) },
  {
    what: "a link to a specification",
    samples: ["https://github.com/MISP/misp-rfc/blob/refs/heads/main/a%20b/raw.md?plain=1#L1"],
    read: (text) => parseSpecificationLink(text, "https://github.com"),
  },
  {
    what: "an event",
    samples: [ISSUE_EVENT],
    read: (text) =>
      ["issues", "issue_comment", "pull_request", "push"].map((event) => named(event, json(text))),
  },
  {
    what: "a docket",
    samples: [DOCKET],
    read: (text) => parsedDocket(REF, text),
    refuses: isDamaged,
  },
  {
    what: "published keys",
    samples: ['{"format":"secretariat keys","version":1,"keys":[{"id":"a","publicKey":"b"}]}'],
    read: parsedKeys,
  },
  { what: "a draft", samples: [sampleDraft(), body()], read: (text) => readDraft(text) },
  {
    what: "a draft's title block",
    samples: [sampleDraft()],
    read: (text) =>
      withRevision(text, {
        docName: "draft-misp-sighting-format-01",
        date: { year: 2026, month: 12, day: 20 },
      }),
  },
  { what: "a reference", samples: [REFERENCE], read: (text) => checkReference(text, "RFC8259") },
  { what: "a register", samples: [sampleRegisterText()], read: readRegister, refuses: isNoUpdate },
  {
    what: "a README",
    samples: [sampleReadme()],
    read: (text) =>
      standardItem("README.md", { standard, source: "raw.md", hasText: true, submitted: false }).update(text),
    refuses: isNoUpdate,
  },
  {
    what: "a page of standards",
    samples: [sampleStandardsPage()],
    read: (text) => standardSection("standards.md", standard).update(text),
    refuses: isNoUpdate,
  },
  {
    what: "text that is shown",
    samples: [COMMENT, "<img src=x onerror=alert(1)> &#64;ada [a](javascript:b) \u202e"],
    read: (text) => [inline(text), codeBlock(text)],
  },
];

function commentOf(text: string) {
  return {
    id: 1,
    url: "https://github.com/MISP/misp-rfc/issues/12#issuecomment-1",
    author: { id: 1, login: "ada" },
    authorIsBot: false,
    byApp: false,
    body: text,
    createdAt: NOW,
    updatedAt: NOW,
    reactions: {},
  };
}

/** What means something to one reader or another. */
const PIECES = [
  ..."\n \r\n \t < > & ' \" ` ``` ~~~ # ## % %%% --- === | * - _ [ ] ( ) { } : , ; / \\ @ ! ? . .. ../ \0 \ufeff \u202e \ud800 é 標".split(
    " ",
  ),
  ...'<!-- --> <![CDATA[ ]]> <a> </a> <? &amp; &#0; &x; [^1]: {#x} {{ }} {% %} $( ` ~ *a &a <<: !!js null true 1e999 -0 "" __proto__ constructor'.split(
    " ",
  ),
  "\n\n",
  "\n> ",
  "\n    ",
  "\n- ",
  "\n/accept\n",
  "\n### ",
  "<!-- secretariat:ballot -->",
  "x".repeat(300),
];

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.oneof({ weight: 4, arbitrary: fc.nat(12) }, fc.nat(400)),
    times: fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, fc.nat(60)),
    put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 8 })),
  }),
  { minLength: 1, maxLength: 10 },
);

function mutilated(
  sample: string,
  changes: readonly { at: number; remove: number; times: number; put: string }[],
) {
  return changes.reduce((text, { at, remove, times, put }) => {
    const from = Math.floor(at * text.length);
    return text.slice(0, from) + put.repeat(times) + text.slice(from + remove);
  }, sample);
}

afterEach(() => {
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

describe("whatever somebody writes, it is read or refused", { timeout: 20_000 + RUNS * 40 }, () => {
  it.each(READERS)("$what", ({ samples, read, refuses = () => false }) => {
    const mayThrow = (text: string) => {
      try {
        read(text);
      } catch (error) {
        if (!refuses(error)) throw error;
      }
    };
    // As it should be, it is read: where everything is refused, nothing would be tried.
    for (const sample of samples) read(sample);
    fc.assert(
      fc.property(fc.constantFrom(...samples), edits, (sample, changes) =>
        mayThrow(mutilated(sample, changes)),
      ),
      { numRuns: RUNS },
    );
  });
});
