/** What one committee has agreed, with every default filled in. `parse.ts` makes it from `committee.yml`. */
import type { Seconds } from "../proposal/instant.ts";

/** Where a committee writes its charter: in its own repository, or in the organization's `.github`. */
export const CHARTER_PATH = ".github/committee.yml";

export type Charter = {
  readonly committee: string;
  /** Who runs the process. Falls back to the members: a committee without chairs is one of equals. */
  readonly chairs: readonly Seat[];
  /** The review team that assesses proposals. Falls back to the chairs, then to the members. */
  readonly reviewers: readonly Seat[];
  readonly members: readonly Seat[];
  readonly documentation: { readonly sections: readonly RequiredSection[] };
  readonly commentPeriod: CommentPeriodTerms;
  readonly ballot: BallotTerms;
  readonly publication: PublicationTerms;
};

/** One line of a roster: a person, or everybody in a team. */
export type Seat = (
  | { readonly kind: "user"; readonly login: string }
  | { readonly kind: "team"; readonly organizationLogin: string; readonly slug: string }
) & { readonly organization: string | null; readonly sector: string | null };

export type Role = "chairs" | "reviewers" | "members";

/** The kinds of proposal that a form offers. */
export type ProposalKind = "new" | "update" | "retirement";

export type RequiredSection = {
  /** The heading that messages show, for example `Technical specification`. */
  readonly title: string;
  readonly aliases: readonly string[];
  readonly minimumWords: number;
  /** Exactly one section is the specification: its text, or the file it links to, is what is voted on. */
  readonly isSpecification: boolean;
  /** The kinds of proposal that need it; a retirement needs no specification. */
  readonly requiredFor: readonly ProposalKind[];
};

export type CommentPeriodTerms = {
  readonly lasts: Seconds;
  /** How long before the end people are reminded; longest first. */
  readonly reminders: readonly Seconds[];
  readonly onEdit: "note" | "restart";
};

/** An exact fraction of whole numbers, `0 < numerator ≤ denominator`. */
export type Fraction = { readonly numerator: number; readonly denominator: number };

/** `more than 1/2 of votes cast`, `at least 2/3 of members`. Votes cast are those for and against. */
export type MajorityRule = {
  readonly comparison: "more than" | "at least";
  readonly fraction: Fraction;
  readonly of: "votes cast" | "members";
};

/** How many of the electorate must take part: a share of it, or a number of people. */
export type QuorumRule =
  | { readonly kind: "share"; readonly comparison: "more than" | "at least"; readonly fraction: Fraction }
  | { readonly kind: "count"; readonly people: number };

export type Choice = "for" | "against" | "abstain";

/** GitHub's names of the eight reactions. */
export const REACTION_CONTENTS = [
  "+1",
  "-1",
  "laugh",
  "confused",
  "heart",
  "hooray",
  "rocket",
  "eyes",
] as const;
export type ReactionContent = (typeof REACTION_CONTENTS)[number];

export type BallotTerms = {
  readonly lasts: Seconds;
  readonly reminders: readonly Seconds[];
  readonly passes: MajorityRule;
  /** `null`: the charter sets no quorum. */
  readonly quorum: QuorumRule | null;
  /** How much longer a ballot without quorum stays open, once. `null`: not at all. */
  readonly prolongOnce: Seconds | null;
  readonly closes: "at the deadline" | "when everyone has voted";
  readonly reactions: Readonly<Record<Choice, ReactionContent>>;
};

export type PublicationTerms = {
  /** The repository that receives the standards; `null`: the committee's own. */
  readonly standards: RepositoryName | null;
  /** Folder of the decision records in that repository, without slashes at its ends. */
  readonly decisions: string;
  /** The file that a standard's source is written to, inside the folder named by its slug. */
  readonly source: string;
  /** How a text becomes an Internet-Draft; `null`: what was voted on is published as it is, and nothing is made of it. */
  readonly draft: DraftTerms | null;
  /** `null`: no website is kept. */
  readonly website: WebsiteTerms | null;
  /** The register's path in the standards repository; `null`: none is kept. */
  readonly register: string | null;
  /** The page in the standards repository that lists the standards; `null`: none does. */
  readonly readme: string | null;
  /** Who submits drafts to the IETF, by the login at its datatracker, an e-mail address; `null`: nobody does. */
  readonly ietf: { readonly submitter: string } | null;
  /** How long before a draft expires a maintenance issue asks for the next revision; `null`: none does. */
  readonly maintenance: { readonly before: Seconds } | null;
};

export type RepositoryName = { readonly owner: string; readonly name: string };

/** What the front matter of every draft of the committee has in common (RFC 7991, section 2). */
export type DraftTerms = {
  /** The second part of a draft's name: `misp` in `draft-misp-core-format-00`. */
  readonly who: string;
  readonly category: "std" | "bcp" | "exp" | "info" | "historic";
  readonly stream: "IETF" | "IAB" | "IRTF" | "independent" | "editorial";
  readonly ipr: string;
  readonly area: string | null;
  readonly workgroup: string | null;
};

/** The templates of the website and the list of standards that a committee may write itself. */
export type TemplateName = "section" | "status" | "post" | "item";

export type WebsiteTerms = {
  readonly repository: RepositoryName;
  /** Its public address, without a slash at the end; `null`: links begin at the site's root. */
  readonly address: string | null;
  /** The page with a section for each standard. */
  readonly page: string;
  /** Folder of the news; `null`: no news is written. */
  readonly posts: string | null;
  /** Folder of the standards as text and HTML. */
  readonly files: string;
  /** Where in the committee's own repository a template of its own lies. */
  readonly templates: Readonly<Partial<Record<TemplateName, string>>>;
};

/** One thing that is wrong with a committee.yml, for a person to mend. Lines and columns count from 1. */
export type CharterProblem = {
  readonly line: number;
  readonly column: number;
  /** Where in the file, for example `ballot.passes`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** What to write instead. */
  readonly instead: string;
};
