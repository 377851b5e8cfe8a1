/** What an update changes, for people to read: a unified difference, sentence by sentence. */
import { formatPatch, structuredPatch } from "diff";

/** More than anybody reads in a pull request; GitHub shows all of it on its own page. In characters. */
const LONGEST = 20_000;

/** Of lines; texts that have less than that in common are two texts, and comparing them would take long. */
const MOST_CHANGES = 2_000;

const WIDEST = 120;

/** The difference between the texts of a file, bounded; `null`: they are the same. The same for the same texts. */
export function difference(path: string, before: string, after: string): string | null {
  const [old, next] = [readable(before), readable(after)];
  if (old === next) return null;
  const patch = structuredPatch(path, path, old, next, "", "", { context: 2, maxEditLength: MOST_CHANGES });
  if (patch === undefined) return "The two texts differ in nearly everything.";
  return bounded(formatPatch(patch).replaceAll(/^(?:={10,}|Index: .*)\n/gm, ""));
}

/** Drafts have a paragraph to a line: where one word of it changes, only its sentence is shown. */
function readable(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split("\n");
  return lines.flatMap((line) => (line.length > WIDEST ? sentencesOf(line) : [line])).join("\n");
}

function sentencesOf(line: string): readonly string[] {
  return line.replace(/([.;:!?]) (?=\S)/g, "$1\n").split("\n");
}

/** Whole lines, as many as fit; the first even where it does not. */
function bounded(patch: string): string {
  if (patch.length <= LONGEST) return patch;
  const cut = patch.lastIndexOf("\n", LONGEST - 100);
  const shown = patch.slice(0, cut > 0 ? cut : LONGEST - 100).toWellFormed();
  const left = patch.slice(shown.length).split("\n").length - (cut > 0 ? 2 : 1);
  return `${shown}\n… and ${left} more ${left === 1 ? "line" : "lines"}\n`;
}
