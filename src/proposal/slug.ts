/** Safe names for folders and branches, made of what people called their proposal. */

import { paddedNumber } from "./docket.ts";

/** In characters; with its number and prefix a branch stays far below what git and file systems allow. */
const LONGEST = 64;

const FALLBACK = "proposal";

/** Windows cannot hold a folder of these names, with any extension, in any letter case. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/** Letters that Unicode does not take apart into a Latin letter and a mark. */
const FOLDED: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["đ", "d"],
  ["ð", "d"],
  ["þ", "th"],
  ["ł", "l"],
  ["ħ", "h"],
  ["ı", "i"],
]);

/**
 * The folder and branch name of a proposal: `a-z`, `0-9` and single `-`, 1 to 64 characters, none at either end a
 * `-`. From the short name, else from the title, else the fallback (which is one already).
 */
export function slugOf(shortName: string | null, title: string, fallback: string = FALLBACK): string {
  const slug = slugFrom(shortName ?? "") || slugFrom(title) || fallback;
  return DEVICE.test(slug) ? `${slug}-${FALLBACK}` : slug;
}

/**
 * The branch of a publication, `secretariat/0012-slug`; a later attempt has its number at the end. Throws on a number
 * or an attempt that is not a whole number from 1, and on a slug that `slugOf` did not make.
 */
export function branchName(number: number, slug: string, attempt: number): string {
  if (!isCount(number) || !isCount(attempt))
    throw new RangeError(`Not numbers from 1: ${number}, ${attempt}`);
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug)) throw new RangeError(`Not a slug: ${JSON.stringify(slug)}`);
  const suffix = attempt === 1 ? "" : `-${attempt}`;
  return `secretariat/${paddedNumber(number)}-${slug}${suffix}`;
}

function slugFrom(name: string): string {
  const folded = name
    .slice(0, 1_024)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9]/gu, (character) => FOLDED.get(character) ?? "-");
  return folded
    .split("-")
    .filter((part) => part !== "")
    .join("-")
    .slice(0, LONGEST)
    .replace(/-$/, "");
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
