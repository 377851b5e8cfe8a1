import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { together } from "../../src/store/together.ts";

test("what is asked for at the same moment is one piece of work, and each has its own answer", async () => {
  const works: (readonly number[])[] = [];
  const double = together((items: readonly number[]) => {
    works.push(items);
    return items.map((item) => 2 * item);
  });
  expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6]);
  expect(await double(4)).toBe(8);
  expect(works).toEqual([[1, 2, 3], [4]]);
});

test("what comes while it is done has a turn of its own", async () => {
  let later: Promise<string> | null = null;
  const say = together((items: readonly string[]) => {
    if (items.includes("first")) later = say("second");
    return items;
  });
  expect(await say("first")).toBe("first");
  expect(await later).toBe("second");
});

test("one that cannot be done takes no other with it", async () => {
  const works: (readonly string[])[] = [];
  const store = together((items: readonly string[]) => {
    works.push(items);
    if (items.includes("bad")) throw new Error("not a text");
    return items;
  });
  const all = await Promise.allSettled(["one", "bad", "two"].map(store));
  expect(all.map((ending) => (ending.status === "fulfilled" ? ending.value : String(ending.reason)))).toEqual(
    ["one", "Error: not a text", "two"],
  );
  expect(works).toEqual([["one", "bad", "two"], ["one"], ["bad"], ["two"]]);
});

test("what would be the same for each is tried once", async () => {
  let tries = 0;
  const store = together(
    (_: readonly string[]): readonly string[] => {
      tries += 1;
      throw new Error("the database is away");
    },
    (error) => String(error).includes("away"),
  );
  const both = await Promise.allSettled([store("one"), store("two")]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(tries).toBe(1);
});

test("what comes while earlier work is under way waits for it, and is done together", async () => {
  const works: (readonly number[])[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const store = together(async (items: readonly number[]) => {
    works.push(items);
    if (works.length === 1) await promise;
    return items;
  });
  const first = store(1);
  await nextTurn();
  const others = [store(2)];
  await nextTurn();
  await nextTurn();
  others.push(store(3));
  expect(works).toEqual([[1]]);
  resolve();
  expect(await Promise.all([first, ...others])).toEqual([1, 2, 3]);
  expect(works).toEqual([[1], [2, 3]]);
});

test("a failure is over with those that it met", async () => {
  let broken = true;
  const store = together((items: readonly string[]) => {
    if (broken) throw new Error("disk full");
    return items;
  });
  const both = await Promise.allSettled([store("one"), store("two")]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  broken = false;
  expect(await store("one")).toBe("one");
});

test("no answer is not taken for one", async () => {
  const forgetful = together((_: readonly string[]): readonly string[] => []);
  await expect(forgetful("one")).rejects.toThrow("There is no answer");
});
