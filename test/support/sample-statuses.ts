/** The status comment at every stage, and whatever can hold it up. */
import type { SectionFinding, StatusMessage } from "../../src/proposal/desired-state.ts";
import { instant } from "../../src/proposal/instant.ts";
import { CHARTER, DOCKET, elector, PULL_REQUEST, section, TEXT } from "./sample-committee.ts";

export const FINDINGS: readonly SectionFinding[] = [
  { section: section("Description"), state: "present", words: 120, because: null },
  {
    section: section("Objectives", { aliases: ["Goals", "Aims"] }),
    state: "missing",
    words: 0,
    because: null,
  },
  { section: section("Relevance", { minimumWords: 1 }), state: "empty", words: 0, because: null },
  { section: section("Compatibility"), state: "too short", words: 7, because: null },
  {
    section: section("Technical specification", { isSpecification: true }),
    state: "link refused",
    words: 1,
    because: "It leads to a repository that the App cannot read.",
  },
  {
    section: section("Authors", { minimumWords: 0, requiredFor: [] }),
    state: "not usable",
    words: 0,
    because: "“<ada@example.org>” does not begin with a name. Write one author a line",
  },
];

export const STATUS: StatusMessage = {
  kind: "status",
  stage: "intake",
  held: null,
  documentation: FINDINGS,
  returned: null,
  closesAt: null,
  text: null,
  textFlagged: false,
  result: null,
  submission: null,
  pullRequests: [],
  ended: null,
  charter: CHARTER,
  docket: DOCKET,
};

const COMPLETE = FINDINGS.map((finding): SectionFinding => ({ ...finding, state: "present", because: null }));

export const STATUSES: Readonly<Record<string, StatusMessage>> = {
  "status: intake": STATUS,
  "status: returned": {
    ...STATUS,
    documentation: COMPLETE,
    returned: {
      by: elector(2),
      reason: "The objectives do not say who is going to use this.\nPlease add them.",
    },
  },
  "status: assessment": { ...STATUS, stage: "assessment", documentation: COMPLETE, text: TEXT },
  "status: comment": {
    ...STATUS,
    stage: "comment",
    documentation: null,
    text: TEXT,
    closesAt: instant("2026-12-20T09:30:00Z"),
  },
  "status: vote, text edited": {
    ...STATUS,
    stage: "vote",
    documentation: null,
    text: { ...TEXT, source: "issue", bytes: 5_210 },
    textFlagged: true,
    closesAt: instant("2027-01-03T09:30:01Z"),
  },
  "status: approved": { ...STATUS, stage: "approved", documentation: null, text: TEXT, result: "approved" },
  "status: publication": {
    ...STATUS,
    stage: "publication",
    documentation: null,
    text: TEXT,
    result: "approved",
    pullRequests: [{ ...PULL_REQUEST, state: "open" }],
  },
  "status: published": {
    ...STATUS,
    stage: "published",
    documentation: null,
    text: TEXT,
    result: "approved",
    pullRequests: [{ ...PULL_REQUEST, state: "merged" }],
  },
  "status: declined": {
    ...STATUS,
    stage: "declined",
    documentation: null,
    ended: { by: elector(1), reason: "This is not about threat intelligence." },
  },
  "status: rejected": { ...STATUS, stage: "rejected", documentation: null, text: TEXT, result: "rejected" },
  "status: no quorum": { ...STATUS, stage: "rejected", documentation: null, text: TEXT, result: "no quorum" },
  "status: withdrawn": {
    ...STATUS,
    stage: "withdrawn",
    documentation: null,
    ended: { by: elector(3), reason: null },
  },
  "status: no charter": {
    ...STATUS,
    documentation: null,
    charter: null,
    held: { why: "charter absent" },
  },
  "status: charter invalid": {
    ...STATUS,
    documentation: null,
    charter: null,
    held: {
      why: "charter invalid",
      pin: CHARTER,
      problems: [
        {
          line: 7,
          column: 11,
          path: "ballot.passes",
          message: '"most" is not a majority',
          instead: "`more than 1/2 of votes cast`",
        },
      ],
    },
  },
  "status: unreadable": {
    ...STATUS,
    stage: "comment",
    documentation: null,
    closesAt: instant("2026-12-20T09:30:00Z"),
    held: { why: "unreadable", because: "The team MISP/standard-committee cannot be read." },
  },
};
