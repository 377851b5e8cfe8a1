import { describe, expect, it } from "vitest";
import { docketCommitSubject } from "../../src/messages/docket-commit.ts";
import type { EntryBody, NewEntry } from "../../src/proposal/entries.ts";
import { instant } from "../../src/proposal/instant.ts";
import { HOSTILE } from "../support/hostile.ts";
import { CHARTER, elector, OPENED, PULL_REQUEST, TEXT, tallyOf } from "../support/sample-committee.ts";

const at = instant("2026-12-20T09:30:00Z");
const closesAt = instant("2027-01-03T09:30:00Z");
const by = elector(1);
const tally = tallyOf({ for: 5 });

const BEGUN: EntryBody = {
  kind: "submission-begun",
  draft: "draft-misp-core-format-20",
  submitter: "secretary@example.org",
  file: { owner: "MISP", name: "misp-rfc", path: "misp-core-format/raw.md.xml", commit: "0", sha256: "0" },
};

const BODIES: readonly (readonly [EntryBody, string])[] = [
  [{ kind: "received", issue: 4_012, author: by, title: HOSTILE }, "#12: proposal received"],
  [{ kind: "documented", text: TEXT }, "#12: documentation complete"],
  [{ kind: "accepted", by, comment: 1 }, "#12: accepted by alice"],
  [{ kind: "returned", by, comment: 1, reason: HOSTILE, issue: "", text: "0" }, "#12: returned by alice"],
  [{ kind: "declined", by, comment: 1, reason: HOSTILE }, "#12: declined by alice"],
  [
    {
      kind: "comment-period-opened",
      closesAt,
      reminders: [],
      onEdit: "note",
      lasts: OPENED.terms.lasts,

      documentation: { sections: [] },
      text: TEXT,
      charter: CHARTER,
    },
    "#12: comment period opened, closes 2027-01-03",
  ],
  [
    { kind: "extended", by, comment: 1, reason: "", closesAt },
    "#12: comment period extended, closes 2027-01-03",
  ],
  [{ kind: "text-changed", text: TEXT, closesAt: null }, "#12: text edited"],
  [
    { kind: "text-changed", text: TEXT, closesAt },
    "#12: text edited, comment period restarted, closes 2027-01-03",
  ],
  [{ kind: "comment-period-closed", feedback: [] }, "#12: comment period closed"],
  [OPENED, "#12: ballot opened, closes 2027-01-03"],
  [{ kind: "text-flagged", issue: "" }, "#12: issue edited during the ballot"],
  [{ kind: "ballot-prolonged", closesAt, tally }, "#12: ballot prolonged, closes 2027-01-03"],
  [{ kind: "ballot-closed", comment: 1, tally, result: "no quorum" }, "#12: ballot closed, no quorum"],
  [{ kind: "publication-opened", pullRequests: [PULL_REQUEST] }, "#12: publication opened"],
  [{ kind: "publication-stopped", pullRequests: [PULL_REQUEST] }, "#12: publication stopped"],
  [{ kind: "publication-requested", standing: [], by, comment: 1 }, "#12: publication requested by alice"],
  [{ kind: "published", pullRequests: [], files: [] }, "#12: published"],
  [BEGUN, "#12: submission to the IETF begun"],
  [
    { kind: "submitted", draft: "draft-misp-core-format-20", id: "1", statusUrl: "" },
    "#12: submitted to the IETF as draft-misp-core-format-20",
  ],
  [{ kind: "submission-refused", error: HOSTILE, messages: [HOSTILE] }, "#12: refused by the IETF"],
  [{ kind: "submission-withheld", reason: { why: "file missing" } }, "#12: not submitted to the IETF"],
  [{ kind: "submission-moved", state: "auth" }, "#12: waiting for the authors at the IETF"],
  [{ kind: "submission-moved", state: "approval" }, "#12: waiting for an approval at the IETF"],
  [{ kind: "submission-moved", state: "posted" }, "#12: posted by the IETF"],
  [{ kind: "submission-moved", state: "cancel" }, "#12: submission canceled at the IETF"],
  [{ kind: "submission-given-up" }, "#12: submission to the IETF given up"],
  [
    { kind: "submission-requested", by, comment: 1, submitter: HOSTILE },
    "#12: submission to the IETF requested by alice",
  ],
  [{ kind: "withdrawn", by, comment: null, reason: null }, "#12: withdrawn by alice"],
  [
    { kind: "command-refused", by, comment: 1, command: "accept", refusal: { why: "own proposal" } },
    "#12: /accept refused",
  ],
];

const ENTRIES: readonly NewEntry[] = BODIES.map(([body]) => ({ ...body, at }));

describe("the commit message of a docket", () => {
  it.each(BODIES)("%#: $kind", (body, subject) => {
    expect(docketCommitSubject({ number: 12 }, [{ ...body, at }])).toBe(subject);
  });

  it("joins what was recorded together", () => {
    const [, , accepted, , , opened] = ENTRIES;
    expect(docketCommitSubject({ number: 12 }, entries(accepted, opened))).toBe(
      "#12: accepted by alice; comment period opened, closes 2027-01-03",
    );
  });

  it("shortens the earlier ones first, then counts them", () => {
    const [received, documented, accepted, , , opened, , , , closed] = ENTRIES;
    expect(docketCommitSubject({ number: 12 }, entries(documented, accepted, closed))).toBe(
      "#12: documentation complete; accepted by alice; comment period closed",
    );
    expect(docketCommitSubject({ number: 123_456 }, entries(documented, accepted, closed))).toBe(
      "#123456: documentation complete; accepted; comment period closed",
    );
    expect(docketCommitSubject({ number: 12 }, entries(received, documented, accepted, opened))).toBe(
      "#12: 3 more, then comment period opened, closes 2027-01-03",
    );
  });

  it("is one short line", () => {
    const subject = docketCommitSubject({ number: 999_999_999 }, ENTRIES);
    expect(subject.length).toBeLessThanOrEqual(72);
    expect(subject).not.toContain("\n");
  });

  it("keeps a hostile name out of the line", () => {
    const entry: NewEntry = { kind: "accepted", by: { id: 1, login: "x\n\ncloses #1 @all" }, comment: 1, at };
    expect(docketCommitSubject({ number: 12 }, [entry])).toBe(
      "#12: accepted by x closes #\u20601 @\u2060all",
    );
  });

  it("is never written for nothing", () => {
    expect(() => docketCommitSubject({ number: 12 }, [])).toThrow(/without an entry/);
  });
});

function entries(...some: readonly (NewEntry | undefined)[]): readonly NewEntry[] {
  return some.filter((entry) => entry !== undefined);
}
