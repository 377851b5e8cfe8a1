/** The values of a title block as front matter. mmark reads its keys in any letter case, so this does too. */
import type { Instant } from "../../proposal/instant.ts";
import type { Author, Category, DraftDate, FrontMatter, Postal, Stream, Unexpressed } from "./model.ts";

export type Front = { readonly front: FrontMatter; readonly unexpressed: readonly Unexpressed[] };

type Values = ReadonlyMap<string, unknown>;

/** As mmark's own list of what `[seriesInfo] status` says about the category. */
const CATEGORIES: Readonly<Record<string, Category>> = {
  std: "std",
  "full-standard": "std",
  standard: "std",
  info: "info",
  informational: "info",
  exp: "exp",
  experimental: "exp",
  bcp: "bcp",
  historic: "historic",
};

const STREAMS: Readonly<Record<string, Stream>> = {
  ietf: "IETF",
  iab: "IAB",
  irtf: "IRTF",
  independent: "independent",
  editorial: "editorial",
};

const KNOWN = new Set(
  "title abbrev docname category ipr submissiontype consensus area workgroup keyword date seriesinfo author updates obsoletes".split(
    " ",
  ),
);

/** Without a meaning for what is made here; nothing of the text is lost by leaving them out. */
const SETTINGS = new Set("indexinclude sortrefs tocdepth language contact".split(" "));

/** More than any document has, and what a hostile one may cost. */
const MOST_AUTHORS = 200;

/** `lineFor`: the line of a key, counted from 1. */
export function frontFrom(table: unknown, lineFor: (key: string) => number): Front {
  const values = valuesOf(table);
  const series = valuesOf(values.get("seriesinfo"));
  const unexpressed: Unexpressed[] = [];
  for (const key of values.keys()) {
    if (KNOWN.has(key) || SETTINGS.has(key)) continue;
    unexpressed.push({ line: lineFor(key), what: `“${key.slice(0, 60)}” in the title block` });
  }
  const people = list(values.get("author"));
  if (people.length > MOST_AUTHORS) {
    unexpressed.push({ line: lineFor("[[author"), what: `all but the first ${MOST_AUTHORS} authors` });
  }
  const front: FrontMatter = {
    title: text(values.get("title")),
    abbrev: text(values.get("abbrev")),
    docName: nameWithRevision(text(values.get("docname")), text(series.get("value"))),
    category: CATEGORIES[lower(values.get("category"))] ?? CATEGORIES[lower(series.get("status"))] ?? null,
    ipr: text(values.get("ipr")),
    stream: STREAMS[lower(values.get("submissiontype"))] ?? STREAMS[lower(series.get("stream"))] ?? null,
    consensus: typeof values.get("consensus") === "boolean" ? values.get("consensus") === true : null,
    areas: texts(values.get("area")),
    workgroups: texts(values.get("workgroup")),
    keywords: texts(values.get("keyword")),
    date: dateOf(values.get("date")),
    authors: people.slice(0, MOST_AUTHORS).map(authorOf),
    updates: numbers(values.get("updates")),
    obsoletes: numbers(values.get("obsoletes")),
  };
  if (values.has("date") && front.date === null) {
    unexpressed.push({ line: lineFor("date"), what: "the date in the title block, which is none" });
  }
  return { front, unexpressed };
}

/**
 * A document's name with its revision. The committee's drafts say `draft-who-what` in one place and `draft-20` in
 * another, which together are `draft-who-what-20`.
 */
function nameWithRevision(docName: string | null, series: string | null): string | null {
  const revision = series === null ? null : (/^draft-(\d\d)$/.exec(series)?.[1] ?? null);
  if (docName === null) return revision === null ? series : null;
  if (/-\d\d$/.test(docName)) return docName;
  if (revision !== null) return `${docName}-${revision}`;
  return series !== null && series.slice(0, -3) === docName && /-\d\d$/.test(series) ? series : docName;
}

function authorOf(value: unknown): Author {
  const author = valuesOf(value);
  const address = valuesOf(author.get("address"));
  const initials = text(author.get("initials"));
  const surname = text(author.get("surname"));
  const organization = text(author.get("organization"));
  // mmark's drafts give an organization's abbreviation as `abbrev`, older ones as `organizationAbbrev`.
  const abbrev = text(author.get("abbrev")) ?? text(author.get("organizationabbrev"));
  return {
    fullname: text(author.get("fullname")) ?? [initials, surname].filter((part) => part !== null).join(" "),
    initials,
    surname,
    role: lower(author.get("role")) === "editor" ? "editor" : null,
    organization,
    organizationAbbrev: abbrev === organization ? null : abbrev,
    email: text(address.get("email")) ?? texts(address.get("emails"))[0] ?? null,
    phone: text(address.get("phone")),
    uri: text(address.get("uri")),
    postal: postalOf(address.get("postal")),
  };
}

function postalOf(value: unknown): Postal {
  const postal = valuesOf(value);
  return {
    street: [...texts(postal.get("street")), ...texts(postal.get("streets"))],
    city: text(postal.get("city")) ?? texts(postal.get("cities"))[0] ?? null,
    region: text(postal.get("region")) ?? texts(postal.get("regions"))[0] ?? null,
    code: text(postal.get("code")) ?? texts(postal.get("codes"))[0] ?? null,
    country: text(postal.get("country")) ?? texts(postal.get("countries"))[0] ?? null,
  };
}

function valuesOf(value: unknown): Values {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return new Map();
  return new Map(Object.entries(value).map(([key, each]) => [key.toLowerCase(), each]));
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function text(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return null;
  const trimmed = value.replace(/\s+/g, " ").trim();
  return trimmed === "" ? null : trimmed;
}

function lower(value: unknown): string {
  return text(value)?.toLowerCase() ?? "";
}

function texts(value: unknown): readonly string[] {
  return list(value)
    .map(text)
    .filter((each) => each !== null);
}

function numbers(value: unknown): readonly number[] {
  return list(value).filter((each): each is number => Number.isSafeInteger(each) && Number(each) > 0);
}

/** smol-toml's dates are objects that write themselves as ISO 8601; some texts quote theirs. */
function dateOf(value: unknown): DraftDate | null {
  if (value instanceof Object && "toISOString" in value && typeof value.toISOString === "function") {
    return dateFrom(String(value.toISOString()));
  }
  return typeof value === "string" ? dateFrom(value) : null;
}

/** The day of an instant, in UTC. */
export function dayOf(instant: Instant): DraftDate {
  const [year = 0, month = 0, day = 0] = instant.slice(0, 10).split("-").map(Number);
  return { year, month, day };
}

/** `2026-11-23`, with or without a time after it; `2026-11` and `2026`. */
export function dateFrom(iso: string): DraftDate | null {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*)?$/.exec(iso.trim());
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 0), Number(found[3] ?? 0)];
  // Year 1 is how Go, and so mmark, writes that there is none.
  if (year <= 1 || month > 12 || day > 31) return null;
  return { year, month: month || null, day: day || null };
}
