/** The state of a charter, as GitHub tells it: a check run on the commit, and one issue while there are problems. */
import { CHARTER_PATH, type CharterProblem } from "../charter/charter.ts";
import type { CharterFact, CharterPin } from "../proposal/facts.ts";
import { charterSummary } from "./charter-summary.ts";
import { codeSpan, inline } from "./escape.ts";

export type CharterReport = {
  /** The commit that the check run stands on. */
  readonly commit: string;
  readonly onDefaultBranch: boolean;
  readonly check: {
    readonly conclusion: "success" | "failure" | "neutral";
    readonly title: string;
    readonly summary: string;
    readonly annotations: readonly {
      readonly path: string;
      readonly line: number;
      readonly column: number;
      readonly message: string;
    }[];
  };
  /** The issue that lists the problems; null: there are none, and an open one is closed. */
  readonly issue: { readonly title: string; readonly body: string } | null;
};

/** A charter that could not be read is no news about the charter: it is read again, and nothing is reported. */
export type ReadableCharter = Exclude<CharterFact, { status: "unreadable" }>;

/** GitHub takes 50 annotations a request (https://docs.github.com/rest/checks/runs). */
const MOST_ANNOTATIONS = 50;
/** Of a check run's summary and of an issue GitHub takes some 65,000 characters; the rest leaves room for the frame. */
const LONGEST_LIST = 55_000;

export function charterReport(
  fact: ReadableCharter,
  commit: string,
  onDefaultBranch: boolean,
): CharterReport {
  return { commit, onDefaultBranch, check: checkOf(fact), issue: onDefaultBranch ? issueOf(fact) : null };
}

function checkOf(fact: ReadableCharter): CharterReport["check"] {
  switch (fact.status) {
    case "valid": {
      const summary = charterSummary(fact.charter).map((sentence) => `- ${inline(sentence, 2_000)}`);
      return {
        conclusion: "success",
        title: "The charter is valid",
        summary: summary.join("\n"),
        annotations: [],
      };
    }
    case "absent":
      return {
        conclusion: "neutral",
        title: "There is no charter",
        summary: `The rules of a committee stand in ${codeSpan(CHARTER_PATH)}. Without that file nothing formal happens here.`,
        annotations: [],
      };
    case "invalid":
      return {
        conclusion: "failure",
        title: `${counted(fact.problems)} in the charter`,
        summary: `${inline(fact.pin.path)} cannot be used as it is.\n\n${listed(fact.problems)}`,
        annotations: fact.problems.slice(0, MOST_ANNOTATIONS).map(({ line, column, message, instead }) => ({
          path: fact.pin.path,
          line,
          column,
          message: `${sentence(message)} Write instead: ${sentence(instead)}`,
        })),
      };
  }
}

function issueOf(fact: ReadableCharter): CharterReport["issue"] {
  if (fact.status !== "invalid") return null;
  const body = [
    `The committee’s charter, ${codeSpan(fact.pin.path)} as of ${commitOf(fact.pin)}, cannot be used as it is: it has ${counted(fact.problems)}.`,
    listed(fact.problems),
    "Until they are mended on the default branch, nothing formal happens to any proposal: no stage begins or ends, and no vote or comment is lost. This issue then closes by itself.",
  ];
  return { title: "The committee’s charter cannot be used as it is", body: body.join("\n\n") };
}

function counted(problems: readonly CharterProblem[]): string {
  return `${problems.length} problem${problems.length === 1 ? "" : "s"}`;
}

/** One item a problem, as many as GitHub has room for, and a word about the rest. */
function listed(problems: readonly CharterProblem[]): string {
  const items: string[] = [];
  let length = 0;
  for (const problem of problems) {
    const item = problemInMarkdown(problem);
    length += item.length + 3;
    if (length > LONGEST_LIST) break;
    items.push(`- ${item}`);
  }
  const left = problems.length - items.length;
  return left === 0 ? items.join("\n") : `${items.join("\n")}\n\n… and ${left} more.`;
}

/** `**Line 3, column 5:** message. Write instead: …` with everything in it escaped. */
export function problemInMarkdown({ line, column, message, instead }: CharterProblem): string {
  return `**Line ${line}, column ${column}:** ${sentence(withCode(message))} Write instead: ${sentence(withCode(instead))}`;
}

/** Our problems hold what was written between backticks, and no other backticks. */
function withCode(text: string): string {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : escaped(part)))
    .join("");
}

function sentence(text: string): string {
  return text.endsWith("?") || text.endsWith(".") ? text : `${text}.`;
}

/** `inline` trims; a space beside a code span has to stay. */
function escaped(part: string): string {
  const before = part.startsWith(" ") ? " " : "";
  const after = part.endsWith(" ") && part.trim() !== "" ? " " : "";
  return `${before}${inline(part)}${after}`;
}

/** GitHub makes a link of `owner/name@sha`. */
function commitOf({ owner, name, commit }: CharterPin): string {
  return /^[0-9a-f]{40}$/.test(commit) ? `${inline(`${owner}/${name}`)}@${commit}` : codeSpan(commit);
}
