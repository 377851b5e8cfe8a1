/** What the schema complains of, as problems with a place, a plain sentence and what to write instead. */
import type { z } from "zod";
import type { CharterProblem } from "./charter.ts";
import { guidanceAt, quoted } from "./guidance.ts";
import { nearest } from "./nearest.ts";
import { KEYS } from "./schema.ts";
import { type Path, pathText, type WrittenFile } from "./yaml.ts";

type Issue = z.core.$ZodIssue;

export function schemaProblems(error: z.ZodError, file: WrittenFile): readonly CharterProblem[] {
  return error.issues.flatMap((issue) => issueProblems(issue, [], file));
}

/** A problem at a value; what to write instead is the key's guidance unless said otherwise. */
export function problemAt(file: WrittenFile, path: Path, message: string, instead?: string): CharterProblem {
  return {
    ...file.valueAt(path),
    path: pathText(path),
    message,
    instead: instead ?? guidanceAt(path).instead,
  };
}

function issueProblems(issue: Issue, base: Path, file: WrittenFile): readonly CharterProblem[] {
  const path = [...base, ...issue.path.filter((step) => typeof step !== "symbol")];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(file, path, key));
    case "invalid_union":
      return unionProblems(issue, path, file);
    case "invalid_type":
      return [wrongType(file, path, issue.expected === "string")];
    case "invalid_value":
      return [wrongWord(file, path, issue.values.map(String))];
    case "too_small":
      return [tooSmall(file, path, issue)];
    case "too_big":
      return [tooBig(file, path, issue)];
    case "custom":
      return [problemAt(file, path, issue.message)];
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
      return [problemAt(file, path, `This is not ${guidanceAt(path).is}`)];
  }
}

/** A seat is a text or a group: what was written decides which of the two complaints is worth telling. */
function unionProblems(
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: Path,
  file: WrittenFile,
): readonly CharterProblem[] {
  const meant = issue.errors.find((issues) => !issues.some(isAboutTheWhole));
  if (meant === undefined) return [wrongType(file, path, true)];
  return meant.flatMap((inner) => issueProblems(inner, path, file));
}

function isAboutTheWhole(issue: Issue): boolean {
  return issue.code === "invalid_type" && issue.path.length === 0;
}

function unknownKey(file: WrittenFile, path: Path, key: string): CharterProblem {
  const where = path.length === 0 ? "in a charter" : `in ${quoted(pathText(path))}`;
  const meant = nearest(key, keysAt(path));
  const question = meant === null ? "" : `; did you mean \`${meant}\`?`;
  return {
    ...file.keyAt([...path, key]),
    path: pathText([...path, key]),
    message: `There is no key ${quoted(key)} ${where}${question}`,
    instead: meant === null ? insteadOfKey(path, key) : `\`${meant}\``,
  };
}

function insteadOfKey(path: Path, key: string): string {
  for (const [group, keys] of Object.entries(KEYS)) {
    if (group === "seat" || !keys.includes(key)) continue;
    return group === "" ? `\`${key}\` at the top level` : `\`${key}\` under \`${group}\``;
  }
  const here = keysAt(path).map((name) => `\`${name}\``);
  return `one of ${here.join(", ")}`;
}

function keysAt(path: Path): readonly string[] {
  const inRoster = path.length > 1 && ["chairs", "reviewers", "members"].includes(String(path[0]));
  const group = inRoster ? "seat" : path.filter((step) => typeof step === "string").join(".");
  return KEYS[group] ?? [];
}

/** Keys for which any text will do, even one that looks like a number. */
const QUOTABLE: ReadonlySet<string> = new Set([
  "committee",
  "chairs",
  "reviewers",
  "members",
  "login",
  "organization",
  "sector",
  "section",
  "aliases",
  "who",
  "area",
  "workgroup",
]);

function wrongType(file: WrittenFile, path: Path, wantsText: boolean): CharterProblem {
  const value = valueIn(file.value, path);
  const name = path.length === 0 ? "The file" : quoted(pathText(path));
  if (value === undefined) return problemAt(file, path, `${name} is missing`);
  if (value === null) return problemAt(file, path, `${name} is empty`);
  if (typeof value === "string")
    return problemAt(file, path, `${quoted(value)} is not ${guidanceAt(path).is}`);
  const isQuotable = wantsText && QUOTABLE.has(path.findLast((step) => typeof step === "string") ?? "");
  if (isQuotable && (typeof value === "number" || typeof value === "boolean")) {
    return problemAt(
      file,
      path,
      `${name} is ${kindOf(value)}, not text`,
      `the value in quotes: \`"${value}"\``,
    );
  }
  return problemAt(file, path, `${name} is ${kindOf(value)}, not ${guidanceAt(path).is}`);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "text";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    default:
      return "a group of keys";
  }
}

function wrongWord(file: WrittenFile, path: Path, words: readonly string[]): CharterProblem {
  const value = valueIn(file.value, path);
  if (typeof value !== "string") return wrongType(file, path, false);
  const meant = nearest(value, words);
  const message = `${quoted(value)} is not ${guidanceAt(path).is}`;
  if (meant === null) return problemAt(file, path, message);
  return problemAt(file, path, `${message}; did you mean \`${meant}\`?`, `\`${meant}\``);
}

function tooSmall(
  file: WrittenFile,
  path: Path,
  issue: Extract<Issue, { code: "too_small" }>,
): CharterProblem {
  if (issue.origin !== "array") return problemAt(file, path, `This number is less than ${issue.minimum}`);
  const { instead } = guidanceAt(path);
  const orNothing = path[0] === "members" ? "" : "; or leave the key out";
  return problemAt(file, path, `${quoted(pathText(path))} is an empty list`, `${instead}${orNothing}`);
}

function tooBig(file: WrittenFile, path: Path, issue: Extract<Issue, { code: "too_big" }>): CharterProblem {
  if (issue.origin !== "array") return problemAt(file, path, `This number is more than ${issue.maximum}`);
  return problemAt(file, path, `${quoted(pathText(path))} has more than ${issue.maximum} items`);
}

/** The value at a path of the file's plain data; `undefined` where there is none. */
export function valueIn(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = Reflect.get(found, step);
  }
  return found;
}
