/** The adapter against a GitHub that remembers, over HTTP: what nock can only promise, this one does. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGitHub, type GitHub } from "../../src/github/github.ts";
import { appOctokits } from "../../src/github/octokit.ts";
import { append } from "../../src/proposal/docket.ts";
import type { Entry } from "../../src/proposal/entries.ts";
import type { ProposalRef } from "../../src/proposal/facts.ts";
import { sampleRegisterText } from "../../src/sandbox/sample-register.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { log } from "./support.ts";

const CHARTER = `committee: MISP Standard Committee
chairs: [adulau]
members:
  - login: iglocska
    organization: CIRCL
  - team: MISP/standard-committee
`;
const HOME = { owner: "MISP", name: "misp-rfc" };

let sandbox: Sandbox;
let github: GitHub["github"];
let directory: GitHub["directory"];

beforeAll(async () => {
  const spare = [
    { name: "misp-rfc" },
    { name: "misp-standard.org" },
    { name: ".github" },
    { name: "hidden", private: true },
  ];
  sandbox = await startSandbox({ committee: CHARTER, world: { repositories: spare } });
  const { url, app, clock } = sandbox;
  const authenticate = appOctokits({ appId: app.appId, privateKey: app.privateKey, baseUrl: url });
  ({ github, directory } = createGitHub({
    appId: app.appId,
    authenticate,
    clock,
    log,
    webUrl: url,
    sealing: app.sealing,
  }));
});

afterAll(() => sandbox.close());

test("an issue, its comments and the App's own among them", async () => {
  const ref = await proposal();
  await sandbox.as("lena-k").comment("misp-rfc", ref.number, "Well done");
  const made = await github.act(ref, { do: "create comment", key: "status", body: "Hello" });
  const observed = await github.observe(ref);
  expect(observed?.issue).toMatchObject({
    title: "A standard",
    author: { login: "rafiot" },
    labels: ["proposal"],
  });
  expect(observed?.comments.map(({ author, byApp }) => [author?.login, byApp])).toEqual([
    ["lena-k", false],
    ["secretariat[bot]", true],
  ]);
  expect(made).toMatchObject({ made: "comment", comment: observed?.comments[1] });
});

test("what has not changed is answered by a 304", async () => {
  const ref = await proposal();
  const first = await github.observe(ref);
  const before = sandbox.requests.notModified;
  expect(await github.observe(ref)).toEqual(first);
  expect(sandbox.requests.notModified).toBe(before + 1);
});

test("labels, state, acknowledgement and edits are made, and made again without harm", async () => {
  const ref = await proposal();
  const comment = await sandbox.as("lena-k").comment("misp-rfc", ref.number, "/accept");
  const label = { name: "stage: vote", color: "5319e7", description: "The committee votes" };
  for (const _ of [1, 2]) {
    await github.act(ref, { do: "add labels", labels: [label] });
    await github.act(ref, { do: "acknowledge", comment, content: "+1" });
    await github.act(ref, { do: "close issue", reason: "completed" });
  }
  const closed = await github.observe(ref);
  expect(closed?.issue).toMatchObject({ state: "closed", labels: ["proposal", "stage: vote"] });
  expect(closed?.comments[0]?.reactions).toEqual({ "+1": 1 });
  for (const _ of [1, 2]) await github.act(ref, { do: "remove label", name: "stage: vote" });
  await github.act(ref, { do: "reopen issue" });
  expect((await github.observe(ref))?.issue).toMatchObject({ state: "open", labels: ["proposal"] });
  await sandbox.as("adulau").label("misp-rfc", ref.number, "help wanted");
  expect(await github.read(ref, { fact: "lastHand" })).toEqual({ lastHand: { known: true, value: null } });
  await sandbox.as("adulau").label("misp-rfc", ref.number, "stage: vote");
  expect(await github.read(ref, { fact: "lastHand" })).toMatchObject({
    lastHand: { value: { login: "adulau" } },
  });
});

test("a docket and its text: begun, added to, and never written over", async () => {
  const ref = await proposal();
  const at = sandbox.clock.now();
  const one = append(
    [],
    [{ kind: "received", issue: 1, author: null, title: 'A "title" --> ünïcode', at }],
    at,
  );
  expect(await github.readDocket(ref)).toEqual({ entries: [], sha: null, keyChange: null });
  const sha = await written(ref, one, null, "The text\r\n");
  expect(await github.readDocket(ref)).toEqual({ entries: one, sha, keyChange: null });

  const two = append(one, [{ kind: "text-flagged", issue: "0".repeat(64), at }], at);
  const newer = await written(ref, two, sha, "Another text");
  expect(await github.readDocket(ref)).toEqual({ entries: two, sha: newer, keyChange: null });
  const late = { entries: one, readAt: sha, text: null, message: "late" };
  expect(await github.writeDocket(ref, late)).toEqual({ result: "conflict" });
  expect(await github.writeDocket(ref, { ...late, readAt: null })).toEqual({ result: "conflict" });

  expect(await github.readDocketText(ref, sha256("Another text"))).toBe("Another text");
  expect(await github.readDocketText(ref, sha256("The text\r\n"))).toBe("The text\r\n");
  expect(await github.readDocketText(ref, sha256("No text"))).toBeNull();
  const other = await proposal();
  expect(await github.readDocket(other)).toEqual({ entries: [], sha: null, keyChange: null });
  await written(other, one, null, null);
});

test("a draft, and what the register at the same commit says of it", async () => {
  const ref = await proposal();
  const repository = { owner: "MISP", name: "misp-standard.org" };
  const person = sandbox.as("adulau");
  const path = "misp-core-format/raw.md.xml";
  const want = {
    fact: "draft",
    repository,
    path,
    commit: null,
    register: { path: "register.json", slug: "misp-core-format" },
  } as const;
  const read = async (more = {}) => {
    const { draft } = await github.read(ref, { ...want, ...more });
    if (!draft?.known) throw new Error(draft?.because);
    return draft.value;
  };
  expect(await read()).toEqual({
    asked: null,
    xml: { status: "missing" },
    registered: { status: "absent" },
  });
  await person.putFile(repository.name, "register.json", "{}");
  expect((await read()).registered).toEqual({ status: "unreadable" });
  await person.putFile(repository.name, "register.json", sampleRegisterText());
  await person.putFile(repository.name, path, "<rfc>ü</rfc>");
  const found = await read();
  if (found.xml.status !== "read") throw new Error("It was put there");
  const { commit } = found.xml.file;
  expect(found).toEqual({
    asked: null,
    xml: { status: "read", text: "<rfc>ü</rfc>", file: { ...repository, path, commit } },
    registered: { status: "read", draft: "draft-dulaunoy-misp-core-format-20" },
  });
  await person.putFile(repository.name, path, "<rfc>later</rfc>");
  expect(await read({ commit })).toEqual({ ...found, asked: commit });
  const register = { path: "register.json", slug: "none" };
  expect((await read({ register })).registered).toEqual({ status: "absent" });
  expect((await read({ register: null })).registered).toBeNull();
  const elsewhere = { owner: "elsewhere", name: "none" };
  expect(await github.read(ref, { ...want, repository: elsewhere })).toMatchObject({
    draft: { known: false, because: "The App cannot read elsewhere/none: is it installed there?" },
  });
});

test("a pull request: opened once, merged, and its files read back byte for byte", async () => {
  const ref = await proposal();
  const branch = `proposal/${ref.number}`;
  const repository = { owner: "MISP", name: "misp-standard.org" };
  const content = 'Tëxt with "quotes"\r\nand line ends';
  const { base, read } = await github.workshop(ref, repository, "write");
  expect(await read("none.md")).toBeNull();
  const files = [{ path: "a-standard/raw.md", content }];
  const fixed = files.map(({ path }) => path);
  const branchAction = { repository, branch, base, commitMessage: "Publish", files, fixed };
  const digests = [{ path: "a-standard/raw.md", sha256: sha256(content) }];
  const action = {
    do: "open pull request",
    repository,
    branch,
    into: base.branch,
    title: "Publish",
    body: "As voted",
    recorded: digests,
  } as const;
  for (let times = 0; times < 2; times++) await github.act(ref, { ...branchAction, do: "make branch" });
  const opened = await github.act(ref, action);
  expect(await github.act(ref, action)).toEqual(opened);
  const openedPaths = digests.map(({ path }) => path);
  const targets = [{ repository, branch, paths: ["a-standard/raw.md", "none.md"], openedPaths }];
  const want = { fact: "pullRequests", targets } as const;
  const found = async () => {
    const { pullRequests } = await github.read(ref, want);
    return pullRequests?.known ? pullRequests.value : [];
  };
  const [pull] = await found();
  expect(opened).toEqual({ made: "pull request", pullRequest: pull });
  await sandbox.as("adulau").mergePull("misp-standard.org", pull?.number ?? 0);
  expect(await found()).toMatchObject([
    {
      state: "merged",
      openedFiles: digests,
      mergedFiles: [
        { path: "a-standard/raw.md", sha256: sha256(content) },
        { path: "none.md", sha256: null },
      ],
    },
  ]);
});

test("the roster of the charter, teams and people, by number", async () => {
  const ref = await proposal();
  const charter = await directory.charter(HOME, null);
  if (charter.status !== "valid") throw new Error(charter.status);
  const seats = charter.charter.members;
  const { rosters } = await github.read(ref, { fact: "roster", role: "members", seats });
  const members = rosters?.members?.known ? rosters.members.value : [];
  expect(members).toHaveLength(9);
  expect(members[0]).toEqual({
    id: sandbox.idOf("iglocska"),
    login: "iglocska",
    organization: "CIRCL",
    sector: null,
  });
});

test("the organization's charter stands in for a missing one", async () => {
  const elsewhere = { owner: "MISP", name: "misp-standard.org" };
  expect(await directory.charter(elsewhere, null)).toEqual({ status: "absent" });
  await sandbox.as("adulau").putFile(".github", ".github/committee.yml", CHARTER);
  expect(await directory.charter(elsewhere, null)).toMatchObject({
    status: "valid",
    pin: { name: ".github" },
  });
  expect(await directory.charter(HOME, null)).toMatchObject({ status: "valid", pin: { name: "misp-rfc" } });
});

test("a linked specification is read at its commit, and a private one is not", async () => {
  const ref = await proposal();
  const read = async (link: string) => {
    const { specification } = await github.read(ref, { fact: "specification", link });
    return specification?.known ? specification.value : null;
  };
  const text = `${"0123456789".repeat(150_000)}\n`;
  const commit = await sandbox.as("adulau").putFile("misp-standard.org", "drafts/a b.md", text);
  await sandbox.as("adulau").putFile("hidden", "secret.md", "Secret");
  expect(await read(`${sandbox.url}/MISP/misp-standard.org/blob/main/drafts/a%20b.md`)).toMatchObject({
    status: "read",
    text,
    file: { path: "drafts/a b.md", commit },
  });
  expect(await read(`${sandbox.url}/MISP/hidden/blob/main/secret.md`)).toMatchObject({ status: "refused" });
});

test("the directory lists repositories and proposals, and tells of a charter once", async () => {
  const ref = await proposal();
  const names = (await directory.repositories()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["misp-rfc", "misp-standard.org"]));
  expect((await directory.proposals(HOME)).map(({ ref: found }) => found.number)).toContain(ref.number);
  const charter = await directory.charter(HOME, null);
  if (charter.status !== "valid") throw new Error(charter.status);
  const check = { conclusion: "failure", title: "1 problem", summary: "Line 1", annotations: [] } as const;
  const { commit } = charter.pin;
  const report = { commit, onDefaultBranch: true, check, issue: { title: "Broken", body: "Line 1" } };
  await directory.reportCharter(HOME, report);
  const writes = sandbox.requests.writes;
  await directory.reportCharter(HOME, report);
  expect(sandbox.requests.writes).toBe(writes);
  await directory.reportCharter(HOME, { ...report, issue: null });
  expect(sandbox.requests.writes).toBe(writes + 1);
});

test("reactions are read in full, page by page", async () => {
  const ref = await proposal();
  const comment = await sandbox.as("lena-k").comment("misp-rfc", ref.number, "Ballot");
  for (const login of ["lena-k", "omar-b", "petra-v"]) {
    await sandbox.as(login).react("misp-rfc", { comment }, "+1");
  }
  const { reactions } = await github.read(ref, { fact: "reactions", comment });
  const voters = reactions?.known ? reactions.value.map(({ user }) => user?.login) : [];
  expect(voters).toEqual(["lena-k", "omar-b", "petra-v"]);
});

async function proposal(): Promise<ProposalRef> {
  const wanted = { title: "A standard", body: "Text", labels: ["proposal"] };
  return { ...HOME, number: await sandbox.as("rafiot").openIssue("misp-rfc", wanted) };
}

async function written(
  ref: ProposalRef,
  entries: readonly Entry[],
  readAt: string | null,
  text: string | null,
): Promise<string> {
  const result = await github.writeDocket(ref, { entries, readAt, text, message: `#${ref.number}: written` });
  if (result.result !== "written") throw new Error(result.result);
  return result.sha;
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
