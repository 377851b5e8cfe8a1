/** Rules between the values of `publication`: what is made from what, and that no two things share a place. */
import { DAY } from "../proposal/instant.ts";
import type { CharterProblem } from "./charter.ts";
import { PUBLICATION_DEFAULTS } from "./defaults.ts";
import { parseDuration } from "./duration.ts";
import { quoted } from "./guidance.ts";
import { parseFile, parseFolder, parseRepository, sameName } from "./names.ts";
import { problemAt, valueIn } from "./problems.ts";
import { durationInWords } from "./words.ts";
import type { Path, WrittenFile } from "./yaml.ts";

/** "Internet-Drafts are valid for a maximum of six months": the datatracker lets them expire after so many days. */
const DRAFT_LIVES_DAYS = 185;

export function publicationProblems(file: WrittenFile): readonly CharterProblem[] {
  if (!isGroup(valueIn(file.value, ["publication"]))) return [];
  return [...unmetNeeds(file), ...lateMaintenance(file), ...sourceNames(file), ...sharedPlaces(file)];
}

function isGroup(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textAt(file: WrittenFile, ...keys: readonly string[]): string | null {
  const value = valueIn(file.value, ["publication", ...keys]);
  return typeof value === "string" ? value.trim() : null;
}

function isThere(file: WrittenFile, ...keys: readonly string[]): boolean {
  return valueIn(file.value, ["publication", ...keys]) !== undefined;
}

type Need = { readonly key: string; readonly needs: "draft" | "register"; readonly because: string };

const NEEDS: readonly Need[] = [
  { key: "readme", needs: "register", because: "The list of standards is made from the register" },
  { key: "website", needs: "register", because: "The website is made from the register" },
  { key: "ietf", needs: "draft", because: "Only Internet-Drafts can be submitted to the IETF" },
  { key: "maintenance", needs: "draft", because: "Only Internet-Drafts expire" },
  {
    key: "maintenance",
    needs: "register",
    because: "When a draft expires is written in the register",
  },
];

const EXAMPLES: Readonly<Record<Need["needs"], string>> = {
  draft: "`draft: { who: NAME }` under `publication` as well",
  register: "`register: register.json` under `publication` as well",
};

function unmetNeeds(file: WrittenFile): readonly CharterProblem[] {
  return NEEDS.flatMap(({ key, needs, because }) => {
    if (!isThere(file, key) || isThere(file, needs)) return [];
    const message = `${because}, and this charter has no \`${needs}\``;
    return [problemAt(file, ["publication", key], message, EXAMPLES[needs])];
  });
}

function lateMaintenance(file: WrittenFile): readonly CharterProblem[] {
  const before = parseDuration(textAt(file, "maintenance", "before") ?? "");
  if (before === null || before < DRAFT_LIVES_DAYS * DAY) return [];
  const message = `A draft expires ${DRAFT_LIVES_DAYS} days after it was posted, so nothing can be done ${durationInWords(before)} before`;
  return [problemAt(file, ["publication", "maintenance", "before"], message)];
}

/** A place in a repository that publication writes to. */
type Place = { readonly key: string; readonly path: string; readonly at: Path; readonly isFolder: boolean };

/** The place that a key names, or its default; `null` where nothing is written there, or what stands there is refused. */
function placeAt(file: WrittenFile, keys: readonly string[], usual: string | null, isFolder: boolean) {
  const text = textAt(file, ...keys);
  const path = text === null ? (isThere(file, ...keys) ? null : usual) : text;
  const parsed = path === null ? null : isFolder ? parseFolder(path) : parseFile(path);
  if (parsed === null) return null;
  const place: Place = { key: keys.at(-1) ?? "", path: parsed, at: ["publication", ...keys], isFolder };
  return place;
}

function standardsPlaces(file: WrittenFile): readonly Place[] {
  return [
    placeAt(file, ["decisions"], PUBLICATION_DEFAULTS.decisions, true),
    placeAt(file, ["register"], null, false),
    placeAt(file, ["readme"], null, false),
  ].filter((place) => place !== null);
}

function websitePlaces(file: WrittenFile): readonly Place[] {
  if (!isGroup(valueIn(file.value, ["publication", "website"]))) return [];
  const hasNews = textAt(file, "website", "posts")?.toLowerCase() !== "none";
  return [
    placeAt(file, ["website", "page"], PUBLICATION_DEFAULTS.page, false),
    hasNews ? placeAt(file, ["website", "posts"], PUBLICATION_DEFAULTS.posts, true) : null,
    placeAt(file, ["website", "files"], PUBLICATION_DEFAULTS.files, true),
  ].filter((place) => place !== null);
}

/** A standard's text is `SLUG/raw.md`, its other forms begin with that name, and any folder's name can be a slug. */
function sourceNames(file: WrittenFile): readonly CharterProblem[] {
  const source = textAt(file, "source") ?? PUBLICATION_DEFAULTS.source;
  const places = isOneRepository(file)
    ? [...standardsPlaces(file), ...websitePlaces(file)]
    : standardsPlaces(file);
  return places.flatMap((place) => {
    const [, name = ""] = place.path.toLowerCase().split("/");
    if (name !== source.toLowerCase() && !name.startsWith(`${source.toLowerCase()}.`)) return [];
    const message = `${quoted(place.path)} lies where the text of a standard could be: that is ${quoted(source)} in a folder of its own`;
    return [problemAt(file, place.at, message, "another name")];
  });
}

/** Whether the website lies in the repository of the standards, as far as the file says so. */
function isOneRepository(file: WrittenFile): boolean {
  const [standards, website] = [textAt(file, "standards"), textAt(file, "website", "repository")];
  if (standards === null || website === null || parseRepository(standards) === null) return false;
  return sameName(standards) === sameName(website);
}

/** No file is another one or where a folder is, and no two folders are one. Letter case tells nothing apart everywhere. */
function sharedPlaces(file: WrittenFile): readonly CharterProblem[] {
  const groups = isOneRepository(file)
    ? [[...standardsPlaces(file), ...websitePlaces(file)]]
    : [standardsPlaces(file), websitePlaces(file)];
  return groups.flatMap((places) =>
    places.flatMap((place, index) => {
      const other = places.slice(0, index).find((earlier) => areInEachOthersWay(earlier, place));
      if (other === undefined) return [];
      const { at, key } = isThere(file, ...place.at.slice(1).map(String)) ? place : other;
      const taken = key === place.key ? other : place;
      const message = `${quoted(place.path)} cannot be both \`${key}\` and \`${taken.key}\``;
      return [problemAt(file, at, message, `another place than that of \`${taken.key}\``)];
    }),
  );
}

function areInEachOthersWay(one: Place, other: Place): boolean {
  const [first, second] = [one.path.toLowerCase(), other.path.toLowerCase()];
  if (first === second) return true;
  return (
    (!one.isFolder && second.startsWith(`${first}/`)) || (!other.isFolder && first.startsWith(`${second}/`))
  );
}
