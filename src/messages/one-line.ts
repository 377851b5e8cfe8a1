/** Somebody's text where GitHub knows no Markdown but still acts on words: titles of pull requests, commit messages. */

/** U+2060 WORD JOINER: invisible, and no mention, reference or address reads across it. */
const BREAK = "\u2060";

/** Control characters, line ends, halves of characters, and what is invisible and turns or hides text. */
const MISLEADING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Zs}]/gu;

/**
 * One plain line of at most `characters`: no control or direction characters, and nothing that mentions a person,
 * refers to an issue, or closes one when the commit reaches the default branch ("fixes #1").
 */
export function oneLine(text: string, characters: number): string {
  const words = text
    .slice(0, characters * 4)
    .replace(MISLEADING, " ")
    .split(" ")
    .filter((word) => word !== "");
  const harmless = words
    .join(" ")
    .replace(/[@#]/g, (sign) => `${sign}${BREAK}`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/\[(?=[a-z])/gi, (start) => `${start}${BREAK}`)
    .replace(/gh-(?=[0-9])/gi, (start) => `${start}${BREAK}`);
  return shortened(harmless, characters);
}

/** At most that many UTF-16 units, never half a character. */
export function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text;
  let kept = "";
  for (const character of text) {
    if (kept.length + character.length > characters - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
