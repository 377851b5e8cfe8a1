/** Rules between the values under `publication`. */
import type { CharterProblem } from "./charter.ts";
import { parseDuration } from "./duration.ts";
import { parseRepository } from "./names.ts";
import { problemAt, valueIn } from "./problems.ts";
import { DEFAULT_MAINTENANCE } from "./publication-defaults.ts";
import { durationInWords } from "./words.ts";
import type { Path, WrittenFile } from "./yaml.ts";

export function publicationProblems(file: WrittenFile): readonly CharterProblem[] {
  return [
    ...submissionProblems(file),
    ...templateProblems(file),
    ...maintenanceProblems(file),
    ...pathProblems(file),
  ];
}

function isThere(file: WrittenFile, ...path: Path): boolean {
  const value = valueIn(file.value, ["publication", ...path]);
  return value !== undefined && !(typeof value === "string" && value.trim().toLowerCase() === "none");
}

function textAt(file: WrittenFile, ...path: Path): string | null {
  const value = valueIn(file.value, ["publication", ...path]);
  return typeof value === "string" ? value.trim() : null;
}

function submissionProblems(file: WrittenFile): readonly CharterProblem[] {
  if (!isThere(file, "ietf") || isThere(file, "draft")) return [];
  const message = "Only Internet-Drafts are submitted to the IETF, and this charter has none made";
  return [problemAt(file, ["publication", "ietf"], message, "`draft` with `who: NAME` as well")];
}

function templateProblems(file: WrittenFile): readonly CharterProblem[] {
  const path: Path = ["website", "templates", "item"];
  if (!isThere(file, ...path) || isThere(file, "readme")) return [];
  const message = "This template is for the lists of standards in `readme`, and this charter names none";
  return [problemAt(file, ["publication", ...path], message, "`readme: README.md` as well")];
}

function maintenanceProblems(file: WrittenFile): readonly CharterProblem[] {
  const { expiresAfter, remindBefore } = DEFAULT_MAINTENANCE;
  const group = valueIn(file.value, ["publication", "maintenance"]);
  if (typeof group !== "object" || group === null) return [];
  const spanAt = (key: string, usual: typeof expiresAfter) => {
    const isWritten = isThere(file, "maintenance", key);
    return isWritten ? parseDuration(textAt(file, "maintenance", key) ?? "") : usual;
  };
  const expires = spanAt("expires_after", expiresAfter);
  const remind = spanAt("remind_before", remindBefore);
  if (expires === null || remind === null || remind < expires) return [];
  const key = isThere(file, "maintenance", "remind_before") ? "remind_before" : "expires_after";
  const message = `A reminder ${durationInWords(remind)} before the end cannot be given for a draft that expires after ${durationInWords(expires)}`;
  const instead = "a `remind_before` that is shorter than `expires_after`";
  return [problemAt(file, ["publication", "maintenance", key], message, instead)];
}

/** Files that the App keeps have to be different files, also on machines that know no letter case. */
function pathProblems(file: WrittenFile): readonly CharterProblem[] {
  const register = textAt(file, "register");
  const readme = textAt(file, "readme");
  const page = isThere(file, "website") ? (textAt(file, "website", "page") ?? "standards.md") : null;
  const message = "Another key names this very file already";
  const same = (one: string | null, other: string | null) =>
    one !== null && one.toLowerCase() !== "none" && one.toLowerCase() === other?.toLowerCase();
  const problems: CharterProblem[] = [];
  if (same(readme, register))
    problems.push(problemAt(file, ["publication", "readme"], message, "another file"));
  if (sameRepository(file) && (same(page, readme) || same(page, register)))
    problems.push(problemAt(file, ["publication", "website", "page"], message, "another file"));
  return problems;
}

function sameRepository(file: WrittenFile): boolean {
  const website = parseRepository(textAt(file, "website", "repository") ?? "");
  const standards = parseRepository(textAt(file, "standards") ?? "");
  if (website === null || standards === null) return false;
  return (
    `${website.owner}/${website.name}`.toLowerCase() === `${standards.owner}/${standards.name}`.toLowerCase()
  );
}
