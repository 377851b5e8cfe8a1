/** How to begin: told once, on the first proposal, where there is no charter. */
import { CHARTER_PATH } from "../charter/charter.ts";
import { codeBlock, codeSpan } from "./escape.ts";
import { paragraphs } from "./parts.ts";

/** The smallest complete charter; everything else has a default. */
export const SMALLEST_CHARTER = `committee: Name of the committee
chairs: [login-of-a-chair]
members:
  - login-of-a-member
  - login-of-another-member
`;

export function noCharter(): string {
  return paragraphs(
    "### This committee has no charter yet",
    `This proposal has been received, but nothing formal can happen before the committee’s rules are written down. A maintainer can begin by adding the file ${codeSpan(CHARTER_PATH)} to the default branch of this repository, or of the organization’s ${codeSpan(".github")} repository:`,
    codeBlock(SMALLEST_CHARTER, "yaml"),
    "That is a complete charter: a comment period of 30 days, then a ballot of 14 days, decided by more than half of the votes cast. Every rule can be changed in the same file.",
    "Once the file is there, this proposal goes on by itself.",
  );
}
