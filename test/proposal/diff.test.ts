import { describe, expect, test } from "vitest";
import type { Desired } from "../../src/proposal/desired-state.ts";
import { type Applied, diff, NOTHING_APPLIED } from "../../src/proposal/diff.ts";
import { type CommentFact, type Facts, known } from "../../src/proposal/facts.ts";
import { type Instant, instant, after as later, MINUTE, seconds } from "../../src/proposal/instant.ts";
import { keyOf, withKey } from "../../src/proposal/keys.ts";
import { labelsFor } from "../../src/proposal/labels.ts";
import { person } from "../support/model-github.ts";

const NOW = instant("2026-05-01T12:00:00Z");
const LABELS = labelsFor("vote", "new");
const HELP = { kind: "help", to: null } as const;

function wanted(more: Partial<Desired> = {}): Desired {
  return {
    labels: LABELS,
    comments: [{ key: "status", mode: "kept", message: HELP }],
    state: { open: true },
    acknowledgements: [],
    pullRequests: [],
    ...more,
  };
}

function comment(id: number, body: string, more: Partial<CommentFact> = {}): CommentFact {
  const at = instant("2026-04-01T12:00:00Z");
  const app = { id: 1, login: "secretariat[bot]" };
  return {
    id,
    url: "",
    author: app,
    authorIsBot: true,
    byApp: true,
    body,
    createdAt: at,
    updatedAt: at,
    reactions: {},
    ...more,
  };
}

function facts(
  more: {
    labels?: readonly string[];
    comments?: readonly CommentFact[];
    state?: "open" | "closed";
  } & Partial<Facts> = {},
): Facts {
  const {
    labels = ["proposal", ...LABELS.map((label) => label.name)],
    comments = [comment(1, render("status"))],
    state = "open",
    ...rest
  } = more;
  const issue = {
    ref: { owner: "MISP", name: "misp-rfc", number: 12 },
    id: 1,
    url: "",
    title: "",
    body: "",
    author: person("pia"),
    state,
    closedBy: null,
    closedAt: null,
    labels,
    createdAt: NOW,
    updatedAt: NOW,
  } as const;
  return { issue, comments, ...rest };
}

function render(key: string): string {
  return withKey(key, `The words of ${key}.`);
}

function plan(desired: Desired, observed: Facts, applied: Applied = NOTHING_APPLIED, now: Instant = NOW) {
  return diff({ desired, stage: "vote" }, observed, applied, render, now);
}

/** What is remembered after a pass that made everything as it should be, some minutes ago. */
function appliedBefore(minutes: number): Applied {
  const at = later(NOW, seconds(-minutes * MINUTE));
  return plan(wanted(), facts({ labels: ["proposal"], comments: [] }), NOTHING_APPLIED, at).applied;
}

const dos = (observed: Facts, applied?: Applied, desired = wanted()) =>
  plan(desired, observed, applied).actions.map((action) =>
    action.do === "create comment" || action.do === "update comment"
      ? `${action.do} ${keyOf(action.body)}`
      : action.do,
  );

describe("the smallest list of actions", () => {
  test("where all is as it should be: none", () => {
    expect(dos(facts())).toEqual([]);
  });

  test("labels of ours that are missing are added, others of ours taken away, people's left alone", () => {
    const observed = facts({ labels: ["proposal", "help wanted", "stage: intake", "kind: new standard"] });
    expect(plan(wanted(), observed).actions).toEqual([
      { do: "add labels", labels: [LABELS[1]] },
      { do: "remove label", name: "stage: intake" },
    ]);
  });

  test("a comment that says something else is brought up to date, one that is said once is left", () => {
    const observed = facts({ comments: [comment(1, withKey("status", "Old words."))] });
    expect(dos(observed)).toEqual(["update comment status"]);
    expect(
      dos(observed, undefined, wanted({ comments: [{ key: "status", mode: "once", message: HELP }] })),
    ).toEqual([]);
  });

  test("line ends and space around a body are no difference", () => {
    const body = `${render("status").replaceAll("\n", "\r\n")}  \n`;
    expect(dos(facts({ comments: [comment(1, body)] }))).toEqual([]);
  });

  test("a comment with our key that somebody else wrote is not ours", () => {
    expect(dos(facts({ comments: [comment(1, render("status"), { byApp: false })] }))).toEqual([
      "create comment status",
    ]);
  });

  test("of two with the same key the older one is kept up to date", () => {
    const comments = [comment(7, withKey("status", "Old.")), comment(3, withKey("status", "Old."))];
    expect(plan(wanted(), facts({ comments })).actions).toMatchObject([{ do: "update comment", comment: 3 }]);
  });

  test("answers come first, and the issue is closed last", () => {
    const asked = comment(9, "/help", { byApp: false });
    const desired = wanted({
      state: { open: false, reason: "completed" },
      acknowledgements: [{ comment: 9, content: "rocket" }],
      comments: [{ key: "reply-9", mode: "once", message: HELP }],
    });
    expect(dos(facts({ comments: [asked], labels: ["proposal"] }), undefined, desired)).toEqual([
      "acknowledge",
      "add labels",
      "create comment reply-9",
      "close issue",
    ]);
  });

  test("a command is acknowledged once: not again where the reaction was taken away, nor where it may be the App's", () => {
    const desired = wanted({ acknowledgements: [{ comment: 9, content: "rocket" }] });
    const asked = (reactions: CommentFact["reactions"]) =>
      facts({ comments: [comment(1, render("status")), comment(9, "/help", { byApp: false, reactions })] });
    expect(dos(asked({}), undefined, desired)).toEqual(["acknowledge"]);
    expect(dos(asked({ rocket: 1 }), undefined, desired)).toEqual([]);
    const { applied } = plan(desired, asked({}));
    expect(dos(asked({}), applied, desired)).toEqual([]);
  });

  test("somebody else's reaction does not stand for the App's", () => {
    const desired = wanted({ acknowledgements: [{ comment: 9, content: "rocket" }] });
    const asked = comment(9, "/help", { byApp: false, reactions: { rocket: 1 } });
    const observed = facts({ comments: [comment(1, render("status")), asked] });
    expect(dos(observed, appliedBefore(60), desired)).toEqual(["acknowledge"]);
  });
});

describe("what a person altered by hand", () => {
  const tampered = ["proposal", "stage: published"];

  test("labels: who did it is asked first", () => {
    expect(plan(wanted(), facts({ labels: tampered }), appliedBefore(60)).want).toEqual({ fact: "lastHand" });
  });

  test("labels are put back with a word to who did it", () => {
    const observed = facts({ labels: tampered, lastHand: known(person("dan")) });
    expect(dos(observed, appliedBefore(60))).toEqual([
      "add labels",
      "remove label",
      "create comment put-back-labels-vote",
    ]);
  });

  test("never in a fight: once the word was said, they stay as they were left", () => {
    const comments = [comment(1, render("status")), comment(2, render("put-back-labels-vote"))];
    expect(
      dos(facts({ labels: tampered, comments, lastHand: known(person("dan")) }), appliedBefore(60)),
    ).toEqual([]);
  });

  test("where the newest hand was the App's own, the read was old: nobody is blamed", () => {
    expect(dos(facts({ labels: tampered, lastHand: known(null) }), appliedBefore(60))).toEqual([
      "add labels",
      "remove label",
    ]);
  });

  test("a comment of ours that was edited is put back with a word", () => {
    const edited = comment(1, withKey("status", "Mine now."), { updatedAt: NOW });
    expect(dos(facts({ comments: [edited] }), appliedBefore(60))).toEqual([
      "update comment status",
      "create comment put-back-comment-status",
    ]);
  });

  test("a stage that has moved on is no alteration", () => {
    const observed = facts({ labels: ["proposal", "stage: comment period", "kind: new standard"] });
    expect(
      dos(observed, { at: NOW, parts: { labels: "kind: new standard, stage: comment period" } }),
    ).toEqual(["add labels", "remove label"]);
  });

  test("an issue that somebody closed is opened again, once", () => {
    const observed = facts({ state: "closed", lastHand: known(person("dan")) });
    expect(dos(observed)).toEqual(["reopen issue", "create comment put-back-issue-state-vote"]);
    const comments = [comment(1, render("status")), comment(2, render("put-back-issue-state-vote"))];
    expect(dos(facts({ state: "closed", comments, lastHand: known(person("dan")) }))).toEqual([]);
  });
});

describe("GitHub's reads can be minutes old", () => {
  test("a comment that was just made and is not listed yet is not made twice, but looked for again", () => {
    const result = plan(wanted(), facts({ comments: [] }), appliedBefore(5));
    expect([result.actions, result.dueAt]).toEqual([[], later(NOW, seconds(5 * MINUTE))]);
  });

  test("after ten minutes its absence is believed", () => {
    expect(dos(facts({ comments: [] }), appliedBefore(10))).toEqual([
      "create comment status",
      "create comment put-back-comment-status",
    ]);
  });

  test("an old text of a comment that was just changed is nobody's alteration", () => {
    const applied = appliedBefore(5);
    const observed = facts({ comments: [comment(1, withKey("status", "Older words."))] });
    expect([plan(wanted(), observed, applied).actions, plan(wanted(), observed, applied).dueAt]).toEqual([
      [],
      later(NOW, seconds(5 * MINUTE)),
    ]);
  });
});
