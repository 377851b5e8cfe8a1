/** A flat run of items as the tree of sections that its headings make, with an anchor for each. */
import { type Anchors, gitHubAnchor, mmarkAnchor, xmlName } from "./anchors.ts";
import type { Heading, Item } from "./blocks.ts";
import type { Block, Section } from "./model.ts";
import { excerpt, type Reading } from "./reading.ts";
import { plainText } from "./walk.ts";

/** Sections of one matter, and the names by which other parts may point at them. */
export type SectionTree = { readonly sections: readonly Section[]; readonly before: readonly Block[] };

export type Names = {
  readonly anchors: Anchors;
  /** What authors may call an anchor: mmark's name, GitHub's, and their own. */
  readonly aliases: Map<string, string>;
  /** The anchors that parts of the draft bear. */
  readonly borne: Set<string>;
};

type Growing = { readonly heading: Heading; readonly blocks: Block[]; readonly sections: Growing[] };

/** The tree of items that are headings and blocks alone; `before`: what stands before the first heading. */
export function sectionTree(items: readonly Item[], names: Names, reading: Reading): SectionTree {
  const before: Block[] = [];
  const top: Growing[] = [];
  const open: Growing[] = [];
  for (const item of items) {
    if (item.kind === "block") (open.at(-1)?.blocks ?? before).push(item.block);
    if (item.kind !== "heading") continue;
    const growing: Growing = { heading: item, blocks: [], sections: [] };
    // A level that is skipped makes no section of its own.
    while (depth(open.at(-1)) >= Math.max(item.level, 1)) open.pop();
    (open.at(-1)?.sections ?? top).push(growing);
    open.push(growing);
  }
  return { before, sections: top.map((section) => grown(section, names, reading)) };
}

/** A special heading stands at the top. */
function depth(growing: Growing | undefined): number {
  return growing === undefined ? 0 : Math.max(growing.heading.level, 1);
}

function grown({ heading, blocks, sections }: Growing, names: Names, reading: Reading): Section {
  const { anchor, named } = anchorOf(heading, names, reading);
  return {
    line: heading.line,
    title: heading.title,
    anchor,
    named,
    numbered: heading.level > 0 && heading.attributes.values.get("numbered") !== "false",
    blocks,
    sections: sections.map((section) => grown(section, names, reading)),
  };
}

function anchorOf(heading: Heading, names: Names, reading: Reading) {
  const chosen = heading.attributes.anchor;
  const wanted = chosen ?? mmarkAnchor(heading.source);
  const anchor = names.anchors.take(xmlName(wanted));
  if (chosen !== null && anchor !== chosen) {
    reading.report(heading.line, `the anchor “${excerpt(chosen)}”, which is “${anchor}” here`);
  }
  const inGitHub = gitHubAnchor(plainText(heading.title));
  names.borne.add(anchor);
  for (const name of [wanted, inGitHub]) if (!names.aliases.has(name)) names.aliases.set(name, anchor);
  return { anchor, named: chosen !== null };
}
