import { expect, test } from "vitest";
import { createDeliveries } from "../../src/github/deliveries.ts";
import { github, useNock } from "../support/nock.ts";
import { client } from "./support.ts";

useNock();

const LIST = "/app/hook/deliveries";
const AS_THE_APP = /^token token-of-app$/;
const listed = (id: number, changes: object = {}) => ({
  id,
  guid: `guid-${id}`,
  delivered_at: "2026-11-20T09:29:59.123Z",
  redelivery: false,
  duration: 0.1,
  status: "OK",
  status_code: 200,
  event: "issues",
  action: "opened",
  installation_id: 7,
  repository_id: 1,
  ...changes,
});
const port = () => createDeliveries(client());

test("the list is read as the App, page by page", async () => {
  const link = `<https://api.github.com${LIST}?per_page=100&cursor=v1_2>; rel="next"`;
  github()
    .get(LIST)
    .query({ per_page: 100 })
    .matchHeader("authorization", AS_THE_APP)
    .reply(200, [listed(3), listed(2, { status: "Bad Gateway", status_code: 502, redelivery: true })], {
      link,
    });
  github()
    .get(LIST)
    .query({ per_page: 100, cursor: "v1_2" })
    .reply(200, [listed(1, { status_code: 0 })]);
  const first = await port().page(null);
  expect(first).toEqual({
    deliveries: [
      { id: 3, guid: "guid-3", deliveredAt: "2026-11-20T09:29:59Z", isRedelivery: false, arrived: true },
      { id: 2, guid: "guid-2", deliveredAt: "2026-11-20T09:29:59Z", isRedelivery: true, arrived: false },
    ],
    next: "v1_2",
  });
  const second = await port().page(first.next);
  expect(second).toMatchObject({ deliveries: [{ id: 1, arrived: false }], next: null });
});

test("a list that has not changed costs nothing", async () => {
  const ours = port();
  github()
    .get(LIST)
    .query({ per_page: 100 })
    .reply(200, [listed(1)], { etag: '"1"' });
  const before = await ours.page(null);
  github().get(LIST).query({ per_page: 100 }).matchHeader("if-none-match", '"1"').reply(304, "");
  expect(await ours.page(null)).toEqual(before);
});

test("the content of a delivery is what was sent", async () => {
  github()
    .get(`${LIST}/3`)
    .reply(200, { ...listed(3), request: { headers: {}, payload: { action: "opened" } } });
  expect(await port().content(3)).toEqual({ event: "issues", payload: { action: "opened" } });
});

test.each<[string, number, object]>([
  ["is not found", 404, { message: "Not Found" }],
  ["has no payload", 200, { ...listed(3), request: { headers: {}, payload: null } }],
  ["says nothing of one", 200, { ...listed(3), request: {} }],
])("a delivery that %s has no content", async (_, status, body) => {
  github().get(`${LIST}/3`).reply(status, body);
  expect(await port().content(3)).toBeNull();
});

test.each([
  [202, "asked"],
  [404, "gone"],
  [422, "gone"],
])("asked to deliver again, GitHub answers %i: %s", async (status, answer) => {
  github().post(`${LIST}/3/attempts`).reply(status, {});
  expect(await port().redeliver(3)).toBe(answer);
});

test("a refusal that is no answer to that is a failure", async () => {
  github().post(`${LIST}/3/attempts`).reply(403, { message: "Resource not accessible" });
  await expect(port().redeliver(3)).rejects.toMatchObject({ status: 403 });
});
