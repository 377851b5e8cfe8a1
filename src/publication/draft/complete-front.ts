/** The front matter: what the text says, and around it what is known of the proposal and the committee. */
import type { DraftDate, FrontMatter } from "./model.ts";
import { NO_FRONT } from "./model.ts";

/**
 * What is known of a draft beside its text. Its name and its date hold; the rest fills in what the text's own title
 * block does not say. `abstract`, `introduction` and `security` are Markdown, for texts without those sections.
 */
export type DraftDetails = Partial<Omit<FrontMatter, "docName" | "date">> & {
  /** With its revision: `draft-misp-core-format-21`. */
  readonly docName: string;
  readonly date: DraftDate;
  readonly abstract?: string | null;
  readonly introduction?: string | null;
  readonly security?: string | null;
};

/** A title of more characters does not fit the head of a page. */
const LONGEST_HEAD = 39;

export function completeFront(own: FrontMatter, details: DraftDetails): FrontMatter {
  const either = <K extends keyof FrontMatter>(key: K, last: FrontMatter[K]): FrontMatter[K] => {
    const given: Partial<FrontMatter> = details;
    for (const value of [own[key], given[key]]) {
      if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0))
        return value;
    }
    return last;
  };
  const title = either("title", null);
  const stream = either("stream", "independent");
  const category = either("category", "info");
  // The only value that these two have in the IETF's stream, and xml2rfc wants it said.
  const agreed = stream === "IETF" && (category === "std" || category === "bcp") ? true : null;
  return {
    ...NO_FRONT,
    title,
    abbrev: either("abbrev", title === null ? null : shortened(title)),
    docName: details.docName,
    category,
    ipr: either("ipr", "trust200902"),
    stream,
    // The independent stream knows no consensus, and xml2rfc refuses one there.
    consensus: stream === "independent" ? null : either("consensus", agreed),
    areas: either("areas", []),
    workgroups: either("workgroups", []),
    keywords: either("keywords", []),
    date: details.date,
    authors: either("authors", []),
    updates: either("updates", []),
    obsoletes: either("obsoletes", []),
  };
}

/** For the head of each page: the title's first words, as many as fit; `null`: the title fits as it is. */
function shortened(title: string): string | null {
  if (title.length <= LONGEST_HEAD) return null;
  const cut = title.slice(0, LONGEST_HEAD);
  const space = cut.lastIndexOf(" ");
  return (space > 10 ? cut.slice(0, space) : cut).trim();
}
