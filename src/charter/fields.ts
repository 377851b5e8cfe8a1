/** What the parts of the schema of committee.yml are made of: texts with a parser and the words that explain them. */
import { z } from "zod";
import { parseDuration } from "./duration.ts";
import { GUIDANCE, type GuidedKey, quoted } from "./guidance.ts";

type Hints = {
  readonly examples?: readonly string[];
  readonly default?: unknown;
  readonly pattern?: string;
};

/** Text that one of the parsers reads; what it cannot read is answered with the key's guidance. */
export function written<T>(key: GuidedKey, parse: (text: string) => T | null, hints: Hints = {}) {
  return z
    .string()
    .meta(described(key, hints))
    .transform((text, context): T => {
      const value = parse(text.trim());
      if (value !== null) return value;
      context.addIssue({ code: "custom", message: `${quoted(text)} is not ${GUIDANCE[key].is}` });
      return z.NEVER;
    });
}

/** The key's description, for editors. */
export function described(key: GuidedKey, hints: Hints = {}) {
  const { examples, ...rest } = hints;
  const description = GUIDANCE[key].about;
  return examples === undefined
    ? { description, ...rest }
    : { description, ...rest, examples: [...examples] };
}

/** A parser of text that is taken as it stands, if it is allowed. `limit` in characters. */
export function line(limit: number, isAllowed: (text: string) => boolean) {
  return (text: string) => (text.length <= limit && isAllowed(text) ? text : null);
}

const SPAN_PATTERN = "^ *[1-9][0-9]* +([Mm]inute|[Hh]our|[Dd]ay|[Ww]eek)s? *$";

export function span(key: GuidedKey, usual?: string) {
  const hints = { examples: ["30 days", "2 weeks", "36 hours"], pattern: SPAN_PATTERN };
  return written(key, parseDuration, usual === undefined ? hints : { ...hints, default: usual });
}
