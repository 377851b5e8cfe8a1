/**
 * Rules between the values of a committee.yml. They read the file as it was written and pass over what the schema
 * refuses anyway, so that one mistake does not hide another.
 */

import type { Seconds } from "../proposal/instant.ts";
import type { CharterProblem, Choice } from "./charter.ts";
import { DEFAULT_BALLOT, DEFAULT_COMMENT_PERIOD } from "./defaults.ts";
import { parseDuration } from "./duration.ts";
import { quoted } from "./guidance.ts";
import { parseName, sameName } from "./names.ts";
import { problemAt, valueIn } from "./problems.ts";
import { publicationProblems } from "./publication-checks.ts";
import { parseQuorum } from "./rules.ts";
import { durationInWords, quorumInWords } from "./words.ts";
import type { Path, WrittenFile } from "./yaml.ts";

export function crossProblems(file: WrittenFile): readonly CharterProblem[] {
  return [
    ...["chairs", "reviewers", "members"].flatMap((role) => repeatedSeats(file, role)),
    ...["chairs", "reviewers", "members"].flatMap((role) => vagueSeats(file, role)),
    ...repeatedHeadings(file),
    ...specificationProblems(file),
    ...reminderProblems(file, "comment_period", DEFAULT_COMMENT_PERIOD.lasts),
    ...reminderProblems(file, "ballot", DEFAULT_BALLOT.lasts),
    ...reactionProblems(file),
    ...quorumProblems(file),
    ...publicationProblems(file),
  ];
}

type Found = { readonly text: string; readonly path: Path };

function listAt(file: WrittenFile, path: Path): readonly unknown[] {
  const value = valueIn(file.value, path);
  return Array.isArray(value) ? value : [];
}

function textAt(file: WrittenFile, path: Path): string | null {
  const value = valueIn(file.value, path);
  return typeof value === "string" ? value.trim() : null;
}

/** One problem for each text that is the same as an earlier one. */
function repeated(file: WrittenFile, texts: readonly Found[], say: (text: string, line: number) => string) {
  const seen = new Map<string, Path>();
  const problems: CharterProblem[] = [];
  for (const { text, path } of texts) {
    const earlier = seen.get(sameName(text));
    if (earlier === undefined) seen.set(sameName(text), path);
    else {
      const message = say(text, file.valueAt(earlier).line);
      problems.push(problemAt(file, path, message, "it once, and delete the other"));
    }
  }
  return problems;
}

function seatsOf(file: WrittenFile, role: string): readonly Found[] {
  return listAt(file, [role]).flatMap((_, index) => {
    const places: Path[] = [
      [role, index],
      [role, index, "login"],
      [role, index, "team"],
    ];
    return places.flatMap((path) => {
      const text = textAt(file, path);
      return text === null || parseName(text) === null ? [] : [{ text: text.replace(/^@/, ""), path }];
    });
  });
}

function repeatedSeats(file: WrittenFile, role: string): readonly CharterProblem[] {
  return repeated(
    file,
    seatsOf(file, role),
    (text, line) => `${quoted(text)} is among the ${role} twice; the first time in line ${line}`,
  );
}

function vagueSeats(file: WrittenFile, role: string): readonly CharterProblem[] {
  return listAt(file, [role]).flatMap((seat, index) => {
    if (typeof seat !== "object" || seat === null || Array.isArray(seat)) return [];
    const names = ["login", "team"].filter((key) => Object.hasOwn(seat, key));
    if (names.length === 1) return [];
    const message = `A seat is a person or a team; this one has ${names.length === 0 ? "neither" : "both"}`;
    return [problemAt(file, [role, index], message, "either `login` or `team`")];
  });
}

/** Fields of the proposal form that are no sections. */
const FORM_FIELDS = ["Kind of proposal", "Short name"];

function repeatedHeadings(file: WrittenFile): readonly CharterProblem[] {
  const headings = listAt(file, ["documentation"]).flatMap((_, index) => {
    const aliases = listAt(file, ["documentation", index, "aliases"]);
    const places: Path[] = [
      ["documentation", index, "section"],
      ...aliases.map((__, alias): Path => ["documentation", index, "aliases", alias]),
    ];
    return places.flatMap((path) => {
      const text = textAt(file, path);
      return text === null || text === "" ? [] : [{ text, path }];
    });
  });
  const taken = headings.filter(({ text }) =>
    FORM_FIELDS.some((field) => sameName(field) === sameName(text)),
  );
  return [
    ...repeated(
      file,
      headings,
      (text, line) => `The heading ${quoted(text)} already stands for a section, in line ${line}`,
    ),
    ...taken.map(({ text, path }) =>
      problemAt(file, path, `${quoted(text)} is a field of every proposal form`, "another heading"),
    ),
  ];
}

function specificationProblems(file: WrittenFile): readonly CharterProblem[] {
  const sections = listAt(file, ["documentation"]);
  if (sections.length === 0) return [];
  const places = sections.flatMap((_, index) =>
    valueIn(file.value, ["documentation", index, "specification"]) === true ? [index] : [],
  );
  const [first, ...more] = places;
  if (first === undefined) {
    const message = "No section is the specification, so there would be nothing to vote on";
    return [problemAt(file, ["documentation"], message, "`specification: true` in exactly one section")];
  }
  const tooMany = more.map((index) =>
    problemAt(
      file,
      ["documentation", index, "specification"],
      `A second section is the specification; the first one is in line ${file.valueAt(["documentation", first]).line}`,
      "`specification: true` in exactly one section",
    ),
  );
  return [...tooMany, ...specificationLeftOut(file, first)];
}

function specificationLeftOut(file: WrittenFile, index: number): readonly CharterProblem[] {
  const path = ["documentation", index, "for"];
  const kinds = valueIn(file.value, path);
  if (!Array.isArray(kinds) || (kinds.includes("new") && kinds.includes("update"))) return [];
  const message = "New standards and updates are voted on by their specification, so both need this section";
  return [problemAt(file, path, message, "`[new, update]`, or `[new, update, retirement]`")];
}

function reminderProblems(file: WrittenFile, group: string, usual: Seconds): readonly CharterProblem[] {
  const written = valueIn(file.value, [group, "lasts"]);
  const lasts = written === undefined ? usual : typeof written === "string" ? parseDuration(written) : null;
  const spans = listAt(file, [group, "reminders"]).flatMap((_, index) => {
    const path = [group, "reminders", index];
    const span = parseDuration(textAt(file, path) ?? "");
    return span === null ? [] : [{ text: durationInWords(span), path, span }];
  });
  const tooLong = spans.flatMap(({ text, path, span }) =>
    lasts === null || span < lasts
      ? []
      : [
          problemAt(
            file,
            path,
            `A reminder ${text} before the end cannot be given in a period of ${durationInWords(lasts)}`,
            `a span shorter than ${durationInWords(lasts)}`,
          ),
        ],
  );
  return [
    ...tooLong,
    ...repeated(file, spans, (text) => `The reminder ${text} before the end is there twice`),
  ];
}

function reactionProblems(file: WrittenFile): readonly CharterProblem[] {
  const choices: readonly Choice[] = ["for", "against", "abstain"];
  const group = valueIn(file.value, ["ballot", "reactions"]);
  if (typeof group !== "object" || group === null) return [];
  const texts = choices.map((choice) => {
    const path = ["ballot", "reactions", choice];
    return { choice, path, text: textAt(file, path) ?? DEFAULT_BALLOT.reactions[choice] };
  });
  const problems: CharterProblem[] = [];
  for (const [index, { choice, path, text }] of texts.entries()) {
    const earlier = texts.slice(0, index).find((other) => other.text === text);
    if (earlier === undefined) continue;
    const at = valueIn(file.value, path) === undefined ? earlier.path : path;
    const message = `${quoted(text)} would be a vote both \`${earlier.choice}\` and \`${choice}\``;
    problems.push(problemAt(file, at, message, "three different reactions"));
  }
  return problems;
}

function quorumProblems(file: WrittenFile): readonly CharterProblem[] {
  const written = valueIn(file.value, ["ballot", "quorum"]);
  const quorum = parseQuorum(typeof written === "string" ? written : "none");
  const prolongs = parseDuration(textAt(file, ["ballot", "prolong_once"]) ?? "");
  if (quorum === null) return [];
  if (quorum.rule === null) {
    if (prolongs === null) return [];
    const message = "Only a ballot without quorum is prolonged, and this charter sets no quorum";
    return [problemAt(file, ["ballot", "prolong_once"], message, "a `quorum` as well, or `never`")];
  }
  const seats = seatsOf(file, "members");
  const people = new Set(seats.map(({ text }) => sameName(text))).size;
  const onlyPeople = seats.length > 0 && seats.every(({ text }) => !text.includes("/"));
  const isWhole = seats.length === listAt(file, ["members"]).length;
  if (quorum.rule.kind !== "count" || !onlyPeople || !isWhole || quorum.rule.people <= people) return [];
  const message = `A quorum of ${quorumInWords(quorum.rule)} can never be met: there are ${people}`;
  return [problemAt(file, ["ballot", "quorum"], message, `at most \`${people} members\``)];
}
