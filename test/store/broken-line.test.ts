/** The database has done a thing, and the connection breaks before it could say so. */
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { instant } from "../../src/proposal/instant.ts";
import type { StorePort } from "../../src/reconcile/ports.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { type BrokenLine, startBrokenLine } from "../support/broken-line.ts";
import { recordingLog } from "../support/log.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

if (server === null) test("PostgreSQL cannot be tried here", () => expect(server).toBeNull());
else describe("an answer of the database that is lost", { timeout: 20_000 }, () => answersLost(server));

function answersLost(postgres: PostgresServer): void {
  const NOW = instant("2026-11-01T00:00:00Z");
  const LATER = instant("2026-11-02T00:00:00Z");
  const SUBJECT = "proposal misp/misp-rfc#1";
  const now = () => NOW;
  let line: BrokenLine;
  let store: StorePort;
  beforeEach(async () => {
    const address = new URL(await postgres.newDatabase());
    line = await startBrokenLine({ host: address.hostname, port: Number(address.port) });
    address.port = String(line.port);
    store = await openPostgresStore(address.href, { log: recordingLog(), leaseSeconds: 6 });
  });
  afterEach(async () => {
    await store.close();
    await line.close();
  });

  test("a delivery that was stored is not acknowledged, and known when it comes again", async () => {
    const delivery = { id: "d1", event: "issues", receivedAt: NOW, subjects: [SUBJECT] };
    line.loseAnswerTo("INSERT INTO secretariat_inbox");
    await expect(store.receive(delivery)).rejects.toThrow(/Connection terminated/);
    expect(await store.receive(delivery)).toBe("known");
    expect(await store.nextDue()).toBe(NOW);
    expect(line.lost()).toBe(1);
  });

  test("a subject that was given to this process without its knowledge runs soon", async () => {
    await store.touch(SUBJECT, NOW);
    const ran: string[] = [];
    const pass = async (subject: string) => {
      ran.push(subject);
      return null;
    };
    // The clock is asked just before the subject is taken up.
    const cutNow = () => {
      line.loseAnswerTo("COMMIT");
      return NOW;
    };
    // Long before the lease is over, which nobody renews.
    await expect(store.runOne(cutNow, pass)).rejects.toThrow(/Connection terminated/);
    expect(await store.depth(NOW)).toEqual({ due: 0, planned: 0 });
    await vi.waitFor(async () => expect(await store.runOne(now, pass)).toBe("ran"), 4_000);
    expect(ran).toEqual([SUBJECT]);
  });

  test("what a pass said is kept, and said once", async () => {
    await store.touch(SUBJECT, NOW);
    let runs = 0;
    await store.runOne(now, async () => {
      runs += 1;
      line.loseAnswerTo("COMMIT");
      return LATER;
    });
    expect(await store.nextDue()).toBe(LATER);
    expect(await store.runOne(now, async () => expect.fail("once more"))).toBe("idle");
    expect([runs, line.lost()]).toEqual([1, 1]);
  });
}
