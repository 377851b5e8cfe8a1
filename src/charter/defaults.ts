/** What a charter means where it says nothing: the rules of the MISP Standard Committee's own charter. */

import { DAY, type Seconds, seconds } from "../proposal/instant.ts";
import type {
  BallotTerms,
  Charter,
  CommentPeriodTerms,
  DraftTerms,
  ProposalKind,
  PublicationTerms,
  RequiredSection,
  WebsiteTerms,
} from "./charter.ts";
import type { CharterFile } from "./schema.ts";

const PROPOSAL_KINDS: readonly ProposalKind[] = ["new", "update", "retirement"];

/** The charter asks for "a detailed description, objectives, and any relevant technical specifications". */
export const DEFAULT_SECTIONS: readonly RequiredSection[] = [
  {
    title: "Description",
    aliases: ["Detailed description", "Summary"],
    minimumWords: 20,
    isSpecification: false,
    requiredFor: PROPOSAL_KINDS,
  },
  {
    title: "Objectives",
    aliases: ["Objective", "Goals", "Goal"],
    minimumWords: 10,
    isSpecification: false,
    requiredFor: PROPOSAL_KINDS,
  },
  {
    title: "Technical specification",
    aliases: ["Technical specifications", "Specification", "Specifications"],
    minimumWords: 20,
    isSpecification: true,
    requiredFor: ["new", "update"],
  },
];

export const DEFAULT_COMMENT_PERIOD: CommentPeriodTerms = {
  lasts: seconds(30 * DAY),
  reminders: [seconds(7 * DAY)],
  onEdit: "note",
};

export const DEFAULT_BALLOT: BallotTerms = {
  lasts: seconds(14 * DAY),
  reminders: [seconds(3 * DAY)],
  passes: { comparison: "more than", fraction: { numerator: 1, denominator: 2 }, of: "votes cast" },
  quorum: null,
  prolongOnce: null,
  closes: "at the deadline",
  reactions: { for: "+1", against: "-1", abstain: "eyes" },
};

/** Where publication writes, and how long before a draft expires it is asked for the next revision. */
export const PUBLICATION_DEFAULTS = {
  decisions: "decisions",
  source: "raw.md",
  page: "standards.md",
  posts: "_posts",
  files: "rfc",
  before: seconds(30 * DAY),
} as const;

/** The charter with everything filled in that the file leaves to the defaults. */
export function withDefaults(file: CharterFile): Charter {
  const chairs = file.chairs ?? file.members;
  return {
    committee: file.committee,
    chairs,
    reviewers: file.reviewers ?? chairs,
    members: file.members,
    documentation: { sections: file.documentation?.map(requiredSection) ?? DEFAULT_SECTIONS },
    commentPeriod: commentPeriodTerms(file.comment_period ?? {}),
    ballot: ballotTerms(file.ballot ?? {}),
    publication: publicationTerms(file.publication ?? {}),
  };
}

function requiredSection(section: NonNullable<CharterFile["documentation"]>[number]): RequiredSection {
  const needed = section.for ?? PROPOSAL_KINDS;
  return {
    title: section.section,
    aliases: section.aliases ?? [],
    minimumWords: section.words ?? 1,
    isSpecification: section.specification ?? false,
    requiredFor: PROPOSAL_KINDS.filter((kind) => needed.includes(kind)),
  };
}

function commentPeriodTerms(terms: NonNullable<CharterFile["comment_period"]>): CommentPeriodTerms {
  const lasts = terms.lasts ?? DEFAULT_COMMENT_PERIOD.lasts;
  return {
    lasts,
    reminders: remindersWithin(lasts, terms.reminders, DEFAULT_COMMENT_PERIOD.reminders),
    onEdit: terms.on_edit ?? DEFAULT_COMMENT_PERIOD.onEdit,
  };
}

function ballotTerms(terms: NonNullable<CharterFile["ballot"]>): BallotTerms {
  const lasts = terms.lasts ?? DEFAULT_BALLOT.lasts;
  return {
    lasts,
    reminders: remindersWithin(lasts, terms.reminders, DEFAULT_BALLOT.reminders),
    passes: terms.passes ?? DEFAULT_BALLOT.passes,
    quorum: terms.quorum === undefined ? DEFAULT_BALLOT.quorum : terms.quorum.rule,
    prolongOnce: terms.prolong_once === undefined ? DEFAULT_BALLOT.prolongOnce : terms.prolong_once.by,
    closes: terms.closes ?? DEFAULT_BALLOT.closes,
    reactions: {
      for: terms.reactions?.for ?? DEFAULT_BALLOT.reactions.for,
      against: terms.reactions?.against ?? DEFAULT_BALLOT.reactions.against,
      abstain: terms.reactions?.abstain ?? DEFAULT_BALLOT.reactions.abstain,
    },
  };
}

type WrittenPublication = NonNullable<CharterFile["publication"]>;
type WrittenTemplates = NonNullable<WrittenPublication["website"]>["templates"];

function publicationTerms(terms: WrittenPublication): PublicationTerms {
  const { draft, website, maintenance } = terms;
  return {
    standards: terms.standards ?? null,
    decisions: terms.decisions ?? PUBLICATION_DEFAULTS.decisions,
    source: terms.source ?? PUBLICATION_DEFAULTS.source,
    draft: draft === undefined ? null : draftTerms(draft),
    website: website === undefined ? null : websiteTerms(website),
    register: terms.register ?? null,
    readme: terms.readme ?? null,
    ietf: terms.ietf ?? null,
    maintenance:
      maintenance === undefined ? null : { before: maintenance.before ?? PUBLICATION_DEFAULTS.before },
  };
}

/** The independent stream is where a body outside the IETF publishes (RFC 4846); its drafts are informational mostly. */
function draftTerms(terms: NonNullable<WrittenPublication["draft"]>): DraftTerms {
  return {
    who: terms.who,
    category: terms.category ?? "info",
    stream: terms.stream ?? "independent",
    ipr: terms.ipr ?? "trust200902",
    area: terms.area ?? null,
    workgroup: terms.workgroup ?? null,
  };
}

function websiteTerms(terms: NonNullable<WrittenPublication["website"]>): WebsiteTerms {
  return {
    repository: terms.repository,
    address: terms.address ?? null,
    page: terms.page ?? PUBLICATION_DEFAULTS.page,
    posts: terms.posts === undefined ? PUBLICATION_DEFAULTS.posts : terms.posts.folder,
    files: terms.files ?? PUBLICATION_DEFAULTS.files,
    templates: ownTemplates(terms.templates ?? {}),
  };
}

function ownTemplates({ section, status, post, item }: NonNullable<WrittenTemplates>) {
  return {
    ...(section === undefined ? {} : { section }),
    ...(status === undefined ? {} : { status }),
    ...(post === undefined ? {} : { post }),
    ...(item === undefined ? {} : { item }),
  };
}

/** Longest first. The usual reminder is left out where the period is too short for it. */
function remindersWithin(
  lasts: Seconds,
  chosen: readonly Seconds[] | undefined,
  usual: readonly Seconds[],
): readonly Seconds[] {
  const reminders = chosen ?? usual.filter((reminder) => reminder < lasts);
  return [...reminders].sort((left, right) => right - left);
}
