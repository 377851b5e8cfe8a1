/** Health and metrics over HTTP, of the App as it runs in production. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { SAMPLE_PROPOSAL } from "../../src/cli/welcome.ts";
import { startInSandbox } from "../../src/in-sandbox.ts";

const CHARTER = "committee: MISP Standard Committee\nreviewers: [iglocska]\nmembers: [adulau, iglocska]\n";
const TITLE = "A title that is nobody else's business";
let world: Awaited<ReturnType<typeof startInSandbox>>;

beforeAll(async () => {
  world = await startInSandbox({ sandbox: { committee: CHARTER } });
  await world.settled();
});
afterAll(() => world.stop());

const get = (path: string) => fetch(`${world.app.url}${path}`);
async function readiness() {
  const answer = await get("/readyz");
  return { status: answer.status, ...Object(await answer.json()) };
}
async function metrics(): Promise<string> {
  return (await get("/metrics")).text();
}
async function metric(line: string): Promise<number> {
  const found = (await metrics()).split("\n").find((each) => each.startsWith(`${line} `));
  return Number(found?.slice(line.length + 1) ?? Number.NaN);
}

describe("/healthz", () => {
  test("is alive while the loop turns", async () => {
    const answer = await get("/healthz");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ alive: true, secondsSinceTheLoopTurned: expect.any(Number) });
  });

  test.each(["/healthz", "/readyz", "/metrics"])(
    "%s is safe to look at, and kept by nobody",
    async (path) => {
      const { headers } = await get(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        "cache-control": "no-store",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
        "x-content-type-options": "nosniff",
      });
    },
  );

  test.each(["/healthz", "/readyz", "/metrics"])("%s is only read", async (path) => {
    expect((await fetch(`${world.app.url}${path}`, { method: "POST", body: "{}" })).status).toBe(405);
    expect((await fetch(`${world.app.url}${path}`, { method: "HEAD" })).status).toBe(200);
  });
});

describe("/readyz", () => {
  test("is ready once charter, GitHub and database were reached, and says so of each", async () => {
    expect(await readiness()).toEqual({
      status: 200,
      ready: true,
      checks: {
        charter: { ok: true, why: expect.stringMatching(/^Charters: 1 valid, 0 invalid and 0 unreadable/) },
        github: { ok: true, why: expect.stringMatching(/^GitHub answered at 2/) },
        database: { ok: true, why: "The store answers." },
      },
      setAside: [],
    });
  });

  test("tells the other replicas that a charter was read", async () => {
    expect(await world.app.store.recall("charter read")).toMatch(/^2/);
  });

  test("says that GitHub fails, and that it is back", async () => {
    const down = world.sandbox.faults.next({
      fault: { kind: "server error", status: 503 },
      times: Number.POSITIVE_INFINITY,
    });
    await world.app.sweep();
    const { status, ready, checks } = await readiness();
    expect([status, ready, checks.github.ok]).toEqual([503, false, false]);
    expect(checks.github.why).toMatch(/^GitHub answered 503 at /);
    down.cancel();
    await world.app.sweep();
    expect((await readiness()).status).toBe(200);
  });

  test("shows what is set aside, without a word of what only some may read", async () => {
    const cut = world.sandbox.faults.next({
      fault: { kind: "server error", status: 500 },
      match: { method: "POST", path: /comments/ },
      times: Number.POSITIVE_INFINITY,
    });
    const issue = await world.sandbox
      .as("rafiot")
      .openIssue("misp-rfc", { ...SAMPLE_PROPOSAL, title: TITLE });
    await vi.waitFor(async () => expect((await readiness()).setAside).toHaveLength(1), 5_000);
    const { setAside } = await readiness();
    expect(setAside).toEqual([
      {
        subject: `proposal misp/misp-rfc#${issue}`,
        failures: expect.any(Number),
        nextTry: expect.stringMatching(/^2/),
        because: "GitHub failed or refused.",
      },
    ]);
    expect(
      await metric(`secretariat_subject_failures{subject="proposal misp/misp-rfc#${issue}"}`),
    ).toBeGreaterThan(0);
    expect(await metric("secretariat_failing_subjects")).toBe(1);
    expect(JSON.stringify(await readiness()) + (await metrics())).not.toContain(TITLE);
    cut.cancel();
    world.sandbox.clock.forward(3_600);
    await world.settled();
    expect((await readiness()).setAside).toEqual([]);
    expect(await metric("secretariat_failing_subjects")).toBe(0);
    expect(await metrics()).not.toContain("secretariat_subject_failures{");
  });
});

describe("/metrics", () => {
  test("counts passes, requests and deliveries", async () => {
    const done = 'secretariat_passes_total{kind="proposal",outcome="done"}';
    const asked =
      'secretariat_github_requests_total{route="GET /repos/{owner}/{repo}/issues/{issue_number}",status="200"}';
    const stored = 'secretariat_deliveries_total{status="200"}';
    const before = await Promise.all([done, asked, stored].map(metric));
    await world.sandbox.as("rafiot").openIssue("misp-rfc", { ...SAMPLE_PROPOSAL, title: TITLE });
    await world.settled();
    const after = await Promise.all([done, asked, stored].map(metric));
    for (const [index, count] of after.entries()) expect(count).toBeGreaterThan(before[index] || 0);
    await fetch(world.app.webhookUrl, { method: "POST", body: "{}" });
    expect(await metric('secretariat_deliveries_total{status="415"}')).toBe(1);
    expect(await metric('secretariat_pass_seconds_count{kind="charter"}')).toBeGreaterThan(0);
  });

  test("says what is left to ask, and what waits", async () => {
    expect(await metric('secretariat_github_requests_left{identity="app"}')).toBeLessThan(5_000);
    expect(
      await metric(`secretariat_github_content_left{identity="installation ${installation()}"}`),
    ).toBeLessThan(500);
    expect(await metric('secretariat_queue_subjects{state="due"}')).toBe(0);
    await world.app.store.touch("proposal misp/other#1", world.sandbox.clock.now());
    expect(await metric('secretariat_queue_subjects{state="due"}')).toBe(1);
    world.app.wake();
    await world.settled();
    expect(await metric("secretariat_queue_oldest_due_seconds")).toBe(0);
    expect(await metric("secretariat_store_up")).toBe(1);
  });

  test("names no file, no person and no repository in its routes", async () => {
    const text = await metrics();
    expect(text).toContain('route="GET /repos/{owner}/{repo}/contents/{path}"');
    const routes = [...text.matchAll(/route="([^"]*)"/g)].map(([, route]) => route ?? "");
    for (const route of routes) expect(route).not.toMatch(/misp|rafiot|committee[.]yml|docket/i);
  });

  const installation = () => world.sandbox.app.installationId;
});
