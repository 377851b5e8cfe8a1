import fc from "fast-check";
import { expect, test } from "vitest";
import { createBodyStock, type Place } from "../../src/web/body-stock.ts";

type Body = { readonly place: Place; size: number; state: "read" | "whole" | "turned away" | "gone" };

const step = fc.record({
  body: fc.nat({ max: 4 }),
  does: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom("whole" as const, "release" as const)),
});

test("no more is held than the limit, but by bodies that are whole; and none gives way without need", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const stock = createBodyStock(100);
      const bodies: Body[] = Array.from({ length: 5 }, () => {
        const body: Body = {
          place: stock.open(() => {
            // Called once, while it was still being read, and for the largest of these.
            expect(body.state).toBe("read");
            expect(held()).toBeGreaterThan(100);
            expect(body.size).toBe(Math.max(...sizes("read")));
            body.state = "turned away";
          }),
          size: 0,
          state: "read",
        };
        return body;
      });
      const sizes = (...states: readonly Body["state"][]) =>
        bodies.filter(({ state }) => states.includes(state)).map(({ size }) => size);
      const held = () => sizes("read", "whole").reduce((sum, size) => sum + size, 0);
      for (const { body: index, does } of steps) {
        const body = bodies[index];
        if (body === undefined || body.state === "gone") continue;
        if (does === "release") {
          body.state = "gone";
          body.place.release();
        } else if (does === "whole") {
          if (body.state === "read") body.state = "whole";
          body.place.whole();
        } else if (body.state !== "whole") {
          body.size += does;
          body.place.add(does);
        }
        if (sizes("read").some((size) => size > 0)) expect(held()).toBeLessThanOrEqual(100);
      }
    }),
  );
});
