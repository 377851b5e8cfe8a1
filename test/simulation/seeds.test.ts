/** Years in which something once came out wrong, with what it was. They stay. */
import { expect, test } from "vitest";
import { simulateYear } from "../../src/simulation/year.ts";

const SECONDS = 60;

test.each([
  [
    1004,
    "a docket whose branch was deleted came back without its last entry, of whose writing nothing had been heard",
  ],
  [1335, "the same, where the branch was deleted before the next look"],
  [248, "a ballot that was posted anew ended in the same second, by what had been cast on the one before it"],
  [314, "a vote that was changed after the last one was in, and before anybody saw it"],
  [366, "the same, in the deadline's own second"],
  [
    1992,
    "an acknowledgement given twice, since a process that stood still noted what it had known before the first",
  ],
  [
    3895,
    "a closing that was put back counted as a withdrawal, once whoever had closed the issue was a chair",
  ],
  [
    8058,
    "a comment that was altered again and left was put back after all, once the App had done something else",
  ],
  [981, "a first comment that was made again after a look at an old list, the store being lost in between"],
])("%i: %s", { timeout: SECONDS * 1000 }, async (seed) => {
  const { violations } = await simulateYear(seed, 100);
  expect(violations).toEqual([]);
});
