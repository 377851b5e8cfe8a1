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

test("a failure is everybody's, and only once", async () => {
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
