/** The group `publication` of a committee.yml: where approved proposals go, and what becomes of them there. */
import { z } from "zod";
import { described, line, span, written } from "./fields.ts";
import {
  isDraftOwner,
  isEmail,
  isFileName,
  isOneLine,
  parseAddress,
  parseFile,
  parseFolder,
  parseRepository,
} from "./names.ts";

const draft = z.strictObject({
  who: written("publication.draft.who", line(30, isDraftOwner), { examples: ["misp"] }),
  category: z
    .enum(["std", "bcp", "exp", "info", "historic"])
    .meta(described("publication.draft.category", { default: "info" }))
    .optional(),
  stream: z
    .enum(["IETF", "IAB", "IRTF", "independent", "editorial"])
    .meta(described("publication.draft.stream", { default: "independent" }))
    .optional(),
  // What xml2rfc and idnits know as the value of `ipr` (RFC 7991, appendix A.1).
  ipr: z
    .enum(["trust200902", "noModificationTrust200902", "noDerivativesTrust200902", "pre5378Trust200902"])
    .meta(described("publication.draft.ipr", { default: "trust200902" }))
    .optional(),
  area: written("publication.draft.area", line(100, isOneLine), { examples: ["Security"] }).optional(),
  workgroup: written("publication.draft.workgroup", line(100, isOneLine)).optional(),
});

const templates = z.strictObject({
  section: written("publication.website.templates.section", parseFile).optional(),
  status: written("publication.website.templates.status", parseFile).optional(),
  post: written("publication.website.templates.post", parseFile).optional(),
  item: written("publication.website.templates.item", parseFile).optional(),
});

const website = z.strictObject({
  repository: written("publication.website.repository", parseRepository, {
    examples: ["MISP/misp-standard.org"],
  }),
  address: written("publication.website.address", parseAddress, {
    examples: ["https://www.misp-standard.org"],
  }).optional(),
  page: written("publication.website.page", parseFile, { default: "standards.md" }).optional(),
  posts: written("publication.website.posts", parsePosts, {
    examples: ["_posts", "none"],
    default: "_posts",
  }).optional(),
  files: written("publication.website.files", parseFolder, { default: "rfc" }).optional(),
  templates: templates.meta(described("publication.website.templates")).optional(),
});

function parsePosts(text: string) {
  if (text.toLowerCase() === "none") return { folder: null };
  const folder = parseFolder(text);
  return folder === null ? null : { folder };
}

const ietf = z.strictObject({
  submitter: written("publication.ietf.submitter", line(254, isEmail), {
    examples: ["secretary@example.org"],
  }),
});

const maintenance = z.strictObject({
  before: span("publication.maintenance.before", "30 days").optional(),
});

export const publication = z.strictObject({
  standards: written("publication.standards", parseRepository, { examples: ["MISP/misp-rfc"] }).optional(),
  decisions: written("publication.decisions", parseFolder, { default: "decisions" }).optional(),
  source: written("publication.source", line(100, isFileName), { default: "raw.md" }).optional(),
  draft: draft.meta(described("publication.draft")).optional(),
  register: written("publication.register", parseFile, { examples: ["register.json"] }).optional(),
  readme: written("publication.readme", parseFile, { examples: ["README.md"] }).optional(),
  website: website.meta(described("publication.website")).optional(),
  ietf: ietf.meta(described("publication.ietf")).optional(),
  maintenance: maintenance.meta(described("publication.maintenance")).optional(),
});

/** The keys that may stand in each group of `publication`. */
export const PUBLICATION_KEYS: Readonly<Record<string, readonly string[]>> = {
  publication: Object.keys(publication.shape),
  "publication.draft": Object.keys(draft.shape),
  "publication.website": Object.keys(website.shape),
  "publication.website.templates": Object.keys(templates.shape),
  "publication.ietf": Object.keys(ietf.shape),
  "publication.maintenance": Object.keys(maintenance.shape),
};
