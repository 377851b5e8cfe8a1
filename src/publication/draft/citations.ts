/** What a draft cites, and which of it a bibliography knows. */
import type { Citation, Draft } from "./model.ts";
import { allInlines } from "./walk.ts";

/** Where the IETF's bibliography keeps one document. */
export type BibliographyEntry = {
  readonly folder: "bibxml" | "bibxml-ids" | "bibxml4" | "bibxml9";
  readonly file: string;
};

/** `RFC8259`, `I-D.ietf-foo`, `BCP14`, `STD68`, `W3C.REC-xml`; `null`: no bibliography has such a thing. */
export function bibliographyEntry(target: string): BibliographyEntry | null {
  const rfc = /^RFC0*([1-9]\d{0,4})$/.exec(target)?.[1];
  if (rfc !== undefined) return { folder: "bibxml", file: `reference.RFC.${rfc.padStart(4, "0")}.xml` };
  const draft = /^I-D\.([A-Za-z0-9][A-Za-z0-9._-]{0,120})$/.exec(target)?.[1];
  if (draft !== undefined) return { folder: "bibxml-ids", file: `reference.I-D.${draft}.xml` };
  const series = /^(BCP|STD)0*([1-9]\d{0,3})$/.exec(target);
  if (series)
    return { folder: "bibxml9", file: `reference.${series[1]}.${(series[2] ?? "").padStart(4, "0")}.xml` };
  const w3c = /^W3C\.([A-Za-z0-9][A-Za-z0-9._-]{0,120})$/.exec(target)?.[1];
  return w3c === undefined ? null : { folder: "bibxml4", file: `reference.W3C.${w3c}.xml` };
}

/** The address of a document's description in the IETF's bibliography. */
export function bibliographyUrl({ folder, file }: BibliographyEntry): string {
  return `https://bib.ietf.org/public/rfc/${folder}/${file}`;
}

/** Everything cited, once each, in the order of its name; `normative` if any citation of it says so. */
export function citedTargets(
  draft: Draft,
): readonly { readonly target: string; readonly normative: boolean }[] {
  const found = new Map<string, boolean>();
  for (const citation of citationsOf(draft)) {
    const normative = citation.use === "normative" || (found.get(citation.target) ?? false);
    found.set(citation.target, normative);
  }
  return [...found]
    .map(([target, normative]) => ({ target, normative }))
    .sort((one, other) => (one.target < other.target ? -1 : 1));
}

function citationsOf(draft: Draft): readonly Citation[] {
  return allInlines(draft).filter((inline): inline is Citation => inline.kind === "citation");
}
