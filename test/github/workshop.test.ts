import { expect, test } from "vitest";
import { openWorkshop } from "../../src/github/workshop.ts";
import { NeedsPeople } from "../../src/reconcile/ports.ts";
import { github, useNock } from "../support/nock.ts";
import { COMMIT, client, HERE, RAW_HEADERS, TREE } from "./support.ts";

useNock();

const REPOSITORY = { owner: "MISP", name: "misp-rfc" };
const MAY = { contents: "write", pull_requests: "write" };
const PROPOSAL = { owner: "FIRST", name: "committee", number: 12 };

/** For a proposal of another owner, where the App has another installation. */
function open(purpose: "read" | "write" = "write") {
  const ours = client();
  ours.installations.learn(PROPOSAL, { installation: 8, repository: null });
  return openWorkshop(ours, PROPOSAL, REPOSITORY, purpose);
}

test("it answers the newest commit of the default branch, and reads files there", async () => {
  may(MAY);
  about();
  tip();
  const workshop = await open();
  expect(workshop.base).toEqual({ branch: "trunk", commit: COMMIT, tree: TREE });
  contents("page.md").reply(200, "Tëxt\n", RAW_HEADERS);
  contents("gone.md").reply(404, { message: "Not Found" });
  expect(await workshop.read("page.md")).toBe("Tëxt\n");
  expect(await workshop.read("gone.md")).toBeNull();
});

test.each(["misp-rfc", "committee"])(
  "by the installation that writes the docket, here in %s, it is not asked whether the App may write",
  async (name) => {
    about();
    tip();
    const own = { owner: "misp", name, number: 12 };
    const ours = client();
    ours.installations.learn(own, { installation: 7, repository: null });
    expect((await openWorkshop(ours, own, REPOSITORY, "write")).base.commit).toBe(COMMIT);
  },
);

test.each([
  ["may not write contents", { ...MAY, contents: "read" }],
  ["may not open pull requests", { contents: "write" }],
])("where the App %s, it says which permissions it needs", async (_, permissions) => {
  may(permissions);
  await expect(open()).rejects.toMatchObject({
    isForPeople: true,
    message:
      "The App may not publish to MISP/misp-rfc: it needs write access to contents and pull requests there.",
  });
});

test("where the App is not installed, it says so", async () => {
  github().get(`${HERE}/installation`).reply(404, { message: "Not Found" });
  await expect(open()).rejects.toMatchObject({
    isForPeople: true,
    message: "The App is not installed on MISP/misp-rfc, where it would open a pull request",
  });
});

test.each(["archived", "disabled"])("nothing can be published to a repository that is %s", async (how) => {
  may(MAY);
  about({ [how]: true });
  await expect(open()).rejects.toMatchObject({
    isForPeople: true,
    message: `MISP/misp-rfc is ${how}, so no pull request can be opened there.`,
  });
});

test("an archived repository can be read, without any right to write", async () => {
  tip({});
  expect((await open("read")).base.commit).toBe(COMMIT);
});

test("an empty repository is told in clear words", async () => {
  may(MAY);
  about();
  github().get(`${HERE}/commits`).query(true).reply(409, { message: "Git Repository is empty." });
  await expect(open()).rejects.toMatchObject({
    isForPeople: true,
    message: "MISP/misp-rfc has no commit on its default branch yet",
  });
});

test.each([403, 404])("%d: it cannot be read", async (status) => {
  github().get(`${HERE}/commits`).query(true).reply(status, { message: "no" });
  await expect(open("read")).rejects.toMatchObject({
    isForPeople: true,
    message: "The App cannot read MISP/misp-rfc: is it installed there?",
  });
});

test.each([
  ["a folder", [], { "content-type": "application/json; charset=utf-8" }, "is a folder"],
  ["no text", Buffer.from([0xff, 0xfe, 0x00]), RAW_HEADERS, "is not a text in UTF-8"],
])("a file that is %s is for people to mend", async (_, answer, headers, words) => {
  tip({});
  contents("page.md").reply(200, answer, headers);
  const workshop = await open("read");
  const failure = await workshop.read("page.md").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NeedsPeople);
  expect(String(failure)).toContain(`page.md in MISP/misp-rfc ${words}`);
});

function may(permissions: object): void {
  github().get(`${HERE}/installation`).reply(200, { id: 7, permissions });
}

function about(more: object = {}): void {
  const answer = { name: "misp-rfc", owner: { login: "MISP" }, private: false, default_branch: "trunk" };
  github()
    .get(HERE)
    .reply(200, { ...answer, ...more });
}

function tip(of: { sha?: string } = { sha: "trunk" }): void {
  const answer = [{ sha: COMMIT, commit: { tree: { sha: TREE }, message: "As it is" } }];
  github()
    .get(`${HERE}/commits`)
    .query({ ...of, per_page: 1 })
    .reply(200, answer);
}

function contents(path: string) {
  return github().get(`${HERE}/contents/${path}`).query({ ref: COMMIT });
}
