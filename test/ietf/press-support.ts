/** Orders for the press: an approved proposal of some kind, and repositories to read in. */
import type { PublicationTerms } from "../../src/charter/charter.ts";
import { createBibliography } from "../../src/ietf/bibliography.ts";
import { createPress } from "../../src/ietf/press.ts";
import { createRenderer, type Renderer } from "../../src/ietf/render.ts";
import { sha256 } from "../../src/proposal/docket.ts";
import type { ProposalDetails, TextPin } from "../../src/proposal/entries.ts";
import { instant } from "../../src/proposal/instant.ts";
import { publicationPlans, publishesText } from "../../src/proposal/publication-plan.ts";
import { fold } from "../../src/proposal/state.ts";
import type { MadeTarget, PressPort, PublicationOrder } from "../../src/reconcile/ports.ts";
import { sampleReadme, sampleStandardsPage } from "../../src/sandbox/sample-pages.ts";
import { sampleRegisterText } from "../../src/sandbox/sample-register.ts";
import { decisionOf } from "../support/sample-ballots.ts";
import { CHARTER, OPENED, REF, TEXT } from "../support/sample-committee.ts";

const ISSUE = { ref: REF, url: "https://github.com/MISP/misp-rfc/issues/12" };

/** The day on which the samples' ballot closes. */
export const DECIDED = "2027-01-03T09:30:01Z";

export const STANDARDS = "MISP/misp-rfc";
export const WEBSITE = "MISP/misp-standard.org";

export const TERMS: PublicationTerms = {
  standards: { owner: "MISP", name: "misp-rfc" },
  decisions: "decisions",
  source: "raw.md",
  draft: {
    who: "misp",
    category: "info",
    stream: "independent",
    ipr: "trust200902",
    area: null,
    workgroup: null,
  },
  website: {
    repository: { owner: "MISP", name: "misp-standard.org" },
    address: "https://www.misp-standard.org",
    page: "standards.md",
    posts: "_posts",
    files: "rfc",
    templates: {},
  },
  register: "register.json",
  readme: "README.md",
  ietf: null,
  maintenance: null,
};

const DETAILS: ProposalDetails = {
  authors: [
    {
      name: "Ada Example",
      organization: "Example CSIRT",
      email: "ada@example.org",
      country: "Luxembourg",
    },
  ],
  abbreviation: "Sightings",
  keywords: ["sighting", "indicator"],
  implementations: [{ name: "MISP", url: "https://github.com/MISP/MISP" }],
  description:
    "A format to exchange *sightings* of indicators between the instances of a sharing community, with their time and source.",
  objectives: "Let instances tell one another what they have seen, when, and how often.",
  security:
    "A sighting tells an adversary that an indicator is known. Implementations SHOULD restrict who sees it.",
};

export const TEXT_OF_ISSUE = `# Sighting format

## Format

A sighting is a JSON object (RFC 8259). It MUST carry a timestamp and a source:

\`\`\`json
{ "seen": "2026-12-20T09:30:00Z", "source": "sensor-1" }
\`\`\`
`;

/** A text that is an mmark draft already. */
export const TEXT_IN_MMARK = `%%%
Title = "MISP core format"
abbrev = "MISP core"
category = "info"
docName = "draft-dulaunoy-misp-core-format"
ipr = "trust200902"
date = 2024-01-02T00:00:00Z

[seriesInfo]
name = "Internet-Draft"
value = "draft-20"
stream = "independent"
status = "informational"

[[author]]
initials = "A."
surname = "Dulaunoy"
fullname = "Alexandre Dulaunoy"
organization = "CIRCL"
%%%

.# Abstract

The format in which instances exchange events.

{mainmatter}

# Introduction

An event is a JSON object [@!RFC8259].

# Security Considerations

None are known.

{backmatter}
`;

export type Given = {
  readonly text?: string | null;
  readonly pin?: Partial<TextPin>;
  readonly details?: Partial<ProposalDetails>;
  readonly terms?: Partial<PublicationTerms>;
  /** By `OWNER/NAME:PATH`; null takes one of the samples away. */
  readonly files?: Readonly<Record<string, string | null>>;
};

export const WORLD: Readonly<Record<string, string>> = {
  [`${STANDARDS}:register.json`]: sampleRegisterText(),
  [`${STANDARDS}:README.md`]: sampleReadme(),
  [`${WEBSITE}:standards.md`]: sampleStandardsPage(),
};

export type TestOrder = PublicationOrder & { readonly asked: readonly string[] };

/** A new standard, written in an issue, with everything that the form asks for; or what is given. */
export function orderOf(given: Given = {}): TestOrder {
  const text = given.text === undefined ? TEXT_OF_ISSUE : given.text;
  const terms = { ...TERMS, ...given.terms };
  const pin: TextPin = {
    ...TEXT,
    title: "Proposal: sighting format",
    slug: "sighting-format",
    source: "issue",
    text: sha256(text ?? ""),
    bytes: Buffer.byteLength(text ?? ""),
    ...given.pin,
    details: { ...DETAILS, ...given.details },
  };
  const state = stateOf(pin);
  const files: Readonly<Record<string, string | null>> = { ...WORLD, ...given.files };
  const asked: string[] = [];
  return {
    issue: ISSUE,
    state,
    committee: "MISP Standard Committee",
    terms,
    text: publishesText(state) ? text : null,
    plans: publicationPlans(state, REF, terms),
    async read({ owner, name }, path) {
      asked.push(`${owner}/${name}:${path}`);
      return files[`${owner}/${name}:${path}`] ?? null;
    },
    asked,
  };
}

function stateOf(pin: TextPin): PublicationOrder["state"] {
  const opened = { ...OPENED, text: pin };
  const by = { id: 1, login: "alice" };
  const at = OPENED.at;
  return fold([
    { kind: "received", issue: REF.number, author: by, title: pin.title, at },
    { kind: "documented", text: pin, at },
    { kind: "accepted", by, comment: 1, at },
    {
      kind: "comment-period-opened",
      closesAt: at,
      reminders: [],
      onEdit: "note",
      lasts: OPENED.terms.lasts,
      documentation: { sections: [] },
      text: pin,
      charter: CHARTER,
      at,
    },
    { kind: "comment-period-closed", feedback: [], at },
    opened,
    { kind: "ballot-posted", comment: 4711, at },
    decisionOf({ for: 6 }, "approved", opened).closed,
  ]);
}

/** The files of all targets by `OWNER/NAME:PATH`. */
export function filesOf(made: readonly MadeTarget[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    made.flatMap(({ plan: { repository }, files }) =>
      files.map(({ path, content }) => [`${repository.owner}/${repository.name}:${path}`, content]),
    ),
  );
}

/** A press with the sandbox's bibliography. Its clock is long after the decision, which must not matter. */
export function pressWith(bibliographyUrl: string, renderer: Renderer = PRINTER): PressPort {
  const kept = new Map<string, string>();
  return createPress({
    bibliography: createBibliography({
      url: bibliographyUrl,
      clock: { now: () => instant("2027-08-01T00:00:00Z") },
      timeoutMs: 2_000,
      cache: {
        recall: async (key) => kept.get(key) ?? null,
        remember: async (key, value) => void kept.set(key, value),
      },
    }),
    renderer,
  });
}

/** As if xml2rfc had been there. */
export const PRINTER: Renderer = {
  render: async () => ({ made: "both", text: "The text.\n", html: "<!DOCTYPE html>\n", warnings: [] }),
};

export const NO_PRINTER = createRenderer({ program: "xml2rfc-that-is-nowhere" });
