/** Where RFCXML lets which block stand (RFC 7991 as its schema has it); shared by the reader's remarks and the writer. */
import type { Block, Draft } from "./model.ts";
import type { Reading } from "./reading.ts";

export type Context = "section" | "abstract" | "item" | "definition" | "quote" | "aside";

const BARRED: Readonly<Record<Context, readonly Block["kind"][]>> = {
  section: [],
  abstract: ["table", "code", "quote", "aside"],
  item: ["aside"],
  definition: [],
  quote: ["quote", "aside", "table"],
  aside: ["aside"],
};

export function isAllowed(block: Block, context: Context): boolean {
  return !BARRED[context].includes(block.kind);
}

const NAMES: Readonly<Record<Block["kind"], string>> = {
  paragraph: "a paragraph",
  bullets: "a list",
  numbered: "a list",
  definitions: "a definition list",
  table: "a table",
  code: "a code block",
  figure: "an image",
  quote: "a quotation",
  aside: "an aside",
};

const PLACES: Readonly<Record<Context, string>> = {
  section: "a section",
  abstract: "the abstract or a note",
  item: "a list item",
  definition: "a definition",
  quote: "a quotation",
  aside: "an aside",
};

/** Reports each block that has to stand as plain paragraphs or characters because of where it is. */
export function reportBarred(draft: Draft, reading: Reading): void {
  const visit = (context: Context) => (block: Block) => {
    if (!isAllowed(block, context)) {
      reading.report(
        block.line,
        `${NAMES[block.kind]} within ${PLACES[context]}, which stands there as plain text`,
      );
    }
    for (const [inner, place] of innerBlocks(block)) visit(place)(inner);
  };
  draft.abstract.forEach(visit("abstract"));
  for (const note of draft.notes) note.blocks.forEach(visit("abstract"));
  const sections = [...draft.middle, ...draft.back];
  for (let section = sections.pop(); section !== undefined; section = sections.pop()) {
    section.blocks.forEach(visit("section"));
    sections.push(...section.sections);
  }
}

function innerBlocks(block: Block): readonly (readonly [Block, Context])[] {
  switch (block.kind) {
    case "bullets":
    case "numbered":
      return block.items.flatMap((item) => item.blocks.map((inner) => [inner, "item"] as const));
    case "definitions":
      return block.items.flatMap((item) => item.blocks.map((inner) => [inner, "definition"] as const));
    case "quote":
    case "aside": {
      const place = block.kind;
      return block.blocks.map((inner) => [inner, place] as const);
    }
    default:
      return [];
  }
}
