import { expect, test } from "vitest";
import { instant } from "../../src/proposal/instant.ts";
import { claimed, runnableAt, UNTOUCHED } from "../../src/store/queue.ts";

const NOW = instant("2026-11-01T00:10:00Z");

test.each([
  ["2026-11-01T00:00:00Z", null],
  ["2026-11-01T00:10:00Z", null],
  ["2026-11-01T00:20:00Z", "2026-11-01T00:20:00Z"],
])("taken over when a lease has run out, what was due at %s is then due at %s", (dueAt, left) => {
  const lease = { holder: "gone", since: instant("2026-11-01T00:00:00Z"), until: NOW };
  const taken = claimed({ ...UNTOUCHED, dueAt: instant(dueAt), lease }, "new", NOW);
  expect(taken.dueAt).toBe(left);
  expect(taken.lease?.holder).toBe("new");
  expect(runnableAt(taken)).toBe("2026-11-01T00:20:00Z");
});
