/** The lists of standards in the README of their repository: an item for each, in the list of its status. */
import { piecesOf } from "../../proposal/markdown.ts";
import { CannotUpdate, type FileUpdate, fileUpdate } from "../file-update.ts";
import type { Standard } from "../register/model.ts";
import { render } from "./liquid.ts";
import { type Edit, edited, lastLine, type Page, type PageSection, readPage } from "./page.ts";
import { type Templates, templateText } from "./templates.ts";
import { Markup } from "./text.ts";

type List = "in use" | "prototype" | "in design" | "retired";

/** One item of a list. Lines count from 0; `to` is the first line after it. */
type Item = { readonly from: number; readonly to: number; readonly list: List; readonly text: string };

export type ListedStandard = {
  readonly standard: Standard;
  /** The file of a standard's text in its folder, `raw.md`. */
  readonly source: string;
  /** Is the same as plain text beside it? A list links to nothing that is not there. */
  readonly hasText: boolean;
  /** Are drafts submitted to the IETF? Else its datatracker has a page only where the list links to one already. */
  readonly submitted: boolean;
};

/** The standard's item, added, replaced, or moved to the list of its status. All else stays as it is. */
export function standardItem(path: string, listed: ListedStandard, templates: Templates = {}): FileUpdate {
  return fileUpdate(path, (content) => {
    const page = readPage(path, content);
    const lists = listsOf(page);
    const found = itemFor(page, lists, listed.standard);
    const list = listFor(path, lists, listed.standard, found);
    if (list === null) return content ?? "";
    const item = itemLines(listed, found, templates);
    if (found === null) return edited(page, [addition(page, list.section, item)]);
    if (found.list === list.kind) return edited(page, [{ ...found, put: item }]);
    return edited(page, [addition(page, list.section, item), removal(page, found)]);
  });
}

type ListSection = { readonly kind: List; readonly section: PageSection };

function listsOf(page: Page): readonly ListSection[] {
  return page.sections.flatMap((section) => {
    const kind = section.level === 2 || section.level === 3 ? listKind(section.title) : null;
    return kind === null ? [] : [{ kind, section }];
  });
}

/** What a list is for, by the words of its heading. */
function listKind(title: string): List | null {
  if (/\b(?:retired|withdrawn|obsolete)\b/.test(title)) return "retired";
  if (/\bdesign\b/.test(title))
    return /\b(?:prototype|implemented)\b/.test(title) ? "prototype" : "in design";
  return /\bin use\b|\bpublished\b/.test(title) ? "in use" : null;
}

/** The lists in which a standard may stand, the best first. */
function preferred({ status, implementations }: Standard): readonly List[] {
  switch (status) {
    case "published":
      return ["in use"];
    case "implemented":
      return ["prototype", "in use"];
    case "in design":
      return implementations.length > 0 ? ["prototype", "in design"] : ["in design"];
    case "retired":
      return ["retired"];
    case "expired":
      return [];
  }
}

/** An expired standard, and a retired one where there is no list for those, stays where it is; `null`: that is nowhere. */
function listFor(
  path: string,
  lists: readonly ListSection[],
  standard: Standard,
  found: Item | null,
): ListSection | null {
  const best = preferred(standard)
    .map((kind) => lists.find((list) => list.kind === kind))
    .find((list) => list !== undefined);
  const stays = standard.status === "expired" || standard.status === "retired";
  const own = stays ? lists.find((list) => list.kind === found?.list) : undefined;
  const list = best ?? own;
  if (list !== undefined) return list;
  if (stays) return null;
  const wanted = preferred(standard)[0] ?? "in use";
  throw new CannotUpdate(`The file \`${path}\` has no heading for standards that are “${wanted}”.`);
}

function itemFor(page: Page, lists: readonly ListSection[], standard: Standard): Item | null {
  const items = lists.flatMap((list) => itemsOf(page, list));
  const own = items.filter((item) => isAbout(item, standard.slug));
  const [found, ...more] = own;
  if (more.length > 0)
    throw new CannotUpdate(`The lists have ${own.length} items for the standard \`${standard.slug}\`.`);
  return found ?? null;
}

function itemsOf(page: Page, { kind, section }: ListSection): readonly Item[] {
  return section.blocks.flatMap((block) => {
    const starts: number[] = [];
    if (block.kind === "other")
      for (let line = block.from; line < block.to; line += 1)
        if (/^[*+-][ \t]/.test(page.lines[line] ?? "")) starts.push(line);
    return starts.map((from, index) => {
      const to = lastLine(page, from, starts[index + 1] ?? block.to);
      return {
        from,
        to,
        list: kind,
        text: page.lines
          .slice(from, to)
          .join("")
          .replace(/^[*+-][ \t]+/, "")
          .trim(),
      };
    });
  });
}

/** It begins with the standard's name, linked or bare, or with a link into its folder. */
function isAbout({ text }: Item, slug: string): boolean {
  const [first] = piecesOf(text);
  if (first === undefined) return false;
  if (first.kind === "link")
    return first.text.trim() === slug || first.url.replace(/^\.\//, "").startsWith(`${slug}/`);
  return first.text.split(/[\s:,.]/, 1)[0] === slug;
}

function itemLines(
  { standard, source, hasText, submitted }: ListedStandard,
  found: Item | null,
  templates: Templates,
): readonly string[] {
  const own = found === null ? "" : proseOf(found.text, standard.slug);
  // After a colon stands a summary, as these items have it; the register's may be newer.
  const prose = own.startsWith(":") && standard.summary !== null ? "" : own;
  const text = render("item", templateText("item", templates), {
    standard,
    source,
    has_text: hasText,
    prose: prose === "" ? null : new Markup(prose),
    datatracker:
      standard.draft === null || !(submitted || isTracked(found))
        ? ""
        : `https://datatracker.ietf.org/doc/${standard.draft}/`,
  });
  const lines = text.trim().split("\n");
  if (!/^[*+-] \S/.test(lines[0] ?? ""))
    throw new CannotUpdate("The template `item` does not begin with the mark of a list.");
  return lines;
}

function isTracked(found: Item | null): boolean {
  return found !== null && /\]\(https:\/\/(?:datatracker|tools)\.ietf\.org\//.test(found.text);
}

/** What an item says of a standard after its name, in people's own words: without its links and its revision. */
function proseOf(text: string, slug: string): string {
  const unnamed = text.startsWith("[")
    ? text.replace(/^\[[^\]\n]{0,200}\]\([^()\n]{0,500}\)/, "")
    : text.slice(slug.length);
  return unnamed
    .replace(/^ \(\[markdown source\]\([^()\n]{0,500}\)\)/, "")
    .replace(/ (?:Current|Expired) Internet-Draft: (?:\[[^\]\n]{0,20}\]\([^()\n]{0,500}\)|[0-9]{2,3})$/, "")
    .replace(/ Retired on [0-9-]{10}\.$/, "")
    .replace(/\r\n?/g, "\n")
    .trimEnd();
}

/** As the last item of the list, or as its first one below the heading. */
function addition(page: Page, section: PageSection, item: readonly string[]): Edit {
  const list = section.blocks.findLast(
    ({ kind, from }) => kind === "other" && /^[*+-][ \t]/.test(page.lines[from] ?? ""),
  );
  if (list !== undefined) {
    const at = lastLine(page, list.from, list.to);
    return { from: at, to: at, put: item };
  }
  const at = lastLine(page, section.from, section.blocks[0]?.from ?? section.to);
  const isTight = (page.lines[at] ?? "").trim() !== "";
  return { from: at, to: at, put: isTight ? ["", ...item, ""] : ["", ...item] };
}

/** Without the blank line after it, where it was all that stood between two. */
function removal(page: Page, { from, to }: Item): Edit {
  const isAlone = isBlank(page, from - 1) && to < page.lines.length && isBlank(page, to);
  return { from, to: isAlone ? to + 1 : to, put: [] };
}

function isBlank(page: Page, line: number): boolean {
  return (page.lines[line] ?? "").trim() === "";
}
