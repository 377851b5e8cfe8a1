/** The documentation as a checklist: what is there, what is missing, and how to mend it. */
import type { SectionFinding } from "../proposal/desired-state.ts";
import { codeSpan, inline } from "./escape.ts";
import { count, fittedBullets, listed, sentence } from "./parts.ts";

/** A charter may ask for more sections than fit into a comment. In characters. */
const LONGEST = 15_000;

export function checklist(findings: readonly SectionFinding[]): string {
  return fittedBullets(findings.map(item), LONGEST, (left) => count(left, "more section"));
}

export function isComplete(findings: readonly SectionFinding[]): boolean {
  return findings.every((finding) => finding.state === "present");
}

function item(finding: SectionFinding): string {
  const title = `**${inline(finding.section.title, 100)}**`;
  if (finding.state === "present") return `[x] ${title}`;
  return `[ ] ${title}: ${mend(finding)}`;
}

function mend(finding: SectionFinding): string {
  const { section, words } = finding;
  const least = count(Math.max(section.minimumWords, 1), "word");
  switch (finding.state) {
    case "present":
      return "complete.";
    case "missing":
      return `not found. Add a heading ${heading(finding)} and below it at least ${least}${orLink(finding)}.${aliases(finding)}`;
    case "empty":
      return `there is a heading, but nothing below it yet. Write at least ${least}${orLink(finding)}.`;
    case "too short":
      return `${count(words, "word")} so far, and at least ${least} are asked for. Add ${count(section.minimumWords - words, "more word", "more words")}${orLink(finding)}.`;
    case "not usable":
      return `this cannot be used. ${sentence(finding.because ?? "It could not be read.")}`;
    case "link refused":
      return `the link cannot be used. ${sentence(finding.because ?? "It could not be read.")}`;
  }
}

function heading({ section }: SectionFinding): string {
  return codeSpan(`## ${section.title}`);
}

function orLink({ section }: SectionFinding): string {
  return section.isSpecification ? ", or a link to a file in a repository that holds the text" : "";
}

function aliases({ section }: SectionFinding): string {
  if (section.aliases.length === 0) return "";
  const others = section.aliases.slice(0, 5).map((alias) => inline(alias, 100));
  return ` (A heading ${listed(others, "or")} is read as the same.)`;
}
