/** How the charter's tests read: a text in, the charter or the problems out. */
import type { Charter, CharterProblem } from "../../src/charter/charter.ts";
import { parseCharter } from "../../src/charter/parse.ts";

export const SMALLEST = "committee: Example\nmembers: [ada, grace, edsger]\n";

/** The charter of a text that has to be valid. */
export function charterOf(text: string): Charter {
  const parsed = parseCharter(text);
  if (!parsed.ok) throw new Error(`Not valid: ${JSON.stringify(parsed.problems, null, 2)}`);
  return parsed.charter;
}

/** The problems of a text that has to be invalid. */
function problemsOf(text: string): readonly CharterProblem[] {
  const parsed = parseCharter(text);
  if (parsed.ok) throw new Error(`Valid: ${text.slice(0, 500)}`);
  return parsed.problems;
}

/** Problems as `line:column path: message -> instead`. */
export function told(text: string): readonly string[] {
  return problemsOf(text).map(
    ({ line, column, path, message, instead }) => `${line}:${column} ${path}: ${message} -> ${instead}`,
  );
}
