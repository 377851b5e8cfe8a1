/** Which draft a merged file is, and whether it is the one that the register has: only that one is submitted. */
import { sha256 } from "./docket.ts";
import type { DraftFact, Facts, FilePin, GitHubWant } from "./facts.ts";
import { need, type Step } from "./step.ts";
import type { SubmissionTerms, Withholding } from "./submission-entries.ts";

export type DraftToSend = {
  /** With its revision, as the XML says it. */
  readonly name: string;
  readonly file: FilePin & { readonly sha256: string };
};

/** The draft at a commit (null: the newest of the default branch), or why it is not sent, or what must be read first. */
export function draftToSend(
  { repository, path, register }: SubmissionTerms,
  commit: string | null,
  facts: Facts,
): { readonly got: DraftToSend } | { readonly withheld: Withholding } | { readonly step: Step } {
  const want: GitHubWant = { fact: "draft", repository, path, commit, register };
  const isOther = facts.draft?.known === true && facts.draft.value.asked !== commit;
  const reading = need(isOther ? undefined : facts.draft, want);
  return "got" in reading ? checked(reading.got) : reading;
}

function checked({ xml, registered }: DraftFact) {
  if (xml.status !== "read") return { withheld: whyNotRead(xml.status) };
  const name = draftNameIn(xml.text);
  if (name === null) return { withheld: { why: "not a draft" } as const };
  const unlike = registered === null ? null : whyUnlike(name, registered);
  if (unlike !== null) return { withheld: unlike };
  return { got: { name, file: { ...xml.file, sha256: sha256(xml.text) } } };
}

function whyUnlike(draft: string, registered: NonNullable<DraftFact["registered"]>): Withholding | null {
  switch (registered.status) {
    case "absent":
      return { why: "not in the register" };
    case "unreadable":
      return { why: "register unreadable" };
    case "read":
      return registered.draft === draft
        ? null
        : { why: "another draft", draft, registered: registered.draft };
  }
}

function whyNotRead(status: "missing" | "too large" | "not text"): Withholding {
  switch (status) {
    case "missing":
      return { why: "file missing" };
    case "too large":
      return { why: "file too large" };
    case "not text":
      return { why: "not a draft" };
  }
}

/** The start tag of `<rfc>` is shorter than this. In characters. */
const LONGEST_TAG = 10_000;

/** The name with revision that RFCXML gives itself (RFC 7991, section 2.45.6: `docName`); null: it gives none. */
export function draftNameIn(xml: string): string | null {
  const start = xml.search(/<rfc\s/);
  if (start < 0) return null;
  const [tag = ""] = xml.slice(start, start + LONGEST_TAG).split(">", 1);
  return /\sdocName\s{0,9}=\s{0,9}["'](draft-[a-z0-9-]{1,200}-[0-9]{2})["']/.exec(tag)?.[1] ?? null;
}
