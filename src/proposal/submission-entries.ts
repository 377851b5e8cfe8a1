/** What a docket says of the submission to the IETF: the sub-life of a published draft. */
import type { FilePin, Person, Repository } from "./facts.ts";

/** What the charter and the publication said when the pull requests were opened: enough to submit without asking again. */
export type SubmissionTerms = {
  /** The login at the datatracker, an e-mail address. */
  readonly submitter: string;
  /** Where the draft's XML is merged. */
  readonly repository: Repository;
  readonly path: string;
  /** The standard in the register, whose draft and revision the XML must be; `null`: no register is kept. */
  readonly register: { readonly path: string; readonly slug: string } | null;
};

/** Why a published draft was not submitted; messages turn it into a sentence. */
export type Withholding =
  | { readonly why: "file missing" }
  | { readonly why: "file too large" }
  | { readonly why: "not a draft" }
  | { readonly why: "register unreadable" }
  | { readonly why: "not in the register" }
  /** The XML says that it is `draft`; the register has `registered`. Both with their revision. */
  | { readonly why: "another draft"; readonly draft: string; readonly registered: string };

export type SubmissionEntryBody =
  /** The intent, recorded before the draft is sent: without an outcome it is looked for before anything is sent again. */
  | {
      readonly kind: "submission-begun";
      /** With its revision: `draft-misp-core-format-20`. */
      readonly draft: string;
      readonly submitter: string;
      readonly file: FilePin & { readonly sha256: string };
    }
  /** The datatracker has it, by its number there; `statusUrl` is where it says what became of it. */
  | {
      readonly kind: "submitted";
      readonly draft: string;
      readonly id: string;
      readonly statusUrl: string;
    }
  /** In the datatracker's own words, which are nobody's markup. */
  | { readonly kind: "submission-refused"; readonly error: string; readonly messages: readonly string[] }
  | { readonly kind: "submission-withheld"; readonly reason: Withholding }
  | { readonly kind: "submission-moved"; readonly state: "auth" | "approval" | "posted" | "cancel" }
  /** The datatracker could not be asked, or nothing changed, for so long that the App asks no more. */
  | { readonly kind: "submission-given-up" }
  | {
      readonly kind: "submission-requested";
      readonly by: Person;
      readonly comment: number;
      /** As the charter names it by now. */
      readonly submitter: string;
    };
