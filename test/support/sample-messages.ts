/** Every message that can be written about the sample proposal. */
import type { PublicationNotice } from "../../src/messages/pull-request.ts";
import { renderMessage } from "../../src/messages/render.ts";
import type { Message } from "../../src/proposal/desired-state.ts";
import { DAY, instant, seconds } from "../../src/proposal/instant.ts";
import { NO_NOTES } from "../../src/publication/press-notes.ts";
import { APPROVED, BALLOTS } from "./sample-ballots.ts";
import {
  CHARTER,
  COMMIT,
  DOCKET,
  elector,
  ISSUE_SHA,
  OPENED,
  PULL_REQUEST,
  REF,
  TEXT,
  TEXT_SHA,
  WEB,
} from "./sample-committee.ts";
import { REPLIES } from "./sample-replies.ts";
import { FINDINGS, STATUSES } from "./sample-statuses.ts";
import { SUBMISSIONS } from "./sample-submissions.ts";

const COMMENT_PERIOD: Readonly<Record<string, Message>> = {
  "comment period open": {
    kind: "comment-period-open",
    by: elector(2),
    opened: {
      kind: "comment-period-opened",
      at: instant("2026-11-20T09:30:00Z"),
      closesAt: instant("2026-12-20T09:30:00Z"),
      reminders: [seconds(7 * DAY)],
      onEdit: "note",
      lasts: seconds(30 * DAY),

      documentation: { sections: [] },
      text: TEXT,
      charter: CHARTER,
    },
  },
  "comment period restarted": {
    kind: "comment-period-restarted",
    at: instant("2026-12-01T08:00:00Z"),
    closesAt: instant("2026-12-31T08:00:00Z"),
  },
  "comment period extended": {
    kind: "comment-period-extended",
    extended: {
      kind: "extended",
      at: instant("2026-12-18T12:00:00Z"),
      by: elector(1),
      comment: 815,
      reason: "Several members are away over the holidays.",
      closesAt: instant("2027-01-03T09:30:00Z"),
    },
  },
  "text incomplete": {
    kind: "text-incomplete",
    closesAt: instant("2026-12-20T09:30:00Z"),
    findings: FINDINGS,
    text: TEXT,
  },
  "comment reminder": { kind: "comment-reminder", closesAt: instant("2026-12-20T09:30:00Z") },
  feedback: {
    kind: "feedback",
    closedAt: instant("2026-12-20T09:30:00Z"),
    items: [
      {
        comment: 900,
        by: elector(4),
        at: instant("2026-11-25T14:03:00Z"),
        url: "https://github.com/MISP/misp-rfc/issues/12#issuecomment-900",
        reactions: { "+1": 3, eyes: 1 },
      },
      {
        comment: 901,
        by: null,
        at: instant("2026-12-02T07:45:00Z"),
        url: "https://github.com/MISP/misp-rfc/issues/12#issuecomment-901",
        reactions: {},
      },
    ],
  },
  "feedback: none": { kind: "feedback", closedAt: instant("2026-12-20T09:30:00Z"), items: [] },
};

const PUBLICATION: Readonly<Record<string, Message>> = {
  "publication stopped": { kind: "publication-stopped", pullRequests: [PULL_REQUEST] },
  published: {
    kind: "published",
    text: TEXT_SHA,
    entry: {
      kind: "published",
      at: instant("2027-01-05T16:20:00Z"),
      pullRequests: [{ ...PULL_REQUEST, mergeCommit: COMMIT }],
      files: [
        { owner: "MISP", name: "misp-rfc", path: "misp-core-format/raw.md", sha256: TEXT_SHA, asVoted: true },
        { owner: "MISP", name: "misp-rfc", path: "decisions/0012.json", sha256: ISSUE_SHA, asVoted: null },
      ],
    },
  },
  "published, edited": {
    kind: "published",
    text: TEXT_SHA,
    entry: {
      kind: "published",
      at: instant("2027-01-05T16:20:00Z"),
      pullRequests: [{ ...PULL_REQUEST, mergeCommit: null }],
      files: [
        {
          owner: "MISP",
          name: "misp-rfc",
          path: "misp-core-format/raw.md",
          sha256: ISSUE_SHA,
          asVoted: false,
        },
        { owner: "MISP", name: "misp-rfc", path: "decisions/0012.json", sha256: null, asVoted: null },
      ],
    },
  },
};

export const SAMPLES: Readonly<Record<string, Message>> = {
  ...STATUSES,
  ...COMMENT_PERIOD,
  ...BALLOTS,
  ...PUBLICATION,
  ...SUBMISSIONS,
  ...REPLIES,
};

export const NOTICE: PublicationNotice = {
  ref: REF,
  opened: OPENED,
  closed: APPROVED.closed,
  carries: ["standards"],
  elsewhere: [],
  files: ["misp-core-format/raw.md", "decisions/0012.json"],
  text: "as voted",
  notes: NO_NOTES,
  docket: DOCKET,
};

/** A sample as people read it. */
export function rendered(name: string): string {
  const message = SAMPLES[name];
  if (message === undefined) throw new Error(`No such sample: ${name}`);
  return renderMessage(message, WEB);
}
