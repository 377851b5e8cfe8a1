/** What a charter says of publication, in plain sentences; with nothing but defaults it is one. */
import type { DraftTerms, PublicationTerms, RepositoryName, WebsiteTerms } from "../charter/charter.ts";
import { durationInWords } from "../charter/words.ts";

/** One sentence or two a line, as plain text: escape it where it is shown. */
export function publicationSummary(terms: PublicationTerms): readonly string[] {
  const { draft, register, readme, website, ietf, maintenance } = terms;
  const target = terms.standards === null ? "this repository" : repository(terms.standards);
  return [
    `Approved proposals go to ${target}: the text as ${terms.source} in the folder of the standard, the decision in ${terms.decisions}/.`,
    draft === null ? null : draftInWords(draft),
    register === null ? null : `The register of standards is ${register} in ${target}.`,
    readme === null ? null : `The list of standards in ${readme} there is kept up to date.`,
    website === null ? null : websiteInWords(website),
    ietf === null ? null : `Merged drafts are submitted to the IETF by ${ietf.submitter}.`,
    maintenance === null
      ? null
      : `An issue asks for the next revision of a draft ${durationInWords(maintenance.before)} before it expires.`,
  ].filter((line) => line !== null);
}

function draftInWords({ who, category, stream, ipr, area, workgroup }: DraftTerms): string {
  const more = [
    area === null ? null : `area ${area}`,
    workgroup === null ? null : `working group ${workgroup}`,
  ].filter((part) => part !== null);
  const front = [`category ${category}`, `stream ${stream}`, `ipr ${ipr}`, ...more].join(", ");
  return `A text becomes an Internet-Draft, draft-${who}-NAME-NN: ${front}.`;
}

function websiteInWords(website: WebsiteTerms): string {
  const where = website.address === null ? "" : `, ${website.address}`;
  const news = website.posts === null ? "without news" : `news in ${website.posts}/`;
  const own = Object.entries(website.templates).map(([name, path]) => `${name} from ${path}`);
  const templates = own.length === 0 ? "" : ` Its own templates: ${own.join(", ")}.`;
  return `The website is ${repository(website.repository)}${where}: the page ${website.page}, ${news}, the standards as text and HTML in ${website.files}/.${templates}`;
}

function repository({ owner, name }: RepositoryName): string {
  return `${owner}/${name}`;
}
