import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import { type Instant, instant } from "../../src/proposal/instant.ts";
import type { StorePort } from "../../src/reconcile/ports.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { storeContract } from "./contract.ts";

const folder = mkdtempSync(join(tmpdir(), "secretariat-store-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = (): string => join(folder, `${++files}`, "store.sqlite");

const NOW = instant("2026-11-01T00:00:00Z");
const SUBJECT = "proposal MISP/misp-rfc#1";

storeContract("SQLite in memory", { survives: false, inTurn: true, histories: 80 }, async () => {
  const opened: StorePort[] = [];
  return {
    async open(jitter) {
      const store = openSqliteStore(":memory:", { jitter });
      opened.push(store);
      return store;
    },
    async destroy() {
      for (const store of opened) await store.close();
    },
  };
});

storeContract("SQLite in a file", { survives: true, inTurn: true, histories: 30 }, async () => {
  const file = newFile();
  const opened: StorePort[] = [];
  return {
    async open(jitter) {
      const store = openSqliteStore(file, { jitter });
      opened.push(store);
      return store;
    },
    async destroy() {
      for (const store of opened) await store.close();
    },
  };
});

describe("the SQLite store", () => {
  test("works in memory", async () => {
    const store = openSqliteStore(":memory:");
    await store.touch(SUBJECT, NOW);
    expect(
      await store.runOne(
        () => NOW,
        async () => null,
      ),
    ).toBe("ran");
    expect(await store.nextDue()).toBeNull();
    await store.close();
    await store.close();
  });

  test("is durable: WAL, and every commit synced", async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    await store.touch(SUBJECT, NOW);
    const reader = new DatabaseSync(file, { readOnly: true });
    expect(reader.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect(reader.prepare("SELECT count(*) AS count FROM subjects").get()).toEqual({ count: 1 });
    reader.close();
    await store.close();
  });

  test("its folder is its owner's alone", async () => {
    const file = newFile();
    await openSqliteStore(file).close();
    expect(statSync(join(file, "..")).mode & 0o077).toBe(0);
  });

  test("forgets deliveries that GitHub cannot send again", async () => {
    const store = openSqliteStore(":memory:");
    const receive = (id: string, receivedAt: Instant) =>
      store.receive({ id, event: "issues", receivedAt, subjects: [] });
    await receive("d1", NOW);
    await receive("d2", instant("2026-11-09T00:00:00Z"));
    expect(await store.known(["d1", "d2"])).toEqual(new Set(["d2"]));
    expect(await receive("d1", instant("2026-11-09T00:00:00Z"))).toBe("stored");
    await store.close();
  });

  describe("deliveries of the same moment", () => {
    const refusing = async (condition: string) => {
      const file = newFile();
      const store = openSqliteStore(file);
      const db = new DatabaseSync(file);
      db.exec(
        `CREATE TRIGGER refuse BEFORE INSERT ON deliveries WHEN ${condition}
           BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
      );
      db.close();
      const ids = ["d1", "bad", "d2"];
      const all = await Promise.allSettled(
        ids.map((id) => store.receive({ id, event: "issues", receivedAt: NOW, subjects: [SUBJECT] })),
      );
      const known = await store.known(ids);
      await store.close();
      return { statuses: all.map(({ status }) => status), known: [...known] };
    };

    test("are not taken down by one that cannot be stored", async () => {
      expect(await refusing("new.id = 'bad'")).toEqual({
        statuses: ["fulfilled", "rejected", "fulfilled"],
        known: ["d1", "d2"],
      });
    });

    test("are all refused at once where somebody else has the file, and none waits for each other", async () => {
      const file = newFile();
      const store = openSqliteStore(file);
      const other = new DatabaseSync(file);
      other.exec("BEGIN IMMEDIATE");
      const began = performance.now();
      const ids = ["d1", "d2", "d3", "d4"];
      const all = await Promise.allSettled(
        ids.map((id) => store.receive({ id, event: "issues", receivedAt: NOW, subjects: [SUBJECT] })),
      );
      other.exec("ROLLBACK");
      other.close();
      expect(all.map(({ status }) => status)).toEqual(ids.map(() => "rejected"));
      // It waits five seconds for the file, once.
      expect(performance.now() - began).toBeLessThan(9_000);
      await store.close();
    }, 20_000);

    test("are all refused where the disk is full, and none is half stored", async () => {
      expect(await refusing("true")).toEqual({ statuses: ["rejected", "rejected", "rejected"], known: [] });
    });
  });

  test("keeps nothing of a subject that is done", async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    await store.touch(SUBJECT, NOW);
    await store.runOne(
      () => NOW,
      async () => null,
    );
    await store.close();
    const reader = new DatabaseSync(file);
    expect(reader.prepare("SELECT * FROM subjects").all()).toEqual([]);
    reader.close();
  });

  test("a pass that ends after the store was closed is not lost: it runs again", async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    await store.touch(SUBJECT, NOW);
    const ran = await store.runOne(
      () => NOW,
      async () => {
        await store.close();
        return null;
      },
    );
    expect(ran).toBe("ran");
    const next = openSqliteStore(file);
    expect(await next.nextDue()).toBe(NOW);
    await next.close();
  });

  test("two stores at once run two subjects, never one twice", async () => {
    const file = newFile();
    const one = openSqliteStore(file);
    const other = openSqliteStore(file);
    await one.touch(SUBJECT, NOW);
    await one.runOne(
      () => NOW,
      async () => {
        expect(
          await other.runOne(
            () => NOW,
            async () => expect.fail("twice"),
          ),
        ).toBe("idle");
        return null;
      },
    );
    await one.close();
    await other.close();
  });

  describe("a lease", () => {
    const leasedBy = (file: string, holder: string): void => {
      const db = new DatabaseSync(file);
      db.prepare(
        `INSERT INTO subjects (subject, runnable_at, holder, leased_at, leased_until, failures)
         VALUES (?, '2026-11-01T00:10:00Z', ?, '2026-11-01T00:00:00Z', '2026-11-01T00:10:00Z', 0)`,
      ).run(SUBJECT, holder);
      db.close();
    };

    // Process 1 is always there; a pid above the kernel's largest never is.
    test.each<[string, string, string]>([
      ["of a living process is respected until it runs out", `${hostname()} 1 x`, "2026-11-01T00:10:00Z"],
      ["of a dead process is void", `${hostname()} 99999999 x`, "2026-11-01T00:00:00Z"],
      [
        "of an earlier process with our number is void",
        `${hostname()} ${process.pid} x`,
        "2026-11-01T00:00:00Z",
      ],
      ["of an earlier container is void", `elsewhere.invalid 1 x`, "2026-11-01T00:00:00Z"],
      ["of nobody we know is void", `${hostname()} nonsense`, "2026-11-01T00:00:00Z"],
    ])("%s", async (_, holder, due) => {
      const file = newFile();
      await openSqliteStore(file).close();
      leasedBy(file, holder);
      const store = openSqliteStore(file);
      expect(await store.nextDue()).toBe(due);
      expect(
        await store.runOne(
          () => due as Instant,
          async () => null,
        ),
      ).toBe("ran");
      expect(await store.nextDue()).toBeNull();
      await store.close();
    });
  });

  test.each<[string, (file: string) => void, string]>([
    [
      "a newer version's file",
      (file) => {
        const db = new DatabaseSync(file);
        db.exec("PRAGMA user_version = 999");
        db.close();
      },
      "a newer version wrote it (schema 999)",
    ],
    ["no database at all", (file) => writeFileSync(file, "x".repeat(4096)), "file is not a database"],
  ])("refuses %s, and says what to do", (_, spoil, why) => {
    const file = join(folder, `spoilt-${++files}`);
    spoil(file);
    expect(() => openSqliteStore(file)).toThrow(
      `The store ${file} cannot be opened: ${why}. The record is on GitHub: move it away and start again.`,
    );
  });
});
