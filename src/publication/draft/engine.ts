/** markdown-it as a draft needs it: bounded, with definition lists and footnotes, and mmark's own marks on top. */
import MarkdownIt, { type MarkdownIt as Engine, type StateCore, type Token } from "markdown-it";
import deflist from "markdown-it-deflist";
import footnote from "markdown-it-footnote";
import { addMmarkBlocks, reference } from "./mmark-blocks.ts";
import { addMmarkInlines } from "./mmark-inlines.ts";
import type { Dialect } from "./model.ts";

/** Deeper nesting is nobody's prose; it bounds the recursion of the parser and of all who walk what it made. */
export const DEEPEST = 50;

const markdown = engine();
markdown.block.ruler.before("html_block", "reference", reference, { alt: ["paragraph"] });

const mmark = engine();
addMmarkBlocks(mmark);
addMmarkInlines(mmark);
mmark.core.ruler.before("inline", "mmark_heading_attributes", takeAttributes);

export type Tokens = {
  readonly tokens: readonly Token[];
  /** The labels of footnotes that nothing refers to, which are in no token. */
  readonly unused: readonly string[];
};

/** The tokens of a text; their lines count from 0. Expects LF line ends and no NUL. */
export function tokensOf(source: string, dialect: Dialect): Tokens {
  const env: { footnotes?: { readonly refs?: Readonly<Record<string, number>> } } = {};
  const tokens = (dialect === "mmark" ? mmark : markdown).parse(source, env);
  const labels = Object.entries(env.footnotes?.refs ?? {});
  return { tokens, unused: labels.filter(([, id]) => id < 0).map(([label]) => label.slice(1)) };
}

function engine(): Engine {
  const md = new MarkdownIt({ html: true, linkify: true, maxNesting: DEEPEST });
  md.use(deflist).use(footnote);
  // Only what says `http://` or the like itself: "index.md" and "a.b" are no addresses.
  md.linkify.add("//", null);
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  // Which links a draft may have is for the reader to say, with a word about the others.
  md.validateLink = () => true;
  // An address that stands as text stays as it was written.
  md.normalizeLinkText = (url) => url;
  return md;
}

/** `{#anchor}` at the end of a heading or a caption, taken off before the rest is read. */
function takeAttributes(state: StateCore): void {
  state.tokens.forEach((token, at) => {
    const opener = state.tokens[at - 1]?.type;
    if (token.type !== "inline" || (opener !== "heading_open" && opener !== "mmark_caption")) return;
    const open = token.content.endsWith("}") ? token.content.lastIndexOf("{") : -1;
    const inside = open < 0 ? "" : token.content.slice(open + 1, -1);
    if (!/^[#.]/.test(inside) || inside.length > 500 || token.content[open - 1] === "\\") return;
    token.content = token.content.slice(0, open).trimEnd();
    token.meta = { attributes: inside };
  });
}
