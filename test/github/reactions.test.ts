import { expect, test } from "vitest";
import { readReactions } from "../../src/github/reactions.ts";
import { github, useNock } from "../support/nock.ts";
import { alice, bot, client, HERE, nextPage, REF } from "./support.ts";

useNock();

const PATH = `${HERE}/issues/comments/77/reactions`;
const reaction = (id: number, changes: object = {}) => ({
  id,
  user: alice,
  content: "+1",
  created_at: "2026-12-01T10:00:00Z",
  ...changes,
});
const page = (number: number) =>
  github()
    .get(PATH)
    .query(number === 1 ? { per_page: 100 } : { per_page: 100, page: number });
const hundred = (from: number) => Array.from({ length: 100 }, (_, index) => reaction(from + index));

test("who, what and when; deleted accounts are nobody, and bots are told apart", async () => {
  page(1).reply(200, [
    reaction(1),
    reaction(2, { user: null, content: "-1" }),
    reaction(3, { user: bot, content: "eyes" }),
    reaction(4, { content: "some future reaction" }),
  ]);
  const at = { createdAt: "2026-12-01T10:00:00Z" };
  expect(await readReactions(client(), REF, 77)).toEqual({
    known: true,
    value: [
      { user: { id: 1, login: "alice" }, userIsBot: false, content: "+1", ...at },
      { user: null, userIsBot: false, content: "-1", ...at },
      { user: { id: 99, login: "secretariat[bot]" }, userIsBot: true, content: "eyes", ...at },
    ],
  });
});

test("several pages are read until two readings agree", async () => {
  // The first reading misses reaction 101: number 1 was taken away between its two pages.
  page(1).reply(200, hundred(1), nextPage(PATH, 2));
  page(2).reply(200, [reaction(102)]);
  page(1).twice().reply(200, hundred(2), nextPage(PATH, 2));
  page(2)
    .twice()
    .reply(200, [reaction(102)]);
  const found = await readReactions(client(), REF, 77);
  expect(found.known && found.value.length).toBe(101);
});

test("reactions that never hold still are unknown", async () => {
  for (const from of [1, 2, 3, 4, 5]) page(1).reply(200, hundred(from));
  expect((await readReactions(client(), REF, 77)).known).toBe(false);
});

test("a deleted comment is unknown, not a ballot without votes", async () => {
  page(1).reply(404, { message: "Not Found" });
  expect(await readReactions(client(), REF, 77)).toMatchInlineSnapshot(`
    {
      "because": "the comment whose reactions are counted is no longer there",
      "known": false,
    }
  `);
});

test("a page that fails is thrown, not a shorter list", async () => {
  page(1).reply(200, hundred(1), nextPage(PATH, 2));
  page(2).reply(500, { message: "Server Error" });
  await expect(readReactions(client(), REF, 77)).rejects.toMatchObject({ status: 500 });
});
