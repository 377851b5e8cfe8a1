import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { list, object, text } from "../../src/sandbox/json.ts";
import type { Ask } from "../../src/sandbox/person.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { asInstallation, raw, refusalOf } from "./support.ts";

const RFC = "/repos/MISP/misp-rfc";
const base64 = (words: string) => Buffer.from(words, "utf8").toString("base64");

let sandbox: Sandbox;
let app: Ask;

beforeAll(async () => {
  sandbox = await startSandbox({ committee: "committee: Box\n" });
  app = await asInstallation(sandbox);
});
afterAll(() => sandbox.close());

describe("a branch of its own", () => {
  test("starts from nothing, and is not started twice", async () => {
    const tree = object(
      await app("POST", `${RFC}/git/trees`, {
        tree: [{ path: "README.md", mode: "100644", type: "blob", content: "Dockets\n" }],
      }),
    );
    const commit = object(await app("POST", `${RFC}/git/commits`, { message: "Begin", tree: tree.sha }));
    expect(commit).toMatchObject({ parents: [], message: "Begin" });
    const ref = { ref: "refs/heads/dockets", sha: commit.sha };
    expect(await app("POST", `${RFC}/git/refs`, ref)).toMatchObject({ ref: "refs/heads/dockets" });
    expect(await refusalOf(app("POST", `${RFC}/git/refs`, ref))).toBe("422 Reference already exists");
    expect(await sandbox.see.files("misp-rfc", "dockets")).toEqual(["README.md"]);
    expect(await refusalOf(app("POST", `${RFC}/git/trees`, { tree: [] }))).toMatch(/^422/);
  });

  test("takes a write against the sha it was read at, and no other", async () => {
    const path = `${RFC}/contents/0001/docket.json`;
    const write = (words: string, sha?: unknown) =>
      app("PUT", path, { message: "m", content: base64(words), ...(sha === undefined ? {} : { sha }) });
    const first = object(object(await write("one")).content).sha;
    expect(await refusalOf(write("two"))).toMatchInlineSnapshot(`
      "422 Invalid request.

      "sha" wasn't supplied."
    `);
    const second = object(object(await write("two", first)).content).sha;
    expect(second).not.toBe(first);
    expect(await refusalOf(write("three", first))).toBe(`409 0001/docket.json does not match ${text(first)}`);
    expect(await sandbox.see.file("misp-rfc", "0001/docket.json")).toBe("two");
    const ignored = { message: "m", content: base64("new"), sha: first };
    await app("PUT", `${RFC}/contents/0002/docket.json`, ignored);
    expect(await sandbox.see.file("misp-rfc", "0002/docket.json")).toBe("new");
    const absent = app("PUT", path, { message: "m", content: "", branch: "nowhere" });
    expect(await refusalOf(absent)).toBe("404 Branch nowhere not found");
  });

  test("is not for outsiders to write", async () => {
    expect(await refusalOf(sandbox.as("mallory").putFile("misp-rfc", "x.md", "x"))).toMatch(/^404/);
    expect(await refusalOf(sandbox.as("iglocska").createBranch("misp-rfc", "mine"))).toMatch(/^404/);
    await sandbox.as("cedric").putFile("misp-rfc", "by-cedric.md", "one");
    await sandbox.as("cedric").putFile("misp-rfc", "by-cedric.md", "two");
    expect(await sandbox.see.file("misp-rfc", "by-cedric.md")).toBe("two");
    await sandbox.as("cedric").deleteFile("misp-rfc", "by-cedric.md");
    expect(await sandbox.see.file("misp-rfc", "by-cedric.md")).toBeNull();
  });
});

describe("a file", () => {
  test("of 96 KB comes back whole, as JSON and raw", async () => {
    const words = "é is two bytes\n".repeat(6_000);
    const commit = await sandbox.as("adulau").putFile("misp-rfc", "drafts/core format.md", words);
    const path = `${RFC}/contents/drafts/core%20format.md?ref=${commit}`;
    const json = object(await app("GET", path));
    expect(Buffer.from(text(json.content), "base64").toString("utf8")).toBe(words);
    expect(json).toMatchObject({ encoding: "base64", size: Buffer.byteLength(words) });
    const bytes = await raw(sandbox, path, { accept: "application/vnd.github.raw+json" });
    expect(bytes.body).toBe(words);
    expect(bytes.headers.get("content-type")).toBe("application/vnd.github.raw+json; charset=utf-8");
  });

  test("of more than a megabyte has its content only raw", async () => {
    const words = "x".repeat(1_100_000);
    await sandbox.as("adulau").putFile("misp-rfc", "big.txt", words);
    expect(await app("GET", `${RFC}/contents/big.txt`)).toMatchObject({ content: "", encoding: "none" });
    const bytes = await raw(sandbox, `${RFC}/contents/big.txt`, { accept: "application/vnd.github.raw" });
    expect(bytes.body.length).toBe(words.length);
  });

  test("that is not there is told from a commit that is not there", async () => {
    expect(await refusalOf(app("GET", `${RFC}/contents/absent.md`))).toBe("404 Not Found");
    expect(await refusalOf(app("GET", `${RFC}/contents/absent.md?ref=main`))).toBe("404 Not Found");
    expect(await refusalOf(app("GET", `${RFC}/contents/README.md?ref=nowhere`))).toBe(
      "404 No commit found for the ref nowhere",
    );
  });
});

describe("a commit", () => {
  test("is found by branch, as its sha alone if asked", async () => {
    const { status, body } = await raw(sandbox, `${RFC}/commits/main`, {
      accept: "application/vnd.github.sha",
    });
    expect([status, body]).toEqual([200, object(await app("GET", `${RFC}/commits/main`)).sha]);
    expect(await refusalOf(app("GET", `${RFC}/commits/nowhere`))).toBe(
      "422 No commit found for SHA: nowhere",
    );
  });

  test("carries sandbox time", async () => {
    const later = sandbox.clock.forward(86_400);
    await app("PUT", `${RFC}/contents/dated.md`, { message: "m", content: base64("x") });
    const [newest] = list(await app("GET", `${RFC}/commits?path=dated.md`));
    const { date } = object(object(object(newest).commit).committer);
    expect(text(date) >= later).toBe(true);
  });
});

describe("a check run", () => {
  test("is complete with its conclusion, is found by name, and is the App's", async () => {
    const { sha } = object(await app("GET", `${RFC}/commits/main`));
    const run = {
      name: "committee.yml",
      head_sha: sha,
      conclusion: "failure",
      output: { title: "1 problem", summary: "…", annotations: [] },
    };
    expect(await app("POST", `${RFC}/check-runs`, run)).toMatchObject({
      status: "completed",
      conclusion: "failure",
    });
    expect(await app("GET", `${RFC}/commits/${text(sha)}/check-runs?check_name=committee.yml`)).toMatchObject(
      {
        total_count: 1,
        check_runs: [{ name: "committee.yml", app: { id: sandbox.app.appId } }],
      },
    );
    expect(await app("GET", `${RFC}/commits/main/check-runs?check_name=other`)).toMatchObject({
      total_count: 0,
    });
    expect(await refusalOf(sandbox.as("adulau").ask("POST", `${RFC}/check-runs`, run))).toMatch(/^403/);
    const annotation = { path: "a", start_line: 1, end_line: 1, annotation_level: "failure", message: "m" };
    const many = {
      ...run,
      output: { ...run.output, annotations: Array.from({ length: 51 }, () => annotation) },
    };
    expect(await refusalOf(app("POST", `${RFC}/check-runs`, many))).toMatch(/^422/);
    const long = { ...run, output: { title: "t", summary: "x".repeat(65_536) } };
    expect(await refusalOf(app("POST", `${RFC}/check-runs`, long))).toMatch(/^422/);
  });

  test("gathers the annotations of all its requests", async () => {
    const { sha } = object(await app("GET", `${RFC}/commits/main`));
    const notes = (from: number, many: number) =>
      Array.from({ length: many }, (_, at) => {
        return {
          path: "a",
          start_line: from + at,
          end_line: from + at,
          annotation_level: "notice",
          message: "m",
        };
      });
    const output = { title: "t", summary: "s" };
    const first = { ...output, annotations: notes(1, 50) };
    const made = await app("POST", `${RFC}/check-runs`, {
      name: "nits",
      head_sha: sha,
      status: "in_progress",
      output: first,
    });
    const path = `${RFC}/check-runs/${object(made).id}`;
    const rest = { conclusion: "neutral", output: { ...output, annotations: notes(51, 7) } };
    expect(await app("PATCH", path, rest)).toMatchObject({
      status: "completed",
      output: { annotations_count: 57 },
    });
    await app("PATCH", path, { conclusion: "success" });
    expect(await app("GET", path)).toMatchObject({
      conclusion: "success",
      output: { annotations_count: 57 },
    });
    const lines = list(await app("GET", `${path}/annotations?per_page=100`)).map((note) => note.start_line);
    expect(lines).toEqual(Array.from({ length: 57 }, (_, at) => at + 1));
  });
});

test("the charter is where it was put, and the App may not write without the permission", async () => {
  expect(await sandbox.see.file("misp-rfc", ".github/committee.yml")).toBe("committee: Box\n");
  const permissions = { issues: "write", contents: "read", metadata: "read" } as const;
  const weak = await startSandbox({ world: { permissions } });
  const weakly = await asInstallation(weak);
  const file = { message: "m", content: base64("x") };
  expect(await refusalOf(weakly("PUT", `${RFC}/contents/x.md`, file))).toBe(
    "403 Resource not accessible by integration",
  );
  expect(await refusalOf(weakly("GET", "/orgs/MISP/teams/standard-committee/members"))).toBe(
    "403 Resource not accessible by integration",
  );
  await weak.close();
});
