/** What somebody at the command line wants a draft to be called, and what is assumed where nobody says anything. */
import { parse } from "node:path";
import type { Instant } from "../proposal/instant.ts";
import { slugOf } from "../proposal/slug.ts";
import type { Draft, FrontMatter, ReadDraft, Unexpressed } from "../publication/draft/model.ts";
import { draftNameFor, draftNameOf } from "../publication/draft/names.ts";
import { authorOf } from "../publication/draft/people.ts";
import { type Prepared, prepareDraft } from "../publication/draft/prepare.ts";
import { dateFrom, dayOf } from "../publication/draft/title-values.ts";

export type Wishes = {
  readonly title: string | null;
  /** With its revision. */
  readonly name: string | null;
  /** `2026-12-20`. */
  readonly date: string | null;
  readonly authors: readonly string[];
};

export type Source = { readonly fileName: string; readonly text: string; readonly now: Instant };

/** Makes a draft of what was read from the source. A text that is mmark already stays as it is, unless somebody wants another title or author. */
export function prepareWith(wishes: Wishes, source: Source): (read: ReadDraft) => Prepared {
  return (read) => {
    const { draft } = read;
    const front = wishedFront(wishes, draft, source);
    const { name, remarks } = nameOf(wishes, draft.front.docName, front.title);
    const date = dateFrom(wishes.date ?? "") ?? draft.front.date ?? dayOf(source.now);
    const keeping = wishes.title === null && wishes.authors.length === 0 ? "revised" : "anew";
    const wished = { ...read, draft: { ...draft, front } };
    const prepared = prepareDraft(wished, source.text, { docName: name, date }, keeping);
    return { ...prepared, changed: [...remarks, ...prepared.changed] };
  };
}

/** Wishes go before what the text says, and what the text says before what is assumed. */
function wishedFront(
  wishes: Wishes,
  draft: Draft,
  { fileName }: Source,
): FrontMatter & { readonly title: string } {
  const { front } = draft;
  const title = wishes.title ?? front.title ?? parse(fileName).name;
  const authors = wishes.authors.map((name) => authorOf({ name }));
  return { ...front, title, authors: authors.length > 0 ? authors : front.authors };
}

/** Stands in a name for the author or the group that nobody has named. */
const WHO = "unnamed";

/** A name becomes that of files, so that a text may not choose just any. */
function nameOf(
  wishes: Wishes,
  said: string | null,
  title: string,
): { readonly name: string; readonly remarks: readonly Unexpressed[] } {
  if (wishes.name !== null) return { name: wishes.name, remarks: [] };
  const assumed = `${draftNameFor(WHO, slugOf(null, title))}-00`;
  if (said === null) return { name: assumed, remarks: [] };
  const own = draftNameOf(said);
  if (own === null) {
    const what = `the docName in the title block, which is no draft's name; ${assumed} stands in its place`;
    return { name: assumed, remarks: [{ line: 1, what }] };
  }
  return { name: `${own.bare}-${own.revision ?? "00"}`, remarks: [] };
}
