/** HTML within Markdown: which tags are HTML's own, and which are only written like tags. */
import type { Token } from "markdown-it";

export type HtmlTag = {
  readonly name: string;
  readonly closes: boolean;
  /** Without attributes. */
  readonly plain: boolean;
};

const NAMES: ReadonlySet<string> = new Set(
  (
    "a abbr acronym address applet area article aside audio b base big blockquote body br button canvas caption center cite " +
    "code col colgroup dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form " +
    "frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark " +
    "menu meta nav noframes noscript object ol optgroup option p param picture pre progress q rp rt ruby s samp " +
    "script section select small source span strike strong style sub summary sup svg table tbody td textarea tfoot th " +
    "thead title tr track tt u ul var video wbr"
  ).split(" "),
);

/** The tag that a piece of HTML is; `null`: it is no tag of HTML. Comments are named `!--`, other `<!` and `<?` too. */
export function htmlTag(source: string): HtmlTag | null {
  if (source.startsWith("<!--") || source.startsWith("<?") || source.startsWith("<!")) {
    return { name: "!--", closes: false, plain: true };
  }
  const found = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])/.exec(source);
  const name = found?.[2]?.toLowerCase() ?? "";
  if (!NAMES.has(name)) return null;
  return { name, closes: found?.[1] === "/", plain: /^<\/?[A-Za-z0-9]+\s*\/?>$/.test(source) };
}

/** How far a tag's end is looked for, in tokens: looking to the end for each would be quadratic. */
const FARTHEST = 500;

/** Where the tag that closes `name` stands among inline tokens, from `from` on; -1: nowhere. */
export function closingTag(tokens: readonly Token[], from: number, name: string): number {
  let open = 0;
  const base = tokens[from - 1]?.level ?? 0;
  for (let at = from; at < Math.min(tokens.length, from + FARTHEST); at += 1) {
    const token = tokens[at];
    if (!token || token.level < base) return -1;
    if (token.type !== "html_inline" || token.level !== base) continue;
    const tag = htmlTag(token.content);
    if (tag?.name !== name) continue;
    if (!tag.closes) open += 1;
    else if (open === 0) return at;
    else open -= 1;
  }
  return -1;
}

/** A block of HTML without its own tags and comments; `left`: what was taken out. Linear. */
export function withoutHtml(source: string): { readonly text: string; readonly left: readonly string[] } {
  const left: string[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf("<", at);
    if (open < 0) break;
    text += source.slice(at, open);
    const end = endOfTag(source, open);
    const piece = end < 0 ? "<" : source.slice(open, end);
    if (end >= 0 && htmlTag(piece) !== null) left.push(piece);
    else text += piece;
    at = open + piece.length;
  }
  return { text: text + source.slice(at), left };
}

/** What a writer puts between two lists; it says nothing, and nobody misses it. */
export function isNothing(source: string): boolean {
  return /^<!--\s*-->\s*$/.test(source);
}

/** The longest a tag may be; a `<` without an end nearby is text, and looking further would be quadratic. */
const LONGEST_TAG = 2_000;

function endOfTag(source: string, open: number): number {
  if (source.startsWith("<!--", open)) {
    const end = source.indexOf("-->", open + 4);
    return end < 0 ? source.length : end + 3;
  }
  const end = source.slice(open, open + LONGEST_TAG).indexOf(">");
  return end < 0 ? -1 : open + end + 1;
}
