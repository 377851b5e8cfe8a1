/** The page that lists a committee's standards, a section for each. Only that one section ever changes. */
import { type Block, piecesOf } from "../../proposal/markdown.ts";
import { CannotUpdate, type FileUpdate, fileUpdate } from "../file-update.ts";
import type { RegisteredLink, Standard } from "../register/model.ts";
import { render } from "./liquid.ts";
import {
  edited,
  headOf,
  lastLine,
  type Page,
  type PageSection,
  readPage,
  sourceOf,
  titleKey,
} from "./page.ts";
import { type Templates, templateText } from "./templates.ts";
import { Markup } from "./text.ts";

/** The label of the links to the standard itself, by which a section is found too. */
export const SPECIFICATION_LABEL = "Specification";

const SECTION_LEVEL = 2;

/** Links of one label, in the register's order; or, with `kept`, a paragraph of the page as it stands. */
export type LabelledLinks = {
  readonly label: string;
  readonly links: readonly RegisteredLink[];
  readonly kept: Markup | null;
};

/** The standard's section, replaced where it stands or added as the last one. */
export function standardSection(path: string, standard: Standard, templates: Templates = {}): FileUpdate {
  return fileUpdate(path, (content) => {
    const page = readPage(path, content);
    const found = sectionFor(page, standard);
    if (found === null) return added(page, path, sectionLines(standard, null, templates));
    const { blocks, to } = headOf(page, found);
    const put = sectionLines(standard, { page, blocks }, templates);
    return edited(page, [{ from: found.from, to, put }]);
  });
}

/** Marks the standard's section as what the register says: retired or expired. All else in it stays. */
export function markedSection(path: string, standard: Standard, templates: Templates = {}): FileUpdate {
  return fileUpdate(path, (content) => {
    const page = readPage(path, content);
    const found = sectionFor(page, standard);
    if (found === null)
      throw new CannotUpdate(`The page \`${path}\` has no section for the standard \`${standard.slug}\`.`);
    const status = render("status", templateText("status", templates), { standard }).trim().split("\n");
    const { blocks, to } = headOf(page, found);
    const old = blocks.find(isStatus);
    if (old !== undefined)
      return edited(page, [{ from: old.from, to: lastLine(page, old.from, old.to), put: status }]);
    const [first] = found.blocks;
    return edited(page, [
      first === undefined
        ? { from: to, to, put: ["", ...status] }
        : { from: first.from, to: first.from, put: [...status, ""] },
    ]);
  });
}

/** The section of a standard: the one with its specification's address, else the one with its title. */
function sectionFor(page: Page, standard: Standard): PageSection | null {
  const sections = page.sections.filter(({ level }) => level === SECTION_LEVEL);
  const wanted = new Set(
    standard.links.filter(({ label }) => label === SPECIFICATION_LABEL).map(({ url }) => addressKey(url)),
  );
  const titled = sections.filter(({ title }) => title === titleKey(standard.title));
  const linked = wanted.size === 0 ? [] : sections.filter((section) => linksTo(section, wanted));
  const both = linked.filter((section) => titled.includes(section));
  const candidates = linked.length === 0 ? titled : both.length > 0 ? both : linked;
  const [found, ...more] = candidates;
  if (more.length > 0)
    throw new CannotUpdate(
      `The page has ${candidates.length} sections for the standard \`${standard.slug}\`.`,
    );
  return found ?? null;
}

function linksTo(section: PageSection, wanted: ReadonlySet<string>): boolean {
  return section.blocks.some(
    ({ kind, source }) =>
      kind === "paragraph" &&
      piecesOf(source).some((piece) => piece.kind === "link" && wanted.has(addressKey(piece.url))),
  );
}

function addressKey(address: string): string {
  return URL.parse(address, "https://site.invalid")?.href ?? address;
}

function added(page: Page, path: string, section: readonly string[]): string {
  const list = page.sections.findLast(({ level }) => level === SECTION_LEVEL);
  const top = page.sections.find(({ level }) => level === 1);
  const above = list ?? top;
  if (above === undefined)
    throw new CannotUpdate(
      `The page \`${path}\` has neither a heading of the first level nor a section, so it cannot be a list of standards.`,
    );
  // At the page's end the blank lines there stay before the new section, so that nothing changes but what is added.
  const isLast = above.to >= page.lines.length;
  const end = lastLine(page, above.from, above.to);
  const at = isLast ? page.lines.length : end;
  const put = [...(at > end ? [] : [""]), ...section];
  return edited(page, [{ from: at, to: at, put: isLast || end < above.to ? put : [...put, ""] }]);
}

type Old = { readonly page: Page; readonly blocks: readonly Block[] };

function sectionLines(standard: Standard, old: Old | null, templates: Templates): readonly string[] {
  const text = render("section", templateText("section", templates), {
    standard,
    description: standard.summary ?? keptProse(old),
    labels: labelled(standard.links, old),
  });
  const lines = text.trim().split("\n");
  if (!/^##\s+\S/.test(lines[0] ?? ""))
    throw new CannotUpdate("The template `section` does not begin with a heading of the second level.");
  return lines;
}

/** What a section says of a standard that the register does not describe. */
function keptProse(old: Old | null): Markup | null {
  if (old === null) return null;
  const prose = old.blocks.filter((block) => labelOf(block) === null && !isStatus(block));
  const text = prose.map((block) => sourceOf(old.page, block)).join("\n\n");
  return text === "" ? null : new Markup(text);
}

/** The register's links by label, in the page's order; with the paragraphs of labels that the register does not have. */
export function labelled(links: readonly RegisteredLink[], old: Old | null): readonly LabelledLinks[] {
  const ours = new Map(links.map(({ label }) => [titleKey(label), label]));
  const linksOf = (label: string): LabelledLinks => ({
    label,
    links: links.filter((link) => titleKey(link.label) === titleKey(label)),
    kept: null,
  });
  const kept = (old?.blocks ?? []).flatMap((block): readonly LabelledLinks[] => {
    const label = labelOf(block);
    if (old === null || label === null) return [];
    const known = ours.get(titleKey(label));
    ours.delete(titleKey(label));
    if (known !== undefined) return [linksOf(known)];
    const isOurs = links.some((link) => titleKey(link.label) === titleKey(label));
    return isOurs ? [] : [{ label, links: [], kept: new Markup(sourceOf(old.page, block)) }];
  });
  const further = [...ours.values()].map(linksOf);
  return [...further.filter(isSpecification), ...kept, ...further.filter((each) => !isSpecification(each))];
}

function isSpecification({ label }: LabelledLinks): boolean {
  return label === SPECIFICATION_LABEL;
}

/** `Lead` of a paragraph `Lead: [MISP Project](…)`. */
function labelOf(block: Block): string | null {
  if (block.kind !== "paragraph") return null;
  return /^([\p{L}\p{N}][^:[\]\n]{0,80}): ?\[/u.exec(block.source.slice(0, 200))?.[1] ?? null;
}

function isStatus(block: Block): boolean {
  return block.kind === "paragraph" && block.source.startsWith("Status: ");
}
