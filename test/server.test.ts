import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SAMPLE_PROPOSAL } from "../src/cli/welcome.ts";
import { startAppIn, startInSandbox } from "../src/in-sandbox.ts";
import { DAY } from "../src/proposal/instant.ts";

const CHARTER = "committee: MISP Standard Committee\nreviewers: [iglocska]\nmembers: [adulau, iglocska]\n";
const folder = mkdtempSync(join(tmpdir(), "secretariat-server-"));

describe("the App as a whole", () => {
  let world: Awaited<ReturnType<typeof startInSandbox>>;
  beforeAll(async () => {
    const storePath = join(folder, "data", "store.sqlite");
    world = await startInSandbox({ storePath, sandbox: { committee: CHARTER } });
    await world.settled();
  });
  afterAll(async () => {
    await world.stop();
    rmSync(folder, { recursive: true });
  });
  const labels = async (issue: number) => {
    await world.settled();
    const { labels: found } = Object(
      await world.sandbox.as("mallory").ask("GET", `/repos/MISP/misp-rfc/issues/${issue}`),
    );
    return found.map(({ name }: { name: string }) => name).filter((name: string) => name.startsWith("stage"));
  };

  test("hears of a proposal, answers it, and goes on when the clock is turned", async () => {
    const issue = await world.sandbox.as("rafiot").openIssue("misp-rfc", SAMPLE_PROPOSAL);
    expect(await labels(issue)).toEqual(["stage: assessment"]);
    await world.sandbox.as("iglocska").comment("misp-rfc", issue, "/accept");
    expect(await labels(issue)).toEqual(["stage: comment period"]);
    world.sandbox.clock.forward(31 * DAY);
    expect(await labels(issue)).toEqual(["stage: vote"]);
  });

  test("asks nothing of GitHub but the lists when nothing has happened for a while", async () => {
    world.sandbox.clock.forward(3_600);
    await world.app.sweep();
    await world.settled();
    const before = world.sandbox.requests.writes;
    const lists = world.sandbox.requests.total;
    await world.app.sweep();
    await world.settled();
    expect(world.sandbox.requests.writes).toBe(before);
    expect(world.sandbox.requests.total - lists).toBeLessThanOrEqual(10);
  });

  test("finds by a sweep what no webhook told of", async () => {
    world.sandbox.setWebhookUrl(null);
    const issue = await world.sandbox.as("rafiot").openIssue("misp-rfc", SAMPLE_PROPOSAL);
    expect(await labels(issue)).toEqual([]);
    await world.app.sweep();
    expect(await labels(issue)).toEqual(["stage: assessment"]);
    world.sandbox.setWebhookUrl(world.app.webhookUrl);
  });

  test("stops, and started again finds what happened meanwhile", async () => {
    const { sandbox } = world;
    await world.app.stop();
    await expect(fetch(world.app.url)).rejects.toThrow();
    const issue = await sandbox.as("rafiot").openIssue("misp-rfc", SAMPLE_PROPOSAL);
    const again = await startAppIn(sandbox, { storePath: join(folder, "data", "store.sqlite") });
    await again.idle();
    const found = Object(
      await sandbox.as("mallory").ask("GET", `/repos/MISP/misp-rfc/issues/${issue}`),
    ).labels;
    expect(found.map(({ name }: { name: string }) => name)).toContain("stage: assessment");
    await again.stop();
    await again.stop();
  });

  test("two run beside each other, each with a port of its own", async () => {
    const one = await startAppIn(world.sandbox);
    const other = await startAppIn(world.sandbox);
    expect((await fetch(`${one.url}/`)).status).toBe(404);
    expect((await fetch(`${other.url}/`)).status).toBe(404);
    expect(one.url).not.toBe(other.url);
    await Promise.all([one.stop(), other.stop()]);
  });

  test("refuses what is not signed, or too large", async () => {
    const app = await startAppIn(world.sandbox);
    const headers = {
      "content-type": "application/json",
      "x-github-event": "issues",
      "x-github-delivery": "1",
      "x-hub-signature-256": "sha256=00",
    };
    expect((await fetch(app.webhookUrl, { method: "POST", body: "{}", headers })).status).toBe(401);
    const body = new Uint8Array(26 * 1024 * 1024);
    const large = await fetch(app.webhookUrl, { method: "POST", body, headers }).then(
      ({ status }) => status,
      () => "cut off",
    );
    expect([413, "cut off"]).toContain(large);
    expect((await fetch(`${app.url}/`)).status).toBe(404);
    await app.stop();
  });

  test("says plainly that its port is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await expect(startAppIn(world.sandbox, { port })).rejects.toThrow(
      `Port ${port} is already in use on 127.0.0.1. Set PORT to another one, or stop what uses it.`,
    );
    await new Promise((resolve) => taken.close(resolve));
  });

  test("says plainly that its address is not this machine's", async () => {
    await expect(startAppIn(world.sandbox, { host: "192.0.2.1" })).rejects.toThrow(
      "This machine has no address 192.0.2.1. Set HOST to one that it has, such as 127.0.0.1 or 0.0.0.0.",
    );
  });
});
