/** What somebody at the command line wants a draft to be called, and what is assumed where nobody says anything. */
import { parse } from "node:path";
import type { Prepared } from "../ietf/make-draft.ts";
import type { Instant } from "../proposal/instant.ts";
import { slugOf } from "../proposal/slug.ts";
import {
  type Author,
  type Draft,
  type FrontMatter,
  NO_POSTAL,
  type ReadDraft,
  type Unexpressed,
} from "../publication/draft/model.ts";
import { dateFrom } from "../publication/draft/title-values.ts";
import { allSections, plainText } from "../publication/draft/walk.ts";

export type Wishes = {
  readonly title: string | null;
  /** With its revision. */
  readonly name: string | null;
  /** `2026-12-20`. */
  readonly date: string | null;
  readonly authors: readonly string[];
};

export type Source = { readonly fileName: string; readonly text: string; readonly now: Instant };

/** Makes a draft of what was read from the source. */
export function prepareWith(wishes: Wishes, source: Source): (read: ReadDraft) => Prepared {
  return (read) => {
    const front = wishedFront(wishes, read, source);
    const { name, lacking } = nameOf(wishes, read.draft.front.docName, front.title);
    return { draft: { ...read.draft, front: { ...front, docName: name } }, name, lacking, raw: source.text };
  };
}

/** Wishes go before what the text says, and what the text says before what is assumed. */
function wishedFront(
  wishes: Wishes,
  { draft }: ReadDraft,
  { fileName, now }: Source,
): FrontMatter & { readonly title: string } {
  const { front } = draft;
  const wished = wishes.authors.map(authorCalled);
  return {
    ...front,
    title: wishes.title ?? front.title ?? firstHeading(draft) ?? parse(fileName).name,
    stream: front.stream ?? "independent",
    date: dateFrom(wishes.date ?? "") ?? front.date ?? dateFrom(now),
    authors: wished.length > 0 ? wished : front.authors,
  };
}

/** Stands in a name for the author or the group that nobody has named. */
const WHO = "unnamed";

/** A name becomes that of files, so that a text may not choose just any. */
function nameOf(
  wishes: Wishes,
  said: string | null,
  title: string,
): { readonly name: string; readonly lacking: readonly Unexpressed[] } {
  if (wishes.name !== null) return { name: wishes.name, lacking: [] };
  const assumed = `draft-${WHO}-${slugOf(null, title)}-00`;
  if (said === null) return { name: assumed, lacking: [] };
  if (!/^draft(?:-[a-z0-9]{1,60}){1,12}$/.test(said)) {
    const what = `the docName in the title block, which is no draft's name; ${assumed} stands in its place`;
    return { name: assumed, lacking: [{ line: 1, what }] };
  }
  return { name: /-[0-9]{2}$/.test(said) ? said : `${said}-00`, lacking: [] };
}

function firstHeading(draft: Draft): string | null {
  const [first] = allSections(draft);
  return first === undefined ? null : plainText(first.title).trim() || null;
}

function authorCalled(fullname: string): Author {
  const words = fullname.trim().split(/\s+/);
  const surname = words.at(-1) ?? "";
  const initials = words.slice(0, -1).map((word) => `${[...word][0]}.`);
  return {
    fullname: words.join(" "),
    initials: initials.join(" ") || null,
    surname: surname || null,
    role: null,
    organization: null,
    organizationAbbrev: null,
    email: null,
    phone: null,
    uri: null,
    postal: NO_POSTAL,
  };
}
