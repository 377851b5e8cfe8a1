/** What is said of the keys under `publication`. */
import { DRAFT_CATEGORIES, DRAFT_RIGHTS, DRAFT_STREAMS } from "./charter.ts";
import { type Guidance, LINE, SPAN } from "./guidance-phrases.ts";

const REPOSITORY = {
  is: "a repository that GitHub allows",
  instead: "its owner and its name, such as `MISP/misp-rfc`",
};
const FOLDER = {
  is: "a safe folder",
  instead: "a folder such as `decisions` or `docs/decisions`: letters, digits, `.`, `_` and `-`, none hidden",
};
const FILE = {
  is: "a safe path of a file",
  instead: "a path such as `standards.md` or `docs/list.md`: letters, digits, `.`, `_` and `-`, none hidden",
};
const TEMPLATE = {
  is: "the path of a template",
  instead: "a path such as `templates/post.liquid` or `.github/post.liquid`, ending in `.liquid`",
};

function oneOf(words: readonly string[]) {
  const list = words.map((word) => `\`${word}\``).join(", ");
  return { is: `one of ${list}`, instead: `one of ${list}` };
}

export const PUBLICATION_GUIDANCE = {
  publication: {
    about: "Where approved proposals go.",
    is: "the terms of publication",
    instead: "`standards`, `decisions`, `source` and so on, each on a line of its own, two spaces in",
  },
  "publication.standards": {
    about: "The repository of the standards. The committee's own, if left out.",
    ...REPOSITORY,
  },
  "publication.decisions": {
    about: "The folder of the decision records in that repository. `decisions`, if left out.",
    ...FOLDER,
  },
  "publication.source": {
    about: "The file of a standard's text, in the folder with the standard's name. `raw.md`, if left out.",
    is: "a safe file name",
    instead: "a file name such as `raw.md`: letters, digits, `.`, `_` and `-`, not hidden, no folder",
  },
  "publication.draft": {
    about: "How Internet-Drafts are made. No draft is made of a standard, if left out.",
    is: "the terms of drafts",
    instead: "`who: NAME`, and `area`, `stream`, `category` and `ipr` where they differ from the usual",
  },
  "publication.draft.who": {
    about: "The word after `draft-` in the name of every draft: `draft-WHO-STANDARD`.",
    is: "a word for the names of drafts",
    instead:
      "small letters and digits, such as `dulaunoy`, or several of them with single hyphens; at most 30",
  },
  "publication.draft.area": { about: "The area of the IETF. `Security`, if left out.", ...LINE },
  "publication.draft.stream": {
    about: "The stream that drafts are meant for. `independent`, if left out.",
    ...oneOf(DRAFT_STREAMS),
  },
  "publication.draft.category": {
    about: "The category of drafts. `info`, if left out.",
    ...oneOf(DRAFT_CATEGORIES),
  },
  "publication.draft.ipr": {
    about: "The rights that drafts are given under. `trust200902`, if left out.",
    ...oneOf(DRAFT_RIGHTS),
  },
  "publication.website": {
    about: "The website that lists the standards. None, if left out.",
    is: "the terms of the website",
    instead: "`repository: OWNER/NAME`, and `address`, `page`, `posts`, `files` and `templates`",
  },
  "publication.website.repository": { about: "The repository of the website.", ...REPOSITORY },
  "publication.website.address": {
    about: "The public address of the website. Links begin at its root, if left out.",
    is: "an address of a website",
    instead: "its address, such as `https://www.misp-standard.org`, with nothing after it but a path",
  },
  "publication.website.page": {
    about: "The page with a section for each standard. `standards.md`, if left out.",
    ...FILE,
  },
  "publication.website.posts": {
    about: "The folder of the news, or `none` for no news. `_posts`, if left out.",
    is: "a safe folder or `none`",
    instead: "a folder such as `_posts`, or `none`",
  },
  "publication.website.files": {
    about: "The folder of the standards as text and HTML. `rfc`, if left out.",
    ...FOLDER,
  },
  "publication.website.templates": {
    about: "Templates of the committee's own, each a file in its repository. Built-in ones, if left out.",
    is: "a group of templates",
    instead: "`section`, `status`, `post` or `item`, each with the path of a file",
  },
  "publication.website.templates.section": {
    about: "The section of a standard on the page.",
    ...TEMPLATE,
  },
  "publication.website.templates.status": {
    about: "The line in that section that says a standard has expired or was retired.",
    ...TEMPLATE,
  },
  "publication.website.templates.post": { about: "The news of a publication.", ...TEMPLATE },
  "publication.website.templates.item": {
    about: "The item of a standard in the lists of `readme`.",
    ...TEMPLATE,
  },
  "publication.register": {
    about: "The register of standards in the standards repository, or `none`. None, if left out.",
    is: "the path of a register, or `none`",
    instead: "a path such as `register.json`, ending in `.json`; or `none`",
  },
  "publication.readme": {
    about: "The file in the standards repository with the lists of standards, or `none`. None, if left out.",
    is: "a safe path of a file, or `none`",
    instead: "a path such as `README.md`, or `none`",
  },
  "publication.ietf": {
    about: "How drafts are submitted to the IETF. They are not, if left out.",
    is: "the terms of submission",
    instead: "`submitter: ADDRESS`",
  },
  "publication.ietf.submitter": {
    about: "The e-mail address of the account at the IETF's datatracker that submits drafts.",
    is: "an e-mail address",
    instead: "an e-mail address such as `secretary@example.org`",
  },
  "publication.maintenance": {
    about: "When drafts expire, and when the committee is reminded of it.",
    is: "the terms of maintenance",
    instead: "`expires_after` and `remind_before`, each on a line of its own",
  },
  "publication.maintenance.expires_after": {
    about: "How long after it was posted a draft expires. `185 days`, if left out.",
    ...SPAN,
  },
  "publication.maintenance.remind_before": {
    about: "How long before a draft expires the committee is reminded. `30 days`, if left out.",
    ...SPAN,
  },
} as const satisfies Record<string, Guidance>;
