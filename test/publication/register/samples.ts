/** Standards and revisions to try the register, the page and the lists with. */
import { instant } from "../../../src/proposal/instant.ts";
import type { RegisteredProposal, Standard } from "../../../src/publication/register/model.ts";
import type { Revision } from "../../../src/publication/register/updates.ts";

export const PUBLISHED = instant("2026-12-20T09:30:00Z");
export const EXPIRES = instant("2027-06-23T09:30:00Z");

export function proposalNumbered(number: number, more: Partial<RegisteredProposal> = {}): RegisteredProposal {
  return {
    repository: "MISP/misp-rfc",
    number,
    kind: "new",
    decided: PUBLISHED,
    decision: `decisions/${String(number).padStart(4, "0")}.json`,
    revision: "00",
    ...more,
  };
}

export function revision(more: Partial<Revision> = {}): Revision {
  return {
    title: "Sighting format",
    abbreviation: null,
    summary: "A format for sightings.",
    draft: "draft-dulaunoy-sighting-format",
    revision: "00",
    editors: [{ name: "Ada", organization: null, email: null, country: null }],
    keywords: [],
    implementations: [],
    links: [],
    proposal: proposalNumbered(12),
    published: PUBLISHED,
    expires: EXPIRES,
    ...more,
  };
}

export function standard(more: Partial<Standard> = {}): Standard {
  return {
    slug: "sighting-format",
    title: "Sighting format",
    abbreviation: null,
    summary: "A format for sightings.",
    status: "published",
    draft: "draft-dulaunoy-sighting-format",
    revision: "00",
    files: null,
    editors: [],
    keywords: [],
    proposals: [proposalNumbered(12)],
    implementations: [],
    dates: { published: PUBLISHED, expires: EXPIRES, retired: null },
    links: [
      {
        label: "Specification",
        text: "TXT",
        url: "https://www.misp-standard.org/rfc/sighting-format.txt",
      },
      {
        label: "Specification",
        text: "HTML",
        url: "https://www.misp-standard.org/rfc/sighting-format.html",
      },
    ],
    ...more,
  };
}
