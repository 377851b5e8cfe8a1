import { expect, test } from "vitest";
import type { Action } from "../../src/proposal/actions.ts";
import { github, useNock } from "../support/nock.ts";
import { actorOf, bot, client, commentAnswer, HERE, REF, viaUs } from "./support.ts";

useNock();

const ISSUE = `${HERE}/issues/12`;
const LABEL = { name: "stage: vote", color: "5319e7", description: "The committee votes" };
const act = (action: Action) => actorOf(client())(REF, action);

test("a label is made with its colour and description before it is put on, once", async () => {
  const actor = actorOf(client());
  github().post(`${HERE}/labels`, LABEL).once().reply(201, LABEL);
  github()
    .post(`${ISSUE}/labels`, { labels: ["stage: vote"] })
    .twice()
    .reply(200, [LABEL]);
  expect(await actor(REF, { do: "add labels", labels: [LABEL] })).toEqual({ made: "change" });
  await actor(REF, { do: "add labels", labels: [LABEL] });
});

test("a label that exists is as good as made", async () => {
  const errors = [{ resource: "Label", code: "already_exists", field: "name" }];
  github().post(`${HERE}/labels`).reply(422, { message: "Validation Failed", errors });
  github().post(`${ISSUE}/labels`).reply(200, [LABEL]);
  await act({ do: "add labels", labels: [LABEL] });
});

test("a label that GitHub refuses is a failure, and is tried again", async () => {
  const actor = actorOf(client());
  const errors = [{ resource: "Label", code: "invalid", field: "color" }];
  github().post(`${HERE}/labels`).twice().reply(422, { message: "Validation Failed", errors });
  for (const _ of [1, 2]) {
    await expect(actor(REF, { do: "add labels", labels: [LABEL] })).rejects.toMatchObject({ status: 422 });
  }
});

test.each([200, 404])("a label that GitHub answers with %d when it is taken away is gone", async (status) => {
  github().delete(`${ISSUE}/labels/stage%3A%20vote`).reply(status, []);
  expect(await act({ do: "remove label", name: "stage: vote" })).toEqual({ made: "change" });
});

test("a new comment is a fact, and ours", async () => {
  const answer = commentAnswer(5, { user: bot, body: "Hello", performed_via_github_app: viaUs });
  github().post(`${ISSUE}/comments`, { body: "Hello" }).reply(201, answer);
  expect(await act({ do: "create comment", key: "status", body: "Hello" })).toMatchObject({
    made: "comment",
    comment: { id: 5, byApp: true, authorIsBot: true, body: "Hello", reactions: {} },
  });
});

test.each([
  ["create comment", { do: "create comment", key: "status", body: "x".repeat(60_001) }],
  ["update comment", { do: "update comment", comment: 5, key: "status", body: "x".repeat(60_001) }],
] as const)("%s: a body that is too long is our own fault, and is not sent", async (_, action) => {
  await expect(act(action)).rejects.toThrow(RangeError);
});

test.each<[Action, () => unknown]>([
  [
    { do: "update comment", comment: 5, key: "status", body: "New" },
    () => github().patch(`${HERE}/issues/comments/5`, { body: "New" }).reply(200, commentAnswer(5)),
  ],
  [
    { do: "acknowledge", comment: 5, content: "+1" },
    () => github().post(`${HERE}/issues/comments/5/reactions`, { content: "+1" }).reply(201, { id: 1 }),
  ],
  [
    { do: "close issue", reason: "not_planned" },
    () => github().patch(ISSUE, { state: "closed", state_reason: "not_planned" }).reply(200, {}),
  ],
  [{ do: "reopen issue" }, () => github().patch(ISSUE, { state: "open" }).reply(200, {})],
])("$do is one request", async (action, answers) => {
  answers();
  expect(await act(action)).toEqual({ made: "change" });
});

test.each([401, 403, 404, 410, 422, 500, 503])(
  "%d on a write is a failure, after one request",
  async (status) => {
    github().patch(ISSUE).once().reply(status, { message: "no" });
    await expect(act({ do: "reopen issue" })).rejects.toMatchObject({ name: "GitHubFailure", status });
  },
);
