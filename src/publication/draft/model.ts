/**
 * A draft as a value: what stands in the front matter, and a tree of sections, blocks and inlines, each with the
 * line it came from. Two readers make it and two writers take it; no part of it is markup.
 */

/** A line of the source, counted from 1; 0 for what the source does not hold. */
export type Line = number;

export type Draft = {
  readonly front: FrontMatter;
  /** Empty: the text has none. */
  readonly abstract: readonly Block[];
  /** Notes of the front matter, such as "Note to Readers". */
  readonly notes: readonly Section[];
  readonly middle: readonly Section[];
  /** Appendices. */
  readonly back: readonly Section[];
  readonly footnotes: readonly Footnote[];
  /** What the text itself describes with `<reference>`, by anchor. */
  readonly references: readonly RawReference[];
};

/** What was read, and what had to be left out or put differently, in the order of the lines. */
export type ReadDraft = {
  readonly draft: Draft;
  readonly dialect: Dialect;
  readonly unexpressed: readonly Unexpressed[];
};

export type NotADraft = { readonly refused: string; readonly line: Line | null };

/** Something that a draft cannot say, as a sentence without its full stop. */
export type Unexpressed = { readonly line: Line; readonly what: string };

/** `markdown`: as people write on GitHub. `mmark`: with a title block, `.# Abstract`, citations and so on. */
export type Dialect = "markdown" | "mmark";

export type FrontMatter = {
  readonly title: string | null;
  readonly abbrev: string | null;
  /** With its revision where one is known: `draft-dulaunoy-misp-core-format-20`. */
  readonly docName: string | null;
  readonly category: Category | null;
  readonly ipr: string | null;
  readonly stream: Stream | null;
  readonly consensus: boolean | null;
  readonly areas: readonly string[];
  readonly workgroups: readonly string[];
  readonly keywords: readonly string[];
  readonly date: DraftDate | null;
  readonly authors: readonly Author[];
  readonly updates: readonly number[];
  readonly obsoletes: readonly number[];
};

export type Category = "std" | "bcp" | "exp" | "info" | "historic";
export type Stream = "IETF" | "IAB" | "IRTF" | "independent" | "editorial";

/** Month and day count from 1; a day needs a month. */
export type DraftDate = {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
};

export type Author = {
  readonly fullname: string;
  readonly initials: string | null;
  readonly surname: string | null;
  readonly role: "editor" | null;
  readonly organization: string | null;
  readonly organizationAbbrev: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly uri: string | null;
  readonly postal: Postal;
};

export type Postal = {
  readonly street: readonly string[];
  readonly city: string | null;
  readonly region: string | null;
  readonly code: string | null;
  readonly country: string | null;
};

export type Section = {
  readonly line: Line;
  readonly title: readonly Inline[];
  /** Unique in the draft, and a name that XML allows. */
  readonly anchor: string;
  /** The author chose the anchor, so that a writer has to write it down. */
  readonly named: boolean;
  readonly numbered: boolean;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
};

export type Block =
  | Paragraph
  | BulletList
  | NumberedList
  | DefinitionList
  | Table
  | Code
  | Figure
  | Quote
  | Aside;

type Common = {
  readonly line: Line;
  /** Chosen by the author. */
  readonly anchor: string | null;
};

export type Paragraph = Common & { readonly kind: "paragraph"; readonly content: readonly Inline[] };

export type BulletList = Common & {
  readonly kind: "bullets";
  readonly tight: boolean;
  readonly items: readonly ListItem[];
};

export type NumberedList = Common & {
  readonly kind: "numbered";
  readonly tight: boolean;
  readonly start: number;
  /** What stands after the number. */
  readonly delimiter: "." | ")";
  readonly items: readonly ListItem[];
};

export type ListItem = { readonly line: Line; readonly blocks: readonly Block[] };

export type DefinitionList = Common & {
  readonly kind: "definitions";
  readonly tight: boolean;
  readonly items: readonly Definition[];
};

export type Definition = {
  readonly line: Line;
  readonly term: readonly Inline[];
  readonly blocks: readonly Block[];
};

export type Alignment = "left" | "center" | "right" | null;

export type Table = Common & {
  readonly kind: "table";
  readonly caption: readonly Inline[];
  readonly columns: readonly Alignment[];
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
};

export type Cell = readonly Inline[];

/** Source code, or a drawing in characters where the author gave no language. */
export type Code = Common & {
  readonly kind: "code";
  readonly caption: readonly Inline[];
  readonly language: string | null;
  /** Lines end in LF; the last one too. */
  readonly text: string;
};

/** An image that stands alone. */
export type Figure = Common & {
  readonly kind: "figure";
  readonly caption: readonly Inline[];
  readonly url: string;
  readonly alternative: string;
};

export type Quote = Common & {
  readonly kind: "quote";
  readonly blocks: readonly Block[];
  readonly attribution: readonly Inline[];
};

type Aside = Common & { readonly kind: "aside"; readonly blocks: readonly Block[] };

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  /** A key word of BCP 14, in capitals: `MUST NOT`. */
  | { readonly kind: "bcp14"; readonly text: string }
  | { readonly kind: Span; readonly content: readonly Inline[] }
  | { readonly kind: "link"; readonly url: string; readonly content: readonly Inline[] }
  | { readonly kind: "image"; readonly url: string; readonly alternative: string }
  | Citation
  | { readonly kind: "crossref"; readonly target: string; readonly content: readonly Inline[] }
  | { readonly kind: "footnote"; readonly label: string }
  | { readonly kind: "index"; readonly item: string; readonly subitem: string; readonly primary: boolean }
  | { readonly kind: "break" };

export type Span = "emphasis" | "strong" | "superscript" | "subscript";

export type Citation = {
  readonly kind: "citation";
  readonly line: Line;
  /** `RFC8259`, `I-D.name`, or the anchor of a `<reference>` of the text. */
  readonly target: string;
  /** `by-use`: the author did not say; `complete` does. */
  readonly use: "normative" | "informative" | "by-use";
  /** Listed among the references without being shown here. */
  readonly hidden: boolean;
  /** `3.2`, for "Section 3.2 of". */
  readonly section: string | null;
};

export type Footnote = { readonly line: Line; readonly label: string; readonly blocks: readonly Block[] };

/** One `<reference>` as the author wrote it, well-formed. */
export type RawReference = { readonly line: Line; readonly anchor: string; readonly xml: string };

/** Full `<reference>` elements from a bibliography, by what the draft calls them (`RFC8259`). */
export type Bibliography = ReadonlyMap<string, string>;

export const NO_POSTAL: Postal = { street: [], city: null, region: null, code: null, country: null };

export const NO_FRONT: FrontMatter = {
  title: null,
  abbrev: null,
  docName: null,
  category: null,
  ipr: null,
  stream: null,
  consensus: null,
  areas: [],
  workgroups: [],
  keywords: [],
  date: null,
  authors: [],
  updates: [],
  obsoletes: [],
};
