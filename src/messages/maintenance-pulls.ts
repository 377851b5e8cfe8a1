/** The words of the pull requests that keep published standards: a renewal, and the mark of one that has expired. */
import type { Person, ProposalRef, Repository } from "../proposal/facts.ts";
import { type Instant, inWords } from "../proposal/instant.ts";
import { codeSpan, inline } from "./escape.ts";
import { count, fittedBullets, named, paragraphs } from "./parts.ts";

export type MaintenanceNotice = {
  /** Whose standard it is: the committee's repository. */
  readonly committee: Repository;
  readonly slug: string;
  /** With its revision: the next one, or the one that has expired. */
  readonly draft: string;
  readonly carries: "standards" | "website" | "both";
  readonly files: readonly string[];
  /** Sentences for whoever merges it. */
  readonly remarks: readonly string[];
  readonly why:
    | { readonly kind: "renewal"; readonly issue: ProposalRef; readonly by: Person; readonly at: Instant }
    | { readonly kind: "expired"; readonly expired: Instant };
};

/** The slug and the draft's name are of strict alphabets. */
export function maintenancePullTitle({ slug, draft, why, carries }: MaintenanceNotice): string {
  const where = carries === "website" ? " on the website" : "";
  return why.kind === "renewal" ? `Renew ${slug}${where}: ${draft}` : `Mark ${slug} as expired${where}`;
}

export function maintenanceCommitMessage(notice: MaintenanceNotice): string {
  const { why, draft } = notice;
  const because =
    why.kind === "renewal"
      ? `Asked for on ${inWords(why.at)} in ${reference(why.issue)}.`
      : `${draft} expired on ${inWords(why.expired)}.`;
  return `${maintenancePullTitle(notice)}\n\n${because}`;
}

export function maintenancePullBody(notice: MaintenanceNotice): string {
  const { committee, carries, files, remarks } = notice;
  return paragraphs(
    maintenanceLine(committee),
    carries === "website" ? websiteWords(notice) : standardsWords(notice),
    remarks.length === 0 ? null : "**To be looked at**",
    remarks.length === 0
      ? null
      : fittedBullets(
          remarks.map((remark) => inline(remark, 1_000)),
          30_000,
          (left) => count(left, "more remark"),
        ),
    "**Files**",
    fittedBullets(files.map(codeSpan), 10_000, (left) => count(left, "more file")),
    carries === "website"
      ? "**For maintainers:** please merge this after the pull request of the standard itself."
      : "**For maintainers:** please review and merge this; any way of merging is fine. If you close it unmerged, another one for the same revision is not made; you can open it again.",
  );
}

function standardsWords({ slug, draft, why }: MaintenanceNotice): string {
  if (why.kind === "expired")
    return `The Internet-Draft ${inline(draft)} of the standard ${codeSpan(slug)} expired on ${inWords(why.expired)}. This marks it so in the register; its text stays as it is. When it is to be renewed after all, close this and write ${codeSpan(`/renew ${slug}`)} on the maintenance issue.`;
  return `This renews the standard ${codeSpan(slug)} as ${inline(draft)}. Its text stays as it is: in its source only revision and date change. ${named(why.by)} asked for it on ${inWords(why.at)}, in ${reference(why.issue)}; the committee does not vote on a renewal.`;
}

function websiteWords({ slug, draft, why }: MaintenanceNotice): string {
  return why.kind === "expired"
    ? `The Internet-Draft ${inline(draft)} of the standard ${codeSpan(slug)} expired on ${inWords(why.expired)}. This says so on its page.`
    : `The standard ${codeSpan(slug)} is renewed as ${inline(draft)}. This brings its files here up to date.`;
}

/** A reference that is meant: GitHub links the maintenance issue with the pull request. */
function reference({ owner, name, number }: ProposalRef): string {
  return `${owner}/${name}#${number}`;
}

const LINE =
  /^<!-- secretariat:maintenance ([A-Za-z0-9_-]{1,100})\/(?!\.{1,2} )([A-Za-z0-9._-]{1,100}) -->(?:\r?\n|$)/;

/** Which committee's repository a pull request is for, hidden from readers, for the webhook of its merge. */
function maintenanceLine({ owner, name }: Repository): string {
  const line = `<!-- secretariat:maintenance ${owner}/${name} -->`;
  if (!LINE.test(line)) throw new RangeError(`Not a repository: ${JSON.stringify({ owner, name })}`);
  return line;
}

/** The committee's repository that a pull request names in its first line, else `null`. It proves nothing. */
export function maintainedFor(body: string): Repository | null {
  const [, owner, name] = LINE.exec(body) ?? [];
  return owner === undefined || name === undefined ? null : { owner, name };
}
