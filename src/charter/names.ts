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

/** A file below the root of a repository, `register.json` or `docs/register.json`. */
export function parseFile(text: string): string | null {
  return text.length <= 200 && text.split("/").every(isFileName) ? text : null;
}

/** A website's address without a slash at its end: http(s), no user, nothing after the path. */
export function parseAddress(text: string): string | null {
  const url = text.length <= 300 && /^https?:\/\/[!-~]+$/i.test(text) ? URL.parse(text) : null;
  if (url === null || url.username !== "" || url.password !== "" || /[?#"<>\\^`{|}]/.test(text)) return null;
  return url.href.endsWith("/") ? url.href.slice(0, -1) : url.href;
}

/** The second part of a draft's name, `misp` in `draft-misp-core-format`: the IETF's names have hyphens between parts. */
export function isDraftOwner(text: string): boolean {
  return /^[a-z0-9]+$/.test(text);
}

/** An e-mail address as HTML's forms have it, with a dot in its domain; without what would be markup elsewhere. */
export function isEmail(text: string): boolean {
  const [mailbox = "", domain = "", ...more] = text.split("@");
  if (more.length > 0 || text.length > 254 || mailbox.length > 64) return false;
  const labels = domain.split(".");
  const isDomain = labels.length > 1 && labels.every((label) => label.length <= 63 && isDomainLabel(label));
  return isDomain && mailbox.split(".").every((part) => /^[A-Za-z0-9!#$%&'*+/=?^_{}~-]+$/.test(part));
}

function isDomainLabel(label: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(label) && !label.startsWith("-") && !label.endsWith("-");
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
