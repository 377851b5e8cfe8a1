/** Code that a page can hold. */
import { folded, tooLong, WIDEST, withoutTabs } from "./fold.ts";
import type { Block, Code, Draft, Section } from "./model.ts";

type Remark = (line: number, what: string) => void;

/** How far a block stands in from where its list, quotation or aside does. */
const STEP = 3;

/** The draft without tabs in its code, and with its over-long lines folded. */
export function completeCode(draft: Draft, remark: Remark): Draft {
  const section = (each: Section): Section => ({
    ...each,
    blocks: fitted(each.blocks, WIDEST, remark),
    sections: each.sections.map(section),
  });
  return {
    ...draft,
    middle: draft.middle.map(section),
    back: draft.back.map(section),
    footnotes: draft.footnotes.map((each) => ({
      ...each,
      blocks: fitted(each.blocks, WIDEST - STEP, remark),
    })),
  };
}

function fitted(blocks: readonly Block[], width: number, remark: Remark): readonly Block[] {
  return blocks.map((block) => fittedBlock(block, width, remark));
}

function fittedBlock(block: Block, width: number, remark: Remark): Block {
  switch (block.kind) {
    case "code":
      return fitCode(block, width, remark);
    case "bullets":
      return {
        ...block,
        items: block.items.map((item) => ({ ...item, blocks: fitted(item.blocks, width - STEP, remark) })),
      };
    case "numbered": {
      const step = String(block.start + block.items.length).length + 3;
      return {
        ...block,
        items: block.items.map((item) => ({ ...item, blocks: fitted(item.blocks, width - step, remark) })),
      };
    }
    case "definitions":
      return {
        ...block,
        items: block.items.map((item) => ({ ...item, blocks: fitted(item.blocks, width - STEP, remark) })),
      };
    case "quote":
    case "aside":
      return { ...block, blocks: fitted(block.blocks, width - STEP, remark) };
    default:
      return block;
  }
}

function fitCode(code: Code, width: number, remark: Remark): Code {
  const text = code.text
    .split("\n")
    .map((line) => withoutTabs(line).trimEnd())
    .join("\n");
  if (code.text.includes("\t")) remark(code.line, "tabs in code, which stand as spaces");
  if (!tooLong(text, width)) return { ...code, text };
  const long = text.split("\n").filter((line) => line.length > width).length;
  remark(code.line, `${long} over-long ${long === 1 ? "line" : "lines"} of code, folded as RFC 8792 has it`);
  return { ...code, text: folded(text, width) };
}
