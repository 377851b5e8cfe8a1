/** Which files a renewal or a mark changes, and how. Beside the source's title block nothing of a standard's text changes. */
import type { PublicationTerms } from "../../charter/charter.ts";
import { after, type Instant } from "../../proposal/instant.ts";
import { draftNameOf } from "../draft/names.ts";
import { frontOf } from "../draft/prepare.ts";
import { withRevision } from "../draft/revision.ts";
import { dayOf } from "../draft/title-values.ts";
import { CannotUpdate, type FileUpdate, writtenFile } from "../file-update.ts";
import { DRAFT_LASTS, type Register, type Standard, standardIn } from "../register/model.ts";
import { writeRegister } from "../register/text.ts";
import { expire, updateRevision } from "../register/updates.ts";
import { specificationLinks, standardFiles } from "../website/news.ts";
import { standardItem } from "../website/readme-list.ts";
import { markedSection, standardSection } from "../website/standards-page.ts";
import type { Templates } from "../website/templates.ts";
import type { Upkeep } from "./branches.ts";
import type { Expiring } from "./expiry.ts";

/**
 * The source of a standard at its next revision and date. Throws `CannotUpdate` where it is not what the register says it is,
 * or has no title block that could be changed.
 */
export function renewedSource(
  path: string,
  current: string | null,
  { draft, revision }: Pick<Expiring, "draft" | "revision">,
  next: { readonly docName: string; readonly at: Instant },
): string {
  if (current === null)
    throw new CannotUpdate(`There is no file \`${path}\`, so that its draft cannot be renewed.`);
  const said = draftNameOf(frontOf(current).docName);
  const isIt = said?.bare === draft && (said.revision === null || said.revision === revision);
  if (!isIt) {
    const own = said === null ? "none" : [said.bare, said.revision].filter((part) => part !== null).join("-");
    throw new CannotUpdate(
      `The register says that \`${path}\` is ${draft}-${revision}, and the name in its title block is ${own}. One of the two has to be mended first.`,
    );
  }
  const renewed = withRevision(current, { docName: next.docName, date: dayOf(next.at) });
  if (renewed !== null) return renewed;
  throw new CannotUpdate(
    `The title block of \`${path}\` cannot be changed by the App, so that a maintainer has to write the next revision by hand.`,
  );
}

/** The register once a renewal is merged. */
export function renewedRegister(
  register: Register,
  { standard, draft }: Pick<Expiring, "standard" | "draft">,
  next: { readonly revision: string; readonly at: Instant; readonly links: Standard["links"] },
): Register {
  const { revision, at, links } = next;
  const same = {
    title: standard.title,
    abbreviation: null,
    summary: null,
    editors: [],
    keywords: [],
    implementations: [],
  };
  const dates = { published: at, expires: after(at, DRAFT_LASTS) };
  return updateRevision(register, standard.slug, {
    ...same,
    draft,
    revision,
    links,
    proposal: null,
    ...dates,
  });
}

type Rendered = { readonly text: string; readonly html: string };

export type UpkeepContents = {
  readonly what: Upkeep;
  readonly slug: string;
  readonly terms: PublicationTerms;
  /** The register once this is merged. */
  readonly after: Register;
  /** `null` for a mark: the text stays as it is. */
  readonly source: { readonly path: string; readonly content: string; readonly xml: string } | null;
  readonly rendered: Rendered | null;
  /** Does the text of the standard stand in its repository already? */
  readonly hasText: boolean;
  readonly templates: Templates;
};

export function upkeepOfStandards(contents: UpkeepContents): readonly FileUpdate[] {
  const { source, rendered, terms, templates, hasText } = contents;
  const { register, readme } = terms;
  const listed = {
    standard: standardOf(contents),
    source: terms.source,
    hasText: hasText || rendered !== null,
    submitted: terms.ietf !== null,
  };
  return [
    ...(source === null ? [] : sourceFiles(source, rendered)),
    ...(register === null ? [] : [writtenFile(register, writeRegister(contents.after))]),
    ...(readme === null ? [] : [standardItem(readme, listed, templates)]),
  ];
}

function sourceFiles(
  { path, content, xml }: NonNullable<UpkeepContents["source"]>,
  rendered: Rendered | null,
) {
  return [
    writtenFile(path, content),
    writtenFile(`${path}.xml`, xml),
    ...(rendered === null
      ? []
      : [writtenFile(`${path}.txt`, rendered.text), writtenFile(`${path}.html`, rendered.html)]),
  ];
}

/** No news: nothing is new. */
export function upkeepOfWebsite(contents: UpkeepContents): readonly FileUpdate[] {
  const { what, rendered, terms, templates } = contents;
  const { website } = terms;
  if (website === null) return [];
  const standard = standardOf(contents);
  if (what === "mark") return [markedSection(website.page, standard, templates)];
  return [
    standardSection(website.page, standard, templates),
    ...standardFiles(website, standard, { txt: rendered?.text ?? null, html: rendered?.html ?? null }),
  ];
}

export function markedRegister(
  register: Register,
  { standard, expires }: Pick<Expiring, "standard" | "expires">,
): Register {
  return expire(register, standard.slug, expires);
}

/** To the text and HTML that come with a renewal; none: those that the register has stay. */
export function renewedLinks(
  terms: PublicationTerms,
  standard: Standard,
  isRendered: boolean,
): Standard["links"] {
  return terms.website !== null && isRendered ? specificationLinks(terms.website, standard) : [];
}

function standardOf({ after, slug }: UpkeepContents): Standard {
  const standard = standardIn(after, slug);
  if (standard === null) throw new CannotUpdate(`The register has no standard named ${slug}.`);
  return standard;
}
