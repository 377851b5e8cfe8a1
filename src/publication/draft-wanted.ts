/** Which draft is made of an approved text: its name, its revision, and what its front matter says. */
import type { DraftTerms } from "../charter/charter.ts";
import type { TextPin } from "../proposal/entries.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import type { Instant } from "../proposal/instant.ts";
import type { DraftDetails } from "./draft/complete-front.ts";
import type { Author, FrontMatter, Unexpressed } from "./draft/model.ts";
import { type DraftName, draftNameFor, draftNameOf, numberedName, revisionAfter } from "./draft/names.ts";
import { authorOf, organizationOf } from "./draft/people.ts";
import { frontOf, hasTitleBlock, type Keeping } from "./draft/prepare.ts";
import { dayOf } from "./draft/title-values.ts";
import { CannotUpdate } from "./file-update.ts";
import { type Register, type Standard, standardIn } from "./register/model.ts";
import { isSame } from "./register/updates.ts";
import { proposedTitle } from "./titles.ts";

export type DraftGround = {
  readonly pin: TextPin;
  readonly ref: ProposalRef;
  readonly committee: string;
  readonly terms: DraftTerms;
  readonly text: string;
  readonly register: Register;
  /** The source of the standard as it stands in its repository; `null`: there is none. */
  readonly current: string | null;
  /** When the committee decided: what is made does not depend on when it is made. */
  readonly decided: Instant;
};

export type WantedDraft = {
  readonly bare: string;
  readonly revision: string;
  readonly details: DraftDetails;
  readonly keeping: Keeping;
  /** What the proposal does not say, and what stands in its place. */
  readonly lacking: readonly Unexpressed[];
};

/** Throws `CannotUpdate` where the draft has no further revision. */
export function wantedDraft(ground: DraftGround): WantedDraft {
  const { pin, text, register, decided } = ground;
  const isUpdate = pin.proposal === "update";
  const standard = standardIn(register, pin.slug);
  const own = frontOf(text);
  const { bare, revision, lacking } =
    madeBefore(ground, standard) ??
    (isUpdate ? nextName(ground, standard, own) : firstName(ground, standard, own));
  const authors = authorsFor(ground, standard, own);
  return {
    bare,
    revision,
    details: {
      ...detailsOf(ground, standard),
      docName: `${bare}-${revision}`,
      date: dayOf(decided),
      authors: authors.length > 0 ? authors : [organizationOf(ground.committee)],
    },
    keeping: !hasTitleBlock(text) ? "anew" : isUpdate ? "revised" : "as written",
    lacking: authors.length > 0 ? lacking : [...lacking, NO_AUTHOR],
  };
}

const NO_AUTHOR = { line: 0, what: "an author; the committee stands in the place of one" };

type Naming = DraftName & { readonly revision: string; readonly lacking: readonly Unexpressed[] };

/** What the register says already: one half of the publication was merged before the other. */
function madeBefore({ ref }: DraftGround, standard: Standard | null): Naming | null {
  const own = { repository: `${ref.owner}/${ref.name}`, number: ref.number };
  const revision = standard?.proposals.find((each) => isSame(each, own))?.revision ?? null;
  if (revision === null || !standard?.draft) return null;
  return { bare: standard.draft, revision, lacking: [] };
}

/** A name that the text itself has holds, as the text is published as it is; but not the name of another standard. */
function firstName(ground: DraftGround, standard: Standard | null, own: FrontMatter): Naming {
  const said = draftNameOf(own.docName);
  const taken = said === null ? null : holderOf(said.bare, ground);
  if (said !== null && taken === null)
    return { bare: said.bare, revision: said.revision ?? nextAfter(said.bare, standard), lacking: [] };
  const bare = standard?.draft ?? freeName(ground);
  return { bare, revision: nextAfter(bare, standard), lacking: nameRemarks(own, bare, taken) };
}

function nameRemarks(own: FrontMatter, bare: string, taken: Standard | null): readonly Unexpressed[] {
  if (own.docName === null) return [];
  const why = taken === null ? "is no draft’s name" : `is that of the standard ${taken.slug}`;
  const what = `a name of its own: the docName in its title block ${why}, so that ${bare} stands in the draft`;
  return [{ line: 1, what }];
}

/** The draft of a registered standard goes on, whatever the text calls itself. */
function nextName(ground: DraftGround, standard: Standard | null, own: FrontMatter): Naming {
  const said = draftNameOf(own.docName);
  const stands = ground.current === null ? null : draftNameOf(frontOf(ground.current).docName);
  const others = [stands, said].map((name) =>
    name !== null && holderOf(name.bare, ground) === null ? name : null,
  );
  const bare = standard?.draft ?? others.find((name) => name !== null)?.bare ?? freeName(ground);
  const known = [
    standard?.draft === bare ? standard.revision : null,
    stands?.bare === bare ? stands.revision : null,
  ].filter((revision) => revision !== null);
  if (known.length > 0) return { bare, revision: after(bare, known), lacking: [] };
  const guessed = said?.bare === bare ? said.revision : null;
  return {
    bare,
    revision: guessed ?? "00",
    lacking: standard?.draft === bare ? [unknownRevision(bare)] : [],
  };
}

function unknownRevision(bare: string): Unexpressed {
  return {
    line: 0,
    what: `a number to go on from: the register does not say which revision of ${bare} is the current one`,
  };
}

function nextAfter(bare: string, standard: Standard | null): string {
  return after(bare, standard?.draft === bare && standard.revision !== null ? [standard.revision] : []);
}

function after(bare: string, revisions: readonly string[]): string {
  const next = revisionAfter(revisions);
  if (next !== null) return next;
  throw new CannotUpdate(
    `The draft ${bare} has reached revision 99, and an Internet-Draft has no further one.`,
  );
}

/** The other standard that has this draft's name. */
function holderOf(bare: string, { register, pin }: DraftGround): Standard | null {
  return register.standards.find((each) => each.slug !== pin.slug && each.draft === bare) ?? null;
}

function freeName(ground: DraftGround): string {
  const bare = draftNameFor(ground.terms.who, ground.pin.slug);
  return holderOf(bare, ground) === null ? bare : numberedName(bare, ground.ref.number);
}

function authorsFor({ pin }: DraftGround, standard: Standard | null, own: FrontMatter): readonly Author[] {
  if (own.authors.length > 0) return own.authors;
  const proposed = pin.details.authors.map(authorOf);
  if (proposed.length > 0) return proposed;
  return pin.proposal === "update" ? (standard?.editors ?? []).map(authorOf) : [];
}

/** What an update's description and objectives say is about the change; the register describes the standard. */
function detailsOf(
  { pin, terms }: DraftGround,
  standard: Standard | null,
): Omit<DraftDetails, "docName" | "date" | "authors"> {
  const { details } = pin;
  const known = pin.proposal === "update" ? standard : null;
  const introduction = [details.description, details.objectives].filter((part) => part !== null).join("\n\n");
  return {
    title: known?.title ?? proposedTitle(pin.title),
    abbrev: details.abbreviation ?? known?.abbreviation ?? null,
    category: terms.category,
    ipr: terms.ipr,
    stream: terms.stream,
    areas: terms.area === null ? [] : [terms.area],
    workgroups: terms.workgroup === null ? [] : [terms.workgroup],
    keywords: details.keywords.length > 0 ? details.keywords : (known?.keywords ?? []),
    abstract: known?.summary ?? details.description,
    introduction: known?.summary ?? (introduction === "" ? null : introduction),
    security: details.security,
  };
}
