/** The news of a publication: one post, written once. */

import type { WebsiteTerms } from "../../charter/charter.ts";
import type { Instant } from "../../proposal/instant.ts";
import { type FileUpdate, fileIn, writtenFile } from "../file-update.ts";
import type { RegisteredLink, RegisteredProposal, Standard } from "../register/model.ts";
import { render } from "./liquid.ts";
import { labelled, SPECIFICATION_LABEL } from "./standards-page.ts";
import { type Templates, templateText } from "./templates.ts";

export type News = {
  readonly standard: Standard;
  readonly committee: string;
  readonly kind: RegisteredProposal["kind"];
  readonly date: Instant;
  /** Where the decision can be followed: its name, `MISP/misp-rfc#12`, and its address. */
  readonly proposal: { readonly name: string; readonly url: string } | null;
};

/** `_posts/2024-12-31-Naming-Threat-Actor.md`: a standard has one post a day. */
export function newsPost(folder: string, news: News, templates: Templates = {}): FileUpdate {
  const words = news.standard.slug.split("-").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  const name = `${news.date.slice(0, 10)}-${words.join("-")}.md`;
  return writtenFile(fileIn(folder, name), postText(news, templates));
}

function postText(news: News, templates: Templates): string {
  const { standard, committee } = news;
  const text = render("post", templateText("post", templates), {
    ...news,
    labels: labelled(standard.links, null),
    headline: `${committee} - ${HEADLINES[news.kind](standard.title)}`,
    excerpt: EXCERPTS[news.kind](committee, standard.title),
  });
  return `${text.trimEnd()}\n`;
}

const HEADLINES: Readonly<Record<News["kind"], (title: string) => string>> = {
  new: (title) => `Introducing the standard ${title}`,
  update: (title) => `A new revision of ${title}`,
  retirement: (title) => `${title} is retired`,
};

const EXCERPTS: Readonly<Record<News["kind"], (committee: string, title: string) => string>> = {
  new: (committee, title) => `The ${committee} has approved and published a new standard: ${title}.`,
  update: (committee, title) => `The ${committee} has approved and published a new revision of ${title}.`,
  retirement: (committee, title) => `The ${committee} has retired the standard ${title}.`,
};

/** The name of a standard's files on the website: `misp-standard-core`. */
function filesName(standard: Pick<Standard, "slug" | "files">): string {
  return standard.files ?? standard.slug;
}

/** The standard as text and HTML, as they were rendered; what was not rendered is left out. */
export function standardFiles(
  website: Pick<WebsiteTerms, "files">,
  standard: Pick<Standard, "slug" | "files">,
  rendered: { readonly txt: string | null; readonly html: string | null },
): readonly FileUpdate[] {
  const path = (ending: string) => fileIn(website.files, `${filesName(standard)}.${ending}`);
  return [
    ...(rendered.txt === null ? [] : [writtenFile(path("txt"), rendered.txt)]),
    ...(rendered.html === null ? [] : [writtenFile(path("html"), rendered.html)]),
  ];
}

/** The links to those files, for the register; from the root of the site where the charter names no address. */
export function specificationLinks(
  website: Pick<WebsiteTerms, "files" | "address">,
  standard: Pick<Standard, "slug" | "files">,
): readonly RegisteredLink[] {
  const start = `${website.address ?? ""}/${website.files}/${filesName(standard)}`;
  return [
    { label: SPECIFICATION_LABEL, text: "TXT", url: `${start}.txt` },
    { label: SPECIFICATION_LABEL, text: "HTML", url: `${start}.html` },
  ];
}
