/** The register of the MISP Standard Committee as a sandbox starts with it: its own list of standards. */
import { EMPTY_REGISTER, type Register, type Standard, unheardOf } from "../publication/register/model.ts";
import { writeRegister } from "../publication/register/text.ts";
import { specificationLinks } from "../publication/website/news.ts";

const WEBSITE = { files: "rfc", address: "https://www.misp-standard.org" };
const MISP = { name: "MISP", url: "https://github.com/MISP/MISP" };
const LEAD = { label: "Lead", text: "MISP Project", url: "https://www.misp-project.org/" };
const CIRCL = "Computer Incident Response Center Luxembourg";

/** What is not known is null: dates before the register was kept, and revisions that no list names. */
function standard(slug: string, title: string, more: Partial<Standard>): Standard {
  return { ...unheardOf(slug, title), status: "published", ...more };
}

/** A standard with a section on the website, where its files have names of their own. */
function onTheWebsite(slug: string, title: string, files: string, more: Partial<Standard>): Standard {
  const own = standard(slug, title, { files, implementations: [MISP], ...more });
  return { ...own, links: [...specificationLinks(WEBSITE, own), ...own.links] };
}

function library(label: string, html: string, pdf: string) {
  return [{ label, text: "HTML", url: html }, { label, text: "PDF", url: pdf }, LEAD];
}

function circl(...names: readonly string[]) {
  return names.map((name) => ({ name, organization: CIRCL, email: null, country: "Luxembourg" }));
}

const PUBLISHED: readonly Standard[] = [
  onTheWebsite("misp-core-format", "MISP core format", "misp-standard-core", {
    draft: "draft-dulaunoy-misp-core-format",
    revision: "20",
    editors: circl("Alexandre Dulaunoy", "Andras Iklody"),
    links: [LEAD],
  }),
  onTheWebsite(
    "misp-object-template-format",
    "MISP object template format",
    "misp-standard-object-template-format",
    {
      draft: "draft-dulaunoy-misp-object-template-format",
      revision: "03",
      links: library(
        "Object template library",
        "https://www.misp-project.org/objects.html",
        "https://www.misp-project.org/objects.pdf",
      ),
    },
  ),
  onTheWebsite("misp-taxonomy-format", "MISP taxonomy format", "misp-standard-taxonomy-format", {
    draft: "draft-dulaunoy-misp-taxonomy-format",
    revision: "11",
    editors: circl("Alexandre Dulaunoy", "Andras Iklody"),
    links: library(
      "Taxonomy library",
      "https://www.misp-project.org/taxonomies.html",
      "https://www.misp-project.org/taxonomies.pdf",
    ),
  }),
  onTheWebsite("misp-galaxy-format", "MISP galaxy format", "misp-standard-galaxy-format", {
    draft: "draft-dulaunoy-misp-galaxy-format",
    revision: "06",
    links: library(
      "Galaxy library",
      "https://www.misp-galaxy.org",
      "https://www.misp-project.org/galaxy.pdf",
    ),
  }),
  onTheWebsite("threat-actor-naming", "Threat Actor Naming", "threat-actor-naming", {
    implementations: [{ name: "MISP Galaxy", url: "https://www.misp-galaxy.org/threat-actor/" }],
  }),
  onTheWebsite("sightingdb-format", "SightingDB format", "sightingdb-format", {
    draft: "draft-tricaud-sightingdb-format",
    editors: [{ name: "Sebastien Tricaud", organization: "Devo Inc.", email: null, country: "USA" }],
    implementations: [{ name: "SightingDB", url: null }],
    links: [{ label: "Lead", text: "Devo Inc", url: "https://www.devo.com/" }],
  }),
];

const FURTHER: readonly Standard[] = [
  standard("misp-query-format", "MISP query format", {
    status: "implemented",
    editors: circl("Alexandre Dulaunoy", "Andras Iklody"),
    implementations: [MISP],
  }),
  standard("misp-noticelist-format", "MISP noticelist format", {
    status: "implemented",
    implementations: [MISP],
  }),
  standard("misp-warninglist-format", "MISP warninglist format", {
    status: "implemented",
    implementations: [MISP],
  }),
  standard("misp-modules-protocol", "MISP modules protocol", {
    status: "in design",
    implementations: [{ name: "misp-modules", url: "https://github.com/MISP/misp-modules" }],
  }),
  standard("misp-collaborative-voting-format", "MISP collaborative voting format", { status: "in design" }),
];

export const SAMPLE_REGISTER: Register = { ...EMPTY_REGISTER, standards: [...PUBLISHED, ...FURTHER] };

/** The text of the sample's `register.json`; without a standard that somebody is to propose as a new one. */
export function sampleRegisterText(without?: string): string {
  const standards = SAMPLE_REGISTER.standards.filter(({ slug }) => slug !== without);
  return writeRegister({ ...SAMPLE_REGISTER, standards });
}
