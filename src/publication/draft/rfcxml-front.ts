/** The front matter as RFCXML. */
import { isKnownCountry } from "./countries.ts";
import type { Author, Category, Draft, FrontMatter } from "./model.ts";
import { blocksToXml } from "./rfcxml-blocks.ts";
import { type FootnoteNames, inlinesToXml } from "./rfcxml-inlines.ts";
import { type Element, element } from "./xml.ts";

const STATUS: Readonly<Record<Category, string>> = {
  std: "standard",
  bcp: "bcp",
  exp: "experimental",
  info: "informational",
  historic: "historic",
};

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

export function rfcAttributes(front: FrontMatter): Readonly<Record<string, string | null>> {
  return {
    version: "3",
    ipr: front.ipr ?? "trust200902",
    docName: front.docName,
    category: front.category ?? "info",
    submissionType: front.stream ?? "IETF",
    consensus: front.stream === "independent" || front.consensus === null ? null : String(front.consensus),
    updates: front.updates.join(", "),
    obsoletes: front.obsoletes.join(", "),
    tocInclude: "true",
    sortRefs: "true",
    symRefs: "true",
    indexInclude: "true",
    "xml:lang": "en",
  };
}

export function frontToXml(draft: Draft, notes: FootnoteNames): Element {
  const { front } = draft;
  const title = front.title ?? "Untitled";
  const authors = front.authors.length > 0 ? front.authors.map(author) : [element("author")];
  return element("front", {}, [
    element("title", { abbrev: front.abbrev, ascii: asciiOf(title) }, [title]),
    ...seriesInfo(front),
    ...authors,
    date(front),
    ...front.areas.map((area) => element("area", {}, [area])),
    ...front.workgroups.map((group) => element("workgroup", {}, [group])),
    ...front.keywords.map((keyword) => element("keyword", {}, [keyword])),
    ...abstract(draft, notes),
    ...draft.notes.map((note) =>
      element("note", {}, [
        element("name", {}, inlinesToXml(note.title, notes)),
        ...orEmpty(blocksToXml(note.blocks, "abstract", notes)),
      ]),
    ),
  ]);
}

function abstract(draft: Draft, notes: FootnoteNames): readonly Element[] {
  if (draft.abstract.length === 0) return [];
  return [element("abstract", {}, orEmpty(blocksToXml(draft.abstract, "abstract", notes)))];
}

function orEmpty(elements: readonly Element[]): readonly Element[] {
  return elements.length > 0 ? elements : [element("t")];
}

function seriesInfo(front: FrontMatter): readonly Element[] {
  if (front.docName === null) return [];
  const stream = front.stream ?? "IETF";
  const status = STATUS[front.category ?? "info"];
  return [element("seriesInfo", { name: "Internet-Draft", value: front.docName, stream, status })];
}

function date({ date: when }: FrontMatter): Element {
  if (when === null) return element("date");
  return element("date", {
    year: String(when.year),
    month: when.month === null ? null : (MONTHS[when.month - 1] ?? null),
    day: when.day === null ? null : String(when.day),
  });
}

function author(each: Author): Element {
  const { fullname, initials, surname, role, organization } = each;
  const named = organization === null ? [] : [organizationOf(organization, each.organizationAbbrev)];
  return element(
    "author",
    {
      initials,
      surname,
      fullname,
      role,
      asciiInitials: initials === null ? null : asciiOf(initials),
      asciiSurname: surname === null ? null : asciiOf(surname),
      asciiFullname: asciiOf(fullname),
    },
    [...named, ...address(each)],
  );
}

function organizationOf(name: string, abbrev: string | null): Element {
  const asciiAbbrev = abbrev === null ? null : asciiOf(abbrev);
  return element("organization", { abbrev, ascii: asciiOf(name), asciiAbbrev }, [name]);
}

function address({ postal, phone, email, uri }: Author): readonly Element[] {
  const { country } = postal;
  // Beside lines without a meaning, none may have one (RFC 7991, section 2.37).
  const isPlain = country !== null && !isKnownCountry(asciiOf(country) ?? country);
  const line = (name: string, value: string | null) =>
    value === null ? [] : [element(isPlain ? "postalLine" : name, { ascii: asciiOf(value) }, [value])];
  const lines = [
    ...postal.street.flatMap((street) => line("street", street)),
    ...line("city", postal.city),
    ...line("region", postal.region),
    ...line("code", postal.code),
    ...line("country", country),
  ];
  const plain = (name: string, value: string | null) => (value === null ? [] : [element(name, {}, [value])]);
  const parts = [
    ...(lines.length > 0 ? [element("postal", {}, lines)] : []),
    ...plain("phone", phone),
    ...plain("email", email),
    ...plain("uri", uri),
  ];
  return parts.length > 0 ? [element("address", {}, parts)] : [];
}

/** Letters that Unicode does not take apart. */
const FOLDED: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  Æ: "Ae",
  œ: "oe",
  Œ: "Oe",
  ø: "o",
  Ø: "O",
  đ: "d",
  Đ: "D",
  ð: "d",
  Ð: "D",
  þ: "th",
  Þ: "Th",
  ł: "l",
  Ł: "L",
  ı: "i",
};

/**
 * A name in ASCII, for the `ascii` attributes that RFC 7991 wants beside one that is not (its section 2.7.1, and RFC 7997);
 * `null`: it is ASCII already, or no letter of it can be written so.
 */
function asciiOf(name: string): string | null {
  if (!/[^\x20-\x7E]/.test(name)) return null;
  const folded = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^\x20-\x7E]/gu, (character) => FOLDED[character] ?? "")
    .trim();
  return /[A-Za-z0-9]/.test(folded) ? folded : null;
}
