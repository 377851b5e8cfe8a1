/** Answers to commands, and words to whoever altered something by hand. */
import type { Message } from "../../src/proposal/desired-state.ts";
import { instant } from "../../src/proposal/instant.ts";
import { REF } from "./sample-committee.ts";
import { STATUS } from "./sample-statuses.ts";

type RefusalMessage = Extract<Message, { kind: "refusal" }>;

function refused(
  command: RefusalMessage["command"],
  refusal: RefusalMessage["refusal"],
  stage: RefusalMessage["stage"],
): RefusalMessage {
  return { kind: "refusal", to: { id: 77, login: "mallory" }, command, refusal, stage };
}

export const REPLIES: Readonly<Record<string, Message>> = {
  "refusal: not a reviewer": refused("accept", { why: "not allowed", who: "reviewers" }, "assessment"),
  "refusal: not a chair": refused("extend", { why: "not allowed", who: "chairs" }, "comment"),
  "refusal: neither author nor chair": refused(
    "withdraw",
    { why: "not allowed", who: "author or chairs" },
    "vote",
  ),
  "refusal: own proposal": refused("accept", { why: "own proposal" }, "assessment"),
  "refusal: wrong stage": refused("accept", { why: "wrong stage", needed: ["assessment"] }, "comment"),
  "refusal: wrong stage, several": refused(
    "withdraw",
    { why: "wrong stage", needed: ["intake", "assessment", "comment", "vote"] },
    "published",
  ),
  "refusal: reason missing": refused("return", { why: "reason missing" }, "assessment"),
  "refusal: span missing": refused("extend", { why: "span missing" }, "comment"),
  "refusal: not later": refused("extend", { why: "not later" }, "comment"),
  "refusal: documentation incomplete": refused("accept", { why: "documentation incomplete" }, "assessment"),
  "refusal: pull request open": refused("publish", { why: "pull request open" }, "publication"),
  "refusal: no submitter": refused("submit", { why: "no submitter" }, "published"),
  "refusal: submission in progress": refused("submit", { why: "submission in progress" }, "published"),
  "refusal: submission posted": refused("submit", { why: "submission posted" }, "published"),
  "refusal: edited": refused("accept", { why: "edited" }, "assessment"),
  "refusal: deleted account": { ...refused("accept", { why: "own proposal" }, "assessment"), to: null },
  help: { kind: "help", to: { id: 77, login: "mallory" } },
  "status answer": {
    kind: "status-answer",
    to: { id: 77, login: "mallory" },
    status: { ...STATUS, stage: "comment", closesAt: instant("2026-12-20T09:30:00Z") },
  },
  "put back: labels": { kind: "put-back", what: "labels", by: { id: 77, login: "mallory" }, stage: "vote" },
  "put back: closed": {
    kind: "put-back",
    what: "issue state",
    by: { id: 77, login: "mallory" },
    stage: "vote",
  },
  "put back: reopened": { kind: "put-back", what: "issue state", by: null, stage: "rejected" },
  "put back: comment": {
    kind: "put-back",
    what: "comment",
    by: { id: 77, login: "mallory" },
    stage: "comment",
  },
  trouble: {
    kind: "trouble",
    because:
      "The App is not allowed to write the branch dockets of MISP/misp-rfc: it needs write access to contents.",
  },
  "trouble: mended": { kind: "trouble", because: null },
  "no charter": { kind: "no-charter", ref: REF },
};
