/** Spans of time as people write them: `30 days`, `2 weeks`, `36 hours`, `45 minutes`. */
import { DAY, HOUR, MINUTE, type Seconds, seconds } from "../proposal/instant.ts";

export const SHORTEST = MINUTE;
/** Two years of 365 days: whoever means more has made a slip. */
export const LONGEST = seconds(730 * DAY);

const UNITS: ReadonlyMap<string, Seconds> = new Map([
  ["minute", MINUTE],
  ["minutes", MINUTE],
  ["hour", HOUR],
  ["hours", HOUR],
  ["day", DAY],
  ["days", DAY],
  ["week", seconds(7 * DAY)],
  ["weeks", seconds(7 * DAY)],
]);

/**
 * The span that a text names, in seconds: a whole number, a space, and `minutes`, `hours`, `days` or `weeks`.
 * `null` for anything else, for less than a minute and for more than two years. Months and years are left out
 * because they are not all equally long.
 */
export function parseDuration(text: string): Seconds | null {
  const words = wordsOf(text);
  const [count = "", unit = ""] = words;
  if (words.length !== 2) return null;
  const number = wholeNumber(count);
  const length = UNITS.get(unit);
  if (number === null || length === undefined) return null;
  const span = seconds(number * length);
  return span >= SHORTEST && span <= LONGEST ? span : null;
}

/** The words of a short text in lower case; a long one is nobody's rule and has none. */
export function wordsOf(text: string): readonly string[] {
  if (text.length > 100) return [];
  return text
    .toLowerCase()
    .split(/[ \t]/)
    .filter((word) => word !== "");
}

/** `0` … `9999999` in plain digits, else `null`: no signs, fractions, exponents or leading zeros. */
export function wholeNumber(digits: string): number | null {
  return /^(?:0|[1-9][0-9]{0,6})$/.test(digits) ? Number(digits) : null;
}
