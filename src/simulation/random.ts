/** Chance that can be had again: the same seed gives the same numbers, on every machine. */
export type Random = {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from 0 up to, but not including, `count`. */
  below(count: number): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  /** One of several; throws where there is none. */
  pick<T>(items: readonly T[]): T;
  /** Some of them, in another order. */
  some<T>(items: readonly T[], count: number): readonly T[];
  /** A course of its own: what is drawn from it does not disturb this one. */
  fork(): Random;
};

/** mulberry32, a public-domain generator by Tommy Ettinger: small, fast, and good enough for dice. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability,
    pick(items) {
      const index = below(items.length);
      if (index >= items.length) throw new RangeError("Nothing to pick from");
      return items[index] as (typeof items)[number];
    },
    some(items, count) {
      const left = [...items];
      const taken: typeof left = [];
      while (taken.length < count && left.length > 0) taken.push(...left.splice(below(left.length), 1));
      return taken;
    },
    fork: () => randomFrom(Math.floor(next() * 4_294_967_296)),
  };
}
