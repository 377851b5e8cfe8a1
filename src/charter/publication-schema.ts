/** The shape of `publication` in a committee.yml. */
import { z } from "zod";
import { DRAFT_CATEGORIES, DRAFT_RIGHTS, DRAFT_STREAMS } from "./charter.ts";
import {
  isDraftWord,
  isEmail,
  isFileName,
  isOneLine,
  parseAddress,
  parseFile,
  parseFolder,
  parseRepository,
  parseTemplatePath,
} from "./names.ts";
import { described, line, span, written } from "./schema-parts.ts";

/** `none`, or what the parser reads; wrapped, so that `none` is not "cannot be read". */
function orNone(parse: (text: string) => string | null) {
  return (text: string): { readonly path: string | null } | null => {
    if (text.toLowerCase() === "none") return { path: null };
    const path = parse(text);
    return path === null ? null : { path };
  };
}

function registerPath(text: string): string | null {
  return text.endsWith(".json") ? parseFile(text) : null;
}

const draft = z.strictObject({
  who: written("publication.draft.who", line(30, isDraftWord), { examples: ["dulaunoy"] }),
  area: written("publication.draft.area", line(50, isOneLine), { default: "Security" }).optional(),
  stream: z
    .enum(DRAFT_STREAMS)
    .meta(described("publication.draft.stream", { default: "independent" }))
    .optional(),
  category: z
    .enum(DRAFT_CATEGORIES)
    .meta(described("publication.draft.category", { default: "info" }))
    .optional(),
  ipr: z
    .enum(DRAFT_RIGHTS)
    .meta(described("publication.draft.ipr", { default: "trust200902" }))
    .optional(),
});

const templates = z.strictObject({
  section: written("publication.website.templates.section", parseTemplatePath).optional(),
  status: written("publication.website.templates.status", parseTemplatePath).optional(),
  post: written("publication.website.templates.post", parseTemplatePath).optional(),
  item: written("publication.website.templates.item", parseTemplatePath).optional(),
});

const website = z.strictObject({
  repository: written("publication.website.repository", parseRepository, {
    examples: ["MISP/misp-standard.org"],
  }),
  address: written("publication.website.address", parseAddress, {
    examples: ["https://www.misp-standard.org"],
  }).optional(),
  page: written("publication.website.page", parseFile, { default: "standards.md" }).optional(),
  posts: written("publication.website.posts", orNone(parseFolder), { default: "_posts" }).optional(),
  files: written("publication.website.files", parseFolder, { default: "rfc" }).optional(),
  templates: templates.meta(described("publication.website.templates")).optional(),
});

const ietf = z.strictObject({ submitter: written("publication.ietf.submitter", line(254, isEmail)) });

const maintenance = z.strictObject({
  expires_after: span("publication.maintenance.expires_after", "185 days").optional(),
  remind_before: span("publication.maintenance.remind_before", "30 days").optional(),
});

export const publication = z.strictObject({
  standards: written("publication.standards", parseRepository, { examples: ["MISP/misp-rfc"] }).optional(),
  decisions: written("publication.decisions", parseFolder, { default: "decisions" }).optional(),
  source: written("publication.source", line(100, isFileName), { default: "raw.md" }).optional(),
  draft: draft.meta(described("publication.draft")).optional(),
  website: website.meta(described("publication.website")).optional(),
  register: written("publication.register", orNone(registerPath), {
    examples: ["register.json"],
    default: "none",
  }).optional(),
  readme: written("publication.readme", orNone(parseFile), {
    examples: ["README.md"],
    default: "none",
  }).optional(),
  ietf: ietf.meta(described("publication.ietf")).optional(),
  maintenance: maintenance.meta(described("publication.maintenance")).optional(),
});

export const PUBLICATION_KEYS: Readonly<Record<string, readonly string[]>> = {
  publication: Object.keys(publication.shape),
  "publication.draft": Object.keys(draft.shape),
  "publication.website": Object.keys(website.shape),
  "publication.website.templates": Object.keys(templates.shape),
  "publication.ietf": Object.keys(ietf.shape),
  "publication.maintenance": Object.keys(maintenance.shape),
};
