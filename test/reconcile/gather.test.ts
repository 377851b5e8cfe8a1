import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gather } from "../../src/reconcile/gather.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what comes in together is told once, a moment after the first of it", () => {
  const told = vi.fn();
  const gathering = gather(told, 300);
  gathering.add();
  vi.advanceTimersByTime(299);
  gathering.add();
  expect(told).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(told).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(told).toHaveBeenCalledTimes(1);
});

test("what comes in later is told again", () => {
  const told = vi.fn();
  const gathering = gather(told, 300);
  gathering.add();
  vi.advanceTimersByTime(300);
  gathering.add();
  vi.advanceTimersByTime(300);
  expect(told).toHaveBeenCalledTimes(2);
});

test("after a stop nothing is told, and no timer is left", () => {
  const told = vi.fn();
  const gathering = gather(told, 300);
  gathering.add();
  gathering.stop();
  vi.advanceTimersByTime(1_000);
  expect([told.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0]);
});
