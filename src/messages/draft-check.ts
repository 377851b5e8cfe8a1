/** What idnits says of the drafts of a pull request, as a check run tells it. */
import { codeSpan, inline, link } from "./escape.ts";
import { shortened } from "./one-line.ts";
import { count, fittedBullets, listed, paragraphs } from "./parts.ts";

export const DRAFT_CHECK_NAME = "idnits";

export type DraftRemark = {
  readonly severity: "error" | "warning" | "comment";
  readonly code: string;
  /** It may quote the draft. */
  readonly message: string;
  /** In the file, counted from 1; null: it is nowhere in particular. */
  readonly line: number | null;
  /** Where the rule is explained. */
  readonly reference: string | null;
};

export type DraftCheck = {
  readonly path: string;
  /** With its revision; null: it has none, or is no draft. */
  readonly name: string | null;
  readonly remarks: readonly DraftRemark[];
};

export type Annotation = {
  readonly path: string;
  readonly line: number;
  readonly level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
};

export type DraftReport = {
  readonly conclusion: "success" | "neutral" | "failure";
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
};

/** GitHub takes 65,535 characters in a check run's summary (https://docs.github.com/en/rest/checks/runs). */
const LONGEST_LIST = 50_000;
const LONGEST_MESSAGE = 1_000;
/** More than anybody reads; each fifty cost a request. */
const MOST_ANNOTATIONS = 500;

/** Errors fail the check; warnings leave it neutral; comments are only told. */
export function draftReport(checks: readonly DraftCheck[]): DraftReport {
  const remarks = checks.flatMap((check) => check.remarks);
  const errors = remarks.filter(({ severity }) => severity === "error").length;
  const warnings = remarks.filter(({ severity }) => severity === "warning").length;
  return {
    conclusion: errors > 0 ? "failure" : warnings > 0 ? "neutral" : "success",
    title: `${count(errors, "error")}, ${count(warnings, "warning")}`,
    summary: paragraphs(
      `The IETF’s idnits looked at ${listed(checks.slice(0, 20).map(checkedFile))} as it would be submitted.`,
      remarks.length === 0 ? "It found nothing to mend." : list(checks, LONGEST_LIST),
    ),
    annotations: checks.flatMap(annotationsOf).sort(worstFirst).slice(0, MOST_ANNOTATIONS),
  };
}

function checkedFile({ path, name }: DraftCheck): string {
  return name === null ? codeSpan(path) : `${codeSpan(path)} (${inline(name)})`;
}

function list(checks: readonly DraftCheck[], budget: number): string {
  const items = checks.flatMap(({ path, remarks }) =>
    remarks.map((remark) => ({ remark, place: checks.length > 1 ? `${codeSpan(path)}: ` : "" })),
  );
  return fittedBullets(
    items
      .sort((one, other) => rank(one.remark) - rank(other.remark))
      .map(({ remark, place }) => place + inWords(remark)),
    budget,
    (left) => count(left, "more remark"),
  );
}

function inWords({ severity, code, message, line, reference }: DraftRemark): string {
  const rule = reference === null ? "" : ` (${link("the rule", reference)})`;
  const at = line === null ? "" : `, line ${line}`;
  return `**${severity}${at}:** ${inline(message, LONGEST_MESSAGE)}${rule} ${codeSpan(code)}`;
}

function annotationsOf({ path, remarks }: DraftCheck): readonly Annotation[] {
  return remarks.flatMap(({ severity, code, message, line }) =>
    line === null
      ? []
      : [
          {
            path,
            line,
            level: LEVELS[severity],
            title: plain(code, 200),
            message: plain(message, LONGEST_MESSAGE),
          },
        ],
  );
}

const LEVELS = { error: "failure", warning: "warning", comment: "notice" } as const;

function worstFirst(one: Annotation, other: Annotation): number {
  const order = ["failure", "warning", "notice"];
  return order.indexOf(one.level) - order.indexOf(other.level) || one.line - other.line;
}

function rank({ severity }: DraftRemark): number {
  return ["error", "warning", "comment"].indexOf(severity);
}

/** GitHub shows annotations as plain text. */
function plain(text: string, longest: number): string {
  const words = text.toWellFormed().replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\s]+/gu, " ");
  return shortened(words.trim(), longest) || "(without a word)";
}
