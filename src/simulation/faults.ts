/** What can go wrong in the world, each kind counted: single mishaps with a probability, and spells that last a while. */
import type { Random } from "./random.ts";
import { DAYS, HOURS, MINUTES } from "./time.ts";

/** Mishaps of one moment, and how often each happens where it happens at all: the probability a call, delivery or look. */
export const MISHAPS = {
  "delivery lost": 0.1,
  "delivery doubled": 0.08,
  "delivery reordered": 0.1,
  "delivery late by days": 0.04,
  "crash before a write": 0.004,
  "crash after a write": 0.006,
  "crash between reads": 0.002,
  "write done, answered 502": 0.02,
  "write refused with 500": 0.02,
  "write done a minute after its time-out": 0.01,
  "stale read": 0.05,
  "read timed out": 0.008,
  "page truncated": 0.006,
  "pages shifted while read": 0.01,
  "rate limit with retry-after": 0.003,
  "rate limit without retry-after": 0.003,
  "secondary limit": 0.006,
  "another writer came first": 0.01,
  "replica paused beyond its lease": 0.001,
} as const satisfies Readonly<Record<string, number>>;

/** Spells, with how often a year each comes at most, and how many seconds it lasts at least and at most. */
export const SPELLS = {
  "App uninstalled": { most: 2, lasts: [HOURS, 20 * DAYS] },
  "installation suspended": { most: 2, lasts: [HOURS, 10 * DAYS] },
  "App down": { most: 3, lasts: [10 * MINUTES, 21 * DAYS] },
  "GitHub down": { most: 4, lasts: [5 * MINUTES, 8 * HOURS] },
  "disk full": { most: 3, lasts: [5 * MINUTES, 2 * DAYS] },
  "charter broken": { most: 3, lasts: [HOURS, 12 * DAYS] },
  "charter removed": { most: 1, lasts: [HOURS, 5 * DAYS] },
  "team or person cannot be looked up": { most: 3, lasts: [HOURS, 10 * DAYS] },
  "repository archived": { most: 1, lasts: [HOURS, 5 * DAYS] },
  "branch of dockets protected": { most: 2, lasts: [HOURS, 4 * DAYS] },
  "no webhooks at all": { most: 2, lasts: [HOURS, 15 * DAYS] },
  "clock ahead": { most: 3, lasts: [HOURS, 10 * DAYS] },
  "clock behind": { most: 3, lasts: [HOURS, 10 * DAYS] },
} as const satisfies Readonly<
  Record<string, { readonly most: number; readonly lasts: readonly [number, number] }>
>;

/** What happens to one thing at one moment of its own. */
export const BLOWS = [
  "signing key changed",
  "store wiped",
  "store restored from an old copy",
  "issue locked",
  "issue transferred",
] as const;

/** What somebody who may write to the repository does to the record. */
export const TAMPERING = [
  "docket edited",
  "docket truncated",
  "docket forged",
  "docket of another proposal",
  "older docket put back",
  "branch of dockets deleted",
] as const;

export type Tampering = (typeof TAMPERING)[number];
type Mishap = keyof typeof MISHAPS;
export type Spell = keyof typeof SPELLS;
type Blow = (typeof BLOWS)[number] | Tampering;
export type Fault = Mishap | Spell | Blow;

export type Faults = {
  /** Whether this mishap happens now; counted if so. */
  strikes(mishap: Mishap): boolean;
  /** Whether a spell is on; the first call that meets it counts it. */
  isOn(spell: Spell): boolean;
  begin(spell: Spell): void;
  end(spell: Spell): void;
  count(fault: Fault): void;
  /** Which spells and blows this year may see. */
  mayCome(fault: Fault): boolean;
  /** From now on all is well. */
  heal(): void;
  isHealed(): boolean;
  readonly counts: ReadonlyMap<Fault, number>;
};

/** How much more often than usual. */
const HOW_OFTEN = [0.3, 1, 1, 3] as const;

/** Each year has some kinds of mishap and not others, so that none hides behind another. */
export function createFaults(random: Random, share: number): Faults {
  const counts = new Map<Fault, number>();
  const spells = new Set<Spell>();
  const unmet = new Set<Spell>();
  const kinds: readonly Fault[] = [
    ...(Object.keys(MISHAPS) as Mishap[]),
    ...(Object.keys(SPELLS) as Spell[]),
    ...BLOWS,
    ...TAMPERING,
  ];
  const possible = new Map(
    kinds.filter(() => random.chance(share)).map((kind) => [kind, random.pick(HOW_OFTEN)]),
  );
  let healed = false;
  const count = (fault: Fault) => void counts.set(fault, (counts.get(fault) ?? 0) + 1);
  return {
    counts,
    count,
    strikes(mishap) {
      if (healed || !random.chance(MISHAPS[mishap] * (possible.get(mishap) ?? 0))) return false;
      count(mishap);
      return true;
    },
    isOn(spell) {
      if (!spells.has(spell)) return false;
      if (unmet.delete(spell)) count(spell);
      return true;
    },
    begin(spell) {
      if (healed) return;
      spells.add(spell);
      unmet.add(spell);
    },
    end: (spell) => void spells.delete(spell),
    mayCome: (fault) => possible.has(fault),
    isHealed: () => healed,
    heal() {
      healed = true;
      spells.clear();
    },
  };
}
