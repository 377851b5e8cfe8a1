/** What a standard is called, made of what its proposal is called. */
import { shortened } from "../messages/one-line.ts";

const PREFIX =
  /^(?:\[proposal\]|proposal|new standard|update|retirement|retire)\s{0,10}[:–—]\s{0,10}|^\[proposal\]\s{0,10}/iu;

/** Longer titles are refused by the register. In characters. */
const LONGEST_TITLE = 300;

/** A proposal's title without the words that say that it is one: `Proposal: a sighting format` is `A sighting format`. */
export function proposedTitle(title: string): string {
  const said = plainLine(title, LONGEST_TITLE);
  const bare = said.replace(PREFIX, "").trim();
  const words = bare === "" ? said : bare;
  const [first = ""] = words;
  return first.toUpperCase() + words.slice(first.length);
}

/** What the register cannot hold in a line: control characters, line ends, marks that turn the reading direction. */
const UNFIT = /[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu;

/** Plain words on one line, cut with `…` at so many UTF-16 units, never within a character. */
export function plainLine(text: string, longest: number): string {
  const words = text
    .slice(0, longest * 4)
    .toWellFormed()
    .replace(UNFIT, " ")
    .split(/\s/);
  return shortened(words.filter((word) => word !== "").join(" "), longest);
}
