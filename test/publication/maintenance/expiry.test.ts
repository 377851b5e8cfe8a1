/** "Drafts are monitored and revised": what expires when, and what is asked to be renewed. */
import { assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DAY,
  type Instant,
  instant,
  before as minus,
  after as plus,
  seconds,
} from "../../../src/proposal/instant.ts";
import { maintenanceOf } from "../../../src/publication/maintenance/expiry.ts";
import { EMPTY_REGISTER, type Register, type Standard } from "../../../src/publication/register/model.ts";
import { EXPIRES, PUBLISHED, standard } from "../register/samples.ts";

const TERMS = { before: seconds(30 * DAY) };
const NOTICE = minus(EXPIRES, TERMS.before);
const DRAFT = {
  draft: "draft-misp-sighting-format",
  revision: "00",
  status: "published",
  dates: { published: PUBLISHED, expires: EXPIRES, retired: null },
} as const;

function registerOf(...standards: readonly Partial<Standard>[]): Register {
  return { ...EMPTY_REGISTER, standards: standards.map((each) => standard({ ...DRAFT, ...each })) };
}

function dueAt(now: Instant, ...standards: readonly Partial<Standard>[]): readonly string[] {
  return maintenanceOf(registerOf(...standards), now, TERMS).due.map(({ standard: { slug } }) => slug);
}

describe("a draft that expires", () => {
  it("is due 30 days before, to the second, and stays so when it has expired", () => {
    expect(dueAt(minus(NOTICE, seconds(1)), { slug: "a" })).toEqual([]);
    expect(dueAt(NOTICE, { slug: "a" })).toEqual(["a"]);
    expect(dueAt(plus(EXPIRES, seconds(400 * DAY)), { slug: "a" })).toEqual(["a"]);
  });

  it("has expired once its last second is over", () => {
    const [inTime] = maintenanceOf(registerOf({}), EXPIRES, TERMS).due;
    const [late] = maintenanceOf(registerOf({}), plus(EXPIRES, seconds(1)), TERMS).due;
    expect([inTime?.hasExpired, late?.hasExpired]).toEqual([false, true]);
  });

  it("expires 185 days after it was published, where the register does not say when", () => {
    const dates = { published: PUBLISHED, expires: null, retired: null };
    const [due] = maintenanceOf(registerOf({ dates }), plus(PUBLISHED, seconds(160 * DAY)), TERMS).due;
    expect(due?.expires).toBe("2027-06-23T09:30:00Z");
  });

  it.each<[string, Partial<Standard>]>([
    ["is in design", { status: "in design" }],
    ["is only implemented", { status: "implemented" }],
    ["is retired", { status: "retired" }],
    ["has no draft", { draft: null }],
    ["has a draft without a revision", { revision: null }],
    ["was published nobody knows when", { dates: { published: null, expires: null, retired: null } }],
  ])("is nobody's concern where the standard %s", (_, more) => {
    const { due, marked, nextAt } = maintenanceOf(registerOf(more), plus(EXPIRES, DAY), TERMS);
    expect({ due, marked, nextAt }).toEqual({ due: [], marked: [], nextAt: null });
  });

  it("is not due any more once the register marks it, and is known as marked", () => {
    const { due, marked } = maintenanceOf(registerOf({ status: "expired" }), plus(EXPIRES, DAY), TERMS);
    expect([due.length, marked.length]).toEqual([0, 1]);
  });

  it("stands in the order of expiry", () => {
    const at = (days: number) => ({ ...DRAFT.dates, expires: plus(EXPIRES, seconds(days * DAY)) });
    const order = dueAt(
      EXPIRES,
      { slug: "late", dates: at(3) },
      { slug: "b", dates: at(0) },
      { slug: "a", dates: at(0) },
    );
    expect(order).toEqual(["a", "b", "late"]);
  });

  it("changes at no other moment than the one that is foretold", () => {
    assert(
      property(integer({ min: -10, max: 250 }), constantFrom(0, 1, 3_600), (days, more) => {
        const now = plus(PUBLISHED, seconds(days * DAY + more));
        const shown = (moment: Instant) =>
          maintenanceOf(registerOf({ slug: "a" }), moment, TERMS).due.map((each) => each.hasExpired);
        const { nextAt } = maintenanceOf(registerOf({ slug: "a" }), now, TERMS);
        const last = nextAt === null ? plus(now, seconds(900 * DAY)) : minus(nextAt, seconds(1));
        expect(shown(last)).toEqual(shown(now));
        if (nextAt !== null) expect(shown(nextAt)).not.toEqual(shown(now));
      }),
    );
  });

  it("is due from the first day on where the charter's span is longer than its life", () => {
    const terms = { before: seconds(400 * DAY) };
    expect(maintenanceOf(registerOf({}), instant(PUBLISHED), terms).due).toHaveLength(1);
  });
});
