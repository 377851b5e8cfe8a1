import { expect, it } from "vitest";
import { parseCharter } from "../../src/charter/parse.ts";
import { SMALLEST_CHARTER } from "../../src/messages/no-charter.ts";
import { DAY } from "../../src/proposal/instant.ts";

it("the charter to begin with is valid, and means what the message says", () => {
  const parsed = parseCharter(SMALLEST_CHARTER);
  expect(parsed).toMatchObject({
    charter: {
      committee: "Name of the committee",
      chairs: [{ login: "login-of-a-chair" }],
      members: [{ login: "login-of-a-member" }, { login: "login-of-another-member" }],
      commentPeriod: { lasts: 30 * DAY },
      ballot: {
        lasts: 14 * DAY,
        passes: { comparison: "more than", fraction: { numerator: 1, denominator: 2 }, of: "votes cast" },
      },
    },
  });
});
