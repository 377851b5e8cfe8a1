import { expect, test } from "vitest";
import type { EntryBody, EntryKind, Stage } from "../../src/proposal/entries.ts";
import { canBeWithdrawn, isEnded, LIFECYCLE, NOTES, stageAfter } from "../../src/proposal/lifecycle.ts";

const STAGES: readonly Stage[] = [
  "intake",
  "assessment",
  "comment",
  "vote",
  "approved",
  "publication",
  "published",
  "declined",
  "rejected",
  "withdrawn",
];

/** The design's table, written down a second time by hand: `from`, entry (and result), `to`. */
const EXPECTED = `
new received intake
intake documented assessment
intake withdrawn withdrawn
assessment comment-period-opened comment
assessment returned intake
assessment declined declined
assessment withdrawn withdrawn
comment ballot-opened vote
comment withdrawn withdrawn
vote ballot-closed/approved approved
vote ballot-closed/rejected rejected
vote ballot-closed/no_quorum rejected
vote ballot-prolonged vote
vote withdrawn withdrawn
approved publication-opened publication
publication publication-requested approved
publication published published
`
  .trim()
  .split("\n")
  .sort();

test("the table says what the charter says", () => {
  const rows = LIFECYCLE.map(
    ({ from, entry, result, to }) => `${from} ${entry}${result ? `/${result.replace(" ", "_")}` : ""} ${to}`,
  );
  expect(rows.toSorted()).toEqual(EXPECTED);
});

test("only the four ends have no way out", () => {
  expect(STAGES.filter(isEnded)).toEqual(["published", "declined", "rejected", "withdrawn"]);
});

test("a proposal can be withdrawn before approval, not after", () => {
  expect(STAGES.filter(canBeWithdrawn)).toEqual(["intake", "assessment", "comment", "vote"]);
});

test("a note leaves the stage as it is, and belongs where it belongs", () => {
  const kinds: readonly EntryKind[] = [
    "accepted",
    "extended",
    "text-changed",
    "comment-period-closed",
    "text-flagged",
    "publication-stopped",
  ];
  const allowed = kinds.map((kind) => [
    kind,
    STAGES.filter((stage) => stageAfter(stage, { kind } as EntryBody) === stage),
  ]);
  expect(allowed).toEqual([
    ["accepted", ["assessment"]],
    ["extended", ["comment"]],
    ["text-changed", ["comment"]],
    ["comment-period-closed", ["comment"]],
    ["text-flagged", ["vote"]],
    ["publication-stopped", ["publication"]],
  ]);
});

test("a refused command can be recorded at every stage, and moves nothing", () => {
  expect(NOTES["command-refused"]).toEqual(STAGES);
});
