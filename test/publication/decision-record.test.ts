import { expect, test } from "vitest";
import { fold } from "../../src/proposal/state.ts";
import { decisionRecord } from "../../src/publication/decision-record.ts";
import { inPublication, inVote } from "../support/committee.ts";

const ISSUE = {
  ref: { owner: "MISP", name: "misp-rfc", number: 12 },
  url: "https://github.example/MISP/misp-rfc/issues/12",
};

test("the record of a decision: text, rule, electorate, ballots, tally, dates, links", async () => {
  const committee = await inPublication();
  const record = decisionRecord(ISSUE, fold(committee.world.docket ?? []));
  expect(committee.world.pullRequests[0]?.files[1]?.content).toBe(record);
  const { ballot, text, commentPeriod, ...rest } = JSON.parse(record);
  expect(rest).toMatchInlineSnapshot(`
    {
      "docket": "https://github.example/MISP/misp-rfc/blob/dockets/0012/docket.json",
      "format": "secretariat decision",
      "proposal": {
        "author": {
          "id": 52554,
          "login": "pia",
        },
        "number": 12,
        "repository": "MISP/misp-rfc",
        "url": "https://github.example/MISP/misp-rfc/issues/12",
      },
      "result": "approved",
      "version": 1,
    }
  `);
  expect(text).toMatchObject({
    title: "Sighting format",
    slug: "sighting-format",
    text: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(commentPeriod).toMatchObject({
    opened: "2026-03-02T09:00:00Z",
    closed: "2026-04-01T09:00:00Z",
    extensions: [],
    feedback: [],
  });
  const { electorate, votes, ...counted } = ballot;
  expect([electorate.length, votes.length]).toEqual([9, 9]);
  expect(counted).toMatchInlineSnapshot(`
    {
      "charter": {
        "commit": "cccccccccccccccccccccccccccccccccccccccc",
        "name": "misp-rfc",
        "owner": "MISP",
        "path": ".github/committee.yml",
      },
      "closed": "2026-04-16T09:00:00Z",
      "comment": 1004,
      "conflicting": [],
      "opened": "2026-04-02T09:00:00Z",
      "prolongations": [],
      "reactions": {
        "abstain": "eyes",
        "against": "-1",
        "for": "+1",
      },
      "rule": {
        "passes": {
          "comparison": "more than",
          "fraction": {
            "denominator": 2,
            "numerator": 1,
          },
          "of": "votes cast",
        },
        "quorum": null,
      },
      "silent": [],
      "tally": {
        "abstain": 1,
        "against": 2,
        "conflicting": 0,
        "for": 6,
        "silent": 0,
      },
      "url": "https://github.example/MISP/misp-rfc/issues/12#issuecomment-1004",
    }
  `);
});

test("votes are in the order of the voters' ids, so that the record never varies", async () => {
  const committee = await inPublication();
  const { ballot } = JSON.parse(decisionRecord(ISSUE, fold(committee.world.docket ?? [])));
  const ids = ballot.votes.map((vote: { voter: { id: number } }) => vote.voter.id);
  expect(ids).toEqual(ids.toSorted((one: number, other: number) => one - other));
});

test("there is no record of a decision before the decision", async () => {
  const committee = await inVote();
  expect(() => decisionRecord(ISSUE, fold(committee.world.docket ?? []))).toThrow("without a decision");
});
