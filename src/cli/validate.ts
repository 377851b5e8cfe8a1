/** `npm run validate -- FILE`: every problem of a committee.yml, or what it means. Exit: 0 valid, 1 not, 2 unreadable. */
import { readFile } from "node:fs/promises";
import { parseCharter } from "../charter/parse.ts";
import { charterSummary } from "../messages/charter-summary.ts";

export type Answer = { readonly exit: 0 | 1 | 2; readonly lines: readonly string[] };

/** What to say about the file at a path. */
export async function validate(path: string | undefined): Promise<Answer> {
  if (path === undefined) return { exit: 2, lines: ["Usage: npm run validate -- FILE"] };
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return { exit: 2, lines: [`${path} cannot be read: ${because}`] };
  }
  const parsed = parseCharter(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  if (parsed.ok) return { exit: 0, lines: [`${path} is valid.`, "", ...charterSummary(parsed.charter)] };
  const problems = parsed.problems.flatMap(({ line, column, message, instead }) => [
    `${path}:${line}:${column} ${message}`,
    `    Write instead: ${instead}`,
  ]);
  return { exit: 1, lines: problems };
}

if (import.meta.main) {
  const { exit, lines } = await validate(process.argv[2]);
  (exit === 0 ? process.stdout : process.stderr).write(`${lines.join("\n")}\n`);
  process.exitCode = exit;
}
