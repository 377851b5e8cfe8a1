import { expect, test } from "vitest";
import { observe } from "../../src/github/observe.ts";
import { github, useNock } from "../support/nock.ts";
import { bot, client, commentAnswer, HERE, issueAnswer, nextPage, REF, viaUs } from "./support.ts";

useNock();

const ISSUE = `${HERE}/issues/12`;
const COMMENTS = `${ISSUE}/comments`;

test("an issue without comments costs one request", async () => {
  github().get(ISSUE).reply(200, issueAnswer());
  expect(await observe(client(), REF)).toMatchInlineSnapshot(`
    {
      "comments": [],
      "issue": {
        "author": {
          "id": 1,
          "login": "alice",
        },
        "body": "Text",
        "closedAt": null,
        "closedBy": null,
        "createdAt": "2026-11-01T00:00:00Z",
        "id": 1012,
        "labels": [
          "proposal",
        ],
        "ref": {
          "name": "misp-rfc",
          "number": 12,
          "owner": "MISP",
        },
        "state": "open",
        "title": "A new standard",
        "updatedAt": "2026-11-02T00:00:00Z",
        "url": "https://github.com/MISP/misp-rfc/issues/12",
      },
    }
  `);
});

test("nothing is made up where GitHub says null", async () => {
  github()
    .get(ISSUE)
    .reply(200, issueAnswer({ body: null, user: null, labels: ["proposal", { name: "x" }] }));
  const observed = await observe(client(), REF);
  expect(observed?.issue).toMatchObject({ body: "", author: null, labels: ["proposal", "x"] });
});

test("the placeholder of deleted accounts is nobody", async () => {
  const ghost = { id: 10137, login: "ghost", type: "User" };
  github()
    .get(ISSUE)
    .reply(200, issueAnswer({ user: ghost }));
  expect((await observe(client(), REF))?.issue.author).toBeNull();
});

test("of a long comment enough is kept for a command, of the App's own all", async () => {
  const long = `/status\n\n${"標".repeat(60_000)}`;
  github()
    .get(ISSUE)
    .reply(200, issueAnswer({ comments: 2 }));
  const all = [
    commentAnswer(1, { body: long }),
    commentAnswer(2, { body: long, user: bot, performed_via_github_app: viaUs }),
  ];
  github().get(COMMENTS).query({ per_page: 100 }).reply(200, all);
  const observed = await observe(client(), REF);
  expect(observed?.comments.map(({ body }) => [body.slice(0, 7), body.length])).toEqual([
    ["/status", 10_000],
    ["/status", long.length],
  ]);
});

test("all pages of comments are read", async () => {
  const first = Array.from({ length: 100 }, (_, index) => commentAnswer(index + 1));
  github()
    .get(ISSUE)
    .reply(200, issueAnswer({ comments: 102 }));
  github()
    .get(COMMENTS)
    .query({ per_page: 100 })
    .reply(200, first, nextPage("/repositories/5/issues/12/comments", 2));
  github()
    .get(COMMENTS)
    .query({ per_page: 100, page: 2 })
    .reply(200, [commentAnswer(101), commentAnswer(102)]);
  const observed = await observe(client(), REF);
  expect(observed?.comments.map(({ id }) => id)).toEqual(
    Array.from({ length: 102 }, (_, index) => index + 1),
  );
});

test("a failing page fails the whole reading", async () => {
  github()
    .get(ISSUE)
    .reply(200, issueAnswer({ comments: 101 }));
  github()
    .get(COMMENTS)
    .query({ per_page: 100 })
    .reply(200, [commentAnswer(1)], nextPage(COMMENTS, 2));
  github().get(COMMENTS).query({ per_page: 100, page: 2 }).reply(502, "");
  await expect(observe(client(), REF)).rejects.toThrow(/502/);
});

test("pages that a deletion has moved are read once more", async () => {
  const page = (from: number) => Array.from({ length: 100 }, (_, index) => commentAnswer(from + index));
  github()
    .get(ISSUE)
    .reply(200, issueAnswer({ comments: 102 }));
  const list = () => github().get(COMMENTS).query({ per_page: 100 });
  const second = () => github().get(COMMENTS).query({ per_page: 100, page: 2 });
  list().reply(200, page(1), nextPage(COMMENTS, 2));
  second().reply(200, [commentAnswer(102)]);
  list().reply(200, page(2), nextPage(COMMENTS, 2));
  second().reply(200, [commentAnswer(102)]);
  const observed = await observe(client(), REF);
  expect(observed?.comments.map(({ id }) => id)).toEqual(
    Array.from({ length: 101 }, (_, index) => index + 2),
  );
});

test.each([
  ["deleted", () => github().get(ISSUE).reply(410, { message: "This issue was deleted" })],
  ["unknown", () => github().get(ISSUE).reply(404, { message: "Not Found" })],
  [
    "a pull request",
    () =>
      github()
        .get(ISSUE)
        .reply(200, issueAnswer({ pull_request: { url: "…" } })),
  ],
])("an issue that is %s is none", async (_, answers) => {
  answers();
  expect(await observe(client(), REF)).toBeNull();
});

test("a transferred issue is none here, even with the same number", async () => {
  const moved = issueAnswer({ repository_url: "https://api.github.com/repos/MISP/elsewhere" });
  github().get(ISSUE).reply(301, "", { location: "https://api.github.com/repositories/8/issues/12" });
  github().get("/repositories/8/issues/12").reply(200, moved);
  expect(await observe(client(), REF)).toBeNull();
});

test("a proposal is known by GitHub's own letter case, whatever it was asked for with", async () => {
  github().get("/repos/misp/MISP-RFC/issues/12").reply(200, issueAnswer());
  const observed = await observe(client(), { owner: "misp", name: "MISP-RFC", number: 12 });
  expect(observed?.issue.ref).toEqual(REF);
});

test("an issue that does not say where it is, is GitHub failing", async () => {
  github()
    .get(ISSUE)
    .reply(200, issueAnswer({ repository_url: "https://api.github.com/repositories/5" }));
  await expect(observe(client(), REF)).rejects.toMatchObject({ name: "GitHubFailure" });
});

test.each([
  ["our App's bot", { user: bot, performed_via_github_app: viaUs }, true],
  ["a person acting through our App", { performed_via_github_app: viaUs }, false],
  ["another App's bot", { user: { ...bot, id: 5 }, performed_via_github_app: { id: 1 } }, false],
  ["a person", {}, false],
  ["a deleted account", { user: null }, false],
])("a comment by %s: byApp", async (_, changes, byApp) => {
  github()
    .get(ISSUE)
    .reply(200, issueAnswer({ comments: 1 }));
  github()
    .get(COMMENTS)
    .query(true)
    .reply(200, [commentAnswer(1, changes)]);
  expect((await observe(client(), REF))?.comments[0]?.byApp).toBe(byApp);
});

test("where GitHub does not say which App it was, our App's account decides, asked for once", async () => {
  const comments = [
    commentAnswer(1, { user: bot }),
    commentAnswer(2, { user: { ...bot, id: 5, login: "x[bot]" } }),
  ];
  const ours = client();
  github().get("/app").reply(200, { slug: "secretariat" });
  github().get("/users/secretariat%5Bbot%5D").reply(200, bot);
  for (const _ of [1, 2]) {
    github()
      .get(ISSUE)
      .reply(200, issueAnswer({ comments: 2 }));
    github().get(COMMENTS).query(true).reply(200, comments);
    const observed = await observe(ours, REF);
    expect(observed?.comments.map(({ byApp }) => byApp)).toEqual([true, false]);
  }
});

test("the reactions of a comment are counted by content", async () => {
  const reactions = { url: "…", total_count: 3, "+1": 2, "-1": 0, heart: 1, unheard: 4 };
  github()
    .get(ISSUE)
    .reply(200, issueAnswer({ comments: 1 }));
  github()
    .get(COMMENTS)
    .query(true)
    .reply(200, [commentAnswer(1, { reactions })]);
  expect((await observe(client(), REF))?.comments[0]?.reactions).toEqual({ "+1": 2, heart: 1 });
});
