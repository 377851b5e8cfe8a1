/** The committee of the rows that run against the sandbox, and what is proposed to it. */
import type { Sandbox } from "../src/sandbox/sandbox.ts";

export const HOME = "misp-rfc";

export const CHARTER = `committee: MISP Standard Committee
chairs: [adulau]
reviewers: [iglocska, chrisr3d]
members:
  - team: MISP/standard-committee
`;

/** Opens so many proposals on which something is missing still: the App says what, and waits. */
export async function openProposals(sandbox: Sandbox, count: number): Promise<void> {
  const body = "### Kind of proposal\n\nNew standard\n";
  for (let index = 1; index <= count; index++)
    await sandbox
      .as("rafiot")
      .openIssue(HOME, { title: `Proposal: the ${index}th format`, body, labels: ["proposal"] });
}

/** Of a proposal to which nothing is missing. */
export function completeBody(): string {
  const sections = {
    "Kind of proposal": "New standard",
    "Short name": "sighting-format",
    Description:
      "A format to exchange sightings of indicators between the instances of a sharing community, with their time, their source and how often they occurred.",
    Objectives:
      "Let instances tell one another what they have seen, when, and how often, without sharing the events.",
    "Technical specification":
      "# Sighting format\n\nA sighting MUST carry a timestamp and a source, and MAY carry a count of how often the indicator has been seen since the last report.",
  };
  return Object.entries(sections)
    .map(([heading, text]) => `### ${heading}\n\n${text}`)
    .join("\n\n");
}
