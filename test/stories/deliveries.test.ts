/** Webhooks that are lost, doubled, late or out of order, or no webhooks of GitHub's at all. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { webhookHeaders } from "../../src/sandbox/delivery.ts";
import { HOME, type Story, story } from "../support/story.ts";
import { playWholeLife } from "../support/story-life.ts";

story("every webhook is lost: the sweep finds what they would have said", async (s) => {
  const { deliveries } = s.sandbox;
  const before = deliveries.log.length;
  deliveries.next({ fault: "drop", times: Number.POSITIVE_INFINITY });
  await playWholeLife(s, () => s.sweeps());
  const arrived = deliveries.log.slice(before).filter(({ statusCode }) => statusCode !== 502);
  expect(arrived.map(({ event }) => event)).toEqual([]);
});

story("every webhook is lost: GitHub's list of deliveries has what they would have said", async (s) => {
  const { deliveries, requests } = s.sandbox;
  const before = deliveries.log.length;
  deliveries.next({ fault: "drop", times: Number.POSITIVE_INFINITY });
  await playWholeLife(s, async () => {
    await s.app().recover();
    await s.settled();
  });
  expect(deliveries.log.slice(before).every(({ statusCode }) => statusCode === 502)).toBe(true);
  expect(requests.log.some(({ method, path }) => method === "POST" && path.endsWith("/attempts"))).toBe(
    false,
  );
});

story("what GitHub can only deliver again is delivered again", async (s) => {
  s.sandbox.deliveries.next({ fault: "drop", event: "issues", times: 2 });
  s.sandbox.faults.next({
    fault: { kind: "not found" },
    match: { method: "GET", path: /hook\/deliveries\/[0-9]+$/ },
    times: 2,
  });
  const p = await s.proposes();
  await p.hears();
  await s.app().recover();
  await s.settled();
  await p.hears("status");
});

for (const [fault, words] of [
  ["double", "arrives twice"],
  ["late", "is late"],
  ["swap", "comes after the one behind it"],
] as const) {
  story(`every webhook ${words}: nothing is different`, async (s) => {
    s.sandbox.deliveries.next({ fault, times: Number.POSITIVE_INFINITY, milliseconds: 20 });
    await playWholeLife(s, () => s.settled());
    expect(s.sandbox.deliveries.log.every(({ statusCode }) => statusCode < 300)).toBe(true);
  });
}

story("a sweep looks again at what was touched lately, and at nothing else", async (s) => {
  const p = await s.proposes();
  await p.hears("status");
  const looks = async () => {
    const before = s.sandbox.requests.log.length;
    await s.sweeps();
    const read = s.sandbox.requests.log.slice(before);
    return read.filter(({ path }) => /\/issues\/1$/.test(path)).length;
  };
  expect(await looks()).toBe(1);
  await s.passes("11 minutes");
  expect(await looks()).toBe(1);
  expect(await looks()).toBe(0);
});

const OPENED = {
  action: "opened",
  repository: { name: HOME, owner: { login: "MISP" } },
  issue: { number: 1 },
};

story("a signature that does not fit, or none, is refused and has no effect", async (s) => {
  const before = s.sandbox.requests.total;
  const { "x-hub-signature-256": signature = "", ...unsigned } = headers(s, "issues", OPENED);
  const bent = signature.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
  expect(await post(s, unsigned, OPENED)).toBe(401);
  expect(await post(s, { ...unsigned, "x-hub-signature-256": bent }, OPENED)).toBe(401);
  expect(await post(s, { ...unsigned, "x-hub-signature-256": signature }, { ...OPENED, more: 1 })).toBe(401);
  await s.settled();
  expect(s.sandbox.requests.total).toBe(before);
  expect(await post(s, headers(s, "issues", OPENED), OPENED)).toBeLessThan(300);
  await s.settled();
  expect(s.sandbox.requests.total).toBeGreaterThan(before);
});

story("an unknown event is answered, and that is all", async (s) => {
  const before = s.sandbox.requests.total;
  const payload = { action: "dreamt", repository: OPENED.repository };
  expect(await post(s, headers(s, "astral_projection", payload), payload)).toBeLessThan(300);
  expect(await post(s, headers(s, "issues", { ...OPENED, action: "dreamt" }), OPENED)).toBeLessThan(500);
  await s.settled();
  expect(s.sandbox.requests.total - before).toBeLessThan(3);
});

story("a push that does not say what it changed may have changed the charter", async (s) => {
  const { repository } = OPENED;
  const sha = String((await s.sandbox.see.commits(HOME))[0]?.sha);
  const push = { ref: "refs/heads/main", after: sha, deleted: false, forced: false };
  const payload = { ...push, repository: { ...repository, default_branch: "main" } };
  expect(await post(s, headers(s, "push", payload), payload)).toBeLessThan(300);
  await s.settled();
  expect(s.sandbox.requests.log.some(({ path }) => path.includes("committee.yml"))).toBe(true);
});

function headers({ sandbox }: Story, event: string, payload: unknown): Record<string, string> {
  return webhookHeaders({ guid: randomUUID(), event }, JSON.stringify(payload), sandbox.app);
}

async function post(s: Story, given: Record<string, string>, payload: unknown): Promise<number> {
  const answer = await fetch(s.app().webhookUrl, {
    method: "POST",
    headers: given,
    body: JSON.stringify(payload),
  });
  await answer.arrayBuffer();
  return answer.status;
}
