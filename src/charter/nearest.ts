/** "Did you mean …": the word that somebody most likely wanted to write. */

const LONGEST_WORD = 40;

/** The candidate within a slip or two of the word, or that it shortens; letter case, spaces and hyphens are no slip. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const plain = plainly(word);
  if (plain.length > LONGEST_WORD) return null;
  let best: { readonly candidate: string; readonly slips: number } | null = null;
  for (const candidate of candidates) {
    const isShortened = plain.length >= 3 && candidate.startsWith(plain);
    const slips = isShortened ? 1 : slipsBetween(plain, plainly(candidate));
    const allowed = candidate.length <= 4 ? 1 : 2;
    if (slips <= allowed && (best === null || slips < best.slips)) best = { candidate, slips };
  }
  return best?.candidate ?? null;
}

function plainly(word: string): string {
  return word.trim().toLowerCase().replaceAll(/[ -]/g, "_");
}

/** Letters added, left out, changed or swapped with their neighbour (optimal string alignment distance). */
function slipsBetween(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  const cell = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1];
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      row.push(
        Math.min(
          cell(i - 1, j) + 1,
          cell(i, j - 1) + 1,
          cell(i - 1, j - 1) + (same ? 0 : 1),
          swapped ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return cell(left.length, right.length);
}
