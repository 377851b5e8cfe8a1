/** What fills in a renewed draft where its own title block and text say nothing: what the register and the charter know. */
import type { DraftTerms } from "../../charter/charter.ts";
import type { Instant } from "../../proposal/instant.ts";
import type { DraftDetails } from "../draft/complete-front.ts";
import { authorOf, organizationOf } from "../draft/people.ts";
import { dayOf } from "../draft/title-values.ts";
import type { Standard } from "../register/model.ts";

export function renewalDetails(
  standard: Standard,
  {
    docName,
    at,
    committee,
    terms,
  }: { docName: string; at: Instant; committee: string; terms: DraftTerms | null },
): DraftDetails {
  const authors = standard.editors.map(authorOf);
  return {
    docName,
    date: dayOf(at),
    title: standard.title,
    abbrev: standard.abbreviation,
    keywords: standard.keywords,
    authors: authors.length > 0 ? authors : [organizationOf(committee)],
    abstract: standard.summary,
    introduction: standard.summary,
    ...(terms === null ? {} : frontOf(terms)),
  };
}

function frontOf({ category, ipr, stream, area, workgroup }: DraftTerms) {
  return {
    category,
    ipr,
    stream,
    areas: area === null ? [] : [area],
    workgroups: workgroup === null ? [] : [workgroup],
  };
}
