/** The two rules of a ballot as people write them: `more than 1/2 of votes cast`, `at least 5 members`. */
import type { Fraction, MajorityRule, QuorumRule } from "./charter.ts";
import { wholeNumber, wordsOf } from "./duration.ts";

const LARGEST_DENOMINATOR = 1_000;
const MOST_PEOPLE = 10_000;

type Share = {
  readonly comparison: "more than" | "at least";
  readonly fraction: Fraction;
  readonly of: string;
};

/**
 * `more than N/D of votes cast` or `at least N/D of members`; "the" may be said. `null` for anything else, and for
 * a rule that no vote could satisfy (`more than 1/1`) or that every vote would (`at least 0/1`).
 */
export function parseMajority(text: string): MajorityRule | null {
  const share = parseShare(wordsOf(text));
  if (share === null) return null;
  const { comparison, fraction, of } = share;
  return of === "votes cast" || of === "members" ? { comparison, fraction, of } : null;
}

/** `at least 1/2 of members`, `5 members`, or `none` (a rule of `null`). `null` for anything else. */
export function parseQuorum(text: string): { readonly rule: QuorumRule | null } | null {
  const words = wordsOf(text);
  if (words.join(" ") === "none") return { rule: null };
  const people = parsePeople(words);
  if (people !== null) return { rule: { kind: "count", people } };
  const share = parseShare(words);
  if (share === null || share.of !== "members") return null;
  return { rule: { kind: "share", comparison: share.comparison, fraction: share.fraction } };
}

function parsePeople(words: readonly string[]): number | null {
  const [count = "", noun] = words[0] === "at" && words[1] === "least" ? words.slice(2) : words;
  const expected = words[0] === "at" ? 4 : 2;
  if (words.length !== expected || (noun !== "members" && noun !== "member")) return null;
  const people = wholeNumber(count);
  return people !== null && people >= 1 && people <= MOST_PEOPLE ? people : null;
}

function parseShare(words: readonly string[]): Share | null {
  const comparison = `${words[0]} ${words[1]}`;
  if (comparison !== "more than" && comparison !== "at least") return null;
  const fraction = parseFraction(words[2] ?? "");
  if (fraction === null || words[3] !== "of") return null;
  if (comparison === "more than" && fraction.numerator === fraction.denominator) return null;
  const rest = words.slice(words[4] === "the" ? 5 : 4);
  return { comparison, fraction, of: rest.join(" ") };
}

function parseFraction(text: string): Fraction | null {
  const parts = text.split("/");
  const numerator = wholeNumber(parts[0] ?? "");
  const denominator = wholeNumber(parts[1] ?? "");
  if (parts.length !== 2 || numerator === null || denominator === null) return null;
  const possible = numerator > 0 && numerator <= denominator && denominator <= LARGEST_DENOMINATOR;
  return possible ? { numerator, denominator } : null;
}
