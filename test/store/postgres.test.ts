import { PgBoss } from "pg-boss";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { instant } from "../../src/proposal/instant.ts";
import type { StorePort } from "../../src/reconcile/ports.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { recordingLog } from "../support/log.ts";
import { ask, startPostgres } from "../support/postgres.ts";
import { storeContract } from "./contract.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

if (server === null) test("PostgreSQL cannot be tried here", () => expect(server).toBeNull());
else {
  // One for all of them, emptied each time: to make one anew takes longer than most of the tests.
  const url = await server.newDatabase();
  await (await openPostgresStore(url, { log: recordingLog() })).close();
  const EMPTY = "TRUNCATE secretariat.subjects, secretariat.notes, secretariat_inbox.job";
  // Whoever crashed has been silent for long enough, and renews nothing.
  const CRASH =
    "UPDATE secretariat.subjects SET alive_until = 'epoch', holder = 'gone' WHERE holder IS NOT NULL";
  const LEASE = { leaseSeconds: 3 };
  // Right after its start the database gives each holder half a lease of grace.
  await ask(url, "SELECT pg_sleep(1.5)");

  storeContract("PostgreSQL", { survives: true, inTurn: true, histories: 12 }, async () => {
    await ask(url, EMPTY);
    const opened: StorePort[] = [];
    return {
      async open(jitter) {
        await ask(url, CRASH);
        const store = await openPostgresStore(url, { log: recordingLog(), jitter, ...LEASE });
        opened.push(store);
        return store;
      },
      async destroy() {
        for (const store of opened) await store.close();
      },
    };
  });

  describe("the PostgreSQL store", { timeout: 20_000 }, () => {
    const NOW = instant("2026-11-01T00:00:00Z");
    const SUBJECT = "proposal misp/misp-rfc#1";
    const log = recordingLog();
    let fresh = "";
    let store: StorePort;
    beforeEach(async () => {
      fresh = await server.newDatabase();
      store = await openPostgresStore(fresh, { log });
    });
    afterEach(() => store.close());
    const receive = (id: string, subjects: readonly string[] = [SUBJECT]) =>
      store.receive({ id, event: "issues", receivedAt: NOW, subjects });

    test("commits to disk before it answers, whatever the server's own setting", async () => {
      const name = new URL(fresh).pathname.slice(1);
      await store.close();
      await ask(
        fresh,
        `ALTER DATABASE ${name} SET synchronous_commit = off;
         CREATE TABLE told (setting text);
         CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS
           $$BEGIN INSERT INTO told VALUES (current_setting('synchronous_commit')); RETURN new; END$$;
         CREATE TRIGGER tell BEFORE INSERT ON secretariat_inbox.job FOR EACH ROW EXECUTE FUNCTION tell();
         CREATE TRIGGER tell BEFORE INSERT ON secretariat.subjects FOR EACH ROW EXECUTE FUNCTION tell()`,
      );
      store = await openPostgresStore(fresh, { log });
      await receive("d1");
      await store.touch(SUBJECT, NOW);
      expect(await ask(fresh, "SELECT setting FROM told")).toEqual([{ setting: "on" }, { setting: "on" }]);
    });

    test("changes a note in one step, whoever else changes it", async () => {
      const other = await openPostgresStore(fresh, { log });
      try {
        const count = (by: StorePort) =>
          by.amend?.("count", (value) => [String(Number(value ?? 0) + 1), value === null]);
        const answers = await Promise.all(
          Array.from({ length: 30 }, (_, each) => count(each % 2 === 0 ? store : other)),
        );
        expect(await store.recall("count")).toBe("30");
        expect(answers.filter(Boolean)).toHaveLength(1);
        const failing = store.amend?.("count", () => {
          throw new Error("no");
        });
        await expect(failing).rejects.toThrow("no");
        expect(await other.recall("count")).toBe("30");
      } finally {
        await other.close();
      }
    });

    test("never says that it has what it could not store", async () => {
      await ask(
        fresh,
        `CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
         CREATE TRIGGER lose BEFORE INSERT ON secretariat_inbox.job FOR EACH ROW EXECUTE FUNCTION lose()`,
      );
      await expect(receive("d1")).rejects.toThrow("The delivery d1 could not be stored");
    });

    test("stores deliveries of the same moment in one transaction, and knows one of them that comes twice", async () => {
      // The first begins at once; the others share what comes after it.
      const first = receive("d0");
      await new Promise((turn) => setImmediate(() => setImmediate(turn)));
      const answers = await Promise.all([first, ...["d1", "d2", "d1", "d3", "d0"].map((id) => receive(id))]);
      expect(answers).toEqual(["stored", "stored", "stored", "known", "stored", "known"]);
      const written = await ask(
        fresh,
        "SELECT count(DISTINCT xmin::text)::int AS transactions, count(*)::int AS jobs FROM secretariat_inbox.job",
      );
      expect(written).toEqual([{ transactions: 2, jobs: 4 }]);
    });

    test("is not kept from storing deliveries by one of the same moment that it cannot keep", async () => {
      const bad = store.receive({ id: "bad", event: "issues\0", receivedAt: NOW, subjects: [SUBJECT] });
      const all = await Promise.allSettled([receive("d1"), bad, receive("d2")]);
      expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect(await store.known(["d1", "bad", "d2"])).toEqual(new Set(["d1", "d2"]));
    });

    test("refuses all deliveries of the same moment where the disk is full, after one try", async () => {
      await ask(
        fresh,
        `CREATE SEQUENCE tries;
         CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
           $$BEGIN PERFORM nextval('tries'); RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END$$;
         CREATE TRIGGER fill BEFORE INSERT ON secretariat_inbox.job FOR EACH ROW EXECUTE FUNCTION fill()`,
      );
      const all = await Promise.allSettled(["d1", "d2", "d3"].map((id) => receive(id)));
      expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
      expect(await store.known(["d1", "d2", "d3"])).toEqual(new Set());
      expect(await ask(fresh, "SELECT last_value::int AS tries FROM tries")).toEqual([{ tries: 1 }]);
    });

    test("keeps GitHub's ids as they are, and tells any two others apart", async () => {
      const guid = "0f9c3b6a-7c1e-11f0-8e4d-5a2b6c7d8e9f";
      for (const id of [guid, guid.toUpperCase(), "d1", "d2", ""]) expect(await receive(id)).toBe("stored");
      expect(
        await ask(fresh, `SELECT count(*)::int FROM secretariat_inbox.job WHERE id = '${guid}'`),
      ).toEqual([{ count: 1 }]);
      expect(await store.known([guid, "d2", "d3"])).toEqual(new Set([guid, "d2"]));
    });

    test("forgets deliveries a week after they were dealt with, not before", async () => {
      await receive("d1");
      await receive("d2");
      await store.nextDue();
      const age = (id: string, days: number) =>
        ask(
          fresh,
          `UPDATE secretariat_inbox.job SET completed_on = now() - interval '${days} days' WHERE data->>'id' = '${id}'`,
        );
      await age("d1", 6.9);
      await age("d2", 7.1);
      const boss = new PgBoss({ connectionString: fresh, schema: "secretariat_inbox", schedule: false });
      await boss.start();
      await boss.supervise();
      await boss.stop({ graceful: false });
      expect(await store.known(["d1", "d2"])).toEqual(new Set(["d1"]));
    });

    test("a delivery that it cannot read holds up no other", async () => {
      await receive("d1");
      await ask(fresh, `UPDATE secretariat_inbox.job SET data = '{"subjects": 7}'`);
      await receive("d2", ["charter misp/misp-rfc"]);
      const ran: string[] = [];
      const note = async (subject: string) => {
        ran.push(subject);
        return null;
      };
      while ((await store.runOne(() => NOW, note)) === "ran");
      expect(ran).toEqual(["charter misp/misp-rfc"]);
      expect(log.lines).toContain("error: A delivery in the inbox is none of this version's");
    });

    test("keeps nothing of a subject that is done", async () => {
      await receive("d1");
      await store.runOne(
        () => NOW,
        async () => null,
      );
      expect(await ask(fresh, "SELECT * FROM secretariat.subjects")).toEqual([]);
    });

    test("refuses a newer version's database, and leaves it as it is", async () => {
      await ask(fresh, "UPDATE secretariat.version SET version = 999");
      await expect(openPostgresStore(fresh, { log })).rejects.toThrow(
        /^The store in the database committee_\d+ at 127\.0\.0\.1:\d+ cannot be opened: a newer version wrote it \(schema 999\)\. /,
      );
      expect(await ask(fresh, "SELECT version FROM secretariat.version")).toEqual([{ version: 999 }]);
    });

    test.each<[string, (address: URL) => void, RegExp]>([
      ["a wrong password", (address) => (address.password = "hunter2"), /password authentication failed/],
      ["no such database", (address) => (address.pathname = "/nothing"), /database "nothing" does not exist/],
      ["nobody there", (address) => (address.port = "1"), /ECONNREFUSED/],
    ])("says plainly that there is %s, and no secret", async (_, spoil, why) => {
      const address = new URL(fresh);
      spoil(address);
      const refused = await openPostgresStore(address.href, { log }).catch((error) => String(error));
      expect(refused).toMatch(why);
      expect(refused).toMatch(/^Error: The store in the database \w+ at 127\.0\.0\.1:\d+ cannot be opened: /);
      expect(refused).not.toMatch(/hunter2|secret@/);
    });
  });
}
