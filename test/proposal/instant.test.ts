import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as time from "../../src/proposal/instant.ts";

const { instant, seconds, DAY } = time;

test("the tests run in a zone with daylight saving", () => {
  expect(new Date("2026-07-01T12:00:00Z").getTimezoneOffset()).not.toBe(
    new Date("2026-01-01T12:00:00Z").getTimezoneOffset(),
  );
});

describe("an instant", () => {
  test.each([
    ["2026-11-20T09:30:00Z", "2026-11-20T09:30:00Z"],
    ["2026-11-20T09:30:00.999Z", "2026-11-20T09:30:00Z"],
    ["2026-11-20T10:30:00+01:00", "2026-11-20T09:30:00Z"],
    [0, "1970-01-01T00:00:00Z"],
  ])("%s is %s", (timestamp, expected) => {
    expect(instant(timestamp)).toBe(expected);
  });

  test.each(["2026-11-20T09:30:00", "yesterday", "2026-13-01T00:00:00Z", ""])(
    "%j is refused",
    (timestamp) => {
      expect(() => instant(timestamp)).toThrow(RangeError);
    },
  );
});

describe("30 days are 30 times 24 hours", () => {
  test.each([
    ["over the end of daylight saving", "2026-10-20T12:00:00Z", "2026-11-19T12:00:00Z"],
    ["over its beginning", "2026-03-01T12:00:00Z", "2026-03-31T12:00:00Z"],
    ["over a leap day", "2028-02-10T00:00:00Z", "2028-03-11T00:00:00Z"],
    ["over a February without one", "2027-02-10T00:00:00Z", "2027-03-12T00:00:00Z"],
    ["over the turn of the year", "2026-12-15T23:59:59Z", "2027-01-14T23:59:59Z"],
  ])("%s", (_, start, end) => {
    expect(time.after(instant(start), seconds(30 * DAY))).toBe(end);
  });

  test("always, exactly", () => {
    const moments = fc.integer({ min: 0, max: 4_000_000_000 }).map((each) => instant(each * 1000));
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 800 }), (start, days) => {
        const end = time.after(start, seconds(days * DAY));
        expect(time.secondsBetween(start, end)).toBe(days * 86_400);
        expect(time.before(end, seconds(days * DAY))).toBe(start);
        expect(end >= start).toBe(true);
      }),
    );
  });
});

test("a deadline's own second is in time, and the deadline passes with the next", () => {
  const deadline = instant("2026-04-01T09:00:00Z");
  const next = instant("2026-04-01T09:00:01Z");
  expect([time.inTime(deadline, deadline), time.inTime(next, deadline)]).toEqual([true, false]);
  expect([time.hasPassed(deadline, deadline), time.hasPassed(deadline, next)]).toEqual([false, true]);
});

test("what happened before a deadline is settled ten minutes later, when GitHub shows it", () => {
  const deadline = instant("2026-04-01T09:00:00Z");
  expect(time.isSettled(deadline, instant("2026-04-01T09:10:00Z"))).toBe(false);
  expect(time.isSettled(deadline, instant("2026-04-01T09:10:01Z"))).toBe(true);
  expect(time.settlesAt(deadline)).toBe("2026-04-01T09:10:01Z");
});

describe("reminders", () => {
  const deadline = instant("2026-04-30T09:00:00Z");
  const spans = [seconds(7 * DAY), seconds(DAY)];
  test.each([
    ["2026-04-20T09:00:00Z", null, "2026-04-23T09:00:00Z"],
    ["2026-04-23T09:00:00Z", 7 * DAY, "2026-04-29T09:00:00Z"],
    ["2026-04-29T12:00:00Z", DAY, null],
    ["2026-04-30T09:00:01Z", null, null],
  ])("at %s: due %s, next %s", (now, due, next) => {
    expect(time.dueReminder(deadline, spans, instant(now))).toBe(due);
    expect(time.nextReminder(deadline, spans, instant(now))).toBe(next);
  });
});

test("in words, to the minute, in UTC", () => {
  expect(time.inWords(instant("2026-12-20T09:30:59Z"))).toBe("2026-12-20 09:30 UTC");
});
