/** What the IETF's bibliography says about the documents that the tests cite. */
import type { Bibliography } from "../../../src/publication/draft/model.ts";

const RFCS: readonly (readonly [number, string, string, string])[] = [
  [2119, "Key words for use in RFCs to Indicate Requirement Levels", "S. Bradner", "1997"],
  [4122, "A Universally Unique IDentifier (UUID) URN Namespace", "P. Leach", "2005"],
  [4880, "OpenPGP Message Format", "J. Callas", "2007"],
  [8174, "Ambiguity of Uppercase vs Lowercase in RFC 2119 Key Words", "B. Leiba", "2017"],
  [8259, "The JavaScript Object Notation (JSON) Data Interchange Format", "T. Bray", "2017"],
];

export const BIBLIOGRAPHY: Bibliography = new Map(
  RFCS.map(([number, title, author, year]) => [`RFC${number}`, rfc(number, title, author, year)]),
);

/** As the bibliography answers. */
function rfc(number: number, title: string, author: string, year: string): string {
  const [initials = "", surname = ""] = author.split(" ");
  return (
    `<reference anchor="RFC${number}" target="https://www.rfc-editor.org/info/rfc${number}">` +
    `<front><title>${title}</title>` +
    `<author initials="${initials}" surname="${surname}" fullname="${author}"><organization/></author>` +
    `<date month="March" year="${year}"/></front>` +
    `<seriesInfo name="RFC" value="${number}"/><seriesInfo name="DOI" value="10.17487/RFC${number}"/></reference>`
  );
}

/** A bibliography that knows every document by its name, for texts that cite any. */
export const EVERY_RFC: Bibliography = new (class extends Map<string, string> {
  override get(target: string): string {
    return rfc(Number(/^RFC(\d+)$/.exec(target)?.[1] ?? 1), `About ${target.length}`, "A. Body", "2000");
  }
})();
