/** What somebody at the command line wants a draft to be called, and what is assumed where nobody says anything. */
import { parse } from "node:path";
import { type Prepared, readAgain } from "../ietf/make-draft.ts";
import type { Instant } from "../proposal/instant.ts";
import { slugOf } from "../proposal/slug.ts";
import { complete } from "../publication/draft/complete.ts";
import type { DraftDetails } from "../publication/draft/complete-front.ts";
import { dateText } from "../publication/draft/mmark-title-writer.ts";
import {
  type Author,
  type Draft,
  type DraftDate,
  type FrontMatter,
  NO_POSTAL,
  type ReadDraft,
  type Unexpressed,
} from "../publication/draft/model.ts";
import { withRevision } from "../publication/draft/revision.ts";
import { dateFrom } from "../publication/draft/title-values.ts";
import { toMmark } from "../publication/draft/to-mmark.ts";

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
    const { draft } = read;
    const front = wishedFront(wishes, draft, source);
    const { name, remarks } = nameOf(wishes, draft.front.docName, front.title);
    const date = dateFrom(wishes.date ?? "") ?? draft.front.date ?? today(source.now);
    const details = { docName: name, date };
    const completed = complete({ ...draft, front }, details);
    const { lacking } = completed;
    const changed = [...remarks, ...completed.changed];
    const raw = ownSource(wishes, source, read, details) ?? toMmark(completed.draft);
    return { name, lacking, changed, raw, draft: readAgain(raw, completed.draft, details) };
  };
}

/** A text that is mmark already stays as its authors wrote it, but for its revision and date; null: it has to be written anew. */
function ownSource(
  wishes: Wishes,
  { text }: Source,
  { draft, dialect }: ReadDraft,
  { docName, date }: DraftDetails,
): string | null {
  if (dialect !== "mmark" || wishes.title !== null || wishes.authors.length > 0) return null;
  const { front } = draft;
  const isSame = front.docName === docName && front.date !== null && dateText(front.date) === dateText(date);
  return isSame ? text : withRevision(text, { docName, date });
}

/** Wishes go before what the text says, and what the text says before what is assumed. */
function wishedFront(
  wishes: Wishes,
  draft: Draft,
  { fileName }: Source,
): FrontMatter & { readonly title: string } {
  const { front } = draft;
  const title = wishes.title ?? front.title ?? parse(fileName).name;
  const authors = wishes.authors.map(authorCalled);
  return { ...front, title, authors: authors.length > 0 ? authors : front.authors };
}

function today(now: Instant): DraftDate {
  const [year, month, day] = now.slice(0, 10).split("-").map(Number);
  return { year: year ?? 0, month: month ?? null, day: day ?? null };
}

/** Stands in a name for the author or the group that nobody has named. */
const WHO = "unnamed";

/** idnits warns of a file's name with more than 72 characters. */
const LONGEST_SLUG = 48;

/** A name becomes that of files, so that a text may not choose just any. */
function nameOf(
  wishes: Wishes,
  said: string | null,
  title: string,
): { readonly name: string; readonly remarks: readonly Unexpressed[] } {
  if (wishes.name !== null) return { name: wishes.name, remarks: [] };
  const assumed = `draft-${WHO}-${slugOf(null, title).slice(0, LONGEST_SLUG).replace(/-$/, "")}-00`;
  if (said === null) return { name: assumed, remarks: [] };
  if (!/^draft(?:-[a-z0-9]{1,60}){1,12}$/.test(said)) {
    const what = `the docName in the title block, which is no draft's name; ${assumed} stands in its place`;
    return { name: assumed, remarks: [{ line: 1, what }] };
  }
  return { name: /-[0-9]{2}$/.test(said) ? said : `${said}-00`, remarks: [] };
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
