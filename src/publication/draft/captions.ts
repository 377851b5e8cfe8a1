/** Captions, and what else stands on one line. */
import type { Block, Inline } from "./model.ts";

/** Belongs to the block before it. */
export type Caption = {
  readonly kind: "caption";
  readonly line: number;
  readonly anchor: string | null;
  readonly content: readonly Inline[];
};

/** Titles, terms and cells are one line. */
export function onOneLine(inlines: readonly Inline[]): readonly Inline[] {
  return inlines.map((inline) => {
    if (inline.kind === "text") return { ...inline, text: inline.text.replaceAll("\n", " ") };
    return "content" in inline ? { ...inline, content: onOneLine(inline.content) } : inline;
  });
}

export function captionIn(next: Inline, rest: readonly Inline[]): readonly Inline[] | null {
  if (next.kind !== "text" || !next.text.startsWith("\nFigure: ")) return null;
  const first = next.text.slice("\nFigure: ".length);
  return onOneLine(first === "" ? rest : [{ kind: "text", text: first }, ...rest]);
}

export function captioned(block: Block, { anchor, content }: Caption): Block {
  const named = { ...block, anchor: anchor ?? block.anchor };
  switch (named.kind) {
    case "code":
    case "table":
    case "figure":
      return { ...named, caption: content };
    case "quote":
      return { ...named, attribution: content };
    default:
      return named;
  }
}
