import { describe, expect, test } from "vitest";
import { instant, secondsBetween } from "../../src/proposal/instant.ts";
import { createClock, parseSpan } from "../../src/sandbox/clock.ts";
import { sharedTime } from "../../src/sandbox/shared-time.ts";

const start = instant("2026-02-27T10:00:00Z");

describe("the sandbox's clock", () => {
  test("starts where it is told to and runs on", async () => {
    const clock = createClock({ startsAt: start });
    const before = clock.milliseconds();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(clock.milliseconds()).toBeGreaterThanOrEqual(before + 15);
    expect(secondsBetween(start, clock.now())).toBeLessThan(5);
  });

  test("stands still when it does not run", async () => {
    const clock = createClock({ startsAt: start, runs: false });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(clock.milliseconds()).toBe(Date.parse(start));
    expect(clock.forward(1)).toBe("2026-02-27T10:00:01Z");
    expect(clock.now()).toBe("2026-02-27T10:00:01Z");
  });

  test("turns forward, never back, and says so to who listens", () => {
    const clock = createClock({ startsAt: start, runs: false });
    const heard: string[] = [];
    const silence = clock.onTurn((now) => heard.push(now));
    clock.forward(parseSpan("2 days"));
    clock.turnTo(instant("2026-03-29T10:00:00Z"));
    silence();
    clock.forward(1);
    expect(heard).toEqual(["2026-03-01T10:00:00Z", "2026-03-29T10:00:00Z"]);
    expect(() => clock.turnTo(start)).toThrow(/cannot go back/);
  });

  test("is the same in another thread", () => {
    const clock = createClock({ startsAt: start, runs: false });
    clock.forward(60);
    expect(sharedTime(clock.shared, 0)).toBe(clock.milliseconds());
  });

  test.each([
    ["30 days", 2_592_000],
    ["1 hour", 3_600],
    [" 2 weeks ", 1_209_600],
    ["90 seconds", 90],
  ])("reads %j", (words, span) => {
    expect(parseSpan(words)).toBe(span);
  });

  test.each(["", "30", "days", "-1 days", "1.5 days", "30 days ago", "3 moons"])("refuses %j", (words) => {
    expect(() => parseSpan(words)).toThrow(RangeError);
  });
});
