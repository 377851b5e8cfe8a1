/** Which files of which repository an approved proposal changes, and how: values that wait for what stands there. */
import type { PublicationTerms } from "../charter/charter.ts";
import { webOf } from "../messages/web.ts";
import type { TextPin } from "../proposal/entries.ts";
import type { IssueFact, Repository } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import { CannotUpdate, type FileUpdate, fileUpdate, writtenFile } from "./file-update.ts";
import type { Register, RegisteredLink, Standard } from "./register/model.ts";
import { standardIn } from "./register/model.ts";
import { writeRegister } from "./register/text.ts";
import { newsPost, specificationLinks, standardFiles } from "./website/news.ts";
import { standardItem } from "./website/readme-list.ts";
import { markedSection, SPECIFICATION_LABEL, standardSection } from "./website/standards-page.ts";
import type { Templates } from "./website/templates.ts";

type Rendered = { readonly text: string; readonly html: string };

/** What is known of a publication once its draft is made. */
export type Contents = {
  readonly issue: Pick<IssueFact, "ref" | "url">;
  readonly committee: string;
  readonly terms: PublicationTerms;
  readonly pin: TextPin;
  readonly decided: Instant;
  /** The register before, and after. */
  readonly before: Register;
  readonly after: Register;
  readonly source: {
    readonly path: string;
    readonly content: string;
    /** `null`: no draft was made. */
    readonly xml: string | null;
  } | null;
  readonly rendered: Rendered | null;
  /** Does the text of the standard, which the list of standards links to, stand in its repository already? */
  readonly hasText: boolean;
  readonly decision: { readonly path: string; readonly content: string };
  readonly templates: Templates;
};

/** The changes of the repository that holds the standards. */
export function standardsUpdates(contents: Contents): readonly FileUpdate[] {
  const { source, rendered, decision, terms, after, templates } = contents;
  const standard = standardOf(contents);
  return [
    ...(source === null ? [] : [writtenFile(source.path, source.content)]),
    ...(source === null || source.xml === null ? [] : [writtenFile(`${source.path}.xml`, source.xml)]),
    ...(source === null || rendered === null
      ? []
      : [
          writtenFile(`${source.path}.txt`, rendered.text),
          writtenFile(`${source.path}.html`, rendered.html),
        ]),
    writtenFile(decision.path, decision.content),
    ...(terms.register === null ? [] : [writtenFile(terms.register, writeRegister(after))]),
    ...(terms.readme === null
      ? []
      : [
          standardItem(
            terms.readme,
            {
              standard,
              source: terms.source,
              hasText: rendered !== null || contents.hasText,
              submitted: terms.ietf !== null,
            },
            templates,
          ),
        ]),
  ];
}

/** The changes of the website. */
export function websiteUpdates(contents: Contents): readonly FileUpdate[] {
  const { terms, pin, decided, committee, issue, rendered, templates } = contents;
  const { website } = terms;
  if (website === null) return [];
  const standard = standardOf(contents);
  const { owner, name, number } = issue.ref;
  const proposal = { name: `${owner}/${name}#${number}`, url: issue.url };
  const news = { standard, committee, kind: pin.proposal, date: decided, proposal };
  return [
    ...pageUpdates(contents, standard),
    ...standardFiles(website, standard, { txt: rendered?.text ?? null, html: rendered?.html ?? null }),
    ...(website.posts === null ? [] : [newsPost(website.posts, news, templates)]),
  ];
}

/** A standard that was never published has no section to mark when it is given up: the page stays. */
function pageUpdates(contents: Contents, standard: Standard): readonly FileUpdate[] {
  const { terms, pin, before, templates } = contents;
  if (terms.website === null) return [];
  const { page } = terms.website;
  if (pin.proposal !== "retirement") return [standardSection(page, standard, templates)];
  const status = standardIn(before, pin.slug)?.status;
  const wasShown = status !== "in design" && status !== "implemented";
  return [wasShown ? markedSection(page, standard, templates) : asItStands(page)];
}

function asItStands(path: string): FileUpdate {
  return fileUpdate(path, (content) => {
    if (content === null) throw new CannotUpdate(`There is no file \`${path}\`.`);
    return content;
  });
}

function standardOf({ after, pin }: Contents): Standard {
  const standard = standardIn(after, pin.slug);
  if (standard === null) throw new Error("A publication that the register does not know");
  return standard;
}

/**
 * The links to the standard itself: to its text and HTML, if they are made, and never to what is not there. Those that
 * the register has stay; a standard without any is linked to by its source.
 */
export function linksTo(
  terms: PublicationTerms,
  standard: Pick<Standard, "slug" | "files" | "links">,
  is: {
    readonly rendered: boolean;
    readonly issue: Pick<IssueFact, "url">;
    readonly repository: Repository;
    readonly sourcePath: string | null;
  },
): readonly RegisteredLink[] {
  if (terms.website !== null && is.rendered) return specificationLinks(terms.website, standard);
  if (is.sourcePath === null || standard.links.some(({ label }) => label === SPECIFICATION_LABEL)) return [];
  const { owner, name } = is.repository;
  const parts = [owner, name, "blob", "HEAD", ...is.sourcePath.split("/")].map(encodeURIComponent);
  return [{ label: SPECIFICATION_LABEL, text: "Source", url: `${webOf(is.issue)}/${parts.join("/")}` }];
}

/** The path of one more file beside the source of a standard. */
export function textPath(slug: string, source: string): string {
  return `${slug}/${source}.txt`;
}

/** Why an update cannot be published where no register names its standard, and no file holds it. */
export function noStandardAt(path: string, { owner, name }: Repository): CannotUpdate {
  return new CannotUpdate(
    `There is no file \`${path}\` in ${owner}/${name}, so that there is no standard for this to be an update of.`,
  );
}
