/** From the text of a committee.yml to the charter it stands for, or to everything that is wrong with it. */
import type { Charter, CharterProblem } from "./charter.ts";
import { crossProblems } from "./checks.ts";
import { withDefaults } from "./defaults.ts";
import { schemaProblems } from "./problems.ts";
import { charterFile } from "./schema.ts";
import { readYaml } from "./yaml.ts";

export type ParsedCharter =
  | { readonly ok: true; readonly charter: Charter }
  | { readonly ok: false; readonly problems: readonly CharterProblem[] };

/** Past this many, a list helps nobody; the last one then says how many more there are. */
const MOST_PROBLEMS = 100;

/**
 * Reads a charter. Lines and columns count from 1, in the order of the file; every problem is there at once. Never
 * throws, whatever the text.
 */
export function parseCharter(text: string): ParsedCharter {
  const { written, problems } = readYaml(text);
  if (written === null) return { ok: false, problems: inOrder(problems) };
  const read = charterFile.safeParse(written.value);
  const rules = [...(read.error ? schemaProblems(read.error, written) : []), ...crossProblems(written)];
  const found = [...problems, ...rules.filter(({ path }) => !written.unread.has(path))];
  if (read.success && found.length === 0) return { ok: true, charter: withDefaults(read.data) };
  return { ok: false, problems: inOrder(found) };
}

function inOrder(problems: readonly CharterProblem[]): readonly CharterProblem[] {
  const sorted = problems.toSorted((left, right) => left.line - right.line || left.column - right.column);
  const left = sorted.length - MOST_PROBLEMS;
  const last = sorted[MOST_PROBLEMS];
  if (left <= 0 || last === undefined) return sorted;
  const more = { ...last, path: "", message: `There are ${left} more problems from here on` };
  return [
    ...sorted.slice(0, MOST_PROBLEMS),
    { ...more, instead: "what the others say; then this is checked again" },
  ];
}
