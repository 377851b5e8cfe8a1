/** Names of Internet-Drafts, `draft-misp-core-format-00`: who, what, and the revision. */

/** A name without its revision, and the revision where the name has one. */
export type DraftName = { readonly bare: string; readonly revision: string | null };

/** idnits warns of files with more than 72 characters, of which the revision and `.xml` take seven. */
const LONGEST_BARE = 72 - "-00.xml".length;

/** More than any draft is called. */
const LONGEST_READ = 150;

/** The parts of a name, or `null` for what is no draft's name. A name becomes that of files, so that not just any will do. */
export function draftNameOf(name: string | null): DraftName | null {
  if (name === null || name.length > LONGEST_READ || !/^draft(?:-[a-z0-9]{1,60}){1,12}$/.test(name))
    return null;
  const revision = /-([0-9]{2})$/.exec(name)?.[1] ?? null;
  const bare = revision === null ? name : name.slice(0, -3);
  return bare === "draft" ? null : { bare, revision };
}

/** `draft-WHO-SLUG`; a slug that begins with who it is from does not say it twice. Both are slugs. */
export function draftNameFor(who: string, slug: string): string {
  const named = slug.startsWith(`${who}-`) ? slug : `${who}-${slug}`;
  return cut(`draft-${named}`, LONGEST_BARE);
}

/** Another name for the same, where that one is taken: it ends in the number of the proposal. */
export function numberedName(bare: string, number: number): string {
  const end = `-p${number}`;
  return `${cut(bare, LONGEST_BARE - end.length)}${end}`;
}

function cut(name: string, longest: number): string {
  return name.slice(0, longest).replace(/-$/, "");
}

/** The revision after a number of others; `00` after none. `null`: there is none after 99. */
export function revisionAfter(revisions: readonly string[]): string | null {
  const next = revisions.reduce((most, revision) => Math.max(most, Number(revision) + 1), 0);
  return next > 99 ? null : String(next).padStart(2, "0");
}
