/** The simulation's store keeps the promises that the real ones keep; what it can be made to lose is its own affair. */
import { expect, test } from "vitest";
import { after, instant, seconds } from "../../src/proposal/instant.ts";
import { createSharedStore } from "../../src/simulation/store.ts";
import { storeContract } from "../store/contract.ts";

const NOW = instant("2026-11-01T00:00:00Z");
const SUBJECT = "proposal misp/misp-rfc#1";
const willing = () => undefined;

storeContract("the simulation's", { survives: true, inTurn: false, histories: 80 }, async () => {
  const shared = createSharedStore();
  let opened = 0;
  return {
    async open(jitter) {
      shared.forget(String(opened));
      opened += 1;
      return shared.open(String(opened), willing, jitter);
    },
    async destroy() {},
  };
});

test("a replica takes over what another held, once the lease is over", async () => {
  const shared = createSharedStore();
  const [one, other] = ["one", "other"].map((holder) => shared.open(holder, willing, () => 0));
  await one?.touch(SUBJECT, NOW);
  void one?.runOne(
    () => NOW,
    () => new Promise(() => undefined),
  );
  const ran = async (now: typeof NOW) =>
    other?.runOne(
      () => now,
      async () => null,
    );
  expect(await ran(after(NOW, seconds(599)))).toBe("idle");
  expect(await ran(after(NOW, seconds(600)))).toBe("ran");
});

test("is wiped, restored from a copy, and full", async () => {
  const shared = createSharedStore();
  let isFull = false;
  const refuse = () => {
    if (isFull) throw new Error("full");
  };
  const store = shared.open("one", refuse, () => 0);
  await store.remember("key", "old");
  const restore = shared.copy();
  await store.remember("key", "new");
  shared.wipe();
  expect(await store.recall("key")).toBeNull();
  restore();
  expect(await store.recall("key")).toBe("old");
  isFull = true;
  await expect(store.touch(SUBJECT, NOW)).rejects.toThrow("full");
  expect(await store.nextDue()).toBeNull();
});
