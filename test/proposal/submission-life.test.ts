import { expect, test } from "vitest";
import type { EntryOf } from "../../src/proposal/entries.ts";
import { instant } from "../../src/proposal/instant.ts";
import { NOTES } from "../../src/proposal/lifecycle.ts";
import {
  canBeTriedAgain,
  SUBMISSION_LIFE,
  type SubmissionPhase,
  submissionAfter,
  submissionOf,
} from "../../src/proposal/submission-life.ts";

const at = instant("2027-01-06T08:00:00Z");
const PHASES: readonly SubmissionPhase[] = [
  "due",
  "begun",
  "validating",
  "auth",
  "approval",
  "posted",
  "canceled",
  "refused",
  "withheld",
  "given up",
];

/** Written down a second time by hand: `from`, entry (and state), `to`. */
const EXPECTED = `
due submission-begun begun
begun submission-begun begun
due submission-withheld withheld
begun submission-withheld withheld
due submitted validating
begun submitted validating
begun submission-refused refused
validating submission-moved/auth auth
approval submission-moved/auth auth
validating submission-moved/approval approval
auth submission-moved/approval approval
validating submission-moved/posted posted
auth submission-moved/posted posted
approval submission-moved/posted posted
validating submission-moved/cancel canceled
auth submission-moved/cancel canceled
approval submission-moved/cancel canceled
due submission-given-up given_up
begun submission-given-up given_up
validating submission-given-up given_up
auth submission-given-up given_up
approval submission-given-up given_up
canceled submission-requested due
refused submission-requested due
withheld submission-requested due
given_up submission-requested due
`
  .trim()
  .split("\n");

test("the table says what a submission's life is", () => {
  const rows = SUBMISSION_LIFE.flatMap(({ from, entry, state, to }) =>
    from.map((each) =>
      `${each} ${entry}${state ? `/${state}` : ""} ${to}`.replaceAll("given up", "given_up"),
    ),
  );
  expect(rows).toEqual(EXPECTED);
});

test("each of its entries belongs after publication, and nowhere else", () => {
  for (const { entry } of SUBMISSION_LIFE) expect(NOTES[entry]).toEqual(["published"]);
});

test("every end but the posted one can be tried again", () => {
  const ends = PHASES.filter(
    (phase) =>
      !SUBMISSION_LIFE.some(({ from, entry }) => entry !== "submission-requested" && from.includes(phase)),
  );
  expect(ends.filter((phase) => !canBeTriedAgain(phase))).toEqual(["posted"]);
  expect(PHASES.filter((phase) => canBeTriedAgain(phase) && !ends.includes(phase))).toEqual([]);
});

const PUBLISHED: EntryOf<"published"> = { kind: "published", pullRequests: [], files: [], at };

test("an entry that its life does not allow is refused", () => {
  const posted = { kind: "submission-moved", state: "posted", at } as const;
  expect(() => submissionAfter(null, posted)).toThrow("not asked for");
  const repository = { owner: "MISP", name: "misp-rfc" };
  const terms = { submitter: "secretary@example.org", repository, path: "x/raw.md.xml", register: null };
  expect(() => submissionAfter(submissionOf(terms, PUBLISHED), posted)).toThrow("due");
  expect(submissionOf(null, PUBLISHED)).toBeNull();
});
