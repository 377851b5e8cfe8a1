import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createFaults } from "../../src/sandbox/faults.ts";
import { list, object } from "../../src/sandbox/json.ts";
import type { Ask } from "../../src/sandbox/person.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { asInstallation, installationToken, raw, refusalOf } from "./support.ts";

const RFC = "/repos/MISP/misp-rfc";

let sandbox: Sandbox;
let app: Ask;
let issue: number;

beforeAll(async () => {
  sandbox = await startSandbox();
  app = await asInstallation(sandbox);
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.faults.clear());

async function newIssue(): Promise<string> {
  issue = await sandbox.as("rafiot").openIssue("misp-rfc", { title: "t", body: "old" });
  return `${RFC}/issues/${issue}`;
}

const bodies = async () => (await sandbox.see.comments("misp-rfc", issue)).map(({ body }) => body);

describe("the sandbox, when told to misbehave,", () => {
  test("fails before the work, or after it was done", async () => {
    const path = `${await newIssue()}/comments`;
    sandbox.faults.next({ fault: { kind: "server error" }, match: { method: "POST", path: /comments$/ } });
    expect(await refusalOf(app("POST", path, { body: "not done" }))).toBe("502 Server Error");
    expect(await bodies()).toEqual([]);
    sandbox.faults.next({ fault: { kind: "server error", when: "after" }, match: { method: "POST" } });
    expect(await refusalOf(app("POST", path, { body: "done" }))).toBe("502 Server Error");
    expect(await bodies()).toEqual(["done"]);
    await app("POST", path, { body: "well again" });
    expect(await bodies()).toEqual(["done", "well again"]);
  });

  test("cuts the connection before the work, or after it", async () => {
    const path = `${await newIssue()}/comments`;
    sandbox.faults.next({ fault: { kind: "cut" } });
    await expect(app("POST", path, { body: "not done" })).rejects.toThrow("fetch failed");
    sandbox.faults.next({ fault: { kind: "cut", when: "after" } });
    await expect(app("POST", path, { body: "done" })).rejects.toThrow("fetch failed");
    expect(await bodies()).toEqual(["done"]);
    expect(sandbox.requests.log.at(-1)).toMatchObject({ status: null, fault: "cut" });
  });

  test("limits the rate, in GitHub's two ways", async () => {
    const token = { authorization: `token ${await installationToken(sandbox)}` };
    sandbox.faults.next({ fault: { kind: "rate limit", resetIn: 600 } });
    const primary = await raw(sandbox, RFC, token);
    expect([primary.status, primary.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
    const reset = Number(primary.headers.get("x-ratelimit-reset")) * 1000 - sandbox.clock.milliseconds();
    expect(Math.abs(reset - 600_000)).toBeLessThan(2_000);
    sandbox.faults.next({ fault: { kind: "secondary rate limit", status: 429, retryAfter: 7 } });
    const secondary = await raw(sandbox, RFC, token);
    expect([secondary.status, secondary.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(secondary.body).toContain("secondary rate limit");
  });

  test("refuses the credentials, the branch, or denies that the thing is there", async () => {
    sandbox.faults.next({ fault: { kind: "bad credentials" } });
    expect(await refusalOf(app("GET", RFC))).toBe("401 Bad credentials");
    sandbox.faults.next({ fault: { kind: "not found" } });
    expect(await refusalOf(app("GET", RFC))).toBe("404 Not Found");
    sandbox.faults.next({ fault: { kind: "refusal", status: 409, message: "is at one but expected other" } });
    expect(await refusalOf(app("GET", RFC))).toBe("409 is at one but expected other");
    sandbox.faults.next({
      fault: { kind: "forbidden" },
      match: { method: "PUT", body: /"branch":"dockets"/ },
      times: 2,
    });
    const write = (branch: string) =>
      app("PUT", `${RFC}/contents/${branch}.md`, { message: "m", content: "", branch });
    expect(await refusalOf(write("dockets"))).toBe("403 Resource not accessible by integration");
    await write("main");
    expect(await refusalOf(write("dockets"))).toMatch(/^403/);
    expect(await refusalOf(write("dockets"))).toMatch(/^404/);
  });

  test("reads stale what was read before the last write", async () => {
    const path = `${await newIssue()}/comments`;
    const stale = { fault: { kind: "stale" }, match: { method: "GET" } } as const;
    sandbox.faults.next(stale);
    expect(list(await app("GET", path))).toEqual([]);
    await app("POST", path, { body: "one" });
    sandbox.faults.next({ ...stale, times: 2 });
    expect(list(await app("GET", path))).toEqual([]);
    expect(list(await app("GET", path))).toEqual([]);
    expect(list(await app("GET", path))).toHaveLength(1);
    sandbox.faults.next(stale);
    expect(list(await app("GET", path))).toHaveLength(1);
  });

  test("answers 200 for an update that it did not make", async () => {
    const path = await newIssue();
    sandbox.faults.next({ fault: { kind: "unheeded" }, match: { method: "PATCH" } });
    expect(object(await app("PATCH", path, { body: "new" })).body).toBe("old");
    expect((await sandbox.see.issue("misp-rfc", issue)).body).toBe("old");
  });

  test("is slow, and runs what it is told to before or after the work", async () => {
    const path = `${await newIssue()}/comments`;
    const started = performance.now();
    sandbox.faults.next({ fault: { kind: "slow", milliseconds: 60 } });
    await app("GET", path);
    expect(performance.now() - started).toBeGreaterThanOrEqual(55);
    const seen: unknown[] = [];
    const note = async (): Promise<void> => void seen.push((await bodies()).length);
    sandbox.faults.next({ fault: { kind: "run", when: "before", run: note } });
    sandbox.faults.next({ fault: { kind: "run", when: "after", run: note } });
    await app("POST", path, { body: "x" });
    expect(seen).toEqual([0, 1]);
  });

  test("leaves people alone unless it is told not to", async () => {
    const fault = sandbox.faults.next({ fault: { kind: "server error" } });
    await sandbox.as("rafiot").ask("GET", RFC);
    expect(fault.happened).toBe(0);
    fault.cancel();
    sandbox.faults.next({ fault: { kind: "server error", status: 500 }, match: { by: "anyone" } });
    expect(await refusalOf(sandbox.as("rafiot").ask("GET", RFC))).toMatch(/^500/);
  });
});

describe("planned faults", () => {
  const request = { method: "GET", path: "/x", body: "", byApp: true };

  test("happen so often, after so many", () => {
    const faults = createFaults();
    faults.next({ fault: { kind: "stale" }, times: 2, after: 1 });
    const kinds = Array.from({ length: 5 }, () => faults.forRequest(request).map(({ kind }) => kind));
    expect(kinds).toEqual([[], ["stale"], ["stale"], [], []]);
    expect(faults.happened).toEqual({ stale: 2 });
  });

  test("happen by chance, the same chance for the same seed", () => {
    const faults = createFaults();
    faults.next({ fault: { kind: "stale" }, chance: 0.25, times: Number.POSITIVE_INFINITY });
    const play = (seed: number) => {
      faults.seed(seed);
      return Array.from({ length: 2_000 }, () => faults.forRequest(request).length);
    };
    const first = play(7);
    expect(play(7)).toEqual(first);
    expect(play(8)).not.toEqual(first);
    const share = first.filter((count) => count === 1).length / first.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
  });
});
