import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { append, brokenLink, docketPath, hashOf } from "../../src/proposal/docket.ts";
import type { Entry, NewEntry } from "../../src/proposal/entries.ts";
import { instant } from "../../src/proposal/instant.ts";
import { fold } from "../../src/proposal/state.ts";
import { inPublication } from "../support/committee.ts";

const at = instant("2026-03-01T09:00:00Z");
const received: NewEntry = { kind: "received", issue: 4_012, author: null, title: "A title", at };

async function wholeDocket(): Promise<readonly Entry[]> {
  const committee = await inPublication();
  return committee.world.docket ?? [];
}

test("entries are numbered from 1 and chained", () => {
  const docket = append(append([], [received], at), [received, received], at);
  expect(docket.map((entry) => entry.number)).toEqual([1, 2, 3]);
  expect(docket[0]?.previous).toBe("0".repeat(64));
  expect(docket[2]?.previous).toBe(docket[1]?.hash);
  expect(brokenLink(docket)).toBeNull();
});

test("the hash does not depend on the order of keys, and survives JSON", async () => {
  for (const entry of await wholeDocket()) {
    const reversed = Object.fromEntries(
      Object.entries(JSON.parse(JSON.stringify(entry))).toReversed(),
    ) as Entry;
    expect(hashOf(reversed)).toBe(entry.hash);
  }
});

describe("another hand on the docket is found", () => {
  test("whichever value is altered", async () => {
    const docket = await wholeDocket();
    fc.assert(
      fc.property(fc.nat(docket.length - 1), fc.string({ minLength: 1 }), (index, text) => {
        const altered = docket.map((entry, position) =>
          position === index ? { ...entry, at: `${entry.at}${text}` as never } : entry,
        );
        expect(brokenLink(altered)).toMatch(/^entry \d+ does not match its hash$/);
      }),
    );
  });

  test("an entry taken out, moved, or put in", async () => {
    const docket = await wholeDocket();
    const [first, second, ...rest] = docket;
    if (!first || !second) throw new Error("A docket of two entries at least");
    expect(brokenLink([first, ...rest])).toMatch(/numbered/);
    expect(brokenLink([second, first, ...rest])).toMatch(/numbered/);
    const forged = { ...second, at: instant("2020-01-01T00:00:00Z") };
    expect(brokenLink([first, { ...forged, hash: hashOf(forged) }, ...rest])).toMatch(
      /entry 3 does not follow/,
    );
  });
});

test("records only grow", async () => {
  const docket = await wholeDocket();
  const longer = append(docket, [], at);
  expect(longer).toEqual(docket);
  expect(append(docket, [received], at).slice(0, docket.length)).toEqual(docket);
});

test("nothing is recorded before it happened, nor before what stands before it", () => {
  const later = instant("2026-03-01T09:00:02Z");
  const [first, second, third] = append([], [received, { ...received, at: later }, received], at);
  expect([first, second, third].map((entry) => entry?.recordedAt)).toEqual([at, later, later]);
});

test("an entry that the life of a proposal does not allow is an error", () => {
  expect(() => fold([received, received])).toThrow("cannot have the entry received");
});

test("folders have four digits, or as many as it takes", () => {
  expect(docketPath({ owner: "o", name: "n", number: 12 })).toBe("0012/docket.json");
  expect(docketPath({ owner: "o", name: "n", number: 123456 })).toBe("123456/docket.json");
});
