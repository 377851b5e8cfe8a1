/** What the YAML parser complains of, in words that help somebody who does not know YAML. */
import type { Document, ErrorCode } from "yaml";
import type { CharterProblem } from "./charter.ts";
import type { Position } from "./yaml.ts";

type Words = { readonly message: string; readonly instead: string };

/**
 * One problem a line, at most 50: one slip often trips the parser several times. `RESOURCE_EXHAUSTION` means that the
 * nesting overflowed the parser's stack; the rest is then its echo.
 */
export function structureProblems(
  document: Document.Parsed,
  position: (offset: number) => Position,
): readonly CharterProblem[] {
  const errors = [
    ...document.errors,
    ...document.warnings.filter((warning) => warning.code !== "TAG_RESOLVE_FAILED"),
  ];
  const exhausted = errors.find((error) => error.code === "RESOURCE_EXHAUSTION");
  const problems = new Map<number, CharterProblem>();
  for (const error of exhausted === undefined ? errors : [exhausted]) {
    const at = position(error.pos[0]);
    if (problems.has(at.line) || problems.size === 50) continue;
    problems.set(at.line, { ...at, path: "", ...wordsFor(error.code, error.message) });
  }
  return [...problems.values()];
}

function wordsFor(code: ErrorCode, message: string): Words {
  switch (code) {
    case "TAB_AS_INDENT":
      return { message: "A tab indents this line", instead: "spaces: YAML does not take tabs here" };
    case "BAD_SCALAR_START":
      return {
        message: "A value without quotes cannot begin with this character",
        instead: "the value in double quotes; a login without its `@`, such as `adulau`",
      };
    case "MULTIPLE_DOCS":
      return { message: "A second document begins here", instead: "one document: delete this `---` line" };
    case "RESOURCE_EXHAUSTION":
      return { message: "This is nested too deeply to be read", instead: "fewer levels" };
    case "BAD_INDENT":
      return badIndent(message);
    case "MULTILINE_IMPLICIT_KEY":
    case "MISSING_CHAR":
      return {
        message: "Something is missing here: a colon after a key, or a quote or bracket that closes",
        instead: "`key: value` on one line, with everything closed that is opened",
      };
    case "BLOCK_AS_IMPLICIT_KEY":
    case "BLOCK_IN_FLOW":
      return {
        message: "A second `key: value` begins inside a value",
        instead: "each key on a line of its own, or the whole value in double quotes",
      };
    case "BAD_DQ_ESCAPE":
      return {
        message: "This backslash in double quotes has no meaning",
        instead: "two backslashes, or none",
      };
    case "NON_STRING_KEY":
      return { message: "A key here is not plain text", instead: "one of the keys that the guide names" };
    case "ALIAS_PROPS":
    case "BAD_ALIAS":
    case "MULTIPLE_ANCHORS":
      return { message: "An anchor or alias is not well formed", instead: "the value itself" };
    case "MULTIPLE_TAGS":
    case "TAG_RESOLVE_FAILED":
    case "BAD_PROP_ORDER":
    case "BAD_COLLECTION_TYPE":
      return { message: "A tag has no meaning here", instead: "the value without the tag" };
    case "BAD_DIRECTIVE":
      return { message: "This directive has no meaning here", instead: "the file without this line" };
    case "DUPLICATE_KEY":
    case "KEY_OVER_1024_CHARS":
    case "UNEXPECTED_TOKEN":
    case "IMPOSSIBLE":
      return {
        message: "This is not where YAML expects it",
        instead: "`key: value`, or `- item`, on a line of its own, lined up with its neighbours",
      };
  }
}

function badIndent(message: string): Words {
  if (message.startsWith("Flow")) {
    return {
      message: "A list or group that was opened before is not closed",
      instead: "a closing `]` or `}`",
    };
  }
  return {
    message: "This line is not lined up with its neighbours",
    instead: "the same number of spaces before each key of a group, and before each `-` of a list",
  };
}
