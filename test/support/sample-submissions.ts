/** What people are told about a draft's way through the IETF. */
import type { Message } from "../../src/proposal/desired-state.ts";
import { instant } from "../../src/proposal/instant.ts";
import type { Withholding } from "../../src/proposal/submission-entries.ts";
import type { Told } from "../../src/proposal/submission-life.ts";
import { PULL_REQUEST } from "./sample-committee.ts";

function submission(told: Told, draft: string | null = "draft-misp-core-format-20"): Message {
  return {
    kind: "submission",
    told,
    draft,
    repository: PULL_REQUEST.repository,
    path: "misp-core-format/raw.md.xml",
  };
}

const at = instant("2027-01-06T08:00:00Z");

function withheld(reason: Withholding): Message {
  return submission({ kind: "submission-withheld", reason, at }, null);
}

export const SUBMISSIONS: Readonly<Record<string, Message>> = {
  "submission: auth": submission({ kind: "submission-moved", state: "auth", at }),
  "submission: approval": submission({ kind: "submission-moved", state: "approval", at }),
  "submission: posted": submission({ kind: "submission-moved", state: "posted", at }),
  "submission: canceled": submission({ kind: "submission-moved", state: "cancel", at }),
  "submission: refused": submission({
    kind: "submission-refused",
    error: "Validation Error",
    messages: ["Invalid revision (revision 21 is expected)", "The title is <b>too</b> long"],
    at,
  }),
  "submission: given up": submission({ kind: "submission-given-up", at }),
  "submission: file missing": withheld({ why: "file missing" }),
  "submission: file too large": withheld({ why: "file too large" }),
  "submission: not a draft": withheld({ why: "not a draft" }),
  "submission: not in the register": withheld({ why: "not in the register" }),
  "submission: register unreadable": withheld({ why: "register unreadable" }),
  "submission: another draft": withheld({
    why: "another draft",
    draft: "draft-misp-core-format-20",
    registered: "draft-misp-core-format-21",
  }),
};
