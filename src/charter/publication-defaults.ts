/** What `publication` means where it says nothing: the text goes to the repository, and nothing else happens. */
import { DAY, seconds } from "../proposal/instant.ts";
import type { DraftTerms, MaintenanceTerms, PublicationTerms, WebsiteTerms } from "./charter.ts";
import type { CharterFile } from "./schema.ts";

type File = NonNullable<CharterFile["publication"]>;

/** A draft is gone 185 days after it was posted (https://www.ietf.org/standards/ids/). */
export const DEFAULT_MAINTENANCE: MaintenanceTerms = {
  expiresAfter: seconds(185 * DAY),
  remindBefore: seconds(30 * DAY),
};

export function publicationTerms(file: File): PublicationTerms {
  return {
    standards: file.standards ?? null,
    decisions: file.decisions ?? "decisions",
    source: file.source ?? "raw.md",
    draft: file.draft === undefined ? null : draftTerms(file.draft),
    website: file.website === undefined ? null : websiteTerms(file.website),
    register: file.register?.path ?? null,
    readme: file.readme?.path ?? null,
    ietf: file.ietf ?? null,
    maintenance: {
      expiresAfter: file.maintenance?.expires_after ?? DEFAULT_MAINTENANCE.expiresAfter,
      remindBefore: file.maintenance?.remind_before ?? DEFAULT_MAINTENANCE.remindBefore,
    },
  };
}

function draftTerms(file: NonNullable<File["draft"]>): DraftTerms {
  return {
    who: file.who,
    area: file.area ?? "Security",
    stream: file.stream ?? "independent",
    category: file.category ?? "info",
    ipr: file.ipr ?? "trust200902",
  };
}

function websiteTerms(file: NonNullable<File["website"]>): WebsiteTerms {
  const { section, status, post, item } = file.templates ?? {};
  return {
    repository: file.repository,
    address: file.address ?? null,
    page: file.page ?? "standards.md",
    posts: file.posts === undefined ? "_posts" : file.posts.path,
    files: file.files ?? "rfc",
    templates: {
      ...(section === undefined ? {} : { section }),
      ...(status === undefined ? {} : { status }),
      ...(post === undefined ? {} : { post }),
      ...(item === undefined ? {} : { item }),
    },
  };
}
