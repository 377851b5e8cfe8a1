/** What the pull request tells of the files it brings: made by the press, put into words by `messages/`. */

/** Something about one place of the text that was voted on. */
export type Remark = {
  /** Counted from 1; 0: nowhere in particular. */
  readonly line: number;
  /** A sentence without its full stop; it may quote the text. */
  readonly what: string;
};

export type PressNotes = {
  /** The Internet-Draft that was made, with its revision: `draft-misp-core-format-01`. `null`: none was. */
  readonly draft: string | null;
  /** What the draft needs and only the authors can say. */
  readonly lacking: readonly Remark[];
  /** What could not be expressed, or stands differently from how it was written. */
  readonly unexpressed: readonly Remark[];
  /** References that are included by their addresses, or are nowhere; `because` is a sentence. */
  readonly missing: readonly { readonly name: string; readonly because: string }[];
  /** What idnits found; `null`: no draft was made. */
  readonly nits: { readonly errors: number; readonly warnings: number } | null;
  /** Whether text and HTML were made; `because` is a sentence. `null`: neither was wanted. */
  readonly rendered:
    | { readonly made: "both" }
    | { readonly made: "nothing"; readonly because: string }
    | null;
  /** For an update: how the text differs from the one that was published, line by line, as a unified diff. */
  readonly difference: string | null;
};

/** Nothing was made of the text: it is published as it is. */
export const NO_NOTES: PressNotes = {
  draft: null,
  lacking: [],
  unexpressed: [],
  missing: [],
  nits: null,
  rendered: null,
  difference: null,
};
