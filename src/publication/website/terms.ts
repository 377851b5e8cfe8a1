/** What a committee says of its website, and the templates that it may write itself. */

export type TemplateName = "section" | "status" | "post" | "item";

export type WebsiteTerms = {
  readonly repository: { readonly owner: string; readonly name: string };
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
