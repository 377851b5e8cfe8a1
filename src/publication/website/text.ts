/** Text of others on a page of the website: it stays text for Jekyll's Liquid, for kramdown, for GitHub and for YAML. */

/** Text that is markup already and goes out as it is. Only code makes it, never a template. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** More than any value says; a template can make longer ones. In characters. */
const LONGEST_VALUE = 20_000;

/**
 * One line of plain text as Markdown. Character references, not backslashes: Jekyll runs Liquid over a page before
 * kramdown sees it, and a theme shows titles in places where a backslash would stay.
 */
export function markdownText(text: string): string {
  if (text.length > LONGEST_VALUE) throw new RangeError(`A value of more than ${LONGEST_VALUE} characters`);
  return oneLine(text)
    .replace(/[&<>{}[\]*`\\|$~^#]/g, reference)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, reference)
    .replace(/^[-+=:]/, reference)
    .replace(/^([0-9]{1,9})([.)])/, (_, digits: string, mark: string) => digits + reference(mark));
}

/** A value in YAML front matter, quoted; its text is Markdown, since themes take it for that. */
export function yamlText(text: string): string {
  return JSON.stringify(markdownText(text));
}

/**
 * An address as the target of a Markdown link: on the web, or from the root of the site. Throws RangeError on
 * anything else.
 */
export function linkTarget(address: string): string {
  const isLocal = /^\/(?!\/)/.test(address);
  const url = URL.parse(address, "https://site.invalid");
  const isWeb = /^https?:\/\//i.test(address) && url?.username === "" && url.password === "";
  if (url === null || address.length > 2_000 || !(isLocal || isWeb))
    throw new RangeError("An address that is not on the web");
  const target = isLocal || /^[!-~]*$/.test(address) ? address.toWellFormed() : url.href;
  return target.replace(/[^A-Za-z0-9\-._~:/?#@!$&+,;=%]/gu, encodeURIComponent).replace(/[{}()[\]]/g, hex);
}

/** Without line ends, and without what cannot be seen and only misleads. */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .split(/[\r\n\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ")
    .replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, "");
}

function reference(character: string): string {
  switch (character) {
    case "&":
      return "&amp;";
    case "<":
      return "&lt;";
    case ">":
      return "&gt;";
    default:
      return `&#${character.charCodeAt(0)};`;
  }
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
