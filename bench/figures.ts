/** What the table is made of: figures with their targets, and the middle of several measurements. */

type Target = { readonly atMost: number } | { readonly atLeast: number };

export type Figure = {
  /** The row that measured it, as `--only` names it. */
  readonly row: string;
  readonly what: string;
  /** The median of the runs; null: it could not be measured, as `note` says. */
  readonly figure: number | null;
  readonly unit: string;
  readonly target: Target | null;
  /** The lowest and the highest of several runs. */
  readonly range: readonly [number, number] | null;
  readonly note: string | null;
};

export type Verdict = "met" | "missed" | "no target" | "not measured";

export function verdictOf({ figure, target }: Figure): Verdict {
  if (figure === null) return "not measured";
  if (target === null) return "no target";
  const isMet = "atMost" in target ? figure <= target.atMost : figure >= target.atLeast;
  return isMet ? "met" : "missed";
}

export type Measured = {
  readonly what: string;
  readonly unit: string;
  /** One value a run, at least one. */
  readonly runs: readonly number[];
  readonly target?: Target;
  readonly note?: string;
};

/** A figure of a row without its name, which is the row's to give. */
export type Result = Omit<Figure, "row">;

export function figureOf({ what, unit, runs, target, note }: Measured): Result {
  const sorted = runs.toSorted((one, other) => one - other);
  const [lowest, highest] = [sorted.at(0), sorted.at(-1)];
  if (lowest === undefined || highest === undefined) throw new Error(`${what}: nothing was measured`);
  const range = sorted.length > 1 ? ([lowest, highest] as const) : null;
  return { what, figure: median(sorted), unit, target: target ?? null, range, note: note ?? null };
}

/** What could not be measured here, and why. */
export function unmeasured(what: string, unit: string, why: string): Result {
  return { what, figure: null, unit, target: null, range: null, note: why };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error("The median of nothing");
  return (low + high) / 2;
}

/** The smallest value that so large a share of all does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (found === undefined) throw new Error("A percentile of nothing");
  return found;
}
