import { expect, test } from "vitest";
import { inTurns } from "../../src/ietf/turns.ts";

test("work is done a few at a time, in order, and a failure holds up nobody", async () => {
  const turns = inTurns(2);
  let running = 0;
  let most = 0;
  const begun: number[] = [];
  const work = (number: number) => async () => {
    begun.push(number);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running -= 1;
    if (number % 2 === 0) throw new Error(`number ${number}`);
    return number;
  };
  const all = await Promise.allSettled([1, 2, 3, 4, 5].map((number) => turns(work(number))));
  expect(all.map(({ status }) => status === "fulfilled")).toEqual([true, false, true, false, true]);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
  await expect(turns(work(7))).resolves.toBe(7);
});
