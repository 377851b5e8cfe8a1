/** The guidance for the keys of `publication`, as guidance.ts has it for all others. */

/** A folder's or file's name that nobody mistakes; said wherever a path may stand. */
const SAFE = "letters, digits, `.`, `_` and `-`, none hidden";

const PATH = { is: "a safe path of a file" };
const REPOSITORY = { is: "a repository that GitHub allows" };
const LINE = { is: "a line of text", instead: "one line of text of at most 100 characters" };

function template(about: string) {
  return {
    about,
    ...PATH,
    instead: `the path of a Liquid file in the committee's repository, such as \`templates/section.liquid\`: ${SAFE}`,
  };
}

export const PUBLICATION_GUIDANCE = {
  publication: {
    about: "Where approved proposals go, and what becomes of them there.",
    is: "the terms of publication",
    instead: "`standards`, `decisions` and `source`, each on a line of its own, two spaces in",
  },
  "publication.standards": {
    about: "The repository of the standards. The committee's own, if left out.",
    ...REPOSITORY,
    instead: "its owner and its name, such as `MISP/misp-rfc`",
  },
  "publication.decisions": {
    about: "The folder of the decision records in that repository. `decisions`, if left out.",
    is: "a safe folder",
    instead: `a folder such as \`decisions\` or \`docs/decisions\`: ${SAFE}`,
  },
  "publication.source": {
    about: "The file of a standard's text, in the folder with the standard's name. `raw.md`, if left out.",
    is: "a safe file name",
    instead: "a file name such as `raw.md`: letters, digits, `.`, `_` and `-`, not hidden, no folder",
  },
  "publication.draft": {
    about: "How an approved text becomes an Internet-Draft. It is published as it is, if left out.",
    is: "the terms of an Internet-Draft",
    instead: "at least `who: NAME`, on a line of its own, two spaces in",
  },
  "publication.draft.who": {
    about: "The second part of a draft's name: `misp` in `draft-misp-core-format-00`.",
    is: "a part of a draft's name",
    instead: "small letters and digits, at most 30, such as `misp`",
  },
  "publication.draft.category": {
    about: "The category of the drafts. `info`, if left out.",
    is: "a category of drafts",
    instead: "`std`, `bcp`, `exp`, `info` or `historic`",
  },
  "publication.draft.stream": {
    about: "The stream that the drafts are meant for. `independent`, if left out.",
    is: "a stream of the RFC series",
    instead: "`IETF`, `IAB`, `IRTF`, `independent` or `editorial`",
  },
  "publication.draft.ipr": {
    about: "Which of the IETF Trust's terms the drafts carry. `trust200902`, if left out.",
    is: "a name of the IETF Trust's terms",
    instead: "`trust200902`, `noModificationTrust200902`, `noDerivativesTrust200902` or `pre5378Trust200902`",
  },
  "publication.draft.area": { about: "The area that the drafts name, such as `Security`.", ...LINE },
  "publication.draft.workgroup": { about: "The working group that the drafts name.", ...LINE },
  "publication.register": {
    about: "The file of the register of standards, in the repository of the standards. None, if left out.",
    ...PATH,
    instead: `the path of a file such as \`register.json\`: ${SAFE}`,
  },
  "publication.readme": {
    about: "The page in that repository whose list of standards is kept up to date. None, if left out.",
    ...PATH,
    instead: `the path of a file such as \`README.md\`: ${SAFE}`,
  },
  "publication.website": {
    about: "The website on which standards are published. None, if left out.",
    is: "the terms of a website",
    instead: "at least `repository: OWNER/NAME`, on a line of its own, two spaces in",
  },
  "publication.website.repository": {
    about: "The repository of the website.",
    ...REPOSITORY,
    instead: "its owner and its name, such as `MISP/misp-standard.org`",
  },
  "publication.website.address": {
    about: "The website's public address. Links begin at the root of the site, if left out.",
    is: "the address of a website",
    instead: "an address such as `https://www.misp-standard.org`, with nothing after its path",
  },
  "publication.website.page": {
    about: "The page that has a section for each standard. `standards.md`, if left out.",
    ...PATH,
    instead: `the path of a file such as \`standards.md\`: ${SAFE}`,
  },
  "publication.website.posts": {
    about: "The folder of the news; `none` for no news. `_posts`, if left out.",
    is: "a safe folder or `none`",
    instead: `a folder such as \`_posts\`, or \`none\`: ${SAFE}`,
  },
  "publication.website.files": {
    about: "The folder of the standards as text and HTML. `rfc`, if left out.",
    is: "a safe folder",
    instead: `a folder such as \`rfc\` or \`assets/rfc\`: ${SAFE}`,
  },
  "publication.website.templates": {
    about: "The committee's own Liquid templates, in its own repository. Built-in ones, if left out.",
    is: "a group of templates",
    instead: "`section`, `status`, `post` or `item`, each with the path of a file, on a line of its own",
  },
  "publication.website.templates.section": template("The section of a standard on the page."),
  "publication.website.templates.status": template(
    "The paragraph on the page that says that a standard is expired or retired.",
  ),
  "publication.website.templates.post": template("A news post."),
  "publication.website.templates.item": template("A standard's line in the list of `readme`."),
  "publication.ietf": {
    about: "Submission of drafts to the IETF once they are merged. Nothing is submitted, if left out.",
    is: "the terms of submission",
    instead: "`submitter: ADDRESS`, on a line of its own, two spaces in",
  },
  "publication.ietf.submitter": {
    about: "Who submits: the e-mail address of an account at the IETF's datatracker.",
    is: "an e-mail address",
    instead: "the e-mail address of an account at the IETF's datatracker, such as `secretary@example.org`",
  },
  "publication.maintenance": {
    about: "Issues that ask for the next revision of a draft before it expires. None, if left out.",
    is: "the terms of maintenance",
    instead: "`before: 30 days`, on a line of its own, two spaces in",
  },
  "publication.maintenance.before": {
    about: "How long before a draft expires its maintenance issue is opened. `30 days`, if left out.",
    is: "a span of time",
    instead: "a whole number and a unit, such as `30 days` or `6 weeks`; shorter than 185 days",
  },
} as const;
