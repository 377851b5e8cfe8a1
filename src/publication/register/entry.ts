/** What publication writes into the register about a standard. */
import type { ProposedAuthor, TextPin } from "../../proposal/entries.ts";
import type { ProposalRef } from "../../proposal/facts.ts";
import { after, type Instant } from "../../proposal/instant.ts";
import type { Author, FrontMatter } from "../draft/model.ts";
import { summaryOf } from "../summary.ts";
import { plainLine, proposedTitle } from "../titles.ts";
import {
  DRAFT_LASTS,
  type Editor,
  type Register,
  type RegisteredLink,
  type RegisteredProposal,
  type Standard,
  standardIn,
} from "./model.ts";
import { publishNew, type Revision, retire, updateRevision } from "./updates.ts";

export type Publication = {
  readonly pin: TextPin;
  readonly ref: ProposalRef;
  /** When the ballot closed. */
  readonly decided: Instant;
  readonly decisionPath: string;
  /** `null`: no draft was made. */
  readonly draft: { readonly bare: string; readonly revision: string; readonly front: FrontMatter } | null;
  readonly links: readonly RegisteredLink[];
};

/** The register after a publication. Throws `CannotUpdate` where it does not allow it. */
export function published(register: Register, publication: Publication): Register {
  const { pin, decided } = publication;
  switch (pin.proposal) {
    case "new":
      return publishNew(register, pin.slug, revisionOf(publication, standardIn(register, pin.slug)));
    case "update":
      return updateRevision(register, pin.slug, revisionOf(publication, standardIn(register, pin.slug)));
    case "retirement":
      return retire(register, pin.slug, behind(publication), decided);
  }
}

function revisionOf(publication: Publication, before: Standard | null): Revision {
  const { pin, decided, draft, links } = publication;
  const { details } = pin;
  const front = draft?.front ?? null;
  const title = titleFor(publication, before);
  return {
    title,
    abbreviation: optionalLine(details.abbreviation ?? ownAbbreviation(front, title), 100),
    // What an update says of itself describes the change, not the standard.
    summary: pin.proposal === "update" ? null : summaryOf(details.description),
    draft: draft?.bare ?? null,
    revision: draft?.revision ?? null,
    editors: front === null ? details.authors.flatMap(editorOf) : front.authors.flatMap(editorFrom),
    keywords: linesOf(front?.keywords ?? details.keywords, 100).slice(0, 100),
    implementations: details.implementations.flatMap(({ name, url }) => {
      const line = plainLine(name, 300);
      return line === "" ? [] : [{ name: line, url: webAddress(url) }];
    }),
    links,
    proposal: behind(publication),
    published: decided,
    expires: draft === null ? (before?.dates.expires ?? null) : after(decided, DRAFT_LASTS),
  };
}

/** The draft's title is the text's own, where that has one. */
function titleFor({ pin, draft }: Publication, before: Standard | null): string {
  const own = plainLine(draft?.front.title ?? "", 300);
  if (own !== "") return own;
  return pin.proposal === "update" && before !== null ? before.title : proposedTitle(pin.title);
}

/** For the head of a page a title is only cut, which is no abbreviation. */
function ownAbbreviation(front: FrontMatter | null, title: string): string | null {
  const abbrev = front?.abbrev ?? null;
  return abbrev === null || title.startsWith(abbrev) ? null : abbrev;
}

function behind({ pin, ref, decided, decisionPath, draft }: Publication): RegisteredProposal {
  return {
    repository: `${ref.owner}/${ref.name}`,
    number: ref.number,
    kind: pin.proposal,
    decided,
    decision: decisionPath,
    revision: draft?.revision ?? null,
  };
}

/** An organization that stands in the place of an author edits nothing. */
function editorFrom({ fullname, organization, email, postal }: Author): readonly Editor[] {
  return editorOf({ name: fullname, organization, email, country: postal.country });
}

function editorOf(person: ProposedAuthor): readonly Editor[] {
  const name = plainLine(person.name, 300);
  if (name === "") return [];
  const { organization, email, country } = person;
  return [
    {
      name,
      organization: optionalLine(organization, 300),
      email: optionalLine(email, 254),
      country: optionalLine(country, 100),
    },
  ];
}

function optionalLine(text: string | null, longest: number): string | null {
  return text === null ? null : plainLine(text, longest) || null;
}

function linesOf(texts: readonly string[], longest: number): readonly string[] {
  return texts.map((text) => plainLine(text, longest)).filter((line) => line !== "");
}

/** `null` for what is no address on the web. */
function webAddress(address: string | null): string | null {
  const url = address === null || address.length > 2_000 ? null : URL.parse(address);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return url.username === "" && url.password === "" ? url.href : null;
}
