/** The register: what a committee has published or is working on, one standard after the other, for people and programs. */
import { z } from "zod";
import { DAY, type Instant, instant, type Seconds, seconds } from "../../proposal/instant.ts";

export const REGISTER_FORMAT = "secretariat register";
export const REGISTER_VERSION = 1;

/** A register is read and written by people too; a longer one is none of theirs. In characters. */
export const LONGEST_REGISTER = 4_000_000;

function about(description: string) {
  return { description };
}

/** No control characters, line ends, or marks that turn the reading direction. Plain enough for every editor's schema. */
const ONE_LINE = /^[ -~\u00A0-\u2027\u202F-\u2065\u206A-\uFFFF]*$/;

function line(longest: number, description: string) {
  return z.string().min(1).max(longest).regex(ONE_LINE).meta(about(description));
}

function moment(description: string) {
  return z
    .string()
    .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/)
    .meta({ ...about(description), examples: ["2026-12-20T09:30:00Z"] })
    .transform((text, context): Instant => {
      const read = momentOf(text);
      if (read !== null) return read;
      context.addIssue({ code: "custom", message: "There is no such moment" });
      return z.NEVER;
    });
}

/** The 31st of February is a moment to JavaScript, but another one. */
function momentOf(text: string): Instant | null {
  try {
    const read = instant(text);
    return read === text ? read : null;
  } catch {
    return null;
  }
}

function address(description: string) {
  return z
    .string()
    .max(2_000)
    .regex(/^https?:\/\/[!-~]+$/)
    .refine(isWebAddress, "This is not an address on the web")
    .meta(about(description));
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return false;
  return url.username === "" && url.password === "";
}

const slug = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

const path = z
  .string()
  .max(400)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/);

const STATUSES = ["in design", "implemented", "published", "expired", "retired"] as const;

const editor = z.strictObject({
  name: line(300, "The editor's name."),
  organization: line(300, "Where the editor comes from.").nullable(),
  email: line(254, "An e-mail address; only if the editor gave it.").nullable(),
  country: line(100, "The editor's country.").nullable(),
});

const proposal = z.strictObject({
  repository: z
    .string()
    .max(150)
    .regex(/^[A-Za-z0-9_-]+\/[A-Za-z0-9._-]+$/)
    .meta(about("The committee's repository, as OWNER/NAME.")),
  number: z.int().min(1).max(1_000_000_000).meta(about("The number of the proposal's issue.")),
  kind: z.enum(["new", "update", "retirement"]).meta(about("What the proposal asked for.")),
  decided: moment("When the committee's ballot on it closed."),
  decision: path.nullable().meta(about("The record of the decision, a path in the register's repository.")),
  revision: z
    .string()
    .regex(/^[0-9]{2,3}$/)
    .nullable()
    .meta(about("The revision that came of it.")),
});

const implementation = z.strictObject({
  name: line(300, "What implements the standard."),
  url: address("Where it is.").nullable(),
});

const link = z.strictObject({
  label: line(100, "What is linked to; links of one label belong together."),
  text: line(100, "The link's own text."),
  url: z
    .string()
    .max(2_000)
    .regex(/^(?:https?:\/\/|\/(?!\/))[!-~]+$/)
    .refine((text) => text.startsWith("/") || isWebAddress(text), "This is not an address on the web")
    .meta(about("Where it leads; without an address of the website, from its root.")),
});

const dates = z.strictObject({
  published: moment("When the current revision was published.").nullable(),
  expires: moment("When the current draft expires.").nullable(),
  retired: moment("When the committee retired the standard.").nullable(),
});

const standardSchema = z.strictObject({
  slug: slug.meta(about("The short name: the standard's folder in this repository.")),
  title: line(300, "The title."),
  abbreviation: line(100, "The title in a few words.").nullable(),
  summary: z.string().min(1).max(5_000).nullable().meta(about("What the standard is for, in plain text.")),
  status: z.enum(STATUSES).meta(about("Where the standard stands.")),
  draft: z
    .string()
    .max(150)
    .regex(/^draft-[a-z0-9]+(?:-[a-z0-9]+)*$/)
    .nullable()
    .meta(about("The name of the Internet-Draft, without its revision.")),
  revision: z
    .string()
    .regex(/^[0-9]{2,3}$/)
    .nullable()
    .meta(about("The current revision of the draft.")),
  files: slug
    .nullable()
    .meta(about("The name of its files on the website, without their ending. The slug, if null.")),
  editors: z.array(editor).max(500).meta(about("Who wrote the current revision.")),
  keywords: z.array(line(100, "A keyword.")).max(100).meta(about("What readers search for.")),
  proposals: z.array(proposal).max(1_000).meta(about("The proposals behind it, the oldest first.")),
  implementations: z.array(implementation).max(500).meta(about("Known implementations.")),
  dates: dates.meta(about("When what happened; null where that is not known.")),
  links: z.array(link).max(100).meta(about("What else there is to read.")),
});

export const registerSchema = z
  .strictObject({
    $schema: z.string().max(2_000).optional().meta(about("The address of this schema, for editors.")),
    format: z.literal(REGISTER_FORMAT),
    version: z.literal(REGISTER_VERSION),
    standards: z
      .array(standardSchema)
      .max(5_000)
      .superRefine((standards, context) => {
        const seen = new Set<string>();
        for (const [index, { slug: name }] of standards.entries()) {
          if (seen.has(name))
            context.addIssue({ code: "custom", path: [index, "slug"], message: `There are two of ${name}` });
          seen.add(name);
        }
      })
      .meta(about("The standards, in the order in which they came.")),
  })
  .meta({ title: "Register of standards", ...about("Kept by publication only.") });

type Deep<T> = T extends string | number | boolean | null | undefined
  ? T
  : { readonly [K in keyof T]: Deep<T[K]> };

export type Standard = Deep<z.infer<typeof standardSchema>>;
export type Register = Deep<z.infer<typeof registerSchema>>;
export type Editor = Standard["editors"][number];
export type RegisteredProposal = Standard["proposals"][number];
export type RegisteredLink = Standard["links"][number];

/** An Internet-Draft is valid for 185 days from when it was posted (RFC 2026, section 2.2, as the IETF counts them). */
export const DRAFT_LASTS: Seconds = seconds(185 * DAY);

export const EMPTY_REGISTER: Register = { format: REGISTER_FORMAT, version: REGISTER_VERSION, standards: [] };

/** A standard of which its names alone are known. */
export function unheardOf(slug: string, title: string): Standard {
  return {
    slug,
    title,
    abbreviation: null,
    summary: null,
    status: "in design",
    draft: null,
    revision: null,
    files: null,
    editors: [],
    keywords: [],
    proposals: [],
    implementations: [],
    dates: { published: null, expires: null, retired: null },
    links: [],
  };
}

export function standardIn(register: Register, name: string): Standard | null {
  return register.standards.find((standard) => standard.slug === name) ?? null;
}
