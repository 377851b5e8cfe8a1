/** The rules of a majority as a child would apply them: by laying out equal parts one by one. */
import type { Terms } from "../committee.ts";

/** Who is where: ids in order, in one line each. */
export type Count = {
  readonly for: string;
  readonly against: string;
  readonly abstain: string;
  readonly both: string;
  readonly none: string;
};

function size(line: string): number {
  return line === "" ? 0 : line.split(",").length;
}

/** What follows from a count. */
export function resultOf(terms: Terms, count: Count): "approved" | "rejected" | "no quorum" {
  if (!isQuorum(terms, count)) return "no quorum";
  const yes = size(count.for);
  const whole = terms.passes.of === "members" ? everybody(count) : yes + size(count.against);
  return yes > 0 && isShare(yes, whole, terms.passes) ? "approved" : "rejected";
}

function everybody(count: Count): number {
  return size(count.for) + size(count.against) + size(count.abstain) + size(count.both) + size(count.none);
}

export function isQuorum({ quorum }: Terms, count: Count): boolean {
  const there = everybody(count) - size(count.none);
  if (quorum === null) return true;
  return typeof quorum === "number" ? there >= quorum : isShare(there, everybody(count), quorum);
}

/** The whole is cut into as many equal parts as the denominator says, and those of one side are laid out one by one. */
function isShare(
  part: number,
  whole: number,
  {
    comparison,
    numerator,
    denominator,
  }: {
    readonly comparison: "more than" | "at least";
    readonly numerator: number;
    readonly denominator: number;
  },
): boolean {
  let needed = 0;
  for (let slices = 0; slices < numerator; slices++) needed += whole;
  let had = 0;
  for (let slices = 0; slices < denominator; slices++) had += part;
  return comparison === "more than" ? had > needed : had >= needed;
}
