/** Addresses of pages on GitHub's web site. A relative link would break in the e-mails that GitHub sends. */
import type { IssueFact, Repository } from "../proposal/facts.ts";

/** Where GitHub's web pages begin, without a slash at the end: `https://github.com`, or an Enterprise Server's. */
export type WebUrl = string & { readonly __brand: "WebUrl" };

/** GitHub's own branch for dockets; `blob/dockets/0012/docket.json` is where a person reads one. */
const DOCKETS_BRANCH = "dockets";

const LONGEST_URL = 2_000;

/** The web site that an issue was read from: its page's address without `/owner/name/issues/12`. */
export function webOf(issue: Pick<IssueFact, "url">): WebUrl {
  return issue.url.split("/").slice(0, -4).join("/") as WebUrl;
}

/** The page of a file at a commit or branch; of the whole repository then, where the path is extremely long. */
export function fileUrl(
  web: WebUrl,
  file: Repository & { readonly path: string; readonly commit: string },
): string {
  const parts = [file.owner, file.name, "blob", file.commit, ...file.path.split("/")];
  const url = `${web}/${parts.map(encodeURIComponent).join("/")}`;
  // A path of thousands of characters would fill a comment with its own address.
  return url.length <= LONGEST_URL
    ? url
    : `${web}/${[file.owner, file.name, "tree", file.commit].map(encodeURIComponent).join("/")}`;
}

export function docketUrl(web: WebUrl, docket: Repository & { readonly path: string }): string {
  return fileUrl(web, { ...docket, commit: DOCKETS_BRANCH });
}
