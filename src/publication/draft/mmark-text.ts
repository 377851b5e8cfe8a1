/** Inlines as mmark source that reads as the same inlines. */
import type { Citation, Inline, Span } from "./model.ts";

/** Where a run of text stands: a cell and a title are one line, and a title may end in attributes. */
export type Setting = "paragraph" | "line" | "cell";

type Place = { readonly setting: Setting; readonly inSpan: boolean; readonly inLink: boolean };

const MARKS: Readonly<Record<Span, string | null>> = {
  emphasis: "*",
  strong: "**",
  superscript: null,
  subscript: null,
};

const TAGS: Readonly<Record<Span, string>> = {
  emphasis: "em",
  strong: "strong",
  superscript: "sup",
  subscript: "sub",
};

/** The source of a run of inlines; one line but for paragraphs. */
export function inlinesToMmark(inlines: readonly Inline[], setting: Setting): string {
  const source = run(inlines, { setting, inSpan: false, inLink: false });
  const edged = edges(source);
  // The table's scanner takes these backslashes off before anything else is read.
  return setting === "cell" ? edged.replaceAll("|", "\\|") : startsEscaped(edged, setting);
}

function run(inlines: readonly Inline[], place: Place): string {
  const pieces = inlines.map((inline) => (isSpan(inline) ? null : one(inline, place)));
  const written = inlines.map((inline, at) => {
    if (!isSpan(inline)) return breakable(inline, pieces[at] ?? "", inlines[at + 1], at, place);
    const before = at === 0 ? "" : (pieces[at - 1] ?? "x");
    const after = at === inlines.length - 1 ? "" : (pieces[at + 1] ?? "x");
    return span(inline, before, after, place);
  });
  // `[^1](` would begin a link, and `[^1]:` the footnote itself.
  const after = (at: number) => inlines[at - 1]?.kind === "footnote" && /^[([:]/.test(written[at] ?? "");
  const parted = written.map((each, at) => (after(at) ? `${NOTHING}${each}` : each));
  return parted.reduce((all, each) => (sticks(all, each) ? `${all}${NOTHING}${each}` : all + each), "");
}

/**
 * Says nothing, and keeps marks apart that would read as one: `**MUST**` and `**NOT**`. The dot is for mmark, which fails
 * (2.2.25, `IsComment`: slice bounds out of range) on a comment of fewer characters.
 */
export const NOTHING = "<!-- . -->";

function sticks(before: string, after: string): boolean {
  return /[*`~^]$/.test(before) && before.at(-1) === after[0] && !before.endsWith(`\\${after[0]}`);
}

type SpanInline = Extract<Inline, { readonly kind: Span }>;

function isSpan(inline: Inline): inline is SpanInline {
  return inline.kind in TAGS;
}

function span({ kind, content }: SpanInline, before: string, after: string, place: Place): string {
  const inside = run(content, { ...place, inSpan: true });
  const mark = MARKS[kind];
  const tag = TAGS[kind];
  const nested = place.inSpan || content.some((inline) => isSpan(inline) || inline.kind === "bcp14");
  const apart = /(?:^|[\s(])$/.test(before) && /^(?:$|[\s).,;:?])/.test(after);
  const firm = /^[\p{L}\p{N}`](?:.*[\p{L}\p{N}`])?$/su.test(inside);
  if (mark !== null && !nested && apart && firm && !isKeyWord(kind, content))
    return `${mark}${inside}${mark}`;
  const raised = kind === "superscript" ? "^" : kind === "subscript" ? "~" : null;
  if (raised !== null && content.length === 1 && /^[A-Za-z0-9]+$/.test(inside))
    return `${raised}${inside}${raised}`;
  return `<${tag}>${inside}</${tag}>`;
}

/** `**MUST**` would be a key word, which this is not. */
function isKeyWord(kind: Span, content: readonly Inline[]): boolean {
  const [only] = content;
  return kind === "strong" && only?.kind === "text" && /^[A-Z ]+$/.test(only.text);
}

function one(inline: Exclude<Inline, SpanInline>, place: Place): string {
  switch (inline.kind) {
    case "text":
      return text(inline.text, place);
    case "code":
      return code(inline.text);
    case "bcp14":
      return `**${inline.text}**`;
    case "link":
      return link(inline.url, inline.content, place);
    case "image":
      return `![${text(inline.alternative, { ...place, inLink: true })}](${destination(inline.url)})`;
    case "citation":
      return citation(inline);
    case "crossref":
      if (inline.content.length === 0) return `(#${inline.target})`;
      return `[${run(inline.content, { ...place, inLink: true })}](#${inline.target})`;
    case "footnote":
      return `[^${inline.label}]`;
    case "index": {
      const subitem = inline.subitem === "" ? "" : `, ${inline.subitem}`;
      return `(!${inline.primary ? "!" : ""}${inline.item}${subitem})`;
    }
    case "break":
      return "<br>";
  }
}

/** A break within a paragraph ends its line; where no line may end, HTML says the same. */
function breakable(
  inline: Inline,
  source: string,
  next: Inline | undefined,
  at: number,
  { setting, inLink, inSpan }: Place,
): string {
  // `(!` would begin an index entry, and `![` an image.
  if (next?.kind === "image" && source.endsWith("(")) return `${source.slice(0, -1)}\\(`;
  if (next !== undefined && inline.kind === "text" && source.endsWith("!"))
    return `${source.slice(0, -1)}\\!`;
  if (inline.kind !== "break" || setting !== "paragraph" || inLink || inSpan || at === 0) return source;
  return next?.kind === "text" && /^\S/.test(next.text) ? "\\\n" : source;
}

/** Characters that may begin some markup wherever they stand. */
const SPECIAL = /[\\`*[\]<&~^$]|(?<=\()[#!]|[{}](?=\s*$)|\{(?=[#.])|(?<=[A-Za-z]):(?=\/|[^\s])|_/g;

function text(source: string, { setting, inLink }: Place): string {
  const escaped = source.replace(SPECIAL, (character, at: number) => {
    if (character === "_" && isIntraword(source, at)) return "_";
    if (character === "]" && !inLink) return "]";
    if (character === "<" && !/^<[A-Za-z/!?]/.test(source.slice(at, at + 2))) return "<";
    if (character === "&" && !/^&#?[A-Za-z0-9]{1,32};/.test(source.slice(at, at + 40))) return "&";
    if (character === "{" || character === "}") return setting === "line" ? `\\${character}` : character;
    return `\\${character}`;
  });
  const spaced = escaped.replace(/[^\S \n]/gu, (space) => `&#${space.codePointAt(0) ?? 32};`);
  const line = setting === "paragraph" ? spaced : spaced.replaceAll("\n", " ");
  return line.replace(/ (?=\n)|(?<=\n) /g, "&#32;");
}

function isIntraword(source: string, at: number): boolean {
  return /[A-Za-z0-9]/.test(source[at - 1] ?? "") && /[A-Za-z0-9]/.test(source[at + 1] ?? "");
}

function code(source: string): string {
  const longest = Math.max(0, ...[...source.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const blank = /^ *$/.test(source);
  const padded = source.startsWith("`") || source.endsWith("`") || (/^ .* $/s.test(source) && !blank);
  return padded ? `${fence} ${source} ${fence}` : `${fence}${source}${fence}`;
}

function link(url: string, content: readonly Inline[], place: Place): string {
  const [only, ...rest] = content;
  const isOwn = only?.kind === "text" && rest.length === 0 && only.text === url;
  if (isOwn && /^[a-z][a-z0-9+.-]+:[!-;=?-~]+$/.test(url) && !/[%\\&`]|xn--/.test(url)) return `<${url}>`;
  return `[${run(content, { ...place, inLink: true })}](${destination(url)})`;
}

function destination(url: string): string {
  const plain = url.replace(/&(?=#?[A-Za-z0-9]{1,32};)/g, "&amp;").replaceAll("\\", "\\\\");
  return /[()\s]/.test(plain) ? `<${plain}>` : plain;
}

function citation({ target, use, hidden, section }: Citation): string {
  const mark = hidden ? "-" : use === "normative" ? "!" : use === "informative" ? "?" : "";
  return `[@${mark}${target}${section === null ? "" : `, section ${section}`}]`;
}

/** Spaces at the edges of a run would be taken off. */
function edges(source: string): string {
  return source.replace(/^ | $/g, "&#32;");
}

/** What would make a line the beginning of a block. */
const START = /^(?:[-+=:|>%#](?=)|\d{1,9}(?=[.)])|A(?=>)|\.(?=# )|\{|(?:Figure|Table|Quote)(?=: ))/;

function startsEscaped(source: string, setting: Setting): string {
  const lines = source.split("\n").map((line) =>
    line.replace(START, (start) => {
      if (/^[\dAFTQ]/.test(start)) return start;
      return `\\${start}`;
    }),
  );
  const numbered = lines.map((line) =>
    line
      .replace(/^(\d{1,9})([.)])/, "$1\\$2")
      .replace(/^A>/, "A\\>")
      .replace(/^(Figure|Table|Quote): /, "$1\\: "),
  );
  const whole = numbered.join("\n");
  return setting === "line" ? whole.replace(/(?<!\\)#$/, "\\#") : whole;
}
