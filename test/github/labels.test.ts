import { expect, test } from "vitest";
import { createLabels } from "../../src/github/labels.ts";
import { github, useNock } from "../support/nock.ts";
import { client, HERE, REF } from "./support.ts";

useNock();

const VOTE = { name: "stage: vote", color: "5319e7", description: "The committee votes" };
const PUBLISHED = { name: "stage: published", color: "006b75", description: "Published" };

test("what a repository lacks is made, what it has is left as it is, in any letter case", async () => {
  github()
    .get(`${HERE}/labels?per_page=100`)
    .reply(200, [{ name: "Stage: Vote" }, { name: "bug" }]);
  github().post(`${HERE}/labels`, PUBLISHED).reply(201, PUBLISHED);
  await createLabels(client()).furnish(REF, [VOTE, PUBLISHED]);
});

test("a repository is furnished once, and its labels are then known", async () => {
  const labels = createLabels(client());
  github().get(`${HERE}/labels?per_page=100`).once().reply(200, [VOTE, PUBLISHED]);
  await labels.furnish(REF, [VOTE, PUBLISHED]);
  await labels.furnish(REF, [VOTE, PUBLISHED]);
  await labels.ensure(REF, VOTE);
});

test("a label that could not be made is made at the next try", async () => {
  const labels = createLabels(client());
  github().post(`${HERE}/labels`).reply(502, "Bad gateway");
  await expect(labels.ensure(REF, VOTE)).rejects.toMatchObject({ status: 502 });
  github().post(`${HERE}/labels`, VOTE).reply(201, VOTE);
  await labels.ensure(REF, VOTE);
});
