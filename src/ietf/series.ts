/** The IETF's series of documents, and where its bibliography keeps a reference to each. */

/** Where references are really found, and what a draft names when it has none written out. */
export const BIBLIOGRAPHY = "https://bib.ietf.org";

/** Names come from a draft's text: only what is one of these ever becomes part of an address. */
const SERIES_NUMBER = /^(RFC|BCP|STD|FYI)0{0,3}([1-9][0-9]{0,4})$/;
const DRAFT_NAME = /^I-D\.([A-Za-z0-9][A-Za-z0-9-]{0,149})$/;

/** The path of the reference to `RFC8259`, `BCP14` or `I-D.name`; null: the bibliography does not hold that kind. */
export function bibliographyPath(name: string): string | null {
  const draft = DRAFT_NAME.exec(name)?.[1];
  if (draft !== undefined) return `/public/rfc/bibxml-ids/reference.I-D.${draft}.xml`;
  const [, series, number] = SERIES_NUMBER.exec(name) ?? [];
  if (series === undefined || number === undefined) return null;
  const folder = series === "RFC" ? "bibxml" : "bibxml9";
  return `/public/rfc/${folder}/reference.${series}.${number.padStart(4, "0")}.xml`;
}

/** What a draft says where a reference could not be written out; null as above. Needs the network to be rendered. */
export function include(name: string): string | null {
  const path = bibliographyPath(name);
  return path === null ? null : `<xi:include href="${BIBLIOGRAPHY}${path}"/>`;
}
