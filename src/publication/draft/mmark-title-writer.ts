/** The title block of an mmark source, as the committee's drafts have theirs. */
import type { Author, Category, DraftDate, FrontMatter, Postal } from "./model.ts";

const STATUS: Readonly<Record<Category, string>> = {
  std: "standard",
  bcp: "bcp",
  exp: "experimental",
  info: "informational",
  historic: "historic",
};

/** The lines from `%%%` to `%%%`. */
export function titleBlockLines(front: FrontMatter): readonly string[] {
  return [
    "%%%",
    ...pair("Title", front.title),
    ...pair("abbrev", front.abbrev),
    ...pair("category", front.category),
    ...pair("docName", front.docName),
    ...pair("ipr", front.ipr),
    ...list("area", front.areas),
    ...list("workgroup", front.workgroups),
    ...list("keyword", front.keywords),
    ...pair("submissiontype", front.stream),
    ...(front.consensus === null ? [] : [`consensus = ${front.consensus}`]),
    ...(front.updates.length === 0 ? [] : [`updates = [${front.updates.join(", ")}]`]),
    ...(front.obsoletes.length === 0 ? [] : [`obsoletes = [${front.obsoletes.join(", ")}]`]),
    ...(front.date === null ? [] : [`date = ${dateText(front.date)}`]),
    ...seriesLines(front),
    ...front.authors.flatMap(authorLines),
    "%%%",
  ];
}

/** A whole day is a moment in TOML, as mmark wants it; a month or a year alone can only be text. */
export function dateText({ year, month, day }: DraftDate): string {
  const digits = [
    String(year).padStart(4, "0"),
    ...[month, day].map((part) => String(part ?? 0).padStart(2, "0")),
  ];
  if (month !== null && day !== null) return `${digits.join("-")}T00:00:00Z`;
  return quoted(month === null ? (digits[0] ?? "") : digits.slice(0, 2).join("-"));
}

/** mmark takes the document's name for its XML from here. */
function seriesLines({ docName, stream, category }: FrontMatter): readonly string[] {
  if (docName === null) return [];
  return [
    "",
    "[seriesInfo]",
    ...pair("name", "Internet-Draft"),
    ...pair("value", docName),
    ...pair("stream", stream),
    ...pair("status", category === null ? null : STATUS[category]),
  ];
}

function authorLines(author: Author): readonly string[] {
  const address = [
    ...pair("email", author.email),
    ...pair("phone", author.phone),
    ...pair("uri", author.uri),
  ];
  const postal = postalLines(author.postal);
  return [
    "",
    "[[author]]",
    ...pair("initials", author.initials),
    ...pair("surname", author.surname),
    ...pair("fullname", author.fullname === "" ? null : author.fullname),
    ...pair("role", author.role),
    ...pair("abbrev", author.organizationAbbrev),
    ...pair("organization", author.organization),
    ...(address.length > 0 ? [" [author.address]", ...address.map((line) => ` ${line}`)] : []),
    ...(postal.length > 0 ? [" [author.address.postal]", ...postal.map((line) => ` ${line}`)] : []),
  ];
}

function postalLines({ street, city, region, code, country }: Postal): readonly string[] {
  const [only, ...more] = street;
  return [
    ...(more.length === 0 ? pair("street", only ?? null) : list("streets", street)),
    ...pair("city", city),
    ...pair("region", region),
    ...pair("code", code),
    ...pair("country", country),
  ];
}

function pair(key: string, value: string | null): readonly string[] {
  return value === null ? [] : [`${key} = ${quoted(value)}`];
}

function list(key: string, values: readonly string[]): readonly string[] {
  if (values.length === 0) return [];
  // mmark knows one area and one workgroup, as text, and any number of keywords.
  if (values.length === 1 && key !== "keyword") return pair(key, values[0] ?? null);
  return [`${key} = [${values.map(quoted).join(", ")}]`];
}

/** TOML's basic strings are JSON's, and DEL, which JSON leaves as it is, is none of a text's characters. */
function quoted(text: string): string {
  return JSON.stringify(text.replaceAll("\u007F", ""));
}
