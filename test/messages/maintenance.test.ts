/** The maintenance issue, its answers and its pull requests, to be read by eye. */
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import {
  announcedIn,
  type MaintenanceRow,
  maintenanceBody,
  type Pending,
  renewRefusal,
} from "../../src/messages/maintenance.ts";
import {
  type MaintenanceNotice,
  maintainedFor,
  maintenanceCommitMessage,
  maintenancePullBody,
  maintenancePullTitle,
} from "../../src/messages/maintenance-pulls.ts";
import { MESSAGE_LIMIT } from "../../src/messages/parts.ts";
import { instant } from "../../src/proposal/instant.ts";
import type { RenewRefusal } from "../../src/publication/maintenance/renewals.ts";
import { standard } from "../publication/register/samples.ts";
import { HOSTILE, withEverywhere } from "../support/hostile.ts";

const REPOSITORY = { owner: "MISP", name: "misp-rfc" };
const at = (number: number, kind = "issues") => ({
  repository: REPOSITORY,
  number,
  url: `https://github.com/MISP/misp-rfc/${kind}/${number}`,
});

function row(slug: string, pending: readonly Pending[], hasExpired = false): MaintenanceRow {
  return {
    standard: standard({ slug }),
    draft: `draft-misp-${slug}`,
    revision: "03",
    expires: instant("2027-06-23T09:30:00Z"),
    hasExpired,
    pending,
  };
}

const ROWS = [
  row("core-format", [
    { what: "update", ...at(14) },
    { what: "erratum", ...at(15) },
    { what: "renewal", state: "open", ...at(16, "pull") },
  ]),
  row("galaxy-format", [{ what: "marking", state: "closed", ...at(17, "pull") }], true),
];
const VIEW = { rows: ROWS, marked: [row("taxonomy", [], true)], trouble: null };

describe("the issue", () => {
  it("says what expires when, and what is pending", () => {
    expect(maintenanceBody(VIEW)).toMatchInlineSnapshot(`
      "<!-- secretariat:due core-format-03 galaxy-format-03 -->

      These 2 Internet-Drafts of published standards will expire soon, or have expired. The IETF keeps a draft current for 185 days from when it was posted.

      | Name | Internet-Draft | Expires | Pending |
      | --- | --- | --- | --- |
      | \`core-format\` | draft-misp-core-format-03 | 2027-06-23 09:30 UTC | update: [MISP/misp-rfc 14](https://github.com/MISP/misp-rfc/issues/14), erratum: [MISP/misp-rfc 15](https://github.com/MISP/misp-rfc/issues/15), renewal: [MISP/misp-rfc 16](https://github.com/MISP/misp-rfc/pull/16) (open) |
      | \`galaxy-format\` | draft-misp-galaxy-format-03 | 2027-06-23 09:30 UTC (expired) | marking as expired: [MISP/misp-rfc 17](https://github.com/MISP/misp-rfc/pull/17) (closed unmerged) |

      To renew a draft as it is, with the next revision and a new date, write \`/renew NAME\` in a comment; where only one is to be renewed, \`/renew\` is enough. Every chair, reviewer and member may. A maintainer then merges the pull request. A draft that expires is marked in the register by another pull request.

      Marked as expired in the register; \`/renew NAME\` brings one back:

      | Name | Internet-Draft | Expires | Pending |
      | --- | --- | --- | --- |
      | \`taxonomy\` | draft-misp-taxonomy-03 | 2027-06-23 09:30 UTC (expired) | nothing |

      This text is kept up to date, at least once a day. The issue is closed by itself when nothing is left to be done."
    `);
  });

  it("says what is in the way", () => {
    const trouble = "The register cannot be read: it is not JSON. It is left as it is.";
    expect(maintenanceBody({ rows: [], marked: [], trouble })).toMatchInlineSnapshot(`
      "<!-- secretariat:due trouble-5ead9ade6d08 -->

      **The secretariat cannot go on here until this is mended:** The register cannot be read: it is not JSON. It is left as it is.

      This text is kept up to date, at least once a day. The issue is closed by itself when nothing is left to be done."
    `);
  });

  it("says when nothing is left", () => {
    expect(maintenanceBody({ rows: [], marked: [], trouble: null })).toMatchInlineSnapshot(
      `"Nothing is left to be done: no draft expires soon. When one does, the secretariat opens another issue."`,
    );
  });

  it("knows what it has told of", () => {
    const told = (view: Parameters<typeof maintenanceBody>[0]) => [...announcedIn(maintenanceBody(view))];
    expect(told(VIEW)).toEqual(["core-format-03", "galaxy-format-03"]);
    expect(told({ ...VIEW, rows: [] })).toEqual([]);
    const troubled = { ...VIEW, trouble: "No." };
    expect(told(troubled)).toEqual([
      "core-format-03",
      "galaxy-format-03",
      expect.stringMatching(/^trouble-[0-9a-f]{12}$/),
    ]);
    expect(told(troubled)[2]).not.toBe(told({ ...VIEW, trouble: "Neither." })[2]);
  });

  it("fits into GitHub's limit, and says how many rows it left out", () => {
    const many = Array.from({ length: 3_000 }, (_, at) =>
      row(`a-standard-of-a-rather-long-name-${at}`, ROWS[0]?.pending ?? []),
    );
    const body = maintenanceBody({ rows: many, marked: many, trouble: "&".repeat(5_000) });
    expect(body.length).toBeLessThanOrEqual(MESSAGE_LIMIT);
    expect(body).toMatch(/\d more drafts are in the register\./);
  });

  it("keeps hostile text a text", () => {
    const hostile = maintenanceBody({ ...VIEW, trouble: HOSTILE });
    const html = new MarkdownIt({ html: true, linkify: true }).render(
      hostile.replace(/^<!-- secretariat.*\n/, ""),
    );
    expect(html).not.toMatch(/<img|<script|<!--|javascript:alert\(1\)"/);
    expect(hostile.match(/secretariat:due/g)).toHaveLength(1);
  });
});

const TO = { id: 5, login: "mallory" };

const REFUSALS: readonly RenewRefusal[] = [
  { why: "no seat" },
  { why: "edited" },
  { why: "unknown name", name: "core", known: ["core-format", "galaxy-format"] },
  { why: "unknown name", name: "core", known: [] },
  { why: "name missing", known: ["core-format", "galaxy-format"] },
  { why: "nothing due" },
  { why: "not due", slug: "core-format", from: instant("2027-05-24T09:30:00Z") },
  { why: "closed unmerged", slug: "core-format", number: 16, url: at(16, "pull").url },
];

describe("an answer", () => {
  it("says why, and what to do instead", () => {
    const answers = REFUSALS.map((refusal) => renewRefusal(TO, refusal));
    expect(answers.join("\n\n---\n\n")).toMatchInlineSnapshot(`
      "@mallory: \`/renew\` is for chairs, reviewers and members, and the charter does not name you.

      Please ask a chair, a reviewer or a member to write it, and say why you think it is needed.

      ---

      @mallory: \`/renew\` stands in a comment that was edited, and GitHub does not say by whom, so it cannot be carried out.

      Please write it again, in a new comment.

      ---

      @mallory: there is no current draft called \`core\` in the register.

      Please write \`/renew core-format\` or \`/renew galaxy-format\` in a new comment.

      ---

      @mallory: there is no current draft called \`core\` in the register.

      No draft is to be renewed now.

      ---

      @mallory: \`/renew\` needs a name, since more than one draft is to be renewed.

      Please write \`/renew core-format\` or \`/renew galaxy-format\` in a new comment.

      ---

      @mallory: no draft is to be renewed now.

      The secretariat says here when one is.

      ---

      @mallory: \`core-format\` can be renewed from 2027-05-24 09:30 UTC on, and not before.

      If its text is to change, please propose an update.

      ---

      @mallory: the pull request that renews \`core-format\`, [number 16](https://github.com/MISP/misp-rfc/pull/16), was closed without being merged.

      Please ask a maintainer to open it again; another one for the same revision is not made."
    `);
  });

  it.each(REFUSALS)("keeps hostile names a text: $why", (refusal) => {
    const html = new MarkdownIt({ html: true }).render(renewRefusal(TO, withEverywhere(refusal, HOSTILE)));
    expect(html).not.toMatch(/<img|<script|<!--|javascript:alert\(1\)"/);
  });
});

const NOTICE: MaintenanceNotice = {
  committee: REPOSITORY,
  slug: "core-format",
  draft: "draft-misp-core-format-04",
  carries: "standards",
  files: ["core-format/raw.md", "register.json"],
  remarks: ["xml2rfc is not installed here, so the text and HTML are left to the repository's own build."],
  why: {
    kind: "renewal",
    issue: { ...REPOSITORY, number: 20 },
    by: { id: 1, login: "adulau" },
    at: instant("2027-06-01T08:00:00Z"),
  },
};
const MARK: MaintenanceNotice = {
  ...NOTICE,
  remarks: [],
  files: ["register.json"],
  draft: "draft-misp-core-format-03",
  why: { kind: "expired", expired: instant("2027-06-23T09:30:00Z") },
};

describe("a pull request", () => {
  it("says what it changes, for whom and why", () => {
    const notices: readonly MaintenanceNotice[] = [
      NOTICE,
      { ...NOTICE, carries: "website" },
      MARK,
      { ...MARK, carries: "website" },
    ];
    const words = notices.flatMap((notice) => [
      maintenancePullTitle(notice),
      maintenanceCommitMessage(notice),
      maintenancePullBody(notice),
    ]);
    expect(words.join("\n\n---\n\n")).toMatchInlineSnapshot(`
      "Renew core-format: draft-misp-core-format-04

      ---

      Renew core-format: draft-misp-core-format-04

      Asked for on 2027-06-01 08:00 UTC in MISP/misp-rfc#20.

      ---

      <!-- secretariat:maintenance MISP/misp-rfc -->

      This renews the standard \`core-format\` as draft-misp-core-format-04. Its text stays as it is: in its source only revision and date change. adulau asked for it on 2027-06-01 08:00 UTC, in MISP/misp-rfc#20; the committee does not vote on a renewal.

      **To be looked at**

      - xml2rfc is not installed here, so the text and HTML are left to the repository's own build.

      **Files**

      - \`core-format/raw.md\`
      - \`register.json\`

      **For maintainers:** please review and merge this; any way of merging is fine. If you close it unmerged, another one for the same revision is not made; you can open it again.

      ---

      Renew core-format on the website: draft-misp-core-format-04

      ---

      Renew core-format on the website: draft-misp-core-format-04

      Asked for on 2027-06-01 08:00 UTC in MISP/misp-rfc#20.

      ---

      <!-- secretariat:maintenance MISP/misp-rfc -->

      The standard \`core-format\` is renewed as draft-misp-core-format-04. This brings its files here up to date.

      **To be looked at**

      - xml2rfc is not installed here, so the text and HTML are left to the repository's own build.

      **Files**

      - \`core-format/raw.md\`
      - \`register.json\`

      **For maintainers:** please merge this after the pull request of the standard itself.

      ---

      Mark core-format as expired

      ---

      Mark core-format as expired

      draft-misp-core-format-03 expired on 2027-06-23 09:30 UTC.

      ---

      <!-- secretariat:maintenance MISP/misp-rfc -->

      The Internet-Draft draft-misp-core-format-03 of the standard \`core-format\` expired on 2027-06-23 09:30 UTC. This marks it so in the register; its text stays as it is. When it is to be renewed after all, close this and write \`/renew core-format\` on the maintenance issue.

      **Files**

      - \`register.json\`

      **For maintainers:** please review and merge this; any way of merging is fine. If you close it unmerged, another one for the same revision is not made; you can open it again.

      ---

      Mark core-format as expired on the website

      ---

      Mark core-format as expired on the website

      draft-misp-core-format-03 expired on 2027-06-23 09:30 UTC.

      ---

      <!-- secretariat:maintenance MISP/misp-rfc -->

      The Internet-Draft draft-misp-core-format-03 of the standard \`core-format\` expired on 2027-06-23 09:30 UTC. This says so on its page.

      **Files**

      - \`register.json\`

      **For maintainers:** please merge this after the pull request of the standard itself."
    `);
    expect(words.map(maintainedFor).filter((each) => each !== null)).toEqual(Array(4).fill(REPOSITORY));
  });

  it("names a committee's repository only as GitHub names one", () => {
    expect(maintainedFor("<!-- secretariat:maintenance MISP/.. -->")).toBe(null);
    expect(maintainedFor(" <!-- secretariat:maintenance MISP/misp-rfc -->")).toBe(null);
    expect(maintainedFor("text\n<!-- secretariat:maintenance MISP/misp-rfc -->")).toBe(null);
    const named = { ...NOTICE, committee: { owner: "MISP", name: "x -->" } };
    expect(() => maintenancePullBody(named)).toThrow(RangeError);
  });
});
