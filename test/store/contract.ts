/** What every store must do, whatever stands behind it: the promises of `StorePort`, and a model to compare with. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  DAY,
  HOUR,
  type Instant,
  instant,
  after as later,
  seconds,
  secondsBetween,
} from "../../src/proposal/instant.ts";
import { GitHubFailure, type StorePort } from "../../src/reconcile/ports.ts";
import { type Commands, commandsFor } from "./model.ts";

export type Storage = {
  /** Opens a store on the same storage as before; what was open before has crashed. */
  open(jitter: () => number): Promise<StorePort>;
  destroy(): Promise<void>;
};

const START = instant("2026-11-01T00:00:00Z");
const at = (count: number): Instant => later(START, seconds(count));
const A = "proposal MISP/misp-rfc#1";
const B = "proposal MISP/misp-rfc#2";

/** What a kind of storage can be asked for. */
export type Kind = {
  /** False: it is gone with its process. */
  readonly survives: boolean;
  /** Those that are due in the same second take turns. */
  readonly inTurn: boolean;
  /** How many random histories are compared with the model. */
  readonly histories: number;
};

/** Registers the suite for a kind of storage. */
export function storeContract(name: string, kind: Kind, newStorage: () => Promise<Storage>): void {
  describe(`the store's promises: ${name}`, { timeout: 20_000 }, () => {
    const ran: string[] = [];
    const world = { storage: null as Storage | null, store: null as StorePort | null, now: START };
    beforeEach(async () => {
      ran.splice(0);
      world.now = START;
      world.storage = await newStorage();
      world.store = await world.storage.open(() => 1);
    });
    afterEach(async () => {
      await world.store?.close();
      await world.storage?.destroy();
    });

    // Registered only where it holds: a skipped test would look like one that is owed.
    const afterCrashes = (title: string, body: () => Promise<void>) => kind.survives && test(title, body);
    const inTurn = (title: string, body: () => Promise<void>) => kind.inTurn && test(title, body);
    const store = (): StorePort => world.store ?? expect.fail("no store is open");
    const run = (pass: (subject: string, urgent: boolean) => Promise<Instant | null>) =>
      store().runOne(() => world.now, pass);
    const note = async (subject: string) => {
      ran.push(subject);
      return null;
    };
    async function runAll(): Promise<readonly string[]> {
      ran.splice(0);
      for (let rounds = 0; rounds < 100 && (await run(note)) === "ran"; rounds += 1);
      return [...ran];
    }
    async function reopen(): Promise<void> {
      world.store = (await world.storage?.open(() => 1)) ?? null;
    }
    const delivery = (id: string, subjects: readonly string[], receivedAt = world.now) => ({
      id,
      event: "issues",
      receivedAt,
      subjects,
    });

    test("nothing to do is idle, and calls nothing", async () => {
      expect(await run(async () => expect.fail("nothing was due"))).toBe("idle");
      expect(await store().nextDue()).toBeNull();
    });

    test("a delivery makes its subjects due at once, each once", async () => {
      expect(await store().receive(delivery("d1", [A, B, A]))).toBe("stored");
      expect(await store().nextDue()).toBe(START);
      expect(await runAll()).toEqual([A, B]);
    });

    test("a delivery seen before changes nothing", async () => {
      await store().receive(delivery("d1", [A]));
      await runAll();
      expect(await store().receive(delivery("d1", [A, B]))).toBe("known");
      expect(await runAll()).toEqual([]);
    });

    test("a delivery is remembered for the days in which GitHub can send it again", async () => {
      await store().receive(delivery("d1", []));
      await store().receive(delivery("d2", [], later(START, seconds(3 * DAY))));
      expect(await store().receive(delivery("d1", [], later(START, seconds(3 * DAY))))).toBe("known");
    });

    test("the same delivery, received many times at once, is stored once", async () => {
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => store().receive(delivery("d1", [A]))),
      );
      expect(answers.filter((answer) => answer === "stored")).toEqual(["stored"]);
      expect(answers.filter((answer) => answer === "known")).toHaveLength(11);
      expect(await runAll()).toEqual([A]);
    });

    test("hundreds of deliveries of two subjects are two passes", async () => {
      const many = Array.from({ length: 520 }, (_, index) =>
        delivery(`d${index}`, [index % 2 === 0 ? A : B]),
      );
      await Promise.all(many.map(store().receive));
      expect(await runAll()).toEqual([A, B]);
    });

    test("of two due times the earlier counts, in either order", async () => {
      await store().touch(A, at(100));
      await store().touch(A, at(50));
      await store().touch(B, at(60));
      await store().touch(B, at(90));
      expect(await store().nextDue()).toBe(at(50));
      expect(await runAll()).toEqual([]);
      world.now = at(50);
      expect(await runAll()).toEqual([A]);
      world.now = at(60);
      expect(await runAll()).toEqual([B]);
      world.now = at(1_000);
      expect(await runAll()).toEqual([]);
    });

    test("who has waited longest comes first", async () => {
      await store().touch(A, at(20));
      await store().touch(B, at(10));
      world.now = at(30);
      expect(await runAll()).toEqual([B, A]);
    });

    test("what somebody waits for comes before what only time has made due, once", async () => {
      const urgent: string[] = [];
      const watch = async (subject: string, isUrgent: boolean) => {
        urgent.push(`${subject} ${isUrgent}`);
        return null;
      };
      await store().touch(A, at(10));
      await store().touch(B, at(20));
      world.now = at(30);
      await store().receive(delivery("d1", [B]));
      expect([await run(watch), await run(watch)]).toEqual(["ran", "ran"]);
      expect(urgent).toEqual([`${B} true`, `${A} false`]);
      await store().touch(B, at(30));
      await run(watch);
      expect(urgent.at(-1)).toBe(`${B} false`);
    });

    test("somebody who waits for what GitHub holds back holds up nobody", async () => {
      await store().touch(A, START);
      const retryAt = at(1_800);
      await run(async () => Promise.reject(new GitHubFailure("rate limit", { status: 403, retryAt })));
      await store().receive(delivery("d1", [A]));
      await store().touch(B, START);
      expect(await runAll()).toEqual([B]);
    });

    test("called for while it runs, it is waited for", async () => {
      await store().touch(B, START);
      await store().touch(A, at(-10));
      await run(async (subject) => {
        expect(subject).toBe(A);
        world.now = at(10);
        await store().receive(delivery("d1", [A]));
        return at(900);
      });
      expect(await runAll()).toEqual([A, B]);
    });

    test("says which deliveries it knows", async () => {
      await store().receive(delivery("d1", []));
      await store().receive(delivery("d2", [A]));
      expect(await store().known(["d2", "d3", "d1"])).toEqual(new Set(["d1", "d2"]));
      expect(await store().known([])).toEqual(new Set());
    });

    test("says how much is due, and how much planned", async () => {
      await store().touch(A, START);
      await store().touch(B, at(50));
      expect(await store().depth(START)).toEqual({ due: 1, planned: 1 });
      expect(await store().depth(at(50))).toEqual({ due: 2, planned: 0 });
      await run(async () => {
        expect(await store().depth(at(50))).toEqual({ due: 1, planned: 0 });
        return null;
      });
    });

    test("a pass says when it is due again", async () => {
      await store().touch(A, START);
      await run(async () => at(500));
      expect(await store().nextDue()).toBe(at(500));
      world.now = at(499);
      expect(await runAll()).toEqual([]);
      world.now = at(500);
      expect(await runAll()).toEqual([A]);
    });

    test("touched while it runs, it runs exactly once more, and never beside itself", async () => {
      await store().touch(A, START);
      await run(async () => {
        await store().touch(A, world.now);
        await store().receive(delivery("d1", [A]));
        expect(await run(async () => expect.fail("beside itself"))).toBe("idle");
        expect(await store().nextDue()).toBeNull();
        return at(900);
      });
      expect(await store().nextDue()).toBe(START);
      expect(await runAll()).toEqual([A]);
    });

    test("a clock turned far ahead during a pass does not let a second one in", async () => {
      await store().touch(A, START);
      await run(async () => {
        world.now = later(START, seconds(60 * DAY));
        expect(await run(async () => expect.fail("beside itself"))).toBe("idle");
        return null;
      });
      expect(await runAll()).toEqual([]);
    });

    test("other subjects run beside it", async () => {
      await store().touch(A, START);
      await store().touch(B, START);
      await run(async (first) => {
        expect(first).toBe(A);
        expect(await run(note)).toBe("ran");
        return null;
      });
      expect(ran).toEqual([B]);
    });

    test("failures in a row wait longer and longer, up to an hour; a success forgets them", async () => {
      await store().touch(A, START);
      const waits: number[] = [];
      for (let round = 0; round < 12; round += 1) {
        const since = world.now;
        expect(
          await run(async () => {
            throw new Error("no luck");
          }),
        ).toBe("ran");
        const due = (await store().nextDue()) ?? expect.fail("it must be due again");
        waits.push((Date.parse(due) - Date.parse(since)) / 1000);
        world.now = due;
      }
      expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
      expect(await store().failures()).toEqual([
        { subject: A, failures: 12, error: "Error: no luck", dueAt: world.now },
      ]);
      await run(async () => at(0));
      expect(await store().failures()).toEqual([]);
    });

    test("a failure holds up nobody else, and a person's new word is not made to wait for the backoff", async () => {
      await store().touch(A, START);
      await store().touch(B, START);
      await run(async () => Promise.reject(new Error("no luck")));
      expect(await runAll()).toEqual([B]);
      await store().receive(delivery("d1", [A]));
      expect(await runAll()).toEqual([A]);
    });

    test("where GitHub said when to come back, nothing brings it back earlier", async () => {
      await store().touch(A, START);
      const retryAt = at(1_800);
      await run(async () => Promise.reject(new GitHubFailure("rate limit", { status: 403, retryAt })));
      await store().touch(A, START);
      await store().receive(delivery("d1", [A]));
      expect(await store().nextDue()).toBe(retryAt);
      world.now = at(1_799);
      expect(await runAll()).toEqual([]);
      world.now = retryAt;
      expect(await runAll()).toEqual([A]);
      await store().touch(A, world.now);
      expect(await runAll()).toEqual([A]);
    });

    const paced = (retryAt: Instant | null) => async () =>
      Promise.reject(new GitHubFailure("not its turn", { status: 429, retryAt, paced: true }));

    test("who waits for a turn has not failed, comes when told, and no sweep brings it back earlier", async () => {
      await store().touch(A, START);
      await run(paced(at(1_800)));
      expect(await store().failures()).toEqual([]);
      await store().touch(A, START);
      expect(await store().nextDue()).toBe(at(1_800));
    });

    test("but a person's word does", async () => {
      await store().touch(A, START);
      await run(paced(at(1_800)));
      await store().receive(delivery("d1", [A]));
      expect(await store().nextDue()).toBe(START);
    });

    test("what failed before it had to wait is still said to have failed", async () => {
      await store().touch(A, START);
      await run(async () => Promise.reject(new Error("no luck")));
      world.now = at(3_600);
      await run(paced(at(7_200)));
      expect(await store().failures()).toEqual([
        { subject: A, failures: 1, error: "Error: no luck", dueAt: at(7_200) },
      ]);
    });

    test("a pass that is handed back is due at once", async () => {
      await store().touch(A, START);
      await run(paced(null));
      expect(await store().nextDue()).toBe(START);
      expect(await runAll()).toEqual([A]);
    });

    test("somebody who waits is not forgotten over a failure or a wait", async () => {
      await store().receive(delivery("d1", [B]));
      await run(paced(at(50)));
      world.now = at(50);
      await run(async () => Promise.reject(new GitHubFailure("no", { status: 502, retryAt: at(100) })));
      await store().touch(A, START);
      world.now = at(100);
      expect(await runAll()).toEqual([B, A]);
    });

    test("an absurd date from GitHub parks nothing for longer than a day", async () => {
      await store().touch(A, START);
      const retryAt = later(START, seconds(9_000 * DAY));
      await run(async () => Promise.reject(new GitHubFailure("rate limit", { status: 403, retryAt })));
      expect(await store().nextDue()).toBe(later(START, DAY));
    });

    test("an error of any letters is kept", async () => {
      await store().touch(A, START);
      await run(async () => Promise.reject(new Error("a\0b \ud800 ’ \u{1f5f3} '; --")));
      const [failure] = await store().failures();
      expect(failure?.error).toMatch(/^Error: a\ufffdb \ufffd ’ \u{1f5f3} '; --$/u);
    });

    afterCrashes("a delivery is known after a crash", async () => {
      await store().receive(delivery("d1", [A]));
      await reopen();
      expect(await store().receive(delivery("d1", [A]))).toBe("known");
      expect(await runAll()).toEqual([A]);
    });

    afterCrashes("a pass that a crash cut off runs again, and its late end disturbs nothing", async () => {
      await store().touch(A, START);
      const begun = Promise.withResolvers<void>();
      const end = Promise.withResolvers<Instant | null>();
      const old = run(() => {
        begun.resolve();
        return end.promise;
      });
      await begun.promise;
      await reopen();
      world.now = later(START, HOUR);
      await run(async () => {
        end.resolve(at(5));
        await old;
        return at(9_999);
      });
      expect(await store().nextDue()).toBe(at(9_999));
    });

    afterCrashes(
      "a pass in which the process ends again and again is not begun at once for ever",
      async () => {
        const endless = () => new Promise<never>(() => undefined);
        await store().touch(A, START);
        const waits: number[] = [];
        for (let crashes = 0; crashes < 4; crashes++) {
          void run(endless).catch(() => undefined);
          await expect.poll(() => store().depth(world.now)).toMatchObject({ due: 0 });
          await reopen();
          const next = (await store().nextDue()) ?? expect.fail("nothing is due");
          waits.push(secondsBetween(world.now, next));
          world.now = next;
        }
        expect(waits).toEqual([0, 10, 20, 40]);
        expect(await store().failures()).toMatchObject([{ subject: A, failures: 4 }]);
      },
    );

    afterCrashes("what was due, failed or noted is still so after a crash", async () => {
      await store().touch(A, at(70));
      await store().touch(B, START);
      await run(async () => Promise.reject(new Error("no luck")));
      await store().remember("seen it", "yes");
      const before = [await store().nextDue(), await store().failures()];
      await reopen();
      expect([await store().nextDue(), await store().failures()]).toEqual(before);
      expect(await store().recall("seen it")).toBe("yes");
    });

    inTurn(
      "of those that are called in the same second, none is looked at twice before the others",
      async () => {
        const all = ["a", "b", "c"].map((each) => `charter MISP/${each}`);
        const call = () =>
          store().receive({ id: randomUUID(), event: "push", receivedAt: START, subjects: all });
        await call();
        for (let passes = 0; passes < 6; passes++) {
          await run(note);
          await call();
        }
        expect(ran.slice(0, 3).sort()).toEqual(all);
        expect(ran.slice(3).sort()).toEqual(all);
      },
    );

    test("a note is what was noted last", async () => {
      expect(await store().recall("key")).toBeNull();
      await store().remember("key", "one");
      await store().remember("key", "two");
      expect(await store().recall("key")).toBe("two");
      expect(await store().recall("KEY")).toBeNull();
    });

    test("it does what the model does, whatever happens in whatever order", async () => {
      await fc.assert(
        fc.asyncProperty(commandsFor(START, kind.survives), async (commands: Commands) => {
          const storage = await newStorage();
          try {
            await commands(() => storage.open(() => 0.5));
          } finally {
            await storage.destroy();
          }
        }),
        { numRuns: kind.histories },
      );
    });
  });
}
