/** Names that a charter may hold: what GitHub allows for accounts, teams and repositories, and safe paths. */

/**
 * GitHub's rule for a login: letters, digits and single hyphens, not at either end, at most 39 characters
 * (https://docs.github.com/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication).
 * Accounts that an enterprise manages end in an underscore and a short code.
 */
export function isLogin(text: string): boolean {
  if (text.length > 39) return false;
  const parts = text.split("_");
  if (parts.length > 2) return false;
  return parts.every((part) => part.split("-").every((word) => /^[A-Za-z0-9]+$/.test(word)));
}

/** A team's slug, the last part of its address: letters, digits, hyphens and underscores. */
function isTeamSlug(text: string): boolean {
  return text.length <= 100 && /^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(text);
}

/** A repository's name: letters, digits, `.`, `_`, `-`, at most 100 characters; GitHub keeps `.git` for itself. */
function isRepositoryName(text: string): boolean {
  if (text === "." || text === ".." || text.toLowerCase().endsWith(".git")) return false;
  return text.length <= 100 && /^[A-Za-z0-9._-]+$/.test(text);
}

/** `OWNER/REPOSITORY`, or `null`. */
export function parseRepository(text: string): { readonly owner: string; readonly name: string } | null {
  const [owner = "", name = "", ...more] = text.split("/");
  return more.length === 0 && isLogin(owner) && isRepositoryName(name) ? { owner, name } : null;
}

export type Name =
  | { readonly kind: "user"; readonly login: string }
  | { readonly kind: "team"; readonly organizationLogin: string; readonly slug: string };

/** `adulau` or `MISP/standard-committee`, with or without an `@` before it; `null` for anything else. */
export function parseName(text: string): Name | null {
  const [first = "", slug, ...more] = withoutAt(text).split("/");
  if (more.length > 0 || !isLogin(first)) return null;
  if (slug === undefined) return { kind: "user", login: first };
  return isTeamSlug(slug) ? { kind: "team", organizationLogin: first, slug } : null;
}

function withoutAt(text: string): string {
  return text.startsWith("@") ? text.slice(1) : text;
}

/** A file's or folder's name that is safe in a path everywhere: nothing hidden, nothing that climbs. */
export function isFileName(text: string): boolean {
  return text.length <= 100 && /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(text) && !text.endsWith(".");
}

/** A folder below the root of a repository, `decisions` or `docs/decisions`; a slash at the end does no harm. */
export function parseFolder(text: string): string | null {
  const folder = text.endsWith("/") ? text.slice(0, -1) : text;
  return folder.length <= 200 && folder.split("/").every(isFileName) ? folder : null;
}

/** A file below the root of a repository, `README.md` or `docs/list.md`. */
export function parseFile(text: string): string | null {
  return text.endsWith("/") ? null : parseFolder(text);
}

/** The path of a template, which is only ever read; of hidden folders `.github` may hold one. */
export function parseTemplatePath(text: string): string | null {
  if (!text.endsWith(".liquid")) return null;
  const start = text.startsWith(".github/") ? ".github/" : "";
  const path = parseFile(text.slice(start.length));
  return path === null ? null : start + path;
}

/** Words of small letters and digits with single hyphens between them, as the names of drafts have them. */
export function isDraftWord(text: string): boolean {
  return text.split("-").every((word) => /^[a-z0-9]+$/.test(word));
}

/** An e-mail address as people have them: no quotes, no comments, a domain with a dot. */
export function isEmail(text: string): boolean {
  const [local = "", domain = "", ...more] = text.split("@");
  const labels = domain.split(".");
  if (more.length > 0 || local.length > 64 || domain.length > 253 || labels.length < 2) return false;
  if (!local.split(".").every((word) => /^[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+$/.test(word))) return false;
  return labels.every(
    (label) => label.length <= 63 && /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label),
  );
}

/** The address of a website, `https://www.misp-standard.org` or with a path, without the slash at its end. */
export function parseAddress(text: string): string | null {
  const url = text.length <= 200 ? URL.parse(text) : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return null;
  const address = `${url.origin}${url.pathname}`.replace(/\/$/, "");
  return /^[A-Za-z0-9:/._~-]+$/.test(address) && address.length <= 200 ? address : null;
}

/** One line of text that says something: no control characters, none that turn the direction of reading. */
export function isOneLine(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text) && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u.test(text);
}

/** A heading that people can type and GitHub shows as it is: no Markdown in it, no colon at its end. */
export function isHeading(text: string): boolean {
  return isOneLine(text) && !/[#*_`<>[\]\\|]/.test(text) && !text.endsWith(":");
}

/** How two headings, logins or names are compared: letter case and doubled spaces tell nothing apart. */
export function sameName(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .split(/\s/)
    .filter((word) => word !== "")
    .join(" ");
}
