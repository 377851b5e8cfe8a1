/** The App's own issues, and issues by their label. */
import { expect, test } from "vitest";
import { createDesk } from "../../src/github/desk.ts";
import { github, useNock } from "../support/nock.ts";
import { alice, bot, client, HERE, issueAnswer, REF } from "./support.ts";

useNock();

const REPOSITORY = { owner: REF.owner, name: REF.name };
const KEY = "<!-- secretariat:maintenance -->\n";
const named = () => github().get("/app").reply(200, { slug: "secretariat" });
const listed = (query: object) =>
  github()
    .get(`${HERE}/issues`)
    .query({ ...query, per_page: 100 });

test("its own issues are those that it wrote, by the key in their first line, the oldest first", async () => {
  named();
  const own = { user: bot, body: `${KEY}Text` };
  listed({ creator: "secretariat[bot]", state: "all" }).reply(200, [
    issueAnswer({ ...own, number: 9, state: "closed" }),
    issueAnswer({ ...own, number: 5 }),
    issueAnswer({ ...own, number: 6, user: alice }),
    issueAnswer({ ...own, number: 7, body: `Text\n${KEY}` }),
    issueAnswer({ ...own, number: 8, pull_request: {} }),
    issueAnswer({ ...own, number: 10, user: null }),
  ]);
  const found = await createDesk(client()).ownIssues(REPOSITORY, "maintenance");
  expect(found.map(({ ref, state }) => [ref.number, state])).toEqual([
    [5, "open"],
    [9, "closed"],
  ]);
});

test("open issues with a label, without pull requests; none where issues are switched off", async () => {
  const labels = [{ name: "errata" }, "core-format"];
  listed({ labels: "errata", state: "open" }).reply(200, [
    issueAnswer({ number: 5, labels }),
    issueAnswer({ number: 6, labels, pull_request: {} }),
  ]);
  const desk = createDesk(client());
  expect(await desk.labelled(REPOSITORY, "errata")).toEqual([
    {
      ref: { ...REPOSITORY, number: 5 },
      title: "A new standard",
      url: "https://github.com/MISP/misp-rfc/issues/12",
      labels: ["errata", "core-format"],
    },
  ]);
  listed({ labels: "proposal", state: "open" }).reply(410, { message: "Issues are disabled for this repo" });
  expect(await desk.labelled(REPOSITORY, "proposal")).toEqual([]);
});

test("an issue is opened, changed and closed; one too long for GitHub is our mistake", async () => {
  const desk = createDesk(client());
  github()
    .post(`${HERE}/issues`, { title: "T", body: "B" })
    .reply(201, issueAnswer({ number: 7 }));
  expect(await desk.openIssue(REPOSITORY, { title: "T", body: "B" })).toEqual({ ...REPOSITORY, number: 7 });
  github().patch(`${HERE}/issues/12`, { title: "T", body: "C", state: "open" }).reply(200, {});
  await desk.changeIssue(REF, { title: "T", body: "C", state: "open" });
  const closing = { title: "T", body: "D", state: "closed", state_reason: "completed" };
  github().patch(`${HERE}/issues/12`, closing).reply(200, {});
  await desk.changeIssue(REF, { title: "T", body: "D", state: "closed" });
  await expect(desk.openIssue(REPOSITORY, { title: "T", body: "x".repeat(60_001) })).rejects.toThrow(
    "60001 characters",
  );
});
