import { expect, test } from "vitest";
import { createCharterReader } from "../../src/github/charter.ts";
import { createDirectory } from "../../src/github/directory.ts";
import { createLabels } from "../../src/github/labels.ts";
import { instant } from "../../src/proposal/instant.ts";
import { recordingLog } from "../support/log.ts";
import { github, useNock } from "../support/nock.ts";
import {
  COMMIT,
  client,
  HERE,
  issueAnswer,
  log,
  nextPage,
  RAW_HEADERS,
  REF,
  TREE,
  tipAnswer,
} from "./support.ts";

useNock();

const LIST = "/installation/repositories";
const repository = (name: string, changes: object = {}) => ({
  id: name.length,
  name,
  owner: { login: "MISP" },
  private: false,
  default_branch: "main",
  archived: false,
  disabled: false,
  has_issues: true,
  ...changes,
});

function directory(said = log) {
  const ours = client({ log: said });
  return createDirectory(ours, createCharterReader(ours), createLabels(ours));
}

test("every repository of every installation that may hold proposals", async () => {
  const one = [{ id: 7, suspended_at: null }];
  const others = [{ id: 8, suspended_at: "2026-01-01T00:00:00Z" }, { id: 9 }];
  github()
    .get("/app/installations")
    .query({ per_page: 100 })
    .reply(200, one, nextPage("/app/installations", 2));
  github().get("/app/installations").query({ per_page: 100, page: 2 }).reply(200, others);
  const of = (id: number, page?: number) =>
    github()
      .get(LIST)
      .query({ per_page: 100, ...(page ? { page } : {}) })
      .matchHeader("authorization", `token token-of-${id}`);
  of(7).reply(200, { total_count: 2, repositories: [repository("a")] }, nextPage(LIST, 2));
  of(7, 2).reply(200, { total_count: 2, repositories: [repository("b")] });
  const closed = [
    repository("old", { archived: true }),
    repository("blocked", { disabled: true }),
    repository("silent", { has_issues: false }),
  ];
  of(9).reply(200, { total_count: 4, repositories: [...closed, repository("c")] });
  const ours = directory();
  expect(await ours.repositories()).toEqual(["a", "b", "c"].map((name) => ({ owner: "MISP", name })));
  // Whose installation a listed repository is need not be asked any more.
  github()
    .get("/repos/MISP/c/issues")
    .query(true)
    .matchHeader("authorization", "token token-of-9")
    .reply(200, []);
  expect(await ours.proposals({ owner: "MISP", name: "c" })).toEqual([]);
});

test("one installation that cannot be read holds up no other, and is reported", async () => {
  const said = recordingLog();
  github()
    .get("/app/installations")
    .query(true)
    .reply(200, [{ id: 7 }, { id: 9 }]);
  github().get(LIST).query(true).reply(403, { message: "This installation has been suspended" });
  github()
    .get(LIST)
    .query(true)
    .reply(200, { repositories: [repository("c")] });
  expect(await directory(said).repositories()).toEqual([{ owner: "MISP", name: "c" }]);
  expect(said.lines).toEqual(["warn: The repositories of an installation could not be listed"]);
});

test("without the list of installations there is no sweep", async () => {
  github()
    .get("/app/installations")
    .query(true)
    .reply(401, { message: "A JSON web token could not be decoded" });
  await expect(directory().repositories()).rejects.toMatchObject({ status: 401 });
});

test("every proposal, open or closed, and no pull request", async () => {
  const path = `${HERE}/issues`;
  const wanted = { labels: "proposal", state: "all", per_page: 100 };
  const at = (number: number, changes: object = {}) => issueAnswer({ number, ...changes });
  github()
    .get(path)
    .query(wanted)
    .reply(200, [at(3), at(2, { pull_request: {} })], nextPage(path, 2));
  github()
    .get(path)
    .query({ ...wanted, page: 2 })
    .reply(200, [at(1, { state: "closed" }), at(3)]);
  const updatedAt = instant("2026-11-02T00:00:00Z");
  expect(await directory().proposals({ owner: "MISP", name: "misp-rfc" })).toEqual([
    { ref: { ...REF, number: 3 }, updatedAt },
    { ref: { ...REF, number: 1 }, updatedAt },
  ]);
});

test("a repository whose issues were switched off has no proposals", async () => {
  github().get(`${HERE}/issues`).query(true).reply(410, { message: "Issues are disabled for this repo" });
  expect(await directory().proposals(REF)).toEqual([]);
});

test("a charter is told of in GitHub's own letter case, whatever the subject's is", async () => {
  github().get(`${HERE}/commits`).query(true).reply(200, tipAnswer);
  const file = () => github().get(`${HERE}/contents/.github/committee.yml`);
  file().query({ ref: COMMIT }).reply(200, "committee: [", RAW_HEADERS);
  file().query({ ref: TREE }).reply(200, "committee: [", RAW_HEADERS);
  const ours = directory();
  const lower = { owner: "misp", name: "misp-rfc" };
  for (const commit of [null, TREE]) {
    expect(await ours.charter(lower, commit)).toMatchObject({ pin: { owner: "MISP", name: "misp-rfc" } });
  }
});
