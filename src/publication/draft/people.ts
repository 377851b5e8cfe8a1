/** Who stands in a draft's front matter, made of what is known of somebody. */
import { type Author, NO_POSTAL } from "./model.ts";

export type Named = {
  readonly name: string;
  readonly organization?: string | null;
  readonly email?: string | null;
  readonly country?: string | null;
};

/** A person as an author. The last word of a name is taken for the surname, as the head of each page wants one. */
export function authorOf({ name, organization = null, email = null, country = null }: Named): Author {
  const words = name.trim().split(/\s+/);
  const initials = words.slice(0, -1).map((word) => `${[...word][0]}.`);
  return {
    ...NOBODY,
    fullname: words.join(" "),
    initials: initials.join(" ") || null,
    surname: words.at(-1) || null,
    organization,
    email,
    postal: { ...NO_POSTAL, country },
  };
}

/** A group that nobody signs for: RFCXML wants an author, and an organization may be one (RFC 7991, section 2.7). */
export function organizationOf(organization: string): Author {
  return { ...NOBODY, organization };
}

const NOBODY: Author = {
  fullname: "",
  initials: null,
  surname: null,
  role: null,
  organization: null,
  organizationAbbrev: null,
  email: null,
  phone: null,
  uri: null,
  postal: NO_POSTAL,
};
